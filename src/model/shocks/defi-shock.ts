import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "../defi/tokens.ts";
import type { Member } from "../names.ts";
import type { PricePath } from "./price-path.ts";

/** What is wrong with a feed. */
export type OracleFault =
  /** The answer stays and pretends to be `age` old (reported feeds). */
  | { readonly kind: "stale"; readonly age: Seconds }
  /** The answer is off by a power of ten: 12 instead of 0 turns 1.057 into 1.057 trillion (reported feeds). */
  | { readonly kind: "wrongUnit"; readonly digits: number }
  /** Any other answer (reported feeds). */
  | { readonly kind: "wrongAnswer"; readonly answer: bigint }
  /** A capped feed's snapshot is set to `ratio` [WAD] as if it were `age` old: the cap then cuts a true rate off. */
  | { readonly kind: "misSetCap"; readonly ratio: bigint; readonly age: Seconds }
  /** The leg that turns a ratio into dollars is left out. */
  | { readonly kind: "missingBase" }
  /** Answers outside of the bounds are cut to them: how a crash stays invisible. */
  | { readonly kind: "bounds"; readonly min: bigint; readonly max: bigint };

/** A part of the DeFi layer that can be paused. */
export type PausablePart =
  | { readonly kind: "vault"; readonly vault: string }
  | { readonly kind: "dollar"; readonly dollar: string }
  | { readonly kind: "fund"; readonly fund: string }
  | { readonly kind: "reserve"; readonly market: string; readonly token: string }
  | { readonly kind: "insurance"; readonly market: string; readonly token: string };

/** What happens to markets, issuers and their keys from outside. */
export type DefiShock<P extends string = string, S extends string = string> =
  /** The answers of a reported feed follow a path from now on, at every step. */
  | { readonly type: "pricePath"; readonly feed: string; readonly path: PricePath }
  /** A member sells on a pool, at any price. */
  | {
      readonly type: "dump";
      readonly by: Member<P>;
      readonly pool: string;
      readonly sell: string;
      readonly buy: string;
      readonly amount: Amount | "all";
    }
  /** A provider takes a fraction of its liquidity out, in proportion or all into one token. */
  | {
      readonly type: "lpExit";
      readonly by: Member<P>;
      readonly pool: string;
      readonly fraction: Wad;
      readonly into: string | null;
    }
  | { readonly type: "oracleFault"; readonly feed: string; readonly fault: OracleFault }
  /** A dollar's term assets lose a fraction of what they are marked at. */
  | { readonly type: "impairReserve"; readonly dollar: string; readonly fraction: Wad }
  /** No redemptions for a while, whatever the calendar says. */
  | { readonly type: "bankHoliday"; readonly dollar: string; readonly length: Seconds }
  /** An operator of a vault is slashed at once by the set's direct slasher; the vault's rate says so `lag` later. */
  | {
      readonly type: "slashVault";
      readonly vault: string;
      readonly avs: S;
      readonly operator: Member<P>;
      readonly fraction: Wad;
      readonly lag: Seconds;
    }
  /** A network slashes an operator's stake in an epoch vault as it was at the second `captured` of the run. */
  | {
      readonly type: "slashEpochVault";
      readonly vault: string;
      /** The network. */
      readonly by: Member<P>;
      readonly operator: Member<P>;
      readonly amount: Amount;
      readonly captured: Seconds;
    }
  /** The network of a vault's adapter slashes the capital there. */
  | { readonly type: "slashAdapter"; readonly vault: string; readonly adapter: string; readonly amount: Amount }
  /** A supplier takes out what drives the reserve to a utilisation, and so the borrow rate up its curve. */
  | {
      readonly type: "rateSqueeze";
      readonly by: Member<P>;
      readonly market: string;
      readonly token: string;
      readonly utilisation: Wad;
    }
  /** Whoever has the key of a vault or of a dollar makes tokens that nothing stands behind. */
  | { readonly type: "keyCompromise"; readonly token: string; readonly to: Member<P>; readonly amount: Amount }
  /** A part stops; with a length it opens again after it. */
  | { readonly type: "halt"; readonly part: PausablePart; readonly length: Seconds | null };

/** Every kind of shock to the DeFi layer; the compiler holds the list to the union. */
const KINDS: Readonly<Record<DefiShock["type"], true>> = {
  pricePath: true,
  dump: true,
  lpExit: true,
  oracleFault: true,
  impairReserve: true,
  bankHoliday: true,
  slashVault: true,
  slashEpochVault: true,
  slashAdapter: true,
  rateSqueeze: true,
  keyCompromise: true,
  halt: true,
};

/** Whether a shock of any kind befalls the DeFi layer. */
export function isDefiShock(shock: { readonly type: string }): shock is DefiShock {
  return Object.hasOwn(KINDS, shock.type);
}
