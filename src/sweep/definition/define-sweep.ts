import { applyOptions } from "../../engine/run-options.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { findParameter, setParameters, type Parameter } from "../../model/parameters/set-parameters.ts";
import { formatValue, parseValue } from "../../model/parameters/parameter-value.ts";
import { resolveScenario } from "../../model/resolve-scenario.ts";
import type { Scenario } from "../../model/scenario.ts";
import { applyVariant } from "../../model/variant.ts";
import { countSeeds, formatSeeds, parseSeeds } from "./seeds.ts";
import { BUILT_IN } from "../run/outcomes.ts";
import { parseStopRule } from "./stop-rule.ts";
import { SWEEP_FORMAT, type SweepDefinition, type SweepParameter } from "./sweep-definition.ts";
import type { SweepFile, SweepFileValues } from "./sweep-file-schema.ts";

/** Runs of each point where neither seeds nor repeats are given. */
const USUAL_REPEATS = 20;
/** Points of a sample where neither points nor seeds are given. */
const USUAL_POINTS = 100;
/** Most runs of one sweep. */
const MAX_RUNS = 10_000_000;
/** Most points of its parameters: each is laid out before the first run. */
const MAX_POINTS = 1_000_000;

const canonical = (text: string | number | boolean, parameter: Parameter): string =>
  formatValue(parseValue(String(text), parameter, parameter.name), parameter.unit);

function readRange(values: { from: string | number; to: string | number; count?: number | undefined }, of: Parameter) {
  if (of.kind === "string" || of.kind === "boolean") {
    throw new UsageError(`Parameter ${of.name} has no range.`, "Give a list of its values.");
  }
  const [from, to] = [canonical(values.from, of), canonical(values.to, of)];
  const [low, high] = [parseValue(from, of, of.name), parseValue(to, of, of.name)];
  if (low < high) return { from, to, count: values.count ?? null };
  throw new UsageError(`Parameter ${of.name} goes from ${from} to ${to}.`, "Give the lower end first.");
}

function readParameter(scenario: Scenario, path: string, values: SweepFileValues): SweepParameter {
  const parameter = findParameter(scenario, path);
  if (typeof values === "object" && !Array.isArray(values)) {
    return { path: parameter.name, values: readRange(values, parameter) };
  }
  const texts = [values].flat().map((value) => canonical(value, parameter));
  if (new Set(texts).size === texts.length) return { path: parameter.name, values: texts };
  throw new UsageError(`Parameter ${parameter.name} has a value twice.`, `Its values are ${texts.join(", ")}.`);
}

/** Tries each value by itself: one that no run can have is refused before anything runs. */
function assertPossible(scenario: Scenario, definition: SweepDefinition): void {
  const { steps, clock } = definition;
  const options = { ...(steps === null ? {} : { steps }), ...(clock === null ? {} : { clock }) };
  resolveScenario(applyOptions(scenario, options));
  for (const { path, values } of definition.parameters) {
    for (const value of Array.isArray(values) ? values : [values.from, values.to]) {
      resolveScenario(applyOptions(setParameters(scenario, { [path]: value }), options));
    }
  }
}

function assertSample({ sample, parameters, points }: SweepDefinition): void {
  const open = parameters.find(({ values }) => !Array.isArray(values) && values.count === null);
  if (sample === "grid" && open !== undefined) {
    throw new UsageError(
      `Parameter ${open.path} is a range without a count, and the sample is a grid.`,
      "Write path=from..to/5 for five values, or use --sample lhs or sobol.",
    );
  }
  if (sample === "grid" && points !== null) {
    throw new UsageError(
      "A grid has as many points as its values make.",
      "Leave --points out, or sample lhs or sobol.",
    );
  }
  if (sample !== "grid" && parameters.length === 0) {
    throw new UsageError(`The sample is ${sample}, but there is no parameter.`, 'Add --set "path=from..to".');
  }
}

function seedsOf(file: SweepFile): string | null {
  const given = Array.isArray(file.seeds) ? file.seeds.join(",") : file.seeds;
  return given === undefined ? null : formatSeeds(parseSeeds(String(given)));
}

/**
 * Turns what a sweep was told into its definition, every value checked and written in one way.
 *
 * @param loaded - The scenario as loaded.
 * @param file - What a file or a command line says; its `scenario` is how command lines name it.
 * @throws {@link UsageError} for a variant, parameter, value or sample that cannot be.
 * @throws {@link ScenarioInvalidError} when the scenario cannot have a value.
 */
export function defineSweep(loaded: Scenario, file: SweepFile): SweepDefinition {
  const scenario = applyVariant(loaded, file.variant);
  const seeds = seedsOf(file);
  if (seeds !== null && file.repeats !== undefined) {
    throw new UsageError("Both seeds and repeats are given.", "Give one: seeds are listed, repeats are derived.");
  }
  const sample = file.sample ?? "grid";
  const sampled = sample !== "grid" && seeds === null && file.repeats === undefined;
  const repeats = seeds === null ? (file.repeats ?? (sampled ? 1 : USUAL_REPEATS)) : null;
  const definition: SweepDefinition = {
    format: SWEEP_FORMAT,
    scenario: file.scenario,
    name: scenario.name,
    ...(file.variant === undefined ? {} : { variant: file.variant }),
    parameters: Object.entries(file.set ?? {}).map(([path, values]) => readParameter(scenario, path, values)),
    sample,
    points: file.points ?? (sampled ? USUAL_POINTS : null),
    seeds,
    repeats,
    seed: file.seed ?? 0,
    steps: file.steps ?? null,
    clock: file.clock ?? null,
    stopWhen: file.stopWhen ?? null,
  };
  if (definition.stopWhen !== null) {
    parseStopRule(definition.stopWhen, [...Object.keys(BUILT_IN), ...Object.keys(scenario.metrics)]);
  }
  assertSample(definition);
  assertSize(definition);
  assertPossible(scenario, definition);
  return definition;
}

/** Refuses more than can be laid out. */
function assertSize(definition: SweepDefinition): void {
  const [points, runs] = [countPoints(definition), countRuns(definition)];
  if (points > MAX_POINTS) {
    throw new UsageError(`This sweep has ${points} points of its parameters.`, `Ask for at most ${MAX_POINTS}.`);
  }
  if (runs > MAX_RUNS) throw new UsageError(`This sweep has ${runs} runs.`, `Ask for at most ${MAX_RUNS}.`);
}

/** Number of seeds, listed or derived. */
export function countRepeats({ seeds, repeats }: SweepDefinition): number {
  return seeds === null ? (repeats ?? 1) : countSeeds(parseSeeds(seeds));
}

/** Number of points of the parameters. */
export function countPoints(definition: SweepDefinition): number {
  if (definition.sample !== "grid") return definition.points ?? countRepeats(definition);
  return definition.parameters.reduce(
    (product, { values }) => product * (Array.isArray(values) ? values.length : (values.count ?? 1)),
    1,
  );
}

/** Whether every seed has a point of its own. */
export function isPaired({ sample, points }: SweepDefinition): boolean {
  return sample !== "grid" && points === null;
}

/** Number of workers: as many as are asked for, but none without a run, which would only take memory. */
export function countWorkers(definition: SweepDefinition, asked: number): number {
  return Math.min(asked, countRuns(definition));
}

/** Number of runs. */
export function countRuns(definition: SweepDefinition): number {
  return countPoints(definition) * (isPaired(definition) ? 1 : countRepeats(definition));
}
