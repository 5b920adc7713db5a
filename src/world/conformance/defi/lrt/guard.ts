import { MODE, NO_BOUNDS, POLICY, VaultBench } from "../../lrt/vault-bench.ts";
import { WAD } from "../../lrt/core-bench.ts";
import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

const OLD = ["old", "oldPrice", "oldRate"];
const NEW = ["new", "newPrice", "newRate"];
const PERCENT = ["limitPct", "limitPercent", "percent"];
const BPS = ["limitBps", "guardBps", "maxBps"];

const hasOne = (vector: DefiVector, names: readonly string[]): boolean =>
  names.some((name) => vector.inputs[name] !== undefined);

/** The least limit that lets a move pass: the move itself, in the limit's unit. */
async function leastPassing(passes: (limit: bigint) => Promise<boolean>): Promise<bigint> {
  if (await passes(0n)) return 0n;
  let [low, high] = [0n, 1n];
  while (!(await passes(high))) [low, high] = [high, high * 2n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (await passes(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** One report of a new price over an old one, against a limit in whole percents (as one protocol had it) or in bps. */
async function playGuard(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [old, price] = [inputs.integer(...OLD), inputs.integer(...NEW)];
  const inWholePercents = inputs.has(...PERCENT);
  const limit = inWholePercents ? inputs.integer(...PERCENT) * 100n : inputs.integer(...BPS);
  const clamps = /clamp/i.test(inputs.text("policy") + vector.title);
  const bench = await VaultBench.open(ground, { mode: MODE.quorum });
  await bench.stage(WAD, WAD);
  await bench.report(old, WAD);
  const isReverting = async (bps: bigint, policy: bigint = POLICY.reject): Promise<boolean> => {
    await bench.bound({ rise: bps, drop: bps, policy, inWholePercents });
    return await bench.supposing(async () => !(await bench.report(price, WAD)).ok);
  };
  const reverts = await isReverting(limit);

  const pct = inWholePercents ? await leastPassing(async (percent) => !(await isReverting(percent * 100n))) : 0n;
  await bench.bound({ ...NO_BOUNDS, rise: limit, drop: limit, policy: clamps ? POLICY.clamp : POLICY.reject });
  if (clamps) await bench.report(price, WAD);
  const rate = await bench.oracle.number("rate");
  return {
    ...{ pct, percent: pct, reverts, blocked: reverts, rejected: reverts, accepted: !reverts, passes: !reverts },
    ...{ price: rate, rate, clamped: rate, newPrice: rate },
  };
}

export const guardKinds: readonly DefiKind[] = [
  {
    name: "guard on the move of a price",
    matches: (vector) =>
      hasOne(vector, OLD) &&
      hasOne(vector, NEW) &&
      (hasOne(vector, PERCENT) || hasOne(vector, BPS)) &&
      expectsAny(vector, "pct", "percent", "reverts", "blocked", "rejected", "accepted", "passes", "clamped"),
    play: playGuard,
  },
];
