import { WAD } from "../../units/units.ts";
import type { Action } from "../action.ts";
import type { Agent, NumberRule } from "../agent.ts";
import { assertAction } from "./check-action.ts";
import { MAX_DELAY, MOST_PARTS, refuse } from "./checks.ts";

/** Highest power: a fraction of one half has none of its 18 digits left. */
const MOST_POWER = 64;

/** Least and most of what counts in whole parts, and how the bound is told. */
const BOUNDS: Readonly<Record<Exclude<NumberRule, "power">, readonly [bigint, bigint, string]>> = {
  fraction: [0n, WAD, "Use 0 % to 100 %: 10% on a command line, percent(10) in a scenario."],
  ratio: [0n, MOST_PARTS, `Use 0 to ${MOST_PARTS}.`],
  amount: [0n, MOST_PARTS, `Use 0 to ${MOST_PARTS}, in the token's smallest parts.`],
  signed: [0n - MOST_PARTS, MOST_PARTS, `Use at most ${MOST_PARTS} on either side of 0.`],
  delay: [0n, MAX_DELAY, `Use 0 s to ${MAX_DELAY} s, 100 years.`],
};

type Numbered = Pick<Agent<string>, "numbers" | "params">;

function assertNumber(field: string, value: number | bigint, rule: NumberRule): void {
  if (rule === "power") {
    const fits = typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= MOST_POWER;
    if (!fits) refuse(field, value, `Use a whole number from 0 to ${MOST_POWER}.`);
    return;
  }
  const [least, most, hint] = BOUNDS[rule];
  if (typeof value === "bigint") {
    if (value < least || value > most) refuse(field, value, hint);
    return;
  }
  // Some behaviours count what they do in a step: no amount, but how many.
  const isCount = rule === "amount" && Number.isSafeInteger(value) && value >= 1;
  if (isCount) return;
  const fix =
    rule === "amount" ? "Use a bigint, as ether(1) gives it, or a whole number of 1 or more for a count." : "";
  refuse(field, value, fix === "" ? "Use a bigint, as percent(10) or days(1) give it." : fix);
}

/** Numbers of a value; what it holds stands under the rule of the field itself, as a delay's mean or a list's weights. */
function assertValue(
  field: string,
  value: unknown,
  at: { readonly agent: Numbered; readonly rule?: NumberRule },
): void {
  const { agent, rule } = at;
  if (typeof value === "number" || typeof value === "bigint") {
    if (rule !== undefined) assertNumber(field, value, rule);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const { numbers = {} } = agent;
  for (const [key, item] of Object.entries(value)) {
    const own = numbers[key] ?? rule;
    const place = Array.isArray(value) ? `${field}[${key}]` : `${field}.${key}`;
    if (key === "actions" && Array.isArray(item)) {
      item.forEach((action: Action, which) => {
        assertAction(`${place}[${which}]`, action);
      });
      continue;
    }
    assertValue(place, item, own === undefined ? { agent } : { agent, rule: own });
  }
  const { kind, from, to } = value as { readonly kind?: unknown; readonly from?: unknown; readonly to?: unknown };
  if (kind !== "uniform" || typeof from !== "bigint" || typeof to !== "bigint" || from <= to) return;
  refuse(`${field}.from`, from, `Use at most the upper end, ${to} s.`);
}

/**
 * Refuses numbers that a behaviour cannot be made with: a run would end where it first counts with them.
 *
 * @param field - Path of the population's agent.
 * @throws {@link ScenarioInvalidError} naming the path, the value and the bound.
 */
export function assertAgent(field: string, agent: Numbered): void {
  if (agent.numbers !== undefined) assertValue(`${field}.params`, agent.params, { agent });
}
