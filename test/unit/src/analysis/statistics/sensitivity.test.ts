import { expect } from "chai";

import { momentsOf, sharesOf } from "../../../../../src/analysis/statistics/main-effects.ts";
import { firstOrderSobol, tornado, type SobolIndex } from "../../../../../src/analysis/statistics/sensitivity.ts";
import { streamFor } from "../../../../../src/engine/random.ts";
import { sobolPoints } from "../../../../../src/sweep/definition/sobol.ts";
import { expectNear } from "../../../../helpers/near.ts";

type Point = readonly number[];
/** A function of the unit cube, and its first-order indices as they are known. */
interface Known {
  readonly of: (point: Point) => number;
  readonly indices: readonly number[];
}

const drawOf = (seed: number) => {
  const stream = streamFor(seed, "statistics", 0);
  return (below: number): number => stream.integer(below);
};
const unit = (stream: ReturnType<typeof streamFor>): number => stream.integer(2 ** 32) / 2 ** 32;

/** Points of three parameters, each in its own way. */
const SAMPLES: Readonly<Record<string, (count: number, seed: number) => readonly Point[]>> = {
  random: (count, seed) => {
    const stream = streamFor(seed, "random", count);
    return Array.from({ length: count }, () => [unit(stream), unit(stream), unit(stream)]);
  },
  lhs: (count, seed) => {
    const stream = streamFor(seed, "lhs", count);
    const columns = [0, 1, 2].map(() => {
      const strata = Array.from({ length: count }, (_, at) => ({ at, order: unit(stream) }));
      return strata.sort((a, b) => a.order - b.order).map(({ at }) => (at + unit(stream)) / count);
    });
    return Array.from({ length: count }, (_, at) => columns.map((column) => column[at] ?? 0));
  },
  sobol: (count, seed) => {
    const stream = streamFor(seed, "sobol", count);
    const shifts = [0, 1, 2].map(() => stream.integer(2 ** 32));
    return sobolPoints(shifts, count).map((point) => point.map((word) => word / 2 ** 32));
  },
};

const ishigami: Known = {
  of: (point) => {
    const [a = 0, b = 0, c = 0] = point.map((place) => Math.PI * (2 * place - 1));
    return Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a);
  },
  indices: [0.3139, 0.4424, 0],
};
const additive: Known = { of: ([a = 0, b = 0, c = 0]) => 1e6 + 3 * a + 2 * b + c, indices: [9 / 14, 4 / 14, 1 / 14] };
const steps: Known = {
  of: ([a = 0, b = 0]) => (a > 0.7 ? 2 : 0) + (b > 0.4 ? 1 : 0),
  indices: [0.84 / 1.08, 0.24 / 1.08, 0],
};

const columnsOf = (points: readonly Point[]) =>
  (points[0] ?? []).map((_, at) => ({ parameter: `x${at + 1}`, values: points.map((point) => point[at] ?? 0) }));

function indicesOf({ of }: Known, points: readonly Point[], seed = 0): readonly SobolIndex[] {
  return firstOrderSobol(columnsOf(points), points.map(of), { draw: drawOf(seed) });
}

/** The indices alone, without their intervals. */
function valuesOf({ of }: Known, points: readonly Point[]): readonly number[] {
  return sharesOf(momentsOf(columnsOf(points), points.map(of), [[...points.keys()]]), [0]);
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("firstOrderSobol", () => {
  // Mean error of many samples: what an estimator that is biased does not get rid of.
  const bounds: readonly (readonly [string, Known, number, number])[] = [
    ["Ishigami function", ishigami, 64, 0.05],
    ["Ishigami function", ishigami, 256, 0.03],
    ["Ishigami function", ishigami, 1024, 0.01],
    ["Ishigami function", ishigami, 4096, 0.01],
    ["additive function", additive, 64, 0.02],
    ["additive function", additive, 1024, 0.01],
    ["sum of two steps", steps, 256, 0.03],
    ["sum of two steps", steps, 1024, 0.03],
  ];
  for (const [what, known, count, bound] of bounds) {
    for (const [sample, lay] of Object.entries(SAMPLES)) {
      it(`is right on average for the ${what} with ${count} runs of a ${sample} sample`, () => {
        const turns = Math.max(2, Math.min(30, 4096 / count));
        const found = Array.from({ length: turns }, (_, seed) => valuesOf(known, lay(count, seed)));
        known.indices.forEach((index, at) => {
          expectNear(average(found.map((values) => values[at] ?? Number.NaN)), index, bound);
        });
      });
    }
  }

  it("gives intervals that hold the truth, about as often as they say", () => {
    for (const lay of Object.values(SAMPLES)) {
      const found = Array.from({ length: 20 }, (_, seed) => indicesOf(ishigami, lay(96, seed), seed));
      ishigami.indices.forEach((index, at) => {
        const holding = found.filter(
          (indices) => (indices[at]?.low ?? 1) <= index && index <= (indices[at]?.high ?? 0),
        );
        expect(holding.length).to.be.at.least(16);
      });
    }
  });

  it("narrows its intervals as runs are added", () => {
    const widthOf = (count: number): number => {
      const [index] = indicesOf(ishigami, SAMPLES["lhs"]?.(count, 3) ?? []);
      return (index?.high ?? 0) - (index?.low ?? 0);
    };
    expect(widthOf(1024)).to.be.lessThan(widthOf(64) / 2);
  });

  it("is exact on a full grid of few values, whatever their spacing", () => {
    const values = [0, 1, 10];
    const grid = values.flatMap((a) => values.flatMap((b) => values.map((c): Point => [a, b, c])));
    // Variances of the three terms: 182/9 each time the square of its weight.
    const found = indicesOf({ of: ([a = 0, b = 0, c = 0]) => 3 * a + 2 * b + c, indices: [] }, grid);
    [9 / 14, 4 / 14, 1 / 14].forEach((index, at) => expectNear(found[at]?.value, index, 1e-9));
  });

  it("leaves to chance what chance does", () => {
    const stream = streamFor(5, "noise", 0);
    const points = SAMPLES["sobol"]?.(1024, 1) ?? [];
    // A uniform parameter and uniform noise of the same width: half each.
    const found = indicesOf({ of: ([a = 0]) => a + unit(stream), indices: [] }, points);
    [0.5, 0, 0].forEach((index, at) => expectNear(found[at]?.value, index, 0.03));
  });

  it("draws whole groups, so that a run that stands there ten times says no more than once", () => {
    const points = SAMPLES["random"]?.(64, 2) ?? [];
    const tenfold = points.flatMap((point) => Array.from({ length: 10 }, () => point));
    const groups = tenfold.map((_, at) => Math.floor(at / 10));
    const widthOf = ([index]: readonly SobolIndex[]): number => (index?.high ?? 0) - (index?.low ?? 0);
    const how = { draw: drawOf(0), groups };
    const once = widthOf(indicesOf(ishigami, points));
    expect(widthOf(firstOrderSobol(columnsOf(tenfold), tenfold.map(ishigami.of), how))).to.be.greaterThan(once / 2);
    expect(widthOf(indicesOf(ishigami, tenfold))).to.be.lessThan(once / 2);
  });

  it("gives no interval to fewer than twenty groups", () => {
    const points = SAMPLES["random"]?.(40, 2) ?? [];
    const how = { draw: drawOf(0), groups: points.map((_, at) => at % 19) };
    const [index] = firstOrderSobol(columnsOf(points), points.map(additive.of), how);
    expect([index?.low, index?.high, index?.count]).to.deep.equal([null, null, 40]);
  });

  it("gives nothing to parameters where the answer never moves", () => {
    const points = SAMPLES["sobol"]?.(64, 0) ?? [];
    expect(indicesOf({ of: () => 9, indices: [] }, points).map(({ value }) => value)).to.deep.equal([0, 0, 0]);
  });

  it("holds many parameters, very many runs and two that are the same", () => {
    const stream = streamFor(9, "many", 0);
    const points = Array.from({ length: 3_000 }, () => Array.from({ length: 40 }, () => unit(stream)));
    const found = indicesOf({ of: (point) => (point[7] ?? 0) + 0.5 * (point[8] ?? 0), indices: [] }, points);
    expectNear(found[7]?.value, 0.8, 0.03);
    expectNear(found[8]?.value, 0.2, 0.03);
    const twins = SAMPLES["random"]?.(200, 1)?.map(([a = 0]) => [a, a]) ?? [];
    for (const { value } of indicesOf({ of: ([a = 0]) => a, indices: [] }, twins))
      expect(value).to.be.within(-0.01, 1.01);
  });
});

describe("tornado", () => {
  const grid = [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c): Point => [a, b, c])));
  const answers = grid.map(([a = 0, b = 0, c = 0]) => a - 5 * b + 2 * c);

  it("lays the widest bar on top", () => {
    const bars = tornado(columnsOf(grid), answers, { draw: drawOf(0) });
    expect(bars.map(({ parameter, low, high }) => [parameter, low, high])).to.deep.equal([
      ["x2", 1.5, -3.5],
      ["x3", -2, 0],
      ["x1", -1.5, -0.5],
    ]);
  });

  it("gives each difference an interval, and none where there are too few runs", () => {
    expect(tornado(columnsOf(grid), answers, { draw: drawOf(0) })[0]?.difference).to.deep.equal({
      ...{ value: -5, low: null, high: null, count: 8 },
    });
    const points = SAMPLES["lhs"]?.(400, 4) ?? [];
    const bars = tornado(columnsOf(points), points.map(additive.of), { draw: drawOf(0) });
    // The lowest and the highest fifth lie 0.8 apart.
    [2.4, 1.6, 0.8].forEach((known, at) => {
      const { value, low, high } = bars[at]?.difference ?? { value: 0, low: 1, high: 0 };
      expectNear(value, known, 0.35);
      expect(low ?? 0).to.be.lessThan(known);
      expect(high ?? 0).to.be.greaterThan(known);
    });
  });
});
