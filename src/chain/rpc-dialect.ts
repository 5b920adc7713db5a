import type { Hex } from "./chain-backend.ts";

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
  /** Mines `count` empty blocks, `interval` seconds apart. */
  mine(count: bigint, interval: bigint): RpcRequest;
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
  mine: (count, interval) => ({ method: "hardhat_mine", params: [toQuantity(count), toQuantity(interval)] }),
  setBalance: (account, balance) => ({ method: "hardhat_setBalance", params: [account, toQuantity(balance)] }),
};

/** Foundry's anvil. */
export const anvilDialect: RpcDialect = {
  name: "anvil",
  send: { method: "eth_sendTransactionSync", answers: "receipt" },
  mostBlocks: 500n,
  mine: (count, interval) => ({ method: "anvil_mine", params: [toQuantity(count), toQuantity(interval)] }),
  setBalance: (account, balance) => ({ method: "anvil_setBalance", params: [account, toQuantity(balance)] }),
};
