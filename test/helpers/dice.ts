/** Deterministic dice: the same seed, the same history. */
export function dice(seed: bigint) {
  let state = seed;
  const next = (): bigint => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return state >> 11n;
  };
  const below = (most: bigint): bigint => (most <= 0n ? 0n : next() % most);
  return {
    /** From zero to less than `most`. */
    below,
    /** One wei to a thousand whole tokens. */
    amount: () => 1n + (next() % 10n ** 21n),
    /** Whether something with this chance in a hundred happens. */
    chance: (percent: number): boolean => below(100n) < BigInt(percent),
    pick: <T>(items: readonly T[]): T => {
      const item = items[Number(below(BigInt(items.length)))];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    /** Mostly a part; now and then nothing, a few wei, all, a wei more than all, or much more. */
    portion: (all: bigint): bigint => {
      const parts = [all / 2n, all / 3n, 1n + below(all), 1n + below(all), all, all];
      const edges = [0n, 1n + below(1_000n), all + 1n, 3n * all + 1n];
      const shares = [...parts, ...parts, ...edges];
      return shares[Number(below(BigInt(shares.length)))] ?? all;
    },
  };
}

export type Dice = ReturnType<typeof dice>;
