import { WAD, type Seconds, type Wad } from "../../units/units.ts";
import { defineAgent, type AgentContext } from "../agent.ts";
import { claimEarned, completeExits, queueExit } from "./exits.ts";

/** Whether the operator that `me` trusts has a fault that has been known for `reaction`. */
function alarmed({ me, now, view }: AgentContext<object>, reaction: Seconds): boolean {
  const operator = view.stakers[me]?.delegatedTo;
  return view.faults.some((fault) => fault.operator === operator && now >= fault.at + reaction);
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
  role: "staker",
  decide: (context) => {
    const { me, now, view, params } = context;
    const concerned = params.operator === null || view.stakers[me]?.delegatedTo === params.operator;
    return [...completeExits(context), ...(concerned && now >= params.at ? queueExit(context) : [])];
  },
});

/** Leaves `reaction` after a fault of its operator; stays where its operator did nothing wrong. */
export const informedStaker = defineAgent<{ reaction: Seconds }>({
  name: "informed-staker",
  role: "staker",
  decide: (context) => [
    ...completeExits(context),
    ...(alarmed(context, context.params.reaction) ? queueExit(context) : []),
  ],
});

/** Hears of its operator's fault by chance, with probability `notice` a step, and leaves when it does. */
export const casualStaker = defineAgent<{ notice: Wad }>({
  name: "casual-staker",
  role: "staker",
  decide: (context) => [
    ...completeExits(context),
    ...(alarmed(context, 0n) && context.random.chance(context.params.notice) ? queueExit(context) : []),
  ],
});

/** Leaves once the slashes of its operator have taken more than `exitAboveLoss` of what it had. */
export const panicStaker = defineAgent<{ exitAboveLoss: Wad }>({
  name: "panic-staker",
  role: "staker",
  decide: (context) => {
    const { me, view, params } = context;
    const operator = view.stakers[me]?.delegatedTo;
    const left = view.slashes
      .filter((slash) => slash.operator === operator)
      .reduce((rest, { wadSlashed }) => (rest * (WAD - wadSlashed)) / WAD, WAD + 0n);
    return [...completeExits(context), ...(WAD - left > params.exitAboveLoss ? queueExit(context) : [])];
  },
});
