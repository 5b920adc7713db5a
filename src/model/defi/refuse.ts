import { nearestNames } from "../../errors/nearest-names.ts";
import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import type { ParameterUnit } from "../parameters/parameter-unit.ts";
import { showValue } from "../parameters/parameter-value.ts";
import { MAX_DELAY, MOST_PARTS } from "../shape/checks.ts";

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

/** Refuses what is below a limit, or above another: its own, or else the most that contracts take of such a value. */
export function assertRange(
  part: string,
  what: { readonly name: string; readonly value: bigint; readonly unit?: ParameterUnit },
  [least, most]: readonly [bigint, bigint | null],
): void {
  const { name, value, unit = "raw" } = what;
  const top = most ?? (unit === "seconds" ? MAX_DELAY : MOST_PARTS);
  if (value >= least && value <= top) return;
  const show = (limit: bigint): string => (limit === 0n && most === null ? "0" : showValue(limit, unit));
  const beyond = value > top ? `Use at most ${showValue(top, unit)}.` : `Use ${show(least)} or more.`;
  const hint = most === null ? beyond : `Use ${show(least)} to ${show(most)}.`;
  refuse(part, `its ${name} is ${showValue(value, unit)}`, hint);
}
