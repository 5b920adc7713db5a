import { describeScenario } from "../../engine/build-record.ts";
import { hashOf } from "../../engine/canonical-json.ts";
import { applyOptions, replayOf, type RunOptions } from "../../engine/run-options.ts";
import { run } from "../../engine/run.ts";
import { InvariantBrokenError } from "../../errors/invariant-broken-error.ts";
import { isSimError } from "../../errors/sim-error.ts";
import type { Scenario } from "../../model/scenario.ts";
import type { RunRecord } from "../../report/run-record.ts";
import type { PlannedRun } from "../definition/plan-sweep.ts";
import type { SweepDefinition } from "../definition/sweep-definition.ts";
import { outcomesOf, stepsOf } from "./outcomes.ts";
import type { RunLine } from "./run-line.ts";
import type { WarmWorlds } from "./warm-worlds.ts";

/** What a run is made with. */
export interface RunContext {
  readonly scenario: Scenario;
  readonly definition: SweepDefinition;
  readonly worlds: WarmWorlds;
  /** Project folder: messages name files from here, so that they do not tell machines apart. */
  readonly root: string;
}

type Identity = Pick<RunLine, "run" | "point" | "seed" | "set">;

function optionsOf({ definition, worlds }: RunContext, { seed, set }: Identity): RunOptions {
  const { steps, clock, scenario, variant } = definition;
  return {
    seed,
    set,
    source: scenario,
    ...(variant === undefined ? {} : { variant }),
    ...(steps === null ? {} : { steps }),
    ...(clock === null ? {} : { clock }),
    createWorld: async (spec) => await worlds.take(spec),
  };
}

const NO_STEPS: RunLine["steps"] = { columns: [], rows: [] };

function finished(identity: Identity, record: RunRecord): RunLine {
  return {
    ...identity,
    status: record.passed ? "passed" : "unmet",
    error: null,
    replay: record.replay,
    scenarioHash: record.scenario.hash,
    contractsHash: record.contracts.hash,
    outcomes: outcomesOf(record),
    steps: stepsOf(record),
  };
}

function errorOf(error: unknown, root: string): NonNullable<RunLine["error"]> {
  const code = isSimError(error) ? error.code : "UNEXPECTED";
  const message = isSimError(error) ? error.shortMessage : String(error);
  return { code, message: (message.split("\n")[0] ?? "").replaceAll(root, ".").slice(0, 2_000) };
}

/** A run that came to no end is a row with its error; one that broke a law keeps the rows up to there. */
function failed(identity: Identity, error: unknown, context: RunContext): RunLine {
  const told = { ...identity, error: errorOf(error, context.root) };
  if (error instanceof InvariantBrokenError && error.record !== undefined) {
    return { ...finished(identity, error.record as RunRecord), ...told, status: "broken" };
  }
  const options = optionsOf(context, identity);
  const hashed = ((): { replay: string; scenarioHash: string } => {
    try {
      const applied = applyOptions(context.scenario, options);
      return { replay: replayOf(applied, options), scenarioHash: hashOf(describeScenario(applied)) };
    } catch {
      // What cannot be applied has no hash of its own.
      const { variant } = context.definition;
      const applied = { ...context.scenario, seed: identity.seed, ...(variant === undefined ? {} : { variant }) };
      return { replay: replayOf(applied, options), scenarioHash: "" };
    }
  })();
  return { ...told, ...hashed, status: "failed", contractsHash: null, outcomes: {}, steps: NO_STEPS };
}

/**
 * Makes one run of a sweep.
 *
 * A chain that fails is replaced and the run made again; only what fails on a fresh chain too is the run's own failure.
 *
 * @returns The run's line; never throws for what the run itself does.
 */
export async function executeRun(context: RunContext, planned: PlannedRun): Promise<RunLine> {
  const identity: Identity = { run: planned.run, point: planned.point, seed: planned.seed, set: planned.set };
  const attempt = async (): Promise<RunLine> =>
    finished(identity, (await run(context.scenario, optionsOf(context, identity))).record);
  try {
    return await attempt();
  } catch (error) {
    if (!isSimError(error) || error.code !== "CHAIN") return failed(identity, error, context);
  }
  await context.worlds.close();
  try {
    return await attempt();
  } catch (error) {
    await context.worlds.close();
    return failed(identity, error, context);
  }
}
