import { worthOfTokens } from "../../model/defi/worth.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { requoteLive } from "./vault-requests.ts";

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

/** The same state with every worth worked out anew, and what requests would be paid where a vault's rate is live. */
export function revalue(spec: WorldSpec, view: WorldView): WorldView {
  if (spec.defi === null) return view;
  const quoted = requoteLive(spec, view);
  return { ...quoted, defi: worthOfTokens(quoted.defi, spec.defi, view.lst.rate) };
}
