import type { Estimate } from "../../analysis/statistics/bootstrap.ts";
import { pairedDifference } from "../../analysis/statistics/paired.ts";
import { streamFor } from "../../engine/random.ts";
import { UsageError } from "../../errors/usage-error.ts";
import type { Measure, ResultRow, SweepResults } from "./read-results.ts";

/** What sweep B differs in from sweep A, by seed. */
export interface Difference {
  readonly measure: Measure;
  readonly meanA: number;
  readonly meanB: number;
  /** Mean of `B - A`; its count is that of the seeds. */
  readonly difference: Estimate;
}

/** Mean of a measure for each seed, over the points that the seed was run with. */
function bySeed(rows: readonly ResultRow[], measure: string): ReadonlyMap<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { seed, values } of rows) {
    const value = values.get(measure);
    if (value === undefined) continue;
    const known = sums.get(seed) ?? { sum: 0, count: 0 };
    sums.set(seed, { sum: known.sum + value, count: known.count + 1 });
  }
  return new Map([...sums].map(([seed, { sum, count }]) => [seed, sum / count]));
}

/** What a comparison passes over: that the sweeps are of different scenarios, seeds and measures that only one has. */
export function comparisonNotes(a: SweepResults, b: SweepResults): readonly string[] {
  const notes: string[] = [];
  if (a.scenario !== b.scenario) notes.push(`A is a sweep of ${a.scenario}, B one of ${b.scenario}.`);
  const sides = [
    ["A", a, b],
    ["B", b, a],
  ] as const;
  for (const [name, own, other] of sides) {
    const seeds = new Set(other.rows.map(({ seed }) => seed));
    const alone = new Set(own.rows.map(({ seed }) => seed).filter((seed) => !seeds.has(seed))).size;
    if (alone > 0) notes.push(`${alone} seeds that only ${name} has are left out.`);
    const units = new Map(other.measures.map((measure) => [measure.name, measure.unit]));
    const lone = own.measures.filter((measure) => units.get(measure.name) !== measure.unit);
    const names = lone.map((measure) => measure.name).join(", ");
    if (lone.length > 0) notes.push(`Measures that only ${name} has, in this unit, are left out: ${names}.`);
  }
  return notes;
}

/**
 * Compares two sweeps seed by seed: what chance gives to both cancels out.
 *
 * @throws {@link UsageError} where they have no seed or no measure in common.
 */
export function compareSweeps(a: SweepResults, b: SweepResults): readonly Difference[] {
  const seeds = new Set(a.rows.map(({ seed }) => seed));
  if (!b.rows.some(({ seed }) => seeds.has(seed))) {
    throw new UsageError(
      "The two sweeps have no seed in common.",
      "Run both with the same --seeds, or the same --seed.",
    );
  }
  const units = new Map(b.measures.map(({ name, unit }) => [name, unit]));
  const shared = a.measures.filter(({ name, unit }) => units.get(name) === unit);
  const found = shared.flatMap((measure): readonly Difference[] => {
    const [ofA, ofB] = [bySeed(a.rows, measure.name), bySeed(b.rows, measure.name)];
    const pairs = [...ofA].flatMap(([seed, value]) => {
      const other = ofB.get(seed);
      return other === undefined ? [] : [{ a: value, b: other }];
    });
    if (pairs.length === 0) return [];
    const stream = streamFor(a.sweepSeed, `compare ${measure.name}`, 0);
    const difference = pairedDifference(pairs, { draw: (below) => stream.integer(below) });
    const meanOf = (pick: (pair: { a: number; b: number }) => number): number =>
      pairs.reduce((sum, pair) => sum + pick(pair), 0) / pairs.length;
    return [{ measure, meanA: meanOf((pair) => pair.a), meanB: meanOf((pair) => pair.b), difference }];
  });
  if (found.length > 0) return found;
  throw new UsageError("The two sweeps have no measure in common.", "Compare sweeps of one scenario.");
}
