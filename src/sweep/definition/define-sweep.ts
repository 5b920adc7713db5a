import { applyOptions } from "../../engine/run-options.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { findParameter, setParameters } from "../../model/parameters/set-parameters.ts";
import { resolveScenario } from "../../model/resolve-scenario.ts";
import type { Scenario } from "../../model/scenario.ts";
import { applyVariant } from "../../model/variant.ts";
import { BUILT_IN } from "../run/outcomes.ts";
import { countPoints, countRuns } from "./count-runs.ts";
import { judge, NOWHERE, type FieldPath, type Locate } from "./locate.ts";
import { readParameters } from "./read-parameters.ts";
import { gridValues } from "./sample-points.ts";
import { formatSeeds, parseSeeds } from "./seeds.ts";
import { parseStopRule } from "./stop-rule.ts";
import { SWEEP_FORMAT, type SweepDefinition } from "./sweep-definition.ts";
import type { SweepFile } from "./sweep-file-schema.ts";

/** Runs of each point where neither seeds nor repeats are given. */
const USUAL_REPEATS = 20;
/** Points of a sample where neither points nor seeds are given. */
const USUAL_POINTS = 100;
/** Most runs of one sweep. */
const MAX_RUNS = 10_000_000;
/** Most points of its parameters: each is laid out before the first run. */
const MAX_POINTS = 1_000_000;

/** How refusals are told, and the names by which the parameters were set, in their order. */
interface Judged {
  readonly locate: Locate;
  readonly names: readonly string[];
}

/** Tries each value by itself: one that no run can have is refused before anything runs. */
function assertPossible(scenario: Scenario, definition: SweepDefinition, { names, locate }: Judged): void {
  const { steps, clock, sample } = definition;
  const options = { ...(steps === null ? {} : { steps }), ...(clock === null ? {} : { clock }) };
  judge(locate, [steps === null ? "scenario" : "steps"], () => resolveScenario(applyOptions(scenario, options)));
  definition.parameters.forEach((parameter, at) => {
    const { path, values } = parameter;
    const field = ["set", names[at] ?? path];
    const attempt = (value: string, place: FieldPath): unknown =>
      judge(locate, place, () => resolveScenario(applyOptions(setParameters(scenario, { [path]: value }), options)));
    if (Array.isArray(values)) {
      values.forEach((value, item) => attempt(value, [...field, item]));
      return;
    }
    attempt(values.from, [...field, "from"]);
    attempt(values.to, [...field, "to"]);
    if (sample === "grid") judge(locate, field, () => gridValues(findParameter(scenario, path), parameter));
  });
}

/** Refuses parameters and a sample that do not go together. */
function assertSample({ sample, parameters, points }: SweepDefinition, { names, locate }: Judged): void {
  const refuse = (field: FieldPath, message: string, hint: string): never => {
    throw locate(field, new UsageError(message, hint));
  };
  const open = parameters.findIndex(({ values }) => !Array.isArray(values) && values.count === null);
  if (sample === "grid" && open >= 0) {
    refuse(
      ["set", names[open] ?? ""],
      `Parameter ${parameters[open]?.path ?? ""} is a range without a count, and the sample is a grid.`,
      "Say how many values, as path=from..to/5 or with count in a file; or sample lhs or sobol.",
    );
  }
  if (sample === "grid" && points !== null) {
    const hint = "Leave --points out, or sample lhs or sobol.";
    refuse(["points"], "A grid has as many points as its values make.", hint);
  }
  if (sample !== "grid" && parameters.length === 0) {
    refuse(["sample"], `The sample is ${sample}, but there is no parameter.`, 'Add --set "path=from..to".');
  }
}

/** Refuses more than can be laid out. */
function assertSize(definition: SweepDefinition, { locate }: Judged): void {
  const { points: asked, seeds } = definition;
  const [points, runs] = [countPoints(definition), countRuns(definition)];
  const refuse = (field: string, what: string, most: number): never => {
    throw locate([field], new UsageError(`This sweep has ${what}.`, `Ask for at most ${most}.`));
  };
  if (points > MAX_POINTS) refuse(asked === null ? "set" : "points", `${points} points of its parameters`, MAX_POINTS);
  if (runs > MAX_RUNS) refuse(seeds === null ? "repeats" : "seeds", `${runs} runs`, MAX_RUNS);
}

/** Seeds in one way of writing; null where they are derived. */
function readSeeds({ seeds, repeats }: SweepFile, locate: Locate): string | null {
  if (seeds === undefined) return null;
  if (repeats !== undefined) {
    const hint = "Give one: seeds are listed, repeats are derived.";
    throw locate(["repeats"], new UsageError("Both seeds and repeats are given.", hint));
  }
  const given = Array.isArray(seeds) ? seeds.join(",") : String(seeds);
  return judge(locate, ["seeds"], () => formatSeeds(parseSeeds(given)));
}

/** The definition as it is told, its values and sizes not yet judged. */
function layOut(scenario: Scenario, file: SweepFile, locate: Locate): SweepDefinition {
  const seeds = readSeeds(file, locate);
  const sample = file.sample ?? "grid";
  const sampled = sample !== "grid" && seeds === null && file.repeats === undefined;
  return {
    format: SWEEP_FORMAT,
    scenario: file.scenario,
    name: scenario.name,
    ...(file.variant === undefined ? {} : { variant: file.variant }),
    parameters: [...readParameters(scenario, file.set ?? {}, locate)],
    sample,
    points: file.points ?? (sampled ? USUAL_POINTS : null),
    seeds,
    repeats: seeds === null ? (file.repeats ?? (sampled ? 1 : USUAL_REPEATS)) : null,
    seed: file.seed ?? 0,
    steps: file.steps ?? null,
    clock: file.clock ?? null,
    stopWhen: file.stopWhen ?? null,
  };
}

/**
 * Turns what a sweep was told into its definition, every value checked and written in one way.
 *
 * @param loaded - The scenario as loaded.
 * @param file - What a file or a command line says; its `scenario` is how command lines name it.
 * @param locate - Tells of a refusal where the file has the field that is refused.
 * @throws {@link UsageError} for a variant, parameter, value or sample that cannot be.
 * @throws {@link ScenarioInvalidError} when the scenario cannot have a value.
 */
export function defineSweep(loaded: Scenario, file: SweepFile, locate: Locate = NOWHERE): SweepDefinition {
  const scenario = judge(locate, ["variant"], () => applyVariant(loaded, file.variant));
  const definition = layOut(scenario, file, locate);
  const { stopWhen } = definition;
  if (stopWhen !== null) {
    const measures = [...Object.keys(BUILT_IN), ...Object.keys(scenario.metrics)];
    judge(locate, ["stopWhen"], () => parseStopRule(stopWhen, measures));
  }
  const judged = { locate, names: Object.keys(file.set ?? {}) };
  assertSample(definition, judged);
  assertSize(definition, judged);
  assertPossible(scenario, definition, judged);
  return definition;
}
