import { digest, streamFor } from "../../engine/random.ts";
import { UsageError } from "../../errors/usage-error.ts";
import type { Scalar } from "../../model/parameters/parameter-path.ts";
import { formatValue, parseValue } from "../../model/parameters/parameter-value.ts";
import { findParameter, type Assignments, type Parameter } from "../../model/parameters/set-parameters.ts";
import type { Scenario } from "../../model/scenario.ts";
import { SECONDS_PER_BLOCK } from "../../units/units.ts";
import { countPoints } from "./count-runs.ts";
import { sobolPoints } from "./sobol.ts";
import type { SweepDefinition, SweepParameter } from "./sweep-definition.ts";

const WORD = 2 ** 32;
/** Digits of a sampled value within its range: texts stay short and read back exactly. */
const DIGITS = 7;

/** A place within a range, as a fraction. */
interface Share {
  readonly part: number;
  readonly of: number;
}

function bigintBetween(from: bigint, to: bigint, { part, of }: Share): bigint {
  const span = to - from;
  const offset = (span * BigInt(part)) / BigInt(of);
  const grain = 10n ** BigInt(Math.max(0, span.toString().length - DIGITS));
  return from + (offset - (offset % grain));
}

function numberBetween(from: number, to: number, { part, of }: Share): number {
  if (!Number.isInteger(from) || !Number.isInteger(to)) {
    return Number((from + ((to - from) * part) / of).toPrecision(DIGITS));
  }
  // Every whole number has the same share of a sample; a grid's last place is the upper end itself.
  return Math.min(to, from + Math.floor(((to - from + (of === WORD ? 1 : 0)) * part) / of));
}

/** The value at a place of a range; durations of whole blocks stay such. */
function between(values: { readonly from: string; readonly to: string }, parameter: Parameter, share: Share): Scalar {
  const [from, to] = [values.from, values.to].map((end) => parseValue(end, parameter, parameter.name));
  if (typeof from === "number" && typeof to === "number") return numberBetween(from, to, share);
  if (typeof from !== "bigint" || typeof to !== "bigint") return from ?? 0n;
  const blocks = parameter.unit === "seconds" && from % SECONDS_PER_BLOCK === 0n && to % SECONDS_PER_BLOCK === 0n;
  const unit = blocks ? SECONDS_PER_BLOCK : 1n;
  return bigintBetween(from / unit, to / unit, share) * unit;
}

function valueOf(parameter: Parameter, { values }: SweepParameter, share: Share): string {
  if (!Array.isArray(values)) return formatValue(between(values, parameter, share), parameter.unit);
  return values[Math.min(values.length - 1, Math.floor((share.part * values.length) / share.of))] ?? "";
}

/**
 * Values of one parameter of a grid.
 *
 * @throws {@link UsageError} where its range has fewer than are asked for.
 */
export function gridValues(parameter: Parameter, swept: SweepParameter): readonly string[] {
  const { values } = swept;
  if (Array.isArray(values)) return values;
  const count = values.count ?? 1;
  const found = Array.from({ length: count }, (_, at) => valueOf(parameter, swept, { part: at, of: count - 1 }));
  const different = new Set(found).size;
  if (different === count) return found;
  throw new UsageError(
    `Parameter ${swept.path} has no ${count} values from ${values.from} to ${values.to}.`,
    `Ask for at most ${different}, or widen the range.`,
  );
}

/** Every combination of the values, the last parameter changing fastest. */
function gridPoints(scenario: Scenario, { parameters }: SweepDefinition): readonly Assignments[] {
  return parameters.reduce<readonly Assignments[]>(
    (points, swept) => {
      const values = gridValues(findParameter(scenario, swept.path), swept);
      return points.flatMap((point) => values.map((value) => ({ ...point, [swept.path]: value })));
    },
    [{}],
  );
}

/** One point in each of `count` equal strata of every dimension, strata paired at random. */
function latinPoints(seed: number, dimensions: number, count: number): readonly (readonly number[])[] {
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const random = streamFor(seed, `lhs ${dimension}`, 0);
    const strata = Array.from({ length: count }, (__, at) => at);
    for (let at = count - 1; at > 0; at--) {
      const other = random.integer(at + 1);
      [strata[at], strata[other]] = [strata[other] ?? 0, strata[at] ?? 0];
    }
    return strata.map((stratum) => Math.floor((stratum * WORD + random.integer(WORD)) / count));
  });
  return Array.from({ length: count }, (_, at) => columns.map((column) => column[at] ?? 0));
}

/**
 * Points of a sweep's parameters: a grid of all combinations, a Latin hypercube or a Sobol sequence.
 *
 * @returns Assignments as texts that read back exactly; the same definition, the same points.
 */
export function samplePoints(scenario: Scenario, definition: SweepDefinition): readonly Assignments[] {
  const { sample, seed, parameters } = definition;
  if (sample === "grid") return gridPoints(scenario, definition);
  const count = countPoints(definition);
  const shifts = parameters.map((_, dimension) => digest(seed, "sobol", dimension).readUInt32LE(0));
  const points = sample === "sobol" ? sobolPoints(shifts, count) : latinPoints(seed, parameters.length, count);
  const known = parameters.map(({ path }) => findParameter(scenario, path));
  return points.map((point) => {
    const values = parameters.map((swept, at) => {
      const parameter = known[at];
      const share = { part: point[at] ?? 0, of: WORD };
      return [swept.path, parameter === undefined ? "" : valueOf(parameter, swept, share)] as const;
    });
    return Object.fromEntries(values);
  });
}
