import { InvariantBrokenError } from "../errors/invariant-broken-error.ts";
import type { ActionResult } from "../model/fact.ts";
import { followHealth } from "../model/defi/health-log.ts";
import type { Invariant } from "../model/invariant.ts";
import { builtinInvariants } from "../model/invariants/builtin.ts";
import { memberOf } from "../model/delegation.ts";
import { resolveScenario } from "../model/resolve-scenario.ts";
import type { Scenario } from "../model/scenario.ts";
import type { View, WorldView } from "../model/view.ts";
import type { World } from "../model/world.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { RunRecord } from "../report/run-record.ts";
import type { Seconds } from "../units/units.ts";
import { buildRecord, type RunState } from "./build-record.ts";
import { toParameter } from "./canonical-json.ts";
import { checkInvariants, judgeExpectations, openInvariants } from "./judge.ts";
import { keeperActions } from "./keepers.ts";
import { bookStep, openLedger } from "./ledger.ts";
import type { Ledger } from "./books.ts";
import { bookDefiStep, defiRow, openDefiBooks, sheetLaws } from "./defi-books.ts";
import { bookRewards, dueRoot, fillRoot, openDesk, settleRewards, type RewardsDesk } from "./rewards-desk.ts";
import { readMetrics, toRow } from "./observe.ts";
import { planStep, type Cast, type PlannedStep } from "./plan-step.ts";
import { applyOptions, replayOf, type RunOptions } from "./run-options.ts";
import { stepTimes } from "./step-times.ts";
import { dueEntries, openTimeline, type Timeline } from "./timeline.ts";

/** A finished run. */
export interface RunResult {
  readonly record: RunRecord;
  /** State after the last step. */
  readonly view: View;
}

function castOf(scenario: Scenario, spec: WorldSpec): readonly Cast[] {
  const members = Object.entries(scenario.populations).map(([name, { agent }]) => ({
    agent,
    ids: spec.participants.filter(({ population }) => population === name).map(({ id }) => id),
  }));
  return members.flatMap(({ agent, ids }) => ids.map((id, index) => ({ id, index, agent })));
}

function withLog(
  world: WorldView,
  log: {
    readonly step: number;
    readonly faults: View["faults"];
    readonly ledger: Ledger;
    readonly incidents: View["incidents"];
    readonly before: View["unhealthySince"];
  },
): View {
  const { step, faults, ledger, incidents = [], before = {} } = log;
  return {
    ...world,
    step,
    faults,
    slashes: [...ledger.notices],
    reported: [...ledger.reported],
    refusals: [...ledger.refusals],
    incidents,
    unhealthySince: followHealth(before, world.defi, world.time),
  };
}

/** One run under way. */
interface Run {
  readonly scenario: Scenario;
  readonly world: World;
  readonly cast: readonly Cast[];
  readonly invariants: readonly Invariant[];
  readonly state: RunState;
  readonly desk: RewardsDesk;
  readonly timeline: Timeline;
  metrics: Record<string, bigint>;
  actionsSoFar: number;
}

/** Loads the chain only when a run needs it: scenarios and their tests stay free of it. */
async function createDefaultWorld(spec: WorldSpec): Promise<World> {
  const { createWorld } = await import("../world/create-world.ts");
  return await createWorld(spec);
}

async function begin(scenario: Scenario, options: RunOptions): Promise<Run> {
  const spec = resolveScenario(scenario);
  const world = await (options.createWorld ?? createDefaultWorld)(spec);
  const initial = await world.read();
  const unhealthySince = followHealth({}, initial.defi, initial.time);
  const first: View = { ...initial, step: 0, faults: [], slashes: [], reported: [], refusals: [], unhealthySince };
  const defi = openDefiBooks(spec, first);
  const invariants = [...builtinInvariants(spec), ...sheetLaws(defi), ...(scenario.invariants ?? [])];
  const state: RunState = {
    scenario,
    spec,
    info: world.info,
    replay: replayOf(scenario, options),
    first,
    last: first,
    rows: [],
    actions: [],
    notes: [],
    ledger: openLedger(spec, first),
    defi,
    invariants: openInvariants(invariants),
  };
  const cast = castOf(scenario, spec);
  const desk = openDesk(scenario, first);
  const timeline = openTimeline(scenario, BigInt(world.info.clock.secondsPerUnit));
  const course: Run = { scenario, world, cast, invariants, state, desk, timeline, metrics: {}, actionsSoFar: 0 };
  appendRow(course, []);
  return course;
}

/** Reads the metrics of the latest state and appends its row. */
function appendRow(course: Run, results: readonly ActionResult[]): void {
  const { state, scenario } = course;
  const members = (population: string): readonly string[] =>
    state.spec.participants.filter((participant) => participant.population === population).map(({ id }) => id);
  const elapsed = state.last.time - BigInt(state.rows.at(-1)?.time ?? state.last.time);
  const context = { view: state.last, first: state.first, results, losses: state.ledger.losses, members, elapsed };
  course.metrics = readMetrics(scenario.metrics, context, course.metrics);
  const row = toRow(state.last, state.ledger, course.metrics);
  const extra = defiRow(state.defi, state.last);
  state.rows.push(extra === null ? row : { ...row, defi: extra });
}

/** Decisions, shocks and order of the step at `now`. */
function plan(course: Run, step: number, now: Seconds): PlannedStep {
  const { scenario, state, cast } = course;
  const view = state.last;
  const due = dueEntries(course.timeline, view.time, now);
  const member = (name: string): string =>
    state.spec.participants.some(({ id }) => id === name) ? name : memberOf(scenario.populations, name);
  const order = scenario.order ?? "shuffle";
  const wanted = planStep({ seed: scenario.seed, step, now, view, cast, due, order, member });
  // After the agents: a pool report in front would change the rate under the exact amounts that they saw.
  const kept = [...keeperActions(scenario, view, now), ...dueRoot(course.desk)];
  return { ...wanted, actions: [...wanted.actions.map((action) => fillRoot(course.desk, action)), ...kept] };
}

function logActions({ state }: Run, step: number, results: readonly ActionResult[]): void {
  for (const [order, { planned, outcome, gas }] of results.entries()) {
    const { type, ...args } = planned.action;
    state.actions.push({
      step,
      order,
      agent: planned.agent,
      origin: planned.origin,
      type,
      args: Object.fromEntries(Object.entries(args).map(([key, value]) => [key, toParameter(value)])),
      outcome: outcome.status === "ok" ? { status: "ok" } : { ...outcome, args: { ...outcome.args } },
      gas: gas.toString(),
    });
  }
}

/** One step: plan, one transaction, one read, books, row, laws. */
async function advance(course: Run, step: number, now: Seconds): Promise<void> {
  const { state, world } = course;
  const before = state.last;
  const { actions, faults, notes, incidents } = plan(course, step, now);
  state.notes.push(...notes.map((text) => ({ time: now.toString(), text })));

  const results = await world.perform({ time: now, actions });
  course.actionsSoFar += results.length;
  const read = await world.read();

  const known = [...before.faults, ...faults];
  const after = { ...before, ...read, step, faults: known };
  bookStep(state.ledger, { step, before, after, results });
  if (state.defi !== null) bookDefiStep(state.defi, { step, before, after, results });
  bookRewards(course.desk, after, results);
  const seen = [...(before.incidents ?? []), ...incidents];
  state.last = withLog(read, {
    step,
    faults: known,
    ledger: state.ledger,
    incidents: seen,
    before: before.unhealthySince,
  });
  logActions(course, step, results);
  appendRow(course, results);

  const context = { before, after: state.last, results, actionsSoFar: course.actionsSoFar };
  const broken = checkInvariants(course.invariants, context, state.invariants);
  if (broken !== null) {
    throw new InvariantBrokenError({ ...broken, step, replay: state.replay }, finish(course).record);
  }
}

function finish({ scenario, state, desk }: Run): RunResult {
  settleRewards(desk, state.ledger.yields, state.last.time);
  return { record: buildRecord(state, judgeExpectations(scenario.expect ?? {}, state.rows)), view: state.last };
}

/**
 * Runs one scenario and records one row per step.
 *
 * Each step reads the state once and sends one transaction: every agent decides, due shocks are added, what came
 * together is ordered and executed; then metrics and invariants look at the new state.
 * Source: docs/architecture.md, "One step".
 *
 * @param scenario - What to run. Its `seed` fixes every random choice.
 * @param options - See {@link RunOptions}.
 * @returns The record (quantities as decimal strings, times in seconds since the start) and the last state.
 * @throws {@link InvariantBrokenError} when a law does not hold after a step; carries the record so far.
 * @throws {@link ScenarioInvalidError} when a field of the scenario cannot be.
 * @throws {@link WorldImpossibleError} when its world cannot exist.
 * @example
 * const { record } = await run(operatorFault, { seed: 7 });
 * record.rows.at(-1)?.restaked; // "4311278123456789012345678" (wei)
 */
export async function run(scenario: Scenario, options: RunOptions = {}): Promise<RunResult> {
  const applied = applyOptions(scenario, options);
  const course = await begin(applied, options);
  const times = stepTimes(applied);
  for (const [at, now] of times.entries()) {
    await advance(course, at + 1, now);
    options.onStep?.(at + 1, times.length);
  }
  return finish(course);
}
