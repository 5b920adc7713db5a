import { WAD, type Wad } from "../../units/units.ts";

/**
 * A StableSwap pool as its formulas see it, unit by unit what `StableSwapMath` computes.
 *
 * Where the contract would revert, the answer is undefined.
 */
export interface StablePool {
  /** [token wei]. */
  readonly balances: readonly bigint[];
  /** `10^(36 - decimals)` times the exchange rate. */
  readonly rates: readonly bigint[];
  /** A × 100. */
  readonly amp: bigint;
  /** Fee at balance [1e10 = 100 %]. */
  readonly fee: bigint;
  /** Growth of the fee far from balance [1e10 = 1]; up to 1e10 the fee is static. */
  readonly offpegMultiplier: bigint;
}

/** Scale of fees. */
export const FEE_SCALE = 10n ** 10n;
const A_SCALE = 100n;
const ROUNDS = 255;

const near = (a: bigint, b: bigint): boolean => a - b <= 1n && b - a <= 1n;

/** Balances scaled by their rates, each rounded down [WAD]. */
export function scaledBalances({ balances, rates }: Pick<StablePool, "balances" | "rates">): bigint[] {
  return balances.map((balance, k) => (balance * (rates[k] ?? 0n)) / WAD);
}

/** `start` times `d / x` for every coin, rounded down each time; undefined for an empty coin. */
function product(xp: readonly bigint[], start: bigint, d: bigint): bigint | undefined {
  let result = start;
  for (const x of xp) {
    if (x === 0n) return undefined;
    result = (result * d) / x;
  }
  return result;
}

/** The invariant `D` of scaled balances; zero for an empty pool. */
export function stableInvariant(xp: readonly bigint[], amp: bigint): bigint | undefined {
  const n = BigInt(xp.length);
  const sum = xp.reduce((all, x) => all + x, 0n);
  if (sum === 0n) return 0n;
  const ann = amp * n;
  let d = sum;
  for (let round = 0; round < ROUNDS; round += 1) {
    const whole = product(xp, d, d);
    if (whole === undefined) return undefined;
    const part = whole / n ** n;
    const previous = d;
    d = (((ann * sum) / A_SCALE + part * n) * d) / (((ann - A_SCALE) * d) / A_SCALE + (n + 1n) * part);
    if (near(d, previous)) return d;
  }
  return undefined;
}

/** Invariants of pools that were asked for: whoever looks for the best trade asks one pool for hundreds of quotes. */
const invariants = new WeakMap<StablePool, bigint | undefined>();

/** The invariant of a pool, worked out once; `xp` are its scaled balances. */
function invariantOf(pool: StablePool, xp: readonly bigint[]): bigint | undefined {
  if (!invariants.has(pool)) invariants.set(pool, stableInvariant(xp, pool.amp));
  return invariants.get(pool);
}

/** The scaled balance that coin `j` must have, given the others, for the invariant to be `d`. */
export function stableBalance(j: number, xp: readonly bigint[], terms: { readonly amp: bigint; readonly d: bigint }) {
  const { amp, d } = terms;
  const n = BigInt(xp.length);
  const ann = amp * n;
  const others = xp.filter((_, k) => k !== j);
  if (others.includes(0n)) return undefined;
  const sum = others.reduce((all, x) => all + x, 0n);
  const c = (others.reduce((all, x) => (all * d) / (x * n), d) * d * A_SCALE) / (ann * n);
  const b = sum + (d * A_SCALE) / ann;
  let y = d;
  for (let round = 0; round < ROUNDS; round += 1) {
    const previous = y;
    y = (y * y + c) / (2n * y + b - d);
    if (near(y, previous)) return y;
  }
  return undefined;
}

/**
 * Fee between two balances [1e10 = 100 %]; `fee` itself while the multiplier is at most one, and undefined above where
 * both are empty.
 */
export function stableFee(
  xi: bigint,
  xj: bigint,
  { fee, offpegMultiplier: m }: Pick<StablePool, "fee" | "offpegMultiplier">,
): bigint | undefined {
  if (m <= FEE_SCALE) return fee;
  const sum = xi + xj;
  if (sum === 0n) return undefined;
  return (m * fee) / (((m - FEE_SCALE) * 4n * xi * xj) / (sum * sum) + FEE_SCALE);
}

/** What a swap gives, and the pool that it leaves: half of the fee has left it. */
export interface StableTrade {
  readonly amountOut: bigint;
  readonly feeRate: bigint;
  readonly after: StablePool;
}

/** Sells `amountIn` of coin `i` for coin `j`. */
export function stableSwap(
  pool: StablePool,
  [i, j]: readonly [number, number],
  amountIn: bigint,
): StableTrade | undefined {
  const xp = scaledBalances(pool);
  const [rateIn, rateOut] = [pool.rates[i] ?? 0n, pool.rates[j] ?? 0n];
  const [before, held] = [xp[i] ?? 0n, xp[j] ?? 0n];
  const d = invariantOf(pool, xp);
  if (d === undefined || rateOut === 0n) return undefined;
  const paidIn = before + (amountIn * rateIn) / WAD;
  const y = stableBalance(
    j,
    xp.map((x, k) => (k === i ? paidIn : x)),
    { amp: pool.amp, d },
  );
  if (y === undefined) return undefined;
  const dy = held > y ? held - y - 1n : 0n;
  const feeRate = stableFee((before + paidIn) / 2n, (held + y) / 2n, pool);
  if (feeRate === undefined) return undefined;
  const fee = (dy * feeRate) / FEE_SCALE;
  const amountOut = ((dy - fee) * WAD) / rateOut;
  const owners = ((fee / 2n) * WAD) / rateOut;
  const change = (k: number): bigint => (k === i ? amountIn : k === j ? -(amountOut + owners) : 0n);
  return { amountOut, feeRate, after: { ...pool, balances: pool.balances.map((balance, k) => balance + change(k)) } };
}

/** Marginal price of coin `k` in coin 0, both scaled by their rates [WAD]; undefined for an empty coin. */
export function stableSpot(xp: readonly bigint[], amp: bigint, k: number): Wad | undefined {
  if (k === 0) return WAD;
  const n = BigInt(xp.length);
  const d = stableInvariant(xp, amp);
  if (d === undefined) return undefined;
  const dr = product(xp, d / n ** n, d);
  const first = xp[0] ?? 0n;
  if (dr === undefined) return undefined;
  const flat = (amp * n * first) / A_SCALE;
  return (WAD * (flat + (dr * first) / (xp[k] ?? 1n))) / (flat + dr);
}

/** Marginal price of coin `base` in coin `quote`, in token wei for one token wei, without fee [WAD]. */
export function stablePrice(pool: StablePool, base: number, quote: number): Wad | undefined {
  const xp = scaledBalances(pool);
  const [pi, pj] = [stableSpot(xp, pool.amp, base), stableSpot(xp, pool.amp, quote)];
  const [rateBase, rateQuote] = [pool.rates[base], pool.rates[quote]];
  if (pi === undefined || pj === undefined || rateBase === undefined || rateQuote === undefined) return undefined;
  const price = quote === 0 ? pi : (pi * WAD) / pj;
  return (price * rateBase) / rateQuote;
}
