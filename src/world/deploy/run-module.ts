import {
  deploy,
  DeploymentResultType,
  type Artifact,
  type ArtifactResolver,
  type BuildInfo,
} from "@nomicfoundation/ignition-core";

import type { ChainBackend } from "../../chain/chain-backend.ts";
import { ChainError } from "../../errors/chain-error.ts";

type Deployment = Parameters<typeof deploy>[0];

/** Addresses of what a module deployed, by the names of its results. */
export type Deployed = Readonly<Record<string, string>>;

/** Compiled contracts, as Hardhat keeps them. Build information serves verification only, which no run wants. */
async function openArtifacts(): Promise<ArtifactResolver> {
  const { artifacts } = await import("hardhat");
  return {
    loadArtifact: async (name): Promise<Artifact> => (await artifacts.readArtifact(name)) as Artifact,
    getBuildInfo: async (): Promise<BuildInfo | undefined> => await Promise.resolve(undefined),
  };
}

/** Says in one line why a deployment failed. */
function reasonOf(result: object): string {
  return JSON.stringify(result, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/**
 * Deploys one Ignition module through a backend, whatever chain is behind it.
 *
 * @param backend - Chain to deploy on; its sender pays.
 * @param ignitionModule - Module under `deploy/`.
 * @param parameters - The module's parameters by name.
 * @returns Addresses in lower case by the names of the module's results.
 * @throws {@link ChainError} when a contract cannot be deployed or a call of the module reverts.
 */
export async function runModule(
  backend: ChainBackend,
  ignitionModule: Deployment["ignitionModule"],
  parameters: Deployment["deploymentParameters"][string] = {},
): Promise<Deployed> {
  const result = await deploy({
    config: { blockPollingInterval: 1, requiredConfirmations: 1, timeBeforeBumpingFees: 600_000 },
    artifactResolver: await openArtifacts(),
    provider: backend.provider,
    ignitionModule,
    deploymentParameters: { [ignitionModule.id]: parameters },
    accounts: [backend.sender],
    defaultSender: backend.sender,
  });
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    throw new ChainError(`the deployment of ${ignitionModule.id}`, reasonOf(result));
  }
  const { contracts } = result;
  return Object.fromEntries(
    Object.entries(ignitionModule.results).map(([name, future]) => {
      const address = contracts[future.id]?.address;
      if (address === undefined) throw new ChainError(`the deployment of ${ignitionModule.id}`, `${name} is missing`);
      return [name, address.toLowerCase()];
    }),
  );
}
