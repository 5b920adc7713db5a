import { expWad } from "../../maths/exponential.ts";
import { sqrtDown } from "../../maths/integer.ts";
import { drawNormal } from "../../maths/normal.ts";
import { days } from "../../units/durations.ts";
import { WAD, type Seconds, type Wad } from "../../units/units.ts";
import type { Random } from "../random.ts";

const YEAR = days(365);

/** A feed's answer from a time on, counted from the path's beginning. */
export interface PricePoint {
  readonly after: Seconds;
  /** In the feed's decimals. */
  readonly price: bigint;
}

/** A random walk with jumps; every rate is per year. */
export interface JumpDiffusion {
  /** Answer at the path's beginning, in the feed's decimals. */
  readonly from: bigint;
  /** Distance between two points, and how long the path is. */
  readonly every: Seconds;
  readonly length: Seconds;
  /** Growth of the logarithm [WAD a year]; below zero: it falls. */
  readonly drift: Wad;
  /** Standard deviation of the logarithm over a year [WAD]. */
  readonly volatility: Wad;
  /** Jumps of the logarithm: how many a year [WAD], their mean and their deviation [WAD]. */
  readonly jumps?: { readonly perYear: Wad; readonly mean: Wad; readonly deviation: Wad };
  /** Pulls the price back to a level with a strength [WAD a year], as arbitrage pulls a peg. */
  readonly reversion?: { readonly to: bigint; readonly strength: Wad };
  /** Shares its noise with the path of another feed, by a correlation from -WAD to WAD. */
  readonly correlation?: { readonly with: string; readonly rho: Wad };
}

/** How the answers of a feed move: given point by point, or drawn from the scenario's seed. */
export type PricePath =
  /** Each point holds until the next. With `every`, points must stand exactly so far apart: a series without a gap. */
  | { readonly kind: "points"; readonly every: Seconds | null; readonly points: readonly PricePoint[] }
  | ({ readonly kind: "jumpDiffusion" } & JumpDiffusion);

/** The stream of a named noise at one point of time: the same for everybody who asks for it. */
export type Noise = (label: string, index: number) => Random;

/** Answers at given times after the path's beginning; each holds until the next. */
export function priceSteps(points: readonly PricePoint[]): PricePath {
  return { kind: "points", every: null, points };
}

/** Answers at one distance from each other, the first at the path's beginning. */
export function priceSeries(options: { every: Seconds; prices: readonly bigint[] }): PricePath {
  const points = options.prices.map((price, at) => ({ after: options.every * BigInt(at), price }));
  return { kind: "points", every: options.every, points };
}

/**
 * A walk drawn from the scenario's seed: `ln P` moves by `(drift + strength ln(level / P)) dt + volatility sqrt(dt) Z`
 * and, now and then, by a jump; the price is the exponential. Source: spec of behaviours 5.8 (Merton's diffusion).
 */
export function jumpDiffusion(options: JumpDiffusion): PricePath {
  return { kind: "jumpDiffusion", ...options };
}

/** `ln(a / b)` of two prices near each other, to second order around their mean; exact enough for a pull. */
function pull(price: bigint, level: bigint): Wad {
  return (2n * (level - price) * WAD) / (level + price);
}

function jumpOf(path: JumpDiffusion, random: Random): Wad {
  const { jumps } = path;
  // One jump at most between two points, with probability rate times distance.
  if (jumps === undefined || !random.chance((jumps.perYear * path.every) / YEAR)) return 0n;
  return jumps.mean + (jumps.deviation * drawNormal((below) => random.bigint(below))) / WAD;
}

/** Standard normal of the step before point `index`. */
function noiseOf(path: JumpDiffusion, feed: string, at: { readonly index: number; readonly noise: Noise }): Wad {
  const normal = (label: string): Wad => {
    const random = at.noise(`price of ${label}`, at.index);
    return drawNormal((below) => random.bigint(below));
  };
  const own = normal(feed);
  if (path.correlation === undefined) return own;
  const { rho } = path.correlation;
  return (rho * normal(path.correlation.with) + sqrtDown(WAD * WAD - rho * rho) * own) / WAD;
}

function walk(path: JumpDiffusion, feed: string, noise: Noise): readonly PricePoint[] {
  const deviation = (path.volatility * sqrtDown((path.every * WAD * WAD) / YEAR)) / WAD;
  const points: PricePoint[] = [{ after: 0n, price: path.from }];
  let log = 0n;
  for (let after = path.every, index = 1; after <= path.length; after += path.every, index++) {
    const price = points.at(-1)?.price ?? path.from;
    const level = path.reversion === undefined ? 0n : pull(price, path.reversion.to) * path.reversion.strength;
    const trend = ((path.drift + level / WAD) * path.every) / YEAR;
    const shaken = (deviation * noiseOf(path, feed, { index, noise })) / WAD;
    log += trend + shaken + jumpOf(path, noise(`jumps of ${feed}`, index));
    points.push({ after, price: (path.from * expWad(log)) / WAD });
  }
  return points;
}

/**
 * All points of a path, rising in time.
 *
 * @param feed - Whose path it is: names its noise.
 * @param noise - Streams of the scenario's seed.
 */
export function pointsOf(path: PricePath, feed: string, noise: Noise): readonly PricePoint[] {
  return path.kind === "points" ? path.points : walk(path, feed, noise);
}

/** Place of the point that holds `elapsed` after the path's beginning; -1 before the first. */
export function pointAt(points: readonly PricePoint[], elapsed: Seconds): number {
  let [known, open] = [-1, points.length - 1];
  while (known < open) {
    const middle = (known + open + 1) >> 1;
    if ((points[middle]?.after ?? 0n) <= elapsed) known = middle;
    else open = middle - 1;
  }
  return known;
}
