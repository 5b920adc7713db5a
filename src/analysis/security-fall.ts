import { WAD, type Seconds, type Wad, type Wei } from "../units/units.ts";

/** A set's security at one time. */
export interface SecurityPoint {
  readonly time: Seconds;
  readonly security: Wei;
}

/** How far a set's security fell, and for how long. */
export interface SecurityFall {
  readonly before: Wei;
  readonly lowest: Wei;
  readonly lowestAt: Seconds;
  readonly final: Wei;
  /** Part of `before` that was missing at the lowest point [WAD]. */
  readonly depth: Wad;
  /** Time spent below `threshold` of `before`. */
  readonly below: Seconds;
  /** When it came back to `threshold`; null when it never did, or never fell that far. */
  readonly recoveredAt: Seconds | null;
}

/**
 * Measures the fall of a set's security from its first point.
 *
 * @param points - In rising time; a point holds until the next.
 * @param threshold - Part of the first point's security that counts as restored [WAD]; default 99 %.
 * @returns The fall; null without points.
 */
export function measureFall(
  points: readonly SecurityPoint[],
  threshold: Wad = (WAD * 99n) / 100n,
): SecurityFall | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const before = first.security;
  const short = ({ security }: SecurityPoint): boolean => security * WAD < before * threshold;
  const lowest = points.reduce((low, point) => (point.security < low.security ? point : low), first);
  const below = points.reduce(
    (sum, point, at) => sum + (short(point) ? (points[at + 1] ?? last).time - point.time : 0n),
    0n,
  );
  const fellAt = points.findIndex(short);
  const recovered = fellAt < 0 ? undefined : points.find((point, at) => at > fellAt && !short(point));
  return {
    before,
    lowest: lowest.security,
    lowestAt: lowest.time,
    final: last.security,
    depth: before === 0n || lowest.security >= before ? 0n : ((before - lowest.security) * WAD) / before,
    below,
    recoveredAt: recovered?.time ?? null,
  };
}
