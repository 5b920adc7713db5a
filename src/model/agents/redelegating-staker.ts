import { WAD } from "../../units/units.ts";
import { defineAgent } from "../agent.ts";
import { drawDelay, type Delay } from "../delay.ts";
import { completeExits } from "./exits.ts";
import { compareIds } from "../names.ts";
import type { View } from "../view.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** Operator whose stake was slashed least; among equals the first by id. */
function safest(view: View): string | null {
  const left = ([, { strategies }]: [string, View["operators"][string]]): bigint =>
    Object.values(strategies).reduce<bigint>((least, at) => (at.maxMagnitude < least ? at.maxMagnitude : least), WAD);
  const ranked = Object.entries(view.operators).sort((a, b) => {
    const [mine, theirs] = [left(a), left(b)];
    return mine === theirs ? compareIds(a[0], b[0]) : mine > theirs ? -1 : 1;
  });
  return ranked[0]?.[0] ?? null;
}

/** Moves to the safest operator `reaction` after a slash of its own; what it queued it takes back as shares. */
export const redelegatingStaker = defineAgent<{ readonly reaction: Delay }>({
  name: "redelegating-staker",
  numbers: USUAL_NUMBERS,
  role: "staker",
  decide: (context) => {
    const { view, now, params, fate } = context;
    const operator = view.stakers[context.me]?.delegatedTo ?? null;
    const reaction = drawDelay(params.reaction, fate);
    const slashed = view.slashes.some((slash) => slash.operator === operator && slash.at + reaction <= now);
    const target = slashed ? safest(view) : null;
    const move = target === null || target === operator ? [] : [{ type: "redelegate", operator: target } as const];
    return [...completeExits(context, "shares"), ...move];
  },
});
