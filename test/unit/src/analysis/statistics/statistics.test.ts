import { expect } from "chai";

import {
  bootstrap,
  leastFor,
  leastForShortfall,
  relativeHalfWidth,
  type Estimate,
} from "../../../../../src/analysis/statistics/bootstrap.ts";
import { pairedDifference } from "../../../../../src/analysis/statistics/paired.ts";
import {
  expectedShortfall,
  mean,
  quantile,
  sorted,
  valueAtRisk,
  variance,
} from "../../../../../src/analysis/statistics/sample.ts";
import { streamFor } from "../../../../../src/engine/random.ts";
import { expandedTail } from "../../../../../src/analysis/statistics/expanded-tail.ts";
import { expectNear } from "../../../../helpers/near.ts";

const drawOf = (seed: number) => {
  const stream = streamFor(seed, "statistics", 0);
  return (below: number): number => stream.integer(below);
};
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("sample statistics", () => {
  it("interpolates quantiles between the nearest order statistics", () => {
    const ordered = sorted([4, 1, 3, 2]);
    expect([0, 0.25, 0.5, 1].map((share) => quantile(ordered, share))).to.deep.equal([1, 1.75, 2.5, 4]);
  });

  it("takes the value at risk from the sample itself", () => {
    expect(valueAtRisk(upTo(100), 0.95)).to.equal(95);
    expect(valueAtRisk(upTo(100), 0.99)).to.equal(99);
    expect(valueAtRisk(upTo(10), 0.99)).to.equal(10);
    expect(valueAtRisk([7], 0.95)).to.equal(7);
  });

  it("averages the worst share exactly, the run at its edge in part", () => {
    expectNear(expectedShortfall(upTo(100), 0.95), 98, 1e-9);
    expectNear(expectedShortfall(upTo(100), 0.99), 100, 1e-9);
    // Worst 5 % of 30 runs is one run and a half: (30 + 29 / 2) / 1.5.
    expectNear(expectedShortfall(upTo(30), 0.95), 44.5 / 1.5, 1e-9);
  });

  it("never puts the shortfall below the value at risk", () => {
    const random = streamFor(3, "losses", 0);
    for (let turn = 1; turn < 60; turn++) {
      const losses = sorted(Array.from({ length: turn }, () => random.integer(1000)));
      for (const level of [0.5, 0.95, 0.99]) {
        expect(expectedShortfall(losses, level)).to.be.at.least(valueAtRisk(losses, level) - 1e-9);
      }
    }
  });

  it("divides a variance by n - 1, and knows none of a single value", () => {
    expectNear(variance([2, 4, 4, 4, 5, 5, 7, 9]), 32 / 7, 1e-12);
    expect(variance([1])).to.be.NaN;
  });
});

describe("bootstrap intervals", () => {
  it("give the same interval for the same seed and another for another", () => {
    const values = upTo(50).map((value) => (value * 37) % 101);
    const of = (seed: number) => bootstrap(values, mean, { draw: drawOf(seed) });
    expect(of(1)).to.deep.equal(of(1));
    expect(of(1)).to.not.deep.equal(of(2));
  });

  it("hold the truth about as often as they say", () => {
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = streamFor(seed, "uniform", 0);
      const values = Array.from({ length: 60 }, () => random.integer(1_000_001) / 1e6);
      const { low, high } = bootstrap(values, mean, { draw: drawOf(seed), resamples: 300 });
      if ((low ?? 1) <= 0.5 && 0.5 <= (high ?? 0)) held += 1;
    }
    expect(held / 200).to.be.within(0.88, 0.99);
  });

  const statistics: readonly (readonly [string, (ordered: Float64Array) => number, number])[] = [
    ["the median", (ordered) => quantile(ordered, 0.5), 0.5],
    ["the 95th percentile", (ordered) => quantile(ordered, 0.95), 0.95],
    ["the expected shortfall beyond the 90th", (ordered) => expectedShortfall(ordered, 0.9), 0.95],
  ];
  for (const [name, statistic, truth] of statistics) {
    it(`hold ${name} about as often as they say`, () => {
      let held = 0;
      for (let seed = 0; seed < 200; seed++) {
        const random = streamFor(seed, "uniform", 0);
        const values = Array.from({ length: 150 }, () => random.integer(1_000_001) / 1e6);
        const { low, high } = bootstrap(values, statistic, { draw: drawOf(seed), resamples: 300 });
        if ((low ?? 2) <= truth && truth <= (high ?? 0)) held += 1;
      }
      expect(held / 200).to.be.within(0.86, 0.99);
    });
  }

  it("draw whole seeds where several values are of one, and would be too narrow otherwise", () => {
    const held = { grouped: 0, alone: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const random = streamFor(seed, "uniform", 1);
      const shared = Array.from({ length: 30 }, () => random.integer(1_000_001) / 1e6);
      const values = shared.flatMap((value) => upTo(6).map(() => value + random.integer(1_001) / 1e5 - 0.005));
      const groups = values.map((_, at) => Math.floor(at / 6));
      const holds = ({ low, high }: Estimate): number => ((low ?? 1) <= 0.5 && 0.5 <= (high ?? 0) ? 1 : 0);
      held.grouped += holds(bootstrap(values, mean, { draw: drawOf(seed), resamples: 300, groups }));
      held.alone += holds(bootstrap(values, mean, { draw: drawOf(seed), resamples: 300 }));
    }
    expect(held.grouped / 200).to.be.within(0.86, 0.99);
    expect(held.alone / 200).to.be.below(0.7);
  });

  it("are left out where few seeds stand for many values", () => {
    const groups = upTo(400).map((at) => at % 19);
    expect(bootstrap(upTo(400), mean, { draw: drawOf(0), groups }).low).to.equal(null);
  });

  it("are left out where the sample is too small", () => {
    expect(bootstrap(upTo(19), mean, { draw: drawOf(0) })).to.deep.equal({
      value: 10,
      low: null,
      high: null,
      count: 19,
    });
    expect([0.5, 0.05, 0.95, 0.99].map(leastFor)).to.deep.equal([20, 72, 72, 368]);
    expect([0.5, 0.95, 0.99].map(leastForShortfall)).to.deep.equal([20, 200, 1_000]);
  });

  // An exponential loss: its quantiles are -ln(1 - p), and what lies beyond one exceeds it by 1 on average.
  const tails: readonly (readonly [string, (ordered: Float64Array) => number, number, number, number])[] = [
    ["the 95th percentile", (ordered) => quantile(ordered, 0.95), -Math.log(0.05), leastFor(0.95), 1],
    ["the 99th percentile", (ordered) => quantile(ordered, 0.99), -Math.log(0.01), leastFor(0.99), 1],
    [
      "the shortfall of 95 %",
      (ordered) => expectedShortfall(ordered, 0.95),
      1 - Math.log(0.05),
      leastForShortfall(0.95),
      0.05,
    ],
    [
      "the shortfall of 99 %",
      (ordered) => expectedShortfall(ordered, 0.99),
      1 - Math.log(0.01),
      leastForShortfall(0.99),
      0.01,
    ],
  ];
  for (const [name, statistic, truth, least, part] of tails) {
    it(`hold ${name} of a long tail in more than five samples of six, however small`, () => {
      let held = 0;
      for (let seed = 0; seed < 100; seed++) {
        const random = streamFor(seed, "exponential", 0);
        const values = Array.from({ length: least }, () => -Math.log((random.integer(1_000_000) + 1) / 1_000_001));
        const { low, high } = bootstrap(values, statistic, { draw: drawOf(seed), resamples: 200, least, part });
        if ((low ?? Infinity) <= truth && truth <= (high ?? 0)) held += 1;
      }
      expect(held / 100).to.be.within(0.84, 1);
    });
  }

  it("leave out less at each end, the fewer values the statistic rests on", () => {
    // Normal tails beyond sqrt(n / (n - 1)) times Student's 97.5 % quantiles 2.776, 2.262, 2.093, 1.984 and 1.962, from tables.
    for (const [count, part] of [
      [5, 0.000_954],
      [10, 0.008_55],
      [20, 0.015_88],
      [100, 0.023_09],
      [1_000, 0.024_82],
    ] as const) {
      expectNear(expandedTail(count), part, part / 200);
    }
    expect(expandedTail(1)).to.equal(expandedTail(5));
    expectNear(expandedTail(1e9), 0.025, 1e-6);
    const values = Array.from({ length: 400 }, (_, at) => Math.exp(at / 50));
    const es = (ordered: Float64Array): number => expectedShortfall(ordered, 0.95);
    const [plain, few] = [undefined, 0.05].map((part) =>
      bootstrap(values, es, { draw: drawOf(3), ...(part === undefined ? {} : { part }) }),
    );
    expect(few?.value).to.equal(plain?.value);
    expect((few?.low ?? 0) < (plain?.low ?? 0) && (few?.high ?? 0) > (plain?.high ?? 0)).to.equal(true);
  });

  it("are as wide as nothing where all values are equal", () => {
    const flat = bootstrap(Array<number>(30).fill(5), mean, { draw: drawOf(0) });
    expect(flat).to.deep.equal({ value: 5, low: 5, high: 5, count: 30 });
    expect(relativeHalfWidth(flat)).to.equal(0);
  });

  it("tell their width relative to the value, endless about zero", () => {
    expectNear(relativeHalfWidth({ value: -10, low: -11, high: -9, count: 30 }), 0.1, 1e-12);
    expect(relativeHalfWidth({ value: 0, low: 0, high: 4, count: 30 })).to.equal(Number.POSITIVE_INFINITY);
    expect(relativeHalfWidth({ value: 1, low: null, high: null, count: 3 })).to.equal(null);
  });

  it("of paired differences leave out what both have in common", () => {
    const pairs = upTo(40).map((at) => ({ a: at * 1000, b: at * 1000 + 3 + (at % 2) }));
    const { value, low, high } = pairedDifference(pairs, { draw: drawOf(0) });
    expect(value).to.equal(3.5);
    expect(low).to.be.within(3.2, 3.5);
    expect(high).to.be.within(3.5, 3.8);
  });
});
