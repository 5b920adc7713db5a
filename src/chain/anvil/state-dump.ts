import { gunzipSync, gzipSync } from "node:zlib";

import { ChainError } from "../../errors/chain-error.ts";

/** What of a dump is looked at: the blocks, by their headers. */
interface Dump {
  readonly best_block_number: number;
  readonly blocks: readonly { readonly header: { readonly number: string } }[];
}

function isDump(value: unknown): value is Dump {
  if (typeof value !== "object" || value === null) return false;
  return "best_block_number" in value && "blocks" in value && Array.isArray(value.blocks);
}

/**
 * Takes old blocks out of what `anvil_dumpState` answered.
 *
 * @param dump - The answer: gzipped JSON in hexadecimal.
 * @param keep - Newest blocks that stay.
 * @returns The same state for `anvil_loadState`.
 * @throws {@link ChainError} when the answer is no such dump.
 */
export function pruneDump(dump: unknown, keep: number): string {
  const parsed: unknown = typeof dump === "string" ? readDump(dump) : undefined;
  if (!isDump(parsed)) throw new ChainError("anvil_dumpState", "the answer is no dump of a state");
  const oldest = parsed.best_block_number - keep;
  const blocks = parsed.blocks.filter(({ header }) => Number(header.number) > oldest);
  const text = JSON.stringify({ ...parsed, blocks });
  return `0x${gzipSync(text, { level: 1 }).toString("hex")}`;
}

function readDump(dump: string): unknown {
  try {
    return JSON.parse(gunzipSync(Buffer.from(dump.slice(2), "hex")).toString("utf8"));
  } catch (error) {
    throw new ChainError("anvil_dumpState", "the answer is no gzipped JSON", error);
  }
}
