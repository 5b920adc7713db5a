import { GWEI, WAD, type Seconds, type Wad } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { defineAgent, type AgentContext } from "../agent.ts";
import { drawDelay, type Delay } from "../delay.ts";
import type { View } from "../view.ts";
import { claimEarned, completeExits, queueExit } from "./exits.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** Whether the operator that `me` trusts has a fault that has been known for `reaction`. */
function alarmed({ me, now, view }: AgentContext<object>, reaction: Seconds): boolean {
  const operator = view.stakers[me]?.delegatedTo;
  return view.faults.some((fault) => fault.operator === operator && now >= fault.at + reaction);
}

/** Part of the stake with `operator` that its slashes up to `until` have taken. */
function slashedPart({ slashes }: View, operator: string | null | undefined, until: Seconds): Wad {
  const left = slashes
    .filter((slash) => slash.operator === operator && slash.at <= until)
    .reduce((rest, { wadSlashed }) => (rest * (WAD - wadSlashed)) / WAD, WAD + 0n);
  return WAD - left;
}

/** Stays whatever happens, and claims what it earns. */
export const patientStaker = defineAgent<object>({
  name: "patient-staker",
  role: "staker",
  decide: (context) => [...claimEarned(context), ...completeExits(context)],
});

/** Leaves at a time of its own, from one operator or, where `operator` is null, from any. */
export const leavingStaker = defineAgent<{ at: Seconds; operator: string | null }>({
  name: "leaving-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => {
    const { me, now, view, params } = context;
    const concerned = params.operator === null || view.stakers[me]?.delegatedTo === params.operator;
    return [...completeExits(context), ...(concerned && now >= params.at ? queueExit(context) : [])];
  },
});

/** Leaves `reaction` after a fault of its operator; stays where its operator did nothing wrong. */
export const informedStaker = defineAgent<{ reaction: Delay }>({
  name: "informed-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => {
    const reaction = drawDelay(context.params.reaction, context.fate);
    return [...completeExits(context), ...(alarmed(context, reaction) ? queueExit(context) : [])];
  },
});

/** Hears of its operator's fault by chance, with probability `notice` a step, and leaves when it does. */
export const casualStaker = defineAgent<{ notice: Wad }>({
  name: "casual-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => [
    ...completeExits(context),
    ...(alarmed(context, 0n) && context.random.chance(context.params.notice) ? queueExit(context) : []),
  ],
});

/**
 * Leaves once the slashes of its operator have taken more than `exitAboveLoss` of what it had, each counted from
 * `reaction` (default 0 s) after it happened.
 */
export const panicStaker = defineAgent<{ exitAboveLoss: Wad; reaction?: Delay }>({
  name: "panic-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => {
    const { me, now, view, params } = context;
    const known = now - drawDelay(params.reaction ?? 0n, context.fate);
    const lost = slashedPart(view, view.stakers[me]?.delegatedTo, known);
    return [...completeExits(context), ...(lost > params.exitAboveLoss ? queueExit(context) : [])];
  },
});

/** Holds the liquid staking token and does nothing else: stakes the ether of its wallet. */
export const plainStaker = defineAgent<object>({
  name: "plain-staker",
  role: "staker",
  decide: ({ me, view }) => {
    const amount = view.stakers[me]?.ether ?? 0n;
    return amount > 0n ? [{ type: "stakeEther", amount }] : [];
  },
});

/**
 * Climbs the ladder: stakes its ether, restakes the liquid staking tokens with one operator, claims what it earns, and
 * leaves once slashes have taken more than `exitAboveLoss`.
 */
export const restakingStaker = defineAgent<{ operator: string; strategy: string; exitAboveLoss: Wad }>({
  name: "restaking-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => {
    const { me, view, params } = context;
    const wallet = view.stakers[me];
    if (wallet === undefined) return [];
    const kept: Action[] = [...claimEarned(context), ...completeExits(context)];
    if (slashedPart(view, params.operator, context.now) > params.exitAboveLoss) return [...kept, ...queueExit(context)];
    if (wallet.ether > 0n) return [...kept, { type: "stakeEther", amount: wallet.ether }];
    // Less than a gwei is what conversions leave; it would buy no share.
    if (wallet.lst > GWEI) kept.push({ type: "deposit", strategy: params.strategy, amount: wallet.lst });
    if (wallet.delegatedTo === null) kept.push({ type: "delegate", operator: params.operator });
    return kept;
  },
});
