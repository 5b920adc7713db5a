import type { Wad } from "../../units/units.ts";
import type { Action } from "../action.ts";
import type { Member } from "../names.ts";
import type { Shock } from "../shock.ts";

/** Slashes at once, by the set's direct slasher. */
export function slash<const P extends string, const S extends string>(options: {
  readonly avs: S;
  readonly operator: Member<P>;
  readonly fraction: Wad;
}): Extract<Shock<P, S>, { type: "slash" }> {
  return { type: "slash", ...options };
}

/** Reports the newest fault of an operator on a set, at this very time. */
export function report<const P extends string, const S extends string>(options: {
  readonly by: Member<P>;
  readonly operator: Member<P>;
  readonly set: S;
}): Extract<Shock<P, S>, { type: "report" }> {
  return { type: "report", ...options };
}

/** Vetoes the newest open case of a set. */
export function veto<const P extends string, const S extends string>(options: {
  readonly by: Member<P>;
  readonly set: S;
}): Extract<Shock<P, S>, { type: "veto" }> {
  return { type: "veto", ...options };
}

/** Executes the newest open case of a set. */
export function execute<const P extends string, const S extends string>(options: {
  readonly by: Member<P>;
  readonly set: S;
}): Extract<Shock<P, S>, { type: "execute" }> {
  return { type: "execute", ...options };
}

/** Any action at an exact time, of any member, of an AVS (by its name) or of `protocol`. */
export function act<const N extends string>(options: {
  readonly by: N;
  readonly action: Action;
}): { readonly type: "act"; readonly by: N; readonly action: Action } {
  return { type: "act", ...options };
}
