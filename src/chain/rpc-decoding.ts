import { keccak256 } from "ethers";

import { ChainError } from "../errors/chain-error.ts";
import type { BlockHeader, ChainLog, TransactionReceipt } from "./chain-backend.ts";

/** A receipt as JSON-RPC writes it. */
export interface RawReceipt {
  readonly transactionHash: string;
  readonly blockNumber: string;
  readonly gasUsed: string;
  readonly status: string;
  readonly logs: readonly ChainLog[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown, operation: string, field: string): string {
  if (typeof value !== "string") throw new ChainError(operation, `the answer has no ${field}`);
  return value;
}

/** Says in one line what a provider threw. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return error.message.split("\n")[0] ?? error.name;
  if (isRecord(error) && typeof error["message"] === "string") return error["message"];
  return String(error);
}

/** Reads a block's header. */
export function toBlockHeader(value: unknown): BlockHeader {
  const operation = "eth_getBlockByNumber";
  if (!isRecord(value)) throw new ChainError(operation, "there is no such block");
  return {
    number: BigInt(text(value["number"], operation, "number")),
    timestamp: BigInt(text(value["timestamp"], operation, "timestamp")),
    hash: text(value["hash"], operation, "hash"),
    stateRoot: text(value["stateRoot"], operation, "stateRoot"),
  };
}

/** Reads the state's hash off a proof: the hash of its first node. */
export function toStateRoot(value: unknown): string {
  const operation = "eth_getProof";
  const proof = isRecord(value) ? value["accountProof"] : undefined;
  if (!Array.isArray(proof)) throw new ChainError(operation, "the answer has no accountProof");
  return keccak256(text(proof[0], operation, "first node"));
}

/** Refuses anything but a mined transaction's receipt. */
export function assertReceipt(value: unknown): RawReceipt {
  const operation = "eth_getTransactionReceipt";
  if (!isRecord(value)) throw new ChainError(operation, "the transaction was not mined; the chain must mine at once");
  const logs = value["logs"];
  if (!Array.isArray(logs)) throw new ChainError(operation, "the answer has no logs");
  return {
    transactionHash: text(value["transactionHash"], operation, "transactionHash"),
    blockNumber: text(value["blockNumber"], operation, "blockNumber"),
    gasUsed: text(value["gasUsed"], operation, "gasUsed"),
    status: text(value["status"], operation, "status"),
    logs: logs as readonly ChainLog[],
  };
}

/** Gives a receipt its types. */
export function toReceipt(raw: RawReceipt): TransactionReceipt {
  return {
    hash: raw.transactionHash,
    blockNumber: BigInt(raw.blockNumber),
    gasUsed: BigInt(raw.gasUsed),
    logs: raw.logs,
  };
}
