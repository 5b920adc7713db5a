/** Role a participant plays; the run record lists the same. */
export type Role = "staker" | "operator" | "avs" | "committee" | "observer" | "protocol";

/** A member of population `P`: the population itself where it has one member, else `P-1`, `P-2`, … */
export type Member<P extends string> = P | `${P}-${number}`;

/** Id of the participant that owns and administers the protocol. */
export const PROTOCOL = "protocol";

/** Id of the `index`-th (from 0) of `count` members of a population. */
export function memberId(population: string, index: number, count: number): string {
  return count === 1 ? population : `${population}-${index + 1}`;
}

/** Id of the contract that holds a vault's stake at one operator; no participant of a scenario can have such a one. */
export function custodianId(vault: string, operator: string): string {
  return `${vault}@${operator}`;
}

/** Id that a queued withdrawal has in views, facts and records: staker and a count from 1, in queue order. */
export function withdrawalId(staker: string, nonce: number): string {
  return `${staker}/w${nonce}`;
}

/** Id that a slash has in views, facts and records: operator set and the set's slash count. */
export function slashName(set: string, slashId: bigint): string {
  return `${set}#${slashId}`;
}

/** Id that a case has: operator set and the module's count from 1. */
export function caseName(set: string, caseId: bigint): string {
  return `${set}!${caseId}`;
}

/** Orders ids as people count: stakers-2 before stakers-10. */
export function compareIds(a: string, b: string): number {
  const [, stemA = a, numberA = ""] = /^(.*?)-?([0-9]*)$/.exec(a) ?? [];
  const [, stemB = b, numberB = ""] = /^(.*?)-?([0-9]*)$/.exec(b) ?? [];
  if (stemA !== stemB) return stemA < stemB ? -1 : 1;
  return Number(numberA === "" ? 0 : numberA) - Number(numberB === "" ? 0 : numberB);
}
