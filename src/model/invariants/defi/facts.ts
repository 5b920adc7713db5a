import type { ActionResult, Fact } from "../../fact.ts";

/** Facts of one kind in a step. */
export function factsOf<K extends Fact["kind"]>(
  results: readonly ActionResult[],
  kind: K,
): readonly Extract<Fact, { kind: K }>[] {
  return results.flatMap(({ facts }) => facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind));
}

/** Whether a step had an action of one of these types that went through. */
export function didAny(results: readonly ActionResult[], types: readonly string[]): boolean {
  return results.some(({ planned, outcome }) => outcome.status === "ok" && types.includes(planned.action.type));
}
