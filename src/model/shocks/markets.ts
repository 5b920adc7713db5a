import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "../defi/tokens.ts";
import type { Member } from "../names.ts";
import type { DefiShock, OracleFault } from "./defi-shock.ts";
import type { PricePath } from "./price-path.ts";

type Of<T extends DefiShock["type"], P extends string = never, S extends string = never> = Extract<
  DefiShock<P, S>,
  { type: T }
>;

/**
 * Moves a reported feed along a path, from this entry's time on: at every step of the run, the feed answers what the
 * path says then. One entry of the timeline, however long the path is.
 *
 * @param options.path - See {@link priceSteps}, {@link priceSeries}, {@link jumpDiffusion} and `readPriceFile`.
 */
export function pricePath(options: { readonly feed: string; readonly path: PricePath }): Of<"pricePath"> {
  return { type: "pricePath", ...options };
}

/**
 * A network slashes an operator's stake in an epoch vault as it was at the second `captured` of the run, which has to lie
 * before this entry's time and within an epoch of it.
 */
export function slashEpochVault<const P extends string>(options: {
  readonly vault: string;
  /** The network, which is its own middleware. */
  readonly by: Member<P>;
  readonly operator: Member<P>;
  readonly amount: Amount;
  readonly captured: Seconds;
}): Of<"slashEpochVault", P> {
  return { type: "slashEpochVault", ...options };
}

/** The network of a vault's adapter slashes the capital that it has there, as far as there is any. */
export function slashAdapter(options: {
  readonly vault: string;
  readonly adapter: string;
  readonly amount: Amount;
}): Of<"slashAdapter"> {
  return { type: "slashAdapter", ...options };
}

/** A member sells tokens on a pool at any price; `all` is what its wallet holds. */
export function dump<const P extends string>(options: {
  readonly by: Member<P>;
  readonly pool: string;
  readonly sell: string;
  readonly buy: string;
  readonly amount: Amount | "all";
}): Of<"dump", P> {
  return { type: "dump", ...options };
}

/** A provider takes a fraction [WAD] of its liquidity out; `into`: all of it as one token. */
export function lpExit<const P extends string>(options: {
  readonly by: Member<P>;
  readonly pool: string;
  readonly fraction: Wad;
  readonly into?: string;
}): Of<"lpExit", P> {
  return { type: "lpExit", ...options, into: options.into ?? null };
}

/** A feed answers what is not so. */
export function oracleFault(options: { readonly feed: string; readonly fault: OracleFault }): Of<"oracleFault"> {
  return { type: "oracleFault", ...options };
}

/**
 * A supplier withdraws what drives a reserve to a utilisation [WAD]: `cash = debt (1 - u) / u` is left, as far as its
 * claim goes. The borrow rate climbs its curve, and loops pay it.
 */
export function squeezeRate<const P extends string>(options: {
  readonly by: Member<P>;
  readonly market: string;
  readonly token: string;
  readonly utilisation: Wad;
}): Of<"rateSqueeze", P> {
  return { type: "rateSqueeze", ...options };
}

/**
 * An operator of a vault is slashed; the vault's reported rate follows `lag` later. Who knows can leave at the stale
 * rate until then. The lag of a scheduled oracle is its own: leave `lag` out, and the next push brings the news.
 */
export function slashVault<const P extends string, const S extends string>(options: {
  readonly vault: string;
  readonly avs: S;
  readonly operator: Member<P>;
  readonly fraction: Wad;
  readonly lag?: Seconds;
}): Of<"slashVault", P, S> {
  return { type: "slashVault", ...options, lag: options.lag ?? 0n };
}
