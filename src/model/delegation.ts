import { WorldImpossibleError } from "../errors/world-impossible-error.ts";
import type { Wei } from "../units/units.ts";
import { memberId } from "./names.ts";
import type { DelegationParams, PopulationParams } from "./scenario.ts";

type Populations = Readonly<Record<string, PopulationParams>>;

/** Ids of a population's members; of one member when the name is a member's own. */
export function membersOf(populations: Populations, name: string): readonly string[] {
  const population = populations[name];
  if (population !== undefined) {
    return Array.from({ length: population.count }, (_, at) => memberId(name, at, population.count));
  }
  const owner = Object.keys(populations).find(
    (key) => name.startsWith(`${key}-`) && /^[0-9]+$/.test(name.slice(key.length + 1)),
  );
  const count = owner === undefined ? 0 : (populations[owner]?.count ?? 0);
  const place = owner === undefined ? 0 : Number(name.slice(owner.length + 1));
  if (count < 2 || place < 1 || place > count || owner === undefined || memberId(owner, place - 1, count) !== name) {
    throw new WorldImpossibleError(
      `member ${name}`,
      "nobody has this id",
      "Name a population, or population-number from 1.",
    );
  }
  return [name];
}

/** The one member a name stands for: a population of several members stands for its first. */
export function memberOf(populations: Populations, name: string): string {
  return membersOf(populations, name)[0] ?? name;
}

/** Gives each stake, largest gap first, to the operator furthest below its part. */
function byWeights(
  stakes: readonly Wei[],
  operators: readonly string[],
  weights: readonly bigint[],
): readonly string[] {
  const total = stakes.reduce((sum, stake) => sum + stake, 0n);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  const given = operators.map(() => 0n);
  return stakes.map((stake) => {
    const gaps = operators.map((_, at) => total * (weights[at] ?? 0n) - (given[at] ?? 0n) * weightSum);
    const widest = gaps.reduce((best, gap, at) => (gap > (gaps[best] ?? 0n) ? at : best), 0);
    given[widest] = (given[widest] ?? 0n) + stake;
    return operators[widest] ?? "";
  });
}

/** One operator per member, each named. */
function listed(populations: Populations, list: readonly string[], count: number): readonly string[] {
  if (list.length === count) return list.map((name) => memberOf(populations, name));
  const reason = `${list.length} operators for ${count} members`;
  throw new WorldImpossibleError("delegation by list", reason, "Give one operator per member.");
}

/**
 * Operator that each member of a population delegates to, in the members' order.
 *
 * @param populations - All of the scenario.
 * @param delegation - Whom they want: see {@link DelegationParams}.
 * @param stakes - The members' stakes, which a weighted delegation balances.
 */
export function delegate(
  populations: Populations,
  delegation: DelegationParams,
  stakes: readonly Wei[],
): readonly string[] {
  if (typeof delegation !== "string" && "list" in delegation)
    return listed(populations, delegation.list, stakes.length);
  const name = typeof delegation === "string" ? delegation : delegation.to;
  const operators = membersOf(populations, name);
  if (typeof delegation === "string") return stakes.map((_, at) => operators[at % operators.length] ?? "");
  if (delegation.weights.length !== operators.length || delegation.weights.every((weight) => weight === 0n)) {
    const reason = `${delegation.weights.length} weights for ${operators.length} operators`;
    throw new WorldImpossibleError(
      `delegation to ${name}`,
      reason,
      "Give one weight per operator, one of them above 0.",
    );
  }
  return byWeights(stakes, operators, delegation.weights);
}
