import type { Action } from "../action.ts";
import { defineAgent } from "../agent.ts";
import { claimEarned, completeExits, queueExit } from "./exits.ts";
import { drawDelay, type Delay } from "../delay.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/**
 * Flees `reaction` after a fault of its own: deallocates everything, leaves its sets and queues its own stake.
 *
 * The windows are made against this: what it gives up stays slashable for the deallocation delay.
 */
export const fleeingOperator = defineAgent<{ readonly reaction: Delay }>({
  name: "fleeing-operator",
  numbers: USUAL_NUMBERS,
  role: "operator",
  decide: (context) => {
    const { me, view, now, params, fate } = context;
    const reaction = drawDelay(params.reaction, fate);
    const flees = view.faults.some((fault) => fault.operator === me && fault.at + reaction <= now);
    if (!flees) return [...claimEarned(context), ...completeExits(context)];
    const given = view.allocations
      .filter(({ operator, current, pending }) => operator === me && current > 0n && pending === 0n)
      .map(({ set, strategy }): Action => ({ type: "allocate", set, strategy, magnitude: 0n }));
    const left = Object.entries(view.sets)
      .filter(([, { members }]) => members.some(({ operator, registered }) => operator === me && registered))
      .map(([set]): Action => ({ type: "leaveSet", set }));
    return [...given, ...left, ...queueExit(context), ...completeExits(context)];
  },
});
