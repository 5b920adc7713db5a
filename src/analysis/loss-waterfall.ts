import { compareIds } from "../model/names.ts";
import type { HolderLoss, SlashedStrategy } from "../model/fact.ts";
import type { Shares, Wei } from "../units/units.ts";

/** Who bears a part of a slash; `dust` is what rounding leaves with nobody. */
export interface Bearer {
  readonly layer: HolderLoss["layer"] | "dust";
  readonly holder: string;
  readonly position: string | null;
  readonly shares: Shares;
  readonly value: Wei;
}

/** Holder of the dust line. */
export const ROUNDING = "rounding";

/** A slash in one strategy, attributed to the last share and the last wei. */
export interface Attribution {
  /** Shares slashed: the operator's and the queue's. */
  readonly shares: Shares;
  readonly value: Wei;
  /** Sums to `shares` and to `value` exactly; operator, stakers, withdrawals, dust. */
  readonly bearers: readonly Bearer[];
}

const LAYERS = ["operator", "staker", "withdrawal", "dust"] as const;

/** Operator first, then stakers, then withdrawals, each as people count. */
function byLayer(a: Bearer, b: Bearer): number {
  const layers = LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer);
  const holders = layers === 0 ? compareIds(a.holder, b.holder) : layers;
  return holders === 0 ? compareIds(a.position ?? "", b.position ?? "") : holders;
}

/**
 * Attributes the shares of one slash to their bearers.
 *
 * The operator's shares are slashed down to the share, each holder's own loss rounds for itself, and value rounds
 * once more; the difference is a line of its own, `dust`, which may be below zero: holders then lost, by rounding, a
 * few wei more than left the pool.
 *
 * @param slashed - What the slash did, with each holder's shares before and after.
 * @param valueOf - Ether that shares of this strategy were worth when it happened.
 */
export function attributeSlash(slashed: SlashedStrategy, valueOf: (shares: Shares) => Wei): Attribution {
  const shares = slashed.operatorShares + slashed.queueShares;
  const value = valueOf(shares);
  const held = slashed.losses
    .filter(({ before, after }) => before !== after)
    .map(({ layer, holder, position, before, after }) => {
      const lost = before - after;
      return { layer, holder, position, shares: lost, value: valueOf(lost) };
    })
    .sort(byLayer);
  const dustShares = held.reduce((rest, bearer) => rest - bearer.shares, shares);
  const dustValue = held.reduce((rest, bearer) => rest - bearer.value, value);
  if (dustShares === 0n && dustValue === 0n) return { shares, value, bearers: held };
  const dust: Bearer = { layer: "dust", holder: ROUNDING, position: null, shares: dustShares, value: dustValue };
  return { shares, value, bearers: [...held, dust] };
}
