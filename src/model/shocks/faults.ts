import type { Seconds, Wad, Wei } from "../../units/units.ts";
import type { Member } from "../names.ts";
import type { Shock } from "../shock.ts";

/** An operator signs two contradicting statements for each of the sets. */
export function equivocate<const P extends string, const S extends string>(options: {
  readonly operator: Member<P>;
  readonly sets: readonly S[];
}): Extract<Shock<P, S>, { type: "equivocate" }> {
  return { type: "equivocate", ...options };
}

/** An operator falls silent for a while. */
export function downtime<const P extends string, const S extends string>(options: {
  readonly operator: Member<P>;
  readonly sets: readonly S[];
  readonly length: Seconds;
}): Extract<Shock<P, S>, { type: "downtime" }> {
  return { type: "downtime", ...options };
}

/** An operator submits a price that is off by `deviation` of the true one; below zero: too low. */
export function wrongPrice<const P extends string, const S extends string>(options: {
  readonly operator: Member<P>;
  readonly set: S;
  readonly deviation: Wad;
}): Extract<Shock<P, S>, { type: "wrongPrice" }> {
  return { type: "wrongPrice", ...options };
}

/** An operator does not attest to the newest task's data. */
export function withholdData<const P extends string, const S extends string>(options: {
  readonly operator: Member<P>;
  readonly set: S;
}): Extract<Shock<P, S>, { type: "withholdData" }> {
  return { type: "withholdData", ...options };
}

/** An operator attests to a bridge release that no deposit stands behind. */
export function forgeRelease<const P extends string, const S extends string>(options: {
  readonly operator: Member<P>;
  readonly set: S;
  readonly amount: Wei;
}): Extract<Shock<P, S>, { type: "forgeRelease" }> {
  return { type: "forgeRelease", ...options };
}
