import { nearestNames } from "../../errors/nearest-names.ts";
import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";

/** Refuses one part of the layer. */
export function refuse(part: string, reason: string, hint: string): never {
  throw new WorldImpossibleError(part, reason, hint);
}

/** Refuses a name that nothing declares, with the names that are nearest to it. */
export function assertKnown(
  part: string,
  wanted: { readonly kind: string; readonly name: string },
  known: Iterable<string>,
): void {
  const names = [...known];
  if (names.includes(wanted.name)) return;
  const near = nearestNames(wanted.name, names);
  const hint = near.length === 0 ? `No ${wanted.kind} is declared.` : `Did you mean ${near.join(", ")}?`;
  refuse(part, `no ${wanted.kind} is named ${wanted.name}`, hint);
}

/** Refuses what is below zero, or above a limit where there is one. */
export function assertRange(
  part: string,
  what: { readonly name: string; readonly value: bigint },
  [least, most]: readonly [bigint, bigint | null],
): void {
  const { name, value } = what;
  if (value >= least && (most === null || value <= most)) return;
  const hint = most === null ? `Use ${least} or more.` : `Use ${least} to ${most}.`;
  refuse(part, `its ${name} is ${value}`, hint);
}
