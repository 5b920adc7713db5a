import { integerOf } from "../numbers.ts";
import type { Difference } from "../compare.ts";
import { firstDifference, show } from "../compare.ts";
import type { Verdict } from "../core-verbs.ts";
import type { CoreWorld } from "../core-world.ts";
import type { Cast } from "../observe.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { begin, prepare } from "../setting.ts";
import { turnOf, unbuilt } from "../turns.ts";
import { Arguments } from "./arguments.ts";
import { observableOf } from "./observables.ts";
import { coreOperations, operationAliases, type Operation } from "./operations.ts";
import { Play, type Snapshot } from "./play.ts";
import { podOf } from "./pods.ts";
import { rewardsOperations } from "./rewards-operations.ts";
import { strategyOperations } from "./strategy-operations.ts";

const operations: Readonly<Record<string, Operation>> = {
  ...coreOperations,
  ...strategyOperations,
  ...rewardsOperations,
};

/** Models that are built. */
export const vectorModels: readonly string[] = [
  "eigenlayer",
  "eigenlayer-beacon",
  "eigenlayer-strategy",
  "eigenlayer-rewards",
];

const WAD = 10n ** 18n;
/** Instant at which a vector begins that does not say otherwise. */
const START = 1000n;
const WHEN = ["block", "timestamp"] as const;
const MEMBERSHIP = ["registerForSet", "deregisterFromSet"];

const nameOf = (op: string): string => operationAliases[op] ?? op;
const instantOf = (step: VectorStep, vector: string): bigint | undefined => {
  const args = new Arguments(step, vector);
  return args.has(...WHEN) ? args.instant(...WHEN) : undefined;
};

/** Operation of a step; that of a repetition is the one repeated. */
function innermost(step: VectorStep): string {
  return nameOf(step.op === "repeat" ? String(step["step"]) : step.op);
}

/** Persona behind a step that names nobody: in strategy vectors the first to deposit attacks. */
function stakerOf(play: Play, step: VectorStep): string {
  const named = [step["staker"], step["by"], step["account"], step["user"]].find((value) => typeof value === "string");
  if (typeof named === "string") return named;
  if (play.vector.model !== "eigenlayer-strategy" || nameOf(step.op) !== "deposit") return play.focus.staker;
  return PERSONAS[play.played.filter(({ op }) => op === "deposit").length] ?? play.focus.staker;
}

const PERSONAS = ["attacker", "victim", "third"];

function namesIn(steps: readonly VectorStep[], fields: readonly string[]): string[] {
  const values = steps.flatMap((step) => fields.map((field) => step[field]));
  return [...new Set(values.filter((value): value is string => typeof value === "string"))];
}

/** Everybody whom a vector names. */
export function castOf(vector: Vector, strategy: string): Cast {
  const operators = ["op", ...namesIn(vector.steps, ["operator"]).filter((name) => name !== "op" && name !== "op1")];
  const sets = namesIn(vector.steps, ["set", "operatorSet"]);
  const named = namesIn(vector.steps, ["staker", "by", "account", "user"]);
  const personas = vector.model === "eigenlayer-strategy" ? PERSONAS : ["staker"];
  return {
    operators,
    sets: [...new Set(["A", ...sets])].sort(),
    stakers: [...new Set([...named, ...personas])],
    strategy,
  };
}

/** Whether a staker begins undelegated: its first step about that is a delegation. */
function beginsUndelegated(vector: Vector, staker: string): boolean {
  const about = ["delegate", "undelegate", "redelegate", "queueWithdrawal"];
  const first = vector.steps.find((step) => step["staker"] === staker && about.includes(innermost(step)));
  return first !== undefined && innermost(first) === "delegate";
}

/** Whether the operator begins registered in the sets: unless the steps register it, or say it never was. */
function beginsRegistered(vector: Vector): boolean {
  if (vector.steps.some(({ op }) => op === "newOperatorNotRegistered")) return false;
  const first = vector.steps.find((step) => MEMBERSHIP.includes(innermost(step)) && step["expectRevert"] === undefined);
  return first === undefined || innermost(first) !== "registerForSet";
}

/** Sets the stage as the file's conventions say. */
async function stage(play: Play): Promise<void> {
  const { world, cast, vector, verbs } = play;
  const delay = integerOf(vector.given["allocationDelayBlocks"] ?? vector.given["allocationDelay"], 0n);
  await prepare(
    world,
    cast,
    cast.operators.map((id) => ({ id, allocationDelay: delay })),
  );
  await world.endow("reporter");
  await world.endow("anyone");
  await world.endow("donor");
  // A pod can only book what it is told to once the block that made it is closed.
  if (play.isBeacon) for (const staker of cast.stakers) await podOf(play, staker);
  for (const [place, fn] of [["podManager", "setReporter"]] as const) {
    await world.must("owner", { to: place, fn, args: [world.addressOf("reporter")] });
  }
  world.alias("op1", world.addressOf("op"));

  if (beginsRegistered(vector)) {
    for (const operator of cast.operators) for (const set of cast.sets) await verbs.registerForSet(operator, set);
  }
  const allocates = vector.steps.some((step) => innermost(step) === "allocate");
  if (!allocates) for (const operator of cast.operators) await verbs.allocate(operator, "A", WAD);
  for (const staker of cast.stakers) {
    if (!beginsUndelegated(vector, staker)) await verbs.delegate(staker, "op");
  }

  const [first] = vector.steps;
  const given = new Arguments({ ...vector.given, op: "given" }, vector.id);
  const own = given.has("startBlock") ? given.instant("startBlock") : undefined;
  await begin(world, own ?? (first === undefined ? undefined : instantOf(first, vector.id)) ?? START, delay);
  await giveBystanders(play);
}

/** A refused delegation needs something to delegate: who has deposited nothing is let in. */
async function giveBystanders(play: Play): Promise<void> {
  for (const step of play.vector.steps) {
    const staker = step["staker"];
    if (innermost(step) !== "delegate" || step["expectRevert"] !== "FullySlashed" || typeof staker !== "string")
      continue;
    if (!play.vector.steps.some((other) => innermost(other) === "deposit" && other["staker"] === staker)) {
      await play.verbs.deposit(staker, WAD);
    }
  }
}

/** Repeats an operation; all but the last go in untried, since only the state after them is looked at. */
async function repeat(play: Play, step: VectorStep): Promise<Verdict> {
  const { step: inner, times } = turnOf(step, play.vector.id);
  const run = operations[nameOf(inner.op)];
  if (run === undefined) return { ok: false, reason: "not built", error: `operation "${inner.op}" is not built` };
  let verdict: Verdict = { ok: true, returns: {} };
  for (let i = 0n; verdict.ok && i < times; i += 1n) {
    // A block of its own each: a block that grows would be executed again for every trial.
    if (i > 0n) await play.advanceTo(play.world.now + 1n);
    verdict = await run(play, new Arguments(inner, play.vector.id));
  }
  return verdict;
}

async function perform(play: Play, step: VectorStep): Promise<Verdict> {
  const instant =
    instantOf(step, play.vector.id) ??
    (step["blocks"] === undefined ? undefined : play.world.now + new Arguments(step, play.vector.id).instant("blocks"));
  if (instant !== undefined && !(step.op === "completeWithdrawal" && instant < play.world.now))
    await play.advanceTo(instant);
  if (["setBlock", "setTimestamp", "advance", "mine"].includes(step.op)) return { ok: true, returns: {} };
  const operator = typeof step["operator"] === "string" ? step["operator"] : play.focus.operator;
  const set = typeof step["set"] === "string" ? step["set"] : play.focus.set;
  play.focus = { staker: stakerOf(play, step), operator: operator === "op1" ? "op" : operator, set };
  if (step.op === "repeat") return await repeat(play, step);
  const run = operations[nameOf(step.op)];
  if (run === undefined) return { ok: false, reason: "not built", error: unbuilt(step) };
  return await run(play, new Arguments(step, play.vector.id));
}

/** Plays one step; says so when it was not refused, or allowed, as it should be. */
async function playStep(play: Play, step: VectorStep): Promise<Omit<Difference, "step"> | undefined> {
  const before: Snapshot = play.now;
  const verdict = await perform(play, step);
  play.now = await play.look();
  play.played.push({
    op: innermost(step),
    step,
    staker: play.focus.staker,
    instant: play.world.now,
    verdict,
    before,
    after: play.now,
  });
  const wanted = step["expectRevert"];
  if (wanted === undefined) return verdict.ok ? undefined : { field: step.op, expected: "success", got: verdict.error };
  if (!verdict.ok && verdict.reason === wanted) return undefined;
  return {
    field: `${step.op}.expectRevert`,
    expected: show(wanted),
    got: verdict.ok ? "it succeeded" : verdict.error,
  };
}

/**
 * Plays a vector and compares everything it expects.
 *
 * @param world - A world with the vector's delays, just reset.
 * @param vector - What to play.
 * @param wanted - What to compare; by default all that the vector expects.
 * @returns The first difference, or undefined when everything agrees.
 */
export async function runVector(
  world: CoreWorld,
  vector: Vector,
  wanted: Readonly<Record<string, unknown>> = vector.expected,
): Promise<Difference | undefined> {
  const strategy = vector.model === "eigenlayer-beacon" ? await world.beaconStrategy() : world.addresses["strategy"];
  const play = new Play(world, vector, castOf(vector, String(strategy)));
  await stage(play);
  for (const key of Object.keys(wanted)) {
    const instant = /^completeAtOrBefore(\d+)$/.exec(key)?.[1];
    if (instant !== undefined) play.probes.push({ instant: BigInt(instant) });
  }

  play.now = await play.look();
  for (const [index, step] of vector.steps.entries()) {
    const difference = await playStep(play, step);
    if (difference !== undefined) return { step: index, ...difference };
  }
  for (const [key, expected] of Object.entries(wanted)) {
    const difference = firstDifference(`expected.${key}`, expected, observableOf(play, key, expected));
    if (difference !== undefined) return { step: -1, ...difference };
  }
  return undefined;
}
