import { expect } from "chai";
import fc from "fast-check";

import { bootstrap, leastFor } from "../../../../../src/analysis/statistics/bootstrap.ts";
import { estimateQuantile, quantileRanks } from "../../../../../src/analysis/statistics/quantile-interval.ts";
import { quantile } from "../../../../../src/analysis/statistics/sample.ts";
import { streamFor } from "../../../../../src/engine/random.ts";

/** Ranks by whole numbers alone: of `count` draws, the exact chances that so many lie below. */
function exactRanks(count: number, parts: number): readonly [number, number] {
  const ways: bigint[] = [1n];
  for (let at = 0; at < count; at++) ways.push(((ways[at] ?? 0n) * BigInt(count - at)) / BigInt(at + 1));
  const chances = ways.map((way, at) => way * BigInt(parts) ** BigInt(at) * BigInt(1000 - parts) ** BigInt(count - at));
  const allowed = 1000n ** BigInt(count);
  let low = 0;
  for (let sum = chances[0] ?? 0n; sum * 40n <= allowed; sum += chances[low] ?? 0n) low += 1;
  let high = count + 1;
  for (let sum = chances[count] ?? 0n; sum * 40n <= allowed; sum += chances[high - 1] ?? 0n) high -= 1;
  return [low, high];
}

describe("quantileRanks", () => {
  it("are those of published tables", () => {
    expect(quantileRanks(20, 0.5)).to.deep.equal([6, 15]);
    expect(quantileRanks(100, 0.5)).to.deep.equal([40, 61]);
  });

  it("are those that exact whole numbers give", () => {
    const property = fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 999 }), (count, parts) => {
      expect(quantileRanks(count, parts / 1000)).to.deep.equal(exactRanks(count, parts));
    });
    fc.assert(property, { numRuns: 150, seed: 5 });
  });

  it("are within the sample exactly from the least count on that an interval is told from", () => {
    for (const share of [0.01, 0.05, 0.9, 0.95, 0.99, 0.999]) {
      const least = leastFor(share);
      for (const [count, fits] of [
        [least, true],
        [least - 1, least === 20],
      ] as const) {
        const [low, high] = quantileRanks(count, share);
        expect(low >= 1 && high <= count, `${count} ${share}`).to.equal(fits);
      }
    }
  });

  it("do not lose themselves in ten million values", () => {
    const [low, high] = quantileRanks(10_000_000, 0.99);
    // The normal approximation: 9,900,000 -+ 1.96 sqrt(n p (1 - p)).
    expect([low, high].map((rank) => Math.abs(rank - 9_900_000))).to.satisfy((ways: number[]) =>
      ways.every((way) => way >= 615 && way <= 619),
    );
  });
});

describe("intervals of quantiles", () => {
  const draws = (seed: number, count: number): number[] => {
    const random = streamFor(seed, "interval", 0);
    return Array.from({ length: count }, () => (random.integer(1_000_000_000) + 0.5) / 1e9);
  };
  const how = { draw: () => 0, least: 20 };

  // What each value of a uniform draw becomes, and the truth of a quantile: a long tail, and losses that are mostly nothing.
  const kinds: readonly (readonly [string, (uniform: number) => number])[] = [
    ["exponential losses", (uniform) => -Math.log1p(-uniform)],
    ["losses that are mostly nothing", (uniform) => Math.max(0, Math.floor((uniform - 0.9) * 50))],
  ];
  for (const [kind, valueOf] of kinds) {
    for (const share of [0.5, 0.95, 0.99]) {
      it(`hold p${share * 100} of ${kind} in 95 of 100 samples, however small`, () => {
        const statistic = (ordered: Float64Array): number => quantile(ordered, share);
        const samples = 600;
        let held = 0;
        for (let seed = 0; seed < samples; seed++) {
          const { low, high } = estimateQuantile(draws(seed, leastFor(share)).map(valueOf), { share, statistic }, how);
          const truth = valueOf(share);
          if (low !== null && high !== null && low <= truth && truth <= high) held += 1;
        }
        // Three standard errors of 600 samples below 95 %.
        expect(held / samples).to.be.at.least(0.95 - 3 * Math.sqrt((0.95 * 0.05) / samples));
      });
    }
  }

  it("are drawn by whole seeds where several values are of one", () => {
    const values = draws(1, 200);
    const groups = values.map((_, at) => Math.floor(at / 2));
    const statistic = (ordered: Float64Array): number => quantile(ordered, 0.5);
    const random = () => {
      const stream = streamFor(3, "draw", 0);
      return (below: number): number => stream.integer(below);
    };
    const of = { share: 0.5, statistic };
    expect(estimateQuantile(values, of, { draw: random(), groups })).to.deep.equal(
      bootstrap(values, statistic, { draw: random(), groups }),
    );
    const alone = values.map((_, at) => at);
    expect(estimateQuantile(values, of, { draw: random(), groups: alone })).to.deep.equal(
      estimateQuantile(values, of, { draw: random() }),
    );
  });

  it("are left out where the sample is too small", () => {
    const statistic = (ordered: Float64Array): number => quantile(ordered, 0.99);
    const { low, high, count } = estimateQuantile(draws(1, 367), { share: 0.99, statistic }, how);
    expect([low, high, count]).to.deep.equal([null, null, 367]);
  });
});
