import type { NetworkManager } from "hardhat/types/network";

import { SIMULATED_NETWORK } from "./simulated-network.ts";

/** Folder in which there are no artifacts: what the network reads of them serves only its own stack traces. */
const NO_ARTIFACTS = "cache/no-artifacts";

/**
 * Opens Hardhat's networks without the project's contracts: at once, and without a copy of the compiler's output. Where
 * coverage is measured, `tools/coverage.mjs` puts the project's own networks here, which tell what ran.
 */
export async function openNetworks(): Promise<NetworkManager> {
  const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
  const config = { networks: { default: SIMULATED_NETWORK }, paths: { artifacts: NO_ARTIFACTS } };
  return (await createHardhatRuntimeEnvironment(config, {}, process.cwd())).network;
}
