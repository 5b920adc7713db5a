import { gzipSync } from "node:zlib";

import { ChainError } from "../../errors/chain-error.ts";
import type { BlockHeader } from "../chain-backend.ts";
import { toQuantity, type RpcDialect, type RpcRequest } from "../rpc-dialect.ts";

/** What anvil writes into its dumps of a block's header: JSON-RPC's fields without those that only an answer has. */
const HEADER_FIELDS = [
  ...["sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty", "gasLimit"],
  ...["gasUsed", "extraData", "mixHash", "nonce", "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas"],
  ...["parentBeaconBlockRoot", "requestsHash"],
];

/** Blocks as they are worth a state to load, which takes some seven milliseconds; mining one takes up to two. */
const WORTH_SKIPPING = 16n;

/**
 * Loads an empty block far ahead on top of the newest one, instead of mining all of those between.
 *
 * Anvil hashes its whole state for every block that it mines. A state without accounts leaves those that there are.
 *
 * @param head - The newest block, as JSON-RPC answers it.
 * @param to - Number and time of the block that is to be the newest.
 * @returns The request that loads it.
 */
function skipTo(head: unknown, { number, timestamp }: Pick<BlockHeader, "number" | "timestamp">): RpcRequest {
  const newest = head as Readonly<Record<string, unknown>>;
  const fields = HEADER_FIELDS.map((field) => {
    const value = newest[field];
    if (typeof value !== "string") throw new ChainError("anvil_loadState", `the newest block has no ${field}`);
    return [field, value] as const;
  });
  const copied: Readonly<Record<string, string>> = Object.fromEntries(fields);
  const own = { number: toQuantity(number), timestamp: toQuantity(timestamp), parentHash: newest["hash"] };
  const block = {
    number: own.number,
    beneficiary: copied["miner"],
    timestamp: own.timestamp,
    gas_limit: Number(copied["gasLimit"]),
    basefee: 0,
    difficulty: "0x0",
    prevrandao: copied["mixHash"],
    blob_excess_gas_and_price: { excess_blob_gas: 0, blob_gasprice: 1 },
    slot_num: 0,
  };
  const blocks = [{ header: { ...copied, ...own }, transactions: [], ommers: [], withdrawals: null }];
  const state = { block, accounts: {}, best_block_number: Number(number), blocks, transactions: [] };
  return {
    method: "anvil_loadState",
    params: [`0x${gzipSync(JSON.stringify({ ...state, historical_states: null })).toString("hex")}`],
  };
}

/** How an anvil of ours, whose version is known, comes to a block far ahead. */
export const skipping: NonNullable<RpcDialect["skip"]> = { from: WORTH_SKIPPING, request: skipTo };
