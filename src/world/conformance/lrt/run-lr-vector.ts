import type { Difference } from "../compare.ts";
import { compareAnswer, type Answer } from "../defi/answer.ts";
import type { Ground } from "../defi/ground.ts";
import { parseTolerance } from "../defi/tolerance.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { turnOf, unbuilt, type Turn } from "../turns.ts";
import { WAD } from "./core-bench.ts";
import { lrOperations, type LrOperation } from "./lr-operations.ts";
import { LrPlay } from "./lr-play.ts";
import { lrRateOperations } from "./lr-rate-operations.ts";
import { FREEZE, MODE, POLICY, VaultBench } from "./vault-bench.ts";

/** Models of liquid restaking protocols that are built. */
export const lrModels: readonly string[] = ["lrt-renzo", "lrt-kelp", "lrt-puffer", "lrt-etherfi"];

const operations: Readonly<Record<string, LrOperation>> = { ...lrOperations, ...lrRateOperations };

/** Our errors, by the names that the protocols' own have in vectors. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  RestakingVaultZeroAmount: ["InvalidTokenAmount", "InvalidZeroInput", "ZeroAmount", "InvalidAmount", "AmountTooLow"],
  ExitQueueBelowMinimum: ["WithdrawalAmountTooLow", "AmountTooLow", "InvalidAmountToWithdraw"],
  NavOracleRiseExceeded: ["RebaseExceedsPositiveCap", "PriceAboveDailyThreshold", "PriceOffLimit"],
  NavOracleDropExceeded: ["RebaseExceedsNegativeCap", "NegativeRebaseExceedsCap", "PriceOffLimit"],
  ExitQueueInsufficientShares: ["QueuedWithdrawalNotFilled", "RequestNotFinalized", "NotFinalized", "EarlyClaim"],
  RestakingVaultBufferExceeded: ["NotEnoughWithdrawCredit", "InsufficientLiquidity", "InsufficientBuffer"],
};

/** Operations that ask what is let through, or what can be claimed yet: a refusal is their answer. */
const ASKING = /^(report|rebase|claim)/;

/** `rebase` of one report is a rise against its cap; within a history it moves what the vault stands for. */
function operationOf(step: VectorStep): LrOperation | undefined {
  if (step.op === "rebase") return operations[step["tvl"] === undefined ? "moveTvl" : "report"];
  return operations[step.op];
}

async function playTurn(play: LrPlay, { step, times }: Turn): Promise<Omit<Difference, "step"> | undefined> {
  const run = operationOf(step);
  if (run === undefined) return { field: step.op, expected: "an operation", got: unbuilt(step) };
  play.refusal = undefined;
  const isAsked = ASKING.test(step.op);
  const isRefused = (): boolean => play.refusal?.ok === false && !isAsked;
  for (let time = 0n; time < times && !isRefused(); time += 1n) {
    await run(play, step);
    await play.look(step.op);
  }
  const wanted = step["expectRevert"];
  const refusal = play.refusal as LrPlay["refusal"];
  if (typeof wanted !== "string") {
    return refusal?.ok === false && !isAsked ? { field: step.op, expected: "success", got: refusal.error } : undefined;
  }
  const got = refusal === undefined || refusal.ok ? "it succeeded" : refusal.error;
  const isKnown = refusal?.ok === false && (REASONS[refusal.reason] ?? []).includes(wanted);
  return isKnown ? undefined : { field: `${step.op}.expectRevert`, expected: wanted, got };
}

/** What a claim would pay had the vault moved elsewhere instead: `paidIfTvlRoseTo121`, in whole ether. */
async function suppose(play: LrPlay, step: VectorStep): Promise<void> {
  const bench = play.current;
  if (bench === undefined || !/slash|rise|gain|setTvl|moveTvl|loss/i.test(step.op)) return;
  for (const key of Object.keys(play.vector.expected)) {
    const to = /^paidIfTvl[A-Za-z]*?(?:To|Is|Of)?(\d+)$/.exec(key)?.[1];
    if (to === undefined || play.supposed.has(key)) continue;
    const paid = await bench.supposing(async () => {
      await bench.moveTo(BigInt(to) * (to.length < 10 ? WAD : 1n));
      return await bench.claim();
    });
    play.supposed.set(key, paid);
  }
}

/** How many reports, each at most at its cap, a loss takes to be reported: `reportsFor5PercentLoss`. */
async function reportsFor(play: LrPlay, percent: bigint): Promise<bigint> {
  const drop = play.find({ op: "given" }, "negativeCapBps", "maxDropBps", "capBps") ?? 3n;
  const bench = await VaultBench.open(play.ground, { mode: MODE.pushed, freezePoint: FREEZE.claim });
  await bench.stage(1_000_000n * WAD, 1_000_000n * WAD);
  await bench.bound({ rise: 0n, drop, policy: POLICY.clamp });
  const goal = (WAD * (100n - percent)) / 100n;
  let reports = 0n;
  for (; (await bench.oracle.number("rate")) > goal; reports += 1n)
    await bench.oracle.must("owner", ["pushRate", goal]);
  return reports;
}

async function answerOf(play: LrPlay, key: string, wanted: unknown): Promise<Answer | undefined> {
  const supposed = play.supposed.get(key);
  if (supposed !== undefined) return supposed;
  if (typeof wanted === "boolean" || (Array.isArray(wanted) && typeof wanted[0] === "boolean")) {
    return flagOf(play, key, wanted);
  }
  const percent = /^reportsFor(\d+)PercentLoss$/.exec(key)?.[1];
  if (percent !== undefined) return await reportsFor(play, BigInt(percent));
  const seen = play.seen.get(key);
  const states = play.snapshots.flatMap(({ state }) => (state[key] === undefined ? [] : [state[key]]));
  if (Array.isArray(wanted)) return seen?.length === wanted.length ? seen : (seen ?? states);
  if (seen !== undefined) return seen.at(-1);
  if (states.length > 0) return states.at(-1);
  return afterOperation(play, key);
}

/** Whether something is so: seen by an operation, or part of the state after each or after one of them. */
function flagOf(play: LrPlay, key: string, wanted: unknown): Answer | undefined {
  const seen = play.seen.get(key)?.filter((value) => typeof value === "boolean") ?? [];
  const states = play.snapshots.flatMap(({ state }) => (state[key] === undefined ? [] : [state[key] === 1n]));
  if (Array.isArray(wanted)) return seen.length > 0 ? seen : states;
  const after = afterOperation(play, key);
  return seen.at(-1) ?? states.at(-1) ?? (after === undefined ? undefined : after === 1n);
}

/** A state after an operation, or after one of its repetitions: `filledAfterDeposit`, `toFillAfterSecondRequest`. */
function afterOperation(play: LrPlay, key: string): Answer | undefined {
  const match = /^(.+?)After(First|Second|Third|Last)?([A-Z]\w*)$/.exec(key);
  const [, base = "", ordinal = "Last", word = ""] = match ?? [];
  const found = play.snapshots.filter(({ op }) => op.toLowerCase().includes(word.toLowerCase()));
  const place = ["First", "Second", "Third"].indexOf(ordinal);
  return (place < 0 ? found.at(-1) : found[place])?.state[base];
}

/**
 * Plays a vector of a liquid restaking protocol on deployed contracts.
 *
 * @returns The first difference, or undefined when everything agrees.
 */
export async function runLrVector(ground: Ground, vector: Vector): Promise<Difference | undefined> {
  await ground.clear(() => undefined);
  const turns = vector.steps.map((step) => turnOf(step, vector.id));
  const play = new LrPlay(ground, { ...vector, steps: turns.map(({ step }) => step) });
  for (const [index, turn] of turns.entries()) {
    await suppose(play, turn.step);
    const difference = await playTurn(play, turn);
    if (difference !== undefined) return { step: index, ...difference };
  }
  const exact = parseTolerance("exact");
  for (const [key, expected] of Object.entries(vector.expected)) {
    const got = await answerOf(play, key, expected);
    const difference = exact === undefined ? undefined : compareAnswer(`expected.${key}`, { expected, got }, exact);
    if (difference !== undefined) return { step: -1, ...difference };
  }
  return undefined;
}
