import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "../defi/tokens.ts";
import type { Member } from "../names.ts";
import type { DefiShock, PausablePart } from "./defi-shock.ts";

type Of<T extends DefiShock["type"], P extends string = never> = Extract<DefiShock<P, never>, { type: T }>;

/** Term assets behind a dollar lose a fraction [WAD] of their mark. */
export function impairReserve(options: { readonly dollar: string; readonly fraction: Wad }): Of<"impairReserve"> {
  return { type: "impairReserve", ...options };
}

/** A dollar's redemption is closed for `length`, whatever its calendar says; then it follows its calendar again. */
export function bankHoliday(options: { readonly dollar: string; readonly length: Seconds }): Of<"bankHoliday"> {
  return { type: "bankHoliday", ...options };
}

/** Whoever stole the key of a vault or a dollar makes `amount` of its tokens, which nothing stands behind. */
export function compromiseKey<const P extends string>(options: {
  /** Id of the vault or of the dollar. */
  readonly token: string;
  readonly to: Member<P>;
  readonly amount: Amount;
}): Of<"keyCompromise", P> {
  return { type: "keyCompromise", ...options };
}

/** A vault, a dollar, a fund, a reserve or an insurance stops; after `length`, where given, it opens again. */
export function halt(options: { readonly part: PausablePart; readonly length?: Seconds }): Of<"halt"> {
  return { type: "halt", part: options.part, length: options.length ?? null };
}
