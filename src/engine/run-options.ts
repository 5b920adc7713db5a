import { formatAssignments, setParameters, type Assignments } from "../model/parameters/set-parameters.ts";
import { assertScenarioShape } from "../model/scenario-shape.ts";
import type { Scenario } from "../model/scenario.ts";
import { applyVariant } from "../model/variant.ts";
import type { World } from "../model/world.ts";
import type { ClockMode, WorldSpec } from "../model/world-spec.ts";

/** What a run may be told besides its scenario. */
export interface RunOptions {
  /** Replaces the scenario's seed. */
  readonly seed?: number;
  /** Runs a variant of the scenario instead. */
  readonly variant?: string;
  /** Replaces parameters by their paths, such as `{ "lst.fee": "5%" }`; the first of all changes. */
  readonly set?: Assignments;
  /** Replaces the number of grid steps; what the timeline holds beyond the end is left out. */
  readonly steps?: number;
  /** Replaces what the contracts' clock counts; the rows stay the same. */
  readonly clock?: ClockMode;
  /** How the command line names the scenario, for the command that replays the run; default: its name. */
  readonly source?: string;
  /** Called after every step. */
  readonly onStep?: (done: number, total: number) => void;
  /** Makes the world, at its time 0; default: a fresh one on a chain in this process. */
  readonly createWorld?: (spec: WorldSpec) => Promise<World>;
}

/**
 * The scenario as it is run.
 *
 * @throws {@link ScenarioInvalidError} for a value that is no scenario.
 * @throws {@link UsageError} for a variant or a parameter that it does not have, or a value of another kind.
 */
export function applyOptions(given: Scenario, { seed, steps, clock, variant, set = {} }: RunOptions): Scenario {
  assertScenarioShape(given);
  const scenario = setParameters(applyVariant(given, variant), set);
  const mode = clock ?? scenario.clock.mode ?? "timestamp";
  const grid = { ...scenario.clock, steps: steps ?? scenario.clock.steps, mode };
  const end = grid.step * BigInt(Number.isSafeInteger(grid.steps) ? grid.steps : 0);
  const kept = steps === undefined ? scenario.timeline : scenario.timeline?.filter(({ at }) => at <= end);
  const also = steps === undefined ? grid.also : grid.also?.filter((at) => at <= end);
  return {
    ...scenario,
    seed: seed ?? scenario.seed,
    clock: also === undefined ? grid : { ...grid, also },
    ...(kept === undefined ? {} : { timeline: kept }),
  };
}

/** Command that makes the same record again. */
export function replayOf(scenario: Scenario, { steps, clock, source, set = {} }: RunOptions): string {
  const extras = [
    ...(scenario.variant === undefined ? [] : [`--variant ${scenario.variant}`]),
    ...(Object.keys(set).length === 0 ? [] : [`--set "${formatAssignments(set)}"`]),
    ...(steps === undefined ? [] : [`--steps ${steps}`]),
    ...(clock === undefined ? [] : [`--clock ${clock}`]),
  ];
  return ["npm run simulate --", source ?? scenario.name, `--seed ${scenario.seed}`, ...extras].join(" ");
}
