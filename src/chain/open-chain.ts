import { ChainError } from "../errors/chain-error.ts";
import { createAnvilBackend } from "./anvil/anvil.ts";
import type { ChainBackend } from "./chain-backend.ts";
import { createEip1193Backend } from "./eip1193-backend.ts";
import { HttpProvider } from "./http-provider.ts";
import { createInProcessBackend } from "./in-process.ts";
import { reasonOf } from "./rpc-decoding.ts";
import { anvilDialect, hardhatDialect } from "./rpc-dialect.ts";

/** Which chain a run uses: the one in this process, an anvil of its own, or the node at a URL. */
export type ChainChoice = "in-process" | "anvil" | URL;

/** Drives a development node that runs elsewhere; it is left running, and what was deployed stays on it. */
async function joinNode(url: URL): Promise<ChainBackend> {
  const provider = new HttpProvider(url.href);
  let version: unknown;
  try {
    version = await provider.request({ method: "web3_clientVersion" });
  } catch (error) {
    throw new ChainError("web3_clientVersion", `no node answers at ${url.host} (${reasonOf(error)})`, error);
  }
  const known = [anvilDialect, hardhatDialect].find(({ name }) => String(version).toLowerCase().includes(name));
  if (known === undefined) {
    const reason = `the node at ${url.host} is ${String(version)}; only anvil and Hardhat nodes set time and snapshots`;
    throw new ChainError("web3_clientVersion", reason);
  }
  return await createEip1193Backend(provider, { dialect: known });
}

/**
 * Opens the chain of a run.
 *
 * @throws {@link ChainError} where it cannot be had.
 */
export async function openChain(choice: ChainChoice): Promise<ChainBackend> {
  if (choice === "in-process") return await createInProcessBackend();
  if (choice === "anvil") return await createAnvilBackend();
  return await joinNode(choice);
}
