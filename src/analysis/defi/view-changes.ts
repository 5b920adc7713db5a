import { worthOfTokens } from "../../model/defi/worth.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";

/** The same record with every value changed. */
export function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** An amount as it moves with something else. */
export const scale = (amount: bigint, now: bigint, then: bigint): bigint =>
  then === 0n ? amount : (amount * now) / then;

/** The same state with every worth worked out anew. */
export function revalue(spec: WorldSpec, view: WorldView): WorldView {
  return spec.defi === null ? view : { ...view, defi: worthOfTokens(view.defi, spec.defi, view.lst.rate) };
}
