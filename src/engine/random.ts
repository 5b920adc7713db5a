import { createHash } from "node:crypto";

import type { Random } from "../model/agent.ts";

const WORD = 2 ** 32;

/** SHA-256 of the parts, joined by a character that no id contains. */
export function digest(...parts: readonly (string | number | bigint)[]): Buffer {
  return createHash("sha256").update(parts.join("\n")).digest();
}

const rotateLeft = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0;

/** xoshiro128** by Blackman and Vigna, seeded with the first 16 bytes of `seed`. */
function xoshiro128(seed: Buffer): () => number {
  let [a, b, c, d] = [seed.readUInt32LE(0), seed.readUInt32LE(4), seed.readUInt32LE(8), seed.readUInt32LE(12)];
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5) >>> 0, 7), 9) >>> 0;
    const shifted = (b << 9) >>> 0;
    c = (c ^ a) >>> 0;
    d = (d ^ b) >>> 0;
    b = (b ^ c) >>> 0;
    a = (a ^ d) >>> 0;
    c = (c ^ shifted) >>> 0;
    d = rotateLeft(d, 11);
    return result;
  };
}

/**
 * Stream of one participant in one step: nobody else's draws touch it.
 *
 * @param seed - The run's seed.
 * @param label - Who draws.
 * @param step - Step in which they draw.
 */
export function streamFor(seed: number, label: string, step: number): Random {
  const next = xoshiro128(digest(seed, label, step));
  const bigint = (below: bigint): bigint => {
    if (below <= 1n) return 0n;
    const words = Math.ceil(below.toString(2).length / 32);
    const space = BigInt(WORD) ** BigInt(words);
    const limit = space - (space % below);
    for (;;) {
      let draw = 0n;
      for (let word = 0; word < words; word++) draw = (draw << 32n) | BigInt(next());
      if (draw < limit) return draw % below;
    }
  };
  /** As {@link bigint}, draw by draw, where one word is enough. */
  const small = (below: number): number => {
    const limit = WORD - (WORD % below);
    for (;;) {
      const draw = next();
      if (draw < limit) return draw % below;
    }
  };
  return {
    bigint,
    integer: (below) =>
      Number.isInteger(below) && below > 1 && below < WORD ? small(below) : Number(bigint(BigInt(below))),
    chance: (fraction) => bigint(10n ** 18n) < fraction,
  };
}
