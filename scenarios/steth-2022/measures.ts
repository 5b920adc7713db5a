import { defineMetric, WAD, type Metric, type Seconds } from "../../src/index.ts";

/** Keeps a reading from the first step at or after `at`; before, 0. */
function keptAt(at: Seconds, what: string, read: (balances: readonly bigint[], spot: bigint) => bigint): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `${what} on day ${at / 86_400n}`,
    read: ({ view, previous }) => {
      const pool = view.defi.pools["pool"];
      if (view.time < at || previous !== 0n || pool === undefined) return previous;
      return read(pool.balances, pool.spot[1] ?? 0n);
    },
  });
}

/** Price of the token in ether. */
export const priceAt = (at: Seconds): Metric<"wad"> => keptAt(at, "price", (_, spot) => spot);

/** Ether's share of the pool. */
export const shareAt = (at: Seconds): Metric<"wad"> =>
  keptAt(at, "ether's share of the pool", ([ether = 0n, token = 0n]) => (ether * WAD) / (ether + token));
