import type { NetworkConnection, NetworkManager } from "hardhat/types/network";

import { ChainError } from "../errors/chain-error.ts";
import type { ChainBackend } from "./chain-backend.ts";
import { createEip1193Backend } from "./eip1193-backend.ts";
import { openNetworks } from "./open-networks.ts";
import { reasonOf } from "./rpc-decoding.ts";
import { hardhatDialect } from "./rpc-dialect.ts";
import { BLOCK_HASHES } from "./simulated-network.ts";

/** Every in-process chain begins at this instant, so that no result depends on the date: 2025-02-01 00:00 UTC. */
export const CHAIN_BIRTH = "2025-02-01T00:00:00Z";

type Connecting = NonNullable<Exclude<Parameters<NetworkManager["create"]>[0], string>>;

let networks: Promise<NetworkManager> | undefined;

/** Opens a fresh, isolated network of Hardhat's in this process, born at {@link CHAIN_BIRTH} unless told otherwise. */
export async function openConnection(override: Connecting["override"] = {}): Promise<NetworkConnection> {
  networks ??= openNetworks();
  return await (await networks).create({ network: "default", override: { initialDate: CHAIN_BIRTH, ...override } });
}

/**
 * Opens a fresh, isolated chain in this process.
 *
 * @returns Its backend; close it when done.
 * @throws {@link ChainError} when Hardhat's network cannot be created.
 */
export async function createInProcessBackend(): Promise<ChainBackend> {
  try {
    const connection = await openConnection();
    await connection.provider.request({ method: "hardhat_setCode", params: [BLOCK_HASHES, "0x"] });
    return await createEip1193Backend(connection.provider, {
      dialect: hardhatDialect,
      close: async () => {
        await connection.close();
      },
    });
  } catch (error) {
    if (error instanceof ChainError) throw error;
    throw new ChainError("network.create", reasonOf(error), error);
  }
}
