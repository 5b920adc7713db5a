import { leverageAt } from "../../maths/leverage/loop.ts";
import { maximum } from "../../maths/integer.ts";
import { WAD, type Wad, type Wei } from "../../units/units.ts";
import { listed, split } from "../distribution.ts";
import type { PositionParams } from "./params.ts";

/** Part of a population whose health lies in a band. */
export interface HealthBand {
  readonly from: Wad;
  readonly to: Wad;
  /** Members of five that are in it. */
  readonly fifths: number;
}

const HUNDREDTH = WAD / 100n;
const TOP = 10;

/** As observed among leveraged stakers: most stand close to the edge. Source: spec of behaviours 5.3. */
const BANDS: readonly HealthBand[] = [
  { from: 101n * HUNDREDTH, to: 103n * HUNDREDTH, fifths: 2 },
  { from: 103n * HUNDREDTH, to: 108n * HUNDREDTH, fifths: 2 },
  { from: 108n * HUNDREDTH, to: 125n * HUNDREDTH, fifths: 1 },
];

/** A population of leveraged holders. */
export interface LoopedPositionsParams {
  readonly market: string;
  readonly collateral: string;
  readonly debt: string;
  readonly eMode?: string;
  readonly count: number;
  /** Equity of all together [wei of the debt token]. */
  readonly equity: Wei;
  /** Liquidation threshold [WAD]. */
  readonly lt: Wad;
  /** Borrowing limit [WAD]: no health is below what can be borrowed, `lt / ltv`. Default: no such limit. */
  readonly ltv?: Wad;
  /** Debt tokens that a whole collateral token is worth to the market [WAD]. */
  readonly ratio: Wad;
  /** Health: of each the same, or bands. Default: 40 % at 1.01 to 1.03, 40 % up to 1.08, 20 % up to 1.25. */
  readonly health?: Wad | readonly HealthBand[];
}

/** The ten largest hold 60 %, where there are enough others that they are the largest. */
function equities(total: Wei, count: number): readonly Wei[] {
  const others = BigInt(count - TOP);
  const weights = Array.from({ length: count }, (_, at) => {
    if (count <= 16) return 1n;
    return at < TOP ? 6n * others : 40n;
  });
  return split(total, weights);
}

/** Healths of all members: bands take turns, so that large and small are spread over them alike. */
function healths(bands: readonly HealthBand[], count: number): readonly Wad[] {
  const turn = bands.flatMap((band) => Array.from({ length: band.fifths }, () => band));
  const bandOf = (at: number): HealthBand | undefined => turn[at % turn.length];
  return Array.from({ length: count }, (_, at) => {
    const band = bandOf(at);
    if (band === undefined) return WAD;
    const peers = Array.from({ length: count }, (_peer, other) => other).filter((other) => bandOf(other) === band);
    const place = BigInt(2 * peers.indexOf(at) + 1);
    return band.from + ((band.to - band.from) * place) / BigInt(2 * peers.length);
  });
}

/**
 * Positions of leveraged holders: collateral bought with what is borrowed against it, with the health and concentration
 * that are observed. Everything follows from the parameters; nothing is drawn.
 *
 * With health `HF` and equity `e`: leverage `L = HF / (HF - LT)`, collateral `e L / ratio`, debt `e (L - 1)`.
 *
 * @returns One entry for a population's `positions`.
 */
export function loopedPositions(params: LoopedPositionsParams): PositionParams {
  const { market, collateral, debt, eMode, count, equity, lt, ltv, ratio, health = BANDS } = params;
  const bands = typeof health === "bigint" ? [{ from: health, to: health, fifths: 1 }] : health;
  // A part in a million above: what can be borrowed is rounded against the borrower.
  const least = ltv === undefined ? 0n : (lt * WAD) / ltv + WAD / 1_000_000n;
  const [held, owed]: [bigint[], bigint[]] = [[], []];
  const wantedHealths = healths(bands, count);
  for (const [at, own] of equities(equity, count).entries()) {
    const wanted = maximum(wantedHealths[at] ?? WAD, least);
    const exposure = (own * (leverageAt(wanted, lt) ?? WAD)) / WAD;
    held.push((exposure * WAD) / ratio);
    owed.push(exposure - own);
  }
  return {
    kind: "lending",
    market,
    ...(eMode === undefined ? {} : { eMode }),
    supplied: { [collateral]: listed(held) },
    borrowed: { [debt]: listed(owed) },
  };
}
