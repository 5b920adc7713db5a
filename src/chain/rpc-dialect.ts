import type { Hex } from "./chain-backend.ts";

/** One JSON-RPC request. */
export interface RpcRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What development chains name differently; everything else is the same on all of them. */
export interface RpcDialect {
  readonly name: string;
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
  mine: (count, interval) => ({ method: "hardhat_mine", params: [toQuantity(count), toQuantity(interval)] }),
  setBalance: (account, balance) => ({ method: "hardhat_setBalance", params: [account, toQuantity(balance)] }),
};
