import { integerOf } from "../numbers.ts";
import { text, type Observed } from "../observe.ts";
import type { Play, PlayedStep } from "./play.ts";

/** Works an observable out of what was played; undefined when there is nothing to work with. */
type Special = (play: Play, wanted: unknown) => Observed | undefined;

const number = (value: Observed | undefined): bigint => integerOf(value, 0n);

/** Fall of a field over the latest step of an operation. */
function fall(op: string, path: (play: Play) => string): Special {
  return (play) => {
    const step: PlayedStep | undefined = play.done(op).at(-1);
    if (step === undefined) return undefined;
    return text(number(step.before[path(play)]) - number(step.after[path(play)]));
  };
}

function valuesOf(play: Play, op: string, field: string): (Observed | undefined)[] {
  return play.done(op).map(({ verdict }) => (verdict.ok ? verdict.returns[field] : undefined));
}

const firstOf =
  (op: string, field: string): Special =>
  (play) =>
    valuesOf(play, op, field)[0];

const lastOf = (play: Play, op: string, field: string): Observed | undefined => valuesOf(play, op, field).at(-1);

const sharesOf = (play: Play, name: string): bigint => number(play.now[`stakers.${name}.depositShares`]);

/** End of the slashable window that the latest departure from a set opened. */
function slashableUntil(play: Play, further: bigint): Observed | undefined {
  const left = play.done("deregisterFromSet").at(-1);
  if (left === undefined) return undefined;
  return text(number(left.after[`slashableUntil.${play.focus.operator}.${play.focus.set}`]) + further);
}

/** What somebody's shares are worth, with the virtual thousand on both sides. */
function redeemable(play: Play, name: string): bigint {
  const VIRTUAL = 1000n;
  return ((number(play.now["balance"]) + VIRTUAL) * sharesOf(play, name)) / (number(play.now["totalShares"]) + VIRTUAL);
}

/** What somebody paid in; donations are the attacker's. */
function paidBy(play: Play, name: string): bigint {
  return play.played.reduce((sum, { op, step, staker, verdict }) => {
    const isTheirs = (op === "deposit" && staker === name) || (op === "donate" && name === "attacker");
    return isTheirs && verdict.ok ? sum + number(step["amount"] as Observed) : sum;
  }, 0n);
}

function persona(name: string): Record<string, Special> {
  return {
    [`${name}Shares`]: (play) => text(sharesOf(play, name)),
    [`${name}Redeemable`]: (play) => text(redeemable(play, name)),
    [`${name}Value`]: (play) => text(redeemable(play, name)),
    [`${name}Loss`]: (play) => text(paidBy(play, name) - redeemable(play, name)),
    [`${name}Profit`]: (play) => text(redeemable(play, name) - paidBy(play, name)),
  };
}

/** Observables that no snapshot holds; `#` stands for a number at the end of the name. */
export const special: Readonly<Record<string, Special>> = {
  ...persona("attacker"),
  ...persona("victim"),
  effectBlock: (play) => {
    const instant = play.announced.get("allocation");
    return instant === undefined ? undefined : text(instant);
  },
  activatedAt: firstOf("setSplit", "activatedAt"),
  splitBefore: firstOf("getSplit", "split"),
  splitAt: (play) => lastOf(play, "getSplit", "split"),
  splitAfter: (play) => lastOf(play, "getSplit", "split"),
  drift: (play) => {
    const operator = number(play.now[`operators.${play.focus.operator}.shares`]);
    return text(operator - number(play.now[`stakers.${play.focus.staker}.withdrawableShares`]));
  },
  operatorSharesRemoved: fall("beaconBalanceDrop", (play) => `operators.${play.focus.operator}.shares`),
  operatorSharesDecrease: fall("beaconBalanceDrop", (play) => `operators.${play.focus.operator}.shares`),
  decrease: fall("beaconBalanceDrop", (play) => `beaconFactor.${play.focus.staker}`),
  factorDecrease: fall("beaconBalanceDrop", (play) => `beaconFactor.${play.focus.staker}`),
  slashableUntil: (play) => slashableUntil(play, 0n),
  slashableUntilBlock: (play) => slashableUntil(play, 0n),
  lastSlashableBlock: (play) => slashableUntil(play, 0n),
  firstUnslashableBlock: (play) => slashableUntil(play, 1n),
  totalSharesAfter: (play) => text(play.now["totalShares"]),
  slashCount: (play) => text(play.now[`slashCount.${play.focus.set}`]),
  slashIdAfterFirst: (play) => text(play.done("slash")[0]?.after[`slashCount.${play.focus.set}`]),
  instantDeallocAllowsReuse: (play) => {
    const steps = play.done("allocate");
    return steps.length > 1 && steps.at(-1)?.verdict.ok === true;
  },
  "completeAtOrBefore#": (play, wanted) => {
    // A vector may say that there is nothing to attempt, in a sentence.
    if (typeof wanted === "string" && wanted.startsWith("not attempted")) return wanted;
    return play.probes.at(-1)?.result ?? "not attempted";
  },
};
