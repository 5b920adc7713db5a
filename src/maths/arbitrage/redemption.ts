import { WAD, type Seconds, type Wad } from "../../units/units.ts";

/** Seconds of a year of interest. */
export const YEAR: Seconds = 31_536_000n;

/** What waiting for a redemption costs. */
export interface RedemptionCarry {
  /** Yearly rate of funding [WAD]. */
  readonly funding: Wad;
  /** Time until the redemption pays. */
  readonly delay: Seconds;
  /** Margin for the risk until then [WAD]. */
  readonly margin: Wad;
}

/** Discount below which nobody buys to redeem, `r tau + k`, rounded down [WAD]: a longer queue widens it. */
export function discountFloor({ funding, delay, margin }: RedemptionCarry): Wad {
  return (funding * delay) / YEAR + margin;
}

/** Most that is worth paying for what redeems at `nav`: `NAV / (1 + r tau + k)`, rounded down [WAD]. */
export function redemptionTarget(nav: Wad, carry: RedemptionCarry): Wad {
  return (nav * WAD) / (WAD + discountFloor(carry));
}

/**
 * Most that arbitrage on a stale net asset value can gain: `|true - reported| volume`, rounded down.
 *
 * @param volume - Shares that can be minted or redeemed before the value is told, or the buffer is empty [wei].
 */
export function staleNavGain(actual: Wad, reported: Wad, volume: bigint): bigint {
  const apart = actual > reported ? actual - reported : reported - actual;
  return (apart * volume) / WAD;
}
