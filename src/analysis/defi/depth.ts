import type { DefiView } from "../../model/defi/defi.ts";
import { worthOf } from "../../model/defi/worth.ts";
import { WAD, type Wei } from "../../units/units.ts";
import type { Sale, SlippageCurve } from "./slippage.ts";

/** A basis point [WAD]. */
const BPS_TO_WAD = 10n ** 14n;
/** A supply cap is at most so many times what the markets take within a liquidator's bonus. */
const CAP_OVER_ROOM = 2n;

/** What all markets together take of a token, and what follows from it for its supply cap. */
export interface DepthCurve {
  readonly sell: string;
  /** [basis points]. */
  readonly bonus: bigint;
  readonly pools: readonly string[];
  /** Sales that are split so that nobody could fetch more; the impact is told from the best price before them. */
  readonly points: readonly Pick<Sale, "size" | "impact">[];
  /** Largest sale whose impact is within the bonus; null where even the largest that is looked at is. */
  readonly room: Wei | null;
  /** Twice that: the most that a supply cap should let in. Source: docs/report.md, "cap by depth". */
  readonly cap: Wei | null;
  /** What stands as collateral [wei at true worth]. */
  readonly pledged: Wei;
}

/** A piece of a sale on one pool, from one size that is looked at to the next. */
interface Piece {
  readonly size: Wei;
  readonly proceeds: Wei;
}

function piecesOf({ points }: SlippageCurve): readonly Piece[] {
  return points.map(({ size, proceeds }, at) => ({
    size: size - (points[at - 1]?.size ?? 0n),
    proceeds: proceeds - (points[at - 1]?.proceeds ?? 0n),
  }));
}

/** Whether a piece fetches more for its size than another. */
function fetchesMore(one: Piece, other: Piece | undefined): boolean {
  return other === undefined || one.proceeds * other.size > other.proceeds * one.size;
}

/** Pieces of all pools, each pool's in its order, the best price first. */
function bestFirst(curves: readonly SlippageCurve[]): readonly Piece[] {
  const pools = curves.map((curve) => [...piecesOf(curve)]);
  const merged: Piece[] = [];
  for (;;) {
    const fullest = pools.reduce<Piece[] | undefined>((best, pool) => {
      return pool[0] !== undefined && fetchesMore(pool[0], best?.[0]) ? pool : best;
    }, undefined);
    const next = fullest?.shift();
    if (next === undefined) return merged;
    merged.push(next);
  }
}

/** Fetched for a whole ether's worth at the best price before any sale [WAD]. */
function bestPrice(curves: readonly SlippageCurve[]): bigint {
  return curves.reduce((best, { points }) => {
    const { size = 0n, ideal = 0n } = points.at(-1) ?? {};
    const price = size === 0n ? 0n : (ideal * WAD) / size;
    return price > best ? price : best;
  }, 0n);
}

/** Largest sale within an impact: between two that are looked at as if it rose evenly. */
function roomWithin(points: DepthCurve["points"], bonus: bigint): Wei | null {
  const limit = bonus * BPS_TO_WAD;
  const at = points.findIndex(({ impact }) => impact > limit);
  const beyond = points[at];
  if (beyond === undefined) return null;
  const within = points[at - 1];
  if (within === undefined) return 0n;
  return within.size + ((beyond.size - within.size) * (limit - within.impact)) / (beyond.impact - within.impact);
}

/** What stands as collateral, in pooled and isolated markets and in branches of debt. */
function pledgedOf(view: DefiView, token: string): Wei {
  const pooled = Object.values(view.lending).flatMap(({ accounts }) =>
    Object.values(accounts).map(({ asCollateral, supplied }) =>
      asCollateral.includes(token) ? (supplied[token] ?? 0n) : 0n,
    ),
  );
  const isolated = Object.values(view.isolated).flatMap(({ collateral, positions }) =>
    collateral === token ? Object.values(positions).map((position) => position.collateral) : [],
  );
  return worthOf(
    view,
    token,
    [...pooled, ...isolated].reduce((sum, amount) => sum + amount, 0n),
  );
}

function depthOf(view: DefiView, sell: string, curves: readonly SlippageCurve[]): DepthCurve {
  const best = bestPrice(curves);
  let [size, proceeds] = [0n, 0n];
  const points = bestFirst(curves).map((piece) => {
    [size, proceeds] = [size + piece.size, proceeds + piece.proceeds];
    const ideal = (size * best) / WAD;
    return { size, impact: ideal === 0n ? 0n : WAD - (proceeds * WAD) / ideal };
  });
  const bonus = curves[0]?.bonus ?? 0n;
  const room = roomWithin(points, bonus);
  const cap = room === null ? null : CAP_OVER_ROOM * room;
  return { sell, bonus, pools: curves.map(({ pool }) => pool), points, room, cap, pledged: pledgedOf(view, sell) };
}

/** For each token that a market takes as collateral, what selling it on all pools at once costs. */
export function depthCurves(view: DefiView, curves: readonly SlippageCurve[]): readonly DepthCurve[] {
  const sold = [...new Set(curves.map(({ sell }) => sell))];
  return sold.map((sell) =>
    depthOf(
      view,
      sell,
      curves.filter((curve) => curve.sell === sell),
    ),
  );
}
