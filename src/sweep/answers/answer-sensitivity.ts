import type { Column } from "../../analysis/statistics/main-effects.ts";
import { firstOrderSobol, tornado, type SobolIndex, type TornadoBar } from "../../analysis/statistics/sensitivity.ts";
import { streamFor } from "../../engine/random.ts";
import { isSimError } from "../../errors/sim-error.ts";
import type { ParameterUnit } from "../../model/parameters/parameter-unit.ts";
import { parseValue } from "../../model/parameters/parameter-value.ts";
import type { Measure, ResultRow, SweepResults } from "./read-results.ts";

/** What moves one measure: which parameter how far, and which share of its variance is whose. */
export interface SensitivityAnswer {
  readonly measure: Measure;
  /** Runs that have the measure. */
  readonly runs: number;
  /** Mean at the lowest and the highest values of each parameter, the widest first. */
  readonly tornado: readonly TornadoBar[];
  /** First-order Sobol indices; empty where there are too few runs for one. */
  readonly indices: readonly SobolIndex[];
}

/** Fewest runs whose variance is shared out. */
const FEWEST = 20;

/** Whether a unit's name is one: with the digits that stand for the part below one, `fraction4`. */
const isUnit = (unit: string): unit is ParameterUnit => /^(fraction|ether|decimal|seconds|count|raw)\d*$/.test(unit);

/** A parameter's value as a number; a word has none. */
export function numberOf(text: string, unit: string): number {
  if (isUnit(unit)) {
    try {
      return Number(parseValue(text, { kind: "bigint", unit }, "value"));
    } catch (error) {
      if (!isSimError(error)) throw error;
    }
  }
  return Number(text);
}

/** What is drawn again as a whole: points or seeds, of which there are more; the others are the same for all. */
function groupsOf(rows: readonly ResultRow[]): readonly string[] {
  const seeds = rows.map(({ seed }) => seed);
  const points = rows.map(({ set }) => JSON.stringify([...set]));
  return new Set(points).size > new Set(seeds).size ? points : seeds;
}

/** What moves a measure; null where no parameter that is a number was swept. */
export function answerSensitivity(
  { rows, parameters, sweepSeed }: SweepResults,
  measure: Measure,
): SensitivityAnswer | null {
  const used = rows.filter(({ values }) => values.has(measure.name));
  const columns = parameters
    .map(({ name, unit }): Column => ({
      parameter: name,
      values: used.map(({ set }) => numberOf(set.get(name) ?? "", unit)),
    }))
    .filter(({ values }) => values.every(Number.isFinite) && new Set(values).size > 1);
  if (columns.length === 0) return null;
  const answers = used.map(({ values }) => values.get(measure.name) ?? 0);
  const how = (what: string) => {
    const stream = streamFor(sweepSeed, what, 0);
    return { draw: (below: number): number => stream.integer(below), groups: groupsOf(used) };
  };
  return {
    measure,
    runs: used.length,
    tornado: tornado(columns, answers, how("tornado")),
    indices: used.length < FEWEST ? [] : firstOrderSobol(columns, answers, how("sobol")),
  };
}
