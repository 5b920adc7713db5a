import type { BlockHeader, Hex } from "./chain-backend.ts";
import { STATES_KEPT } from "./simulated-network.ts";

/** One JSON-RPC request. */
export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What development chains name differently; everything else is the same on all of them. */
export interface RpcDialect {
  readonly name: string;
  /** Sends a transaction and mines its block: with the receipt as the answer, or with its hash. */
  readonly send: { readonly method: string; readonly answers: "receipt" | "hash" };
  /** Most blocks of one request to mine: a chain that mines slowly drops a connection that waits too long. */
  readonly mostBlocks: bigint;
  /** States that the chain has at hand; one that is not among them is worked out anew. Null where a snapshot has its own. */
  readonly statesKept: number | null;
  /** Mines `count` empty blocks, `interval` seconds apart; all of the requests in this order. */
  mine(count: bigint, interval: bigint): readonly RpcRequest[];
  /** Puts an empty block far ahead on top of the newest one, where so many blocks or more are empty; else they are mined. */
  readonly skip?: {
    readonly from: bigint;
    request(head: unknown, to: Pick<BlockHeader, "number" | "timestamp">): RpcRequest;
  };
  setBalance(account: string, balance: bigint): RpcRequest;
}

/** Writes a quantity as JSON-RPC wants it: no leading zeros. */
export function toQuantity(value: bigint): Hex {
  return `0x${value.toString(16)}`;
}

/** Hardhat's in-process network. */
export const hardhatDialect: RpcDialect = {
  name: "hardhat",
  send: { method: "eth_sendTransaction", answers: "hash" },
  mostBlocks: 1n << 64n,
  statesKept: STATES_KEPT,
  mine: (count, interval) => [{ method: "hardhat_mine", params: [toQuantity(count), toQuantity(interval)] }],
  setBalance: (account, balance) => ({ method: "hardhat_setBalance", params: [account, toQuantity(balance)] }),
};

/** Foundry's anvil. */
export const anvilDialect: RpcDialect = {
  name: "anvil",
  send: { method: "eth_sendTransactionSync", answers: "receipt" },
  mostBlocks: 500n,
  statesKept: null,
  // With an interval of its own `anvil_mine` adds what passes on the machine's clock while it mines.
  mine: (count, interval) => [
    { method: "anvil_setBlockTimestampInterval", params: [Number(interval)] },
    { method: "anvil_mine", params: [toQuantity(count)] },
    { method: "anvil_removeBlockTimestampInterval", params: [] },
  ],
  setBalance: (account, balance) => ({ method: "anvil_setBalance", params: [account, toQuantity(balance)] }),
};
