import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployStablePool, spotPrices, stablePoolTerms } from "./stable-pool.ts";

/** Balances alone: what they amount to, and what each coin is worth. */
const shape: DefiKind = {
  name: "StableSwap invariant and prices",
  matches: (vector) => hasInputs(vector, "xp", "amp") && !hasInputs(vector, "dx"),
  play: async (vector, ground) => {
    const terms = stablePoolTerms(vector);
    const deployed = await deployStablePool(ground, terms);
    const prices = await spotPrices(deployed, terms.rates);
    return {
      ...prices,
      D: await deployed.pool.number("invariant"),
      virtualPrice: await deployed.pool.number("virtualPrice"),
      spotPrice: prices["spotPriceCoin1"] ?? null,
      spotPrices: Object.entries(prices).flatMap(([name, price]) => (name.startsWith("spot") ? [price] : [])),
    };
  },
};

/** Sells `dx` of one coin for another: what the formulas say before, and what the pool is afterwards. */
async function playSwap(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const terms = stablePoolTerms(vector);
  const { pool, coins } = await deployStablePool(ground, terms);
  const [i, j, dx] = [inputs.integerOr(0n, "i"), inputs.integerOr(1n, "j"), inputs.integer("dx", "amountIn")];
  const [sold, bought] = [coins[Number(i)], coins[Number(j)]];
  if (sold === undefined || bought === undefined)
    return inputs.complain(["i", "j"], "coins of the pool", [i, j].join());

  const math = await ground.marketMath();
  const { balances, rates, amp, fee, multiplier: offpegMultiplier } = terms;
  const [trade] = await math.ask("swap", { balances, rates, amp, fee, offpegMultiplier }, i, j, dx);
  const { y } = trade as { readonly y: bigint };
  const before = await pool.number("invariant");
  const feeRate = await pool.number("feeFor", sold, bought, dx);
  const prices = await spotPrices({ pool, coins }, rates);
  const priceBefore = await pool.number("spotPrice", coins[1], coins[0]);
  const [given] = await pool.must("trader", ["swap", sold, bought, dx, 0n, await ground.actor("trader")]);
  const dy = given as bigint;
  const [newBalances] = await pool.ask("state");
  const after = await pool.number("invariant");
  // A case that looks at the pool afterwards means the invariant afterwards.
  const looksAfter = expectsAny(vector, "newBalances", "virtualPrice", "balancesAfter");
  return {
    ...prices,
    spotPrice: prices["spotPriceCoin1"] ?? null,
    ...{ D: looksAfter ? after : before, D0: before, D1: after, DBefore: before, DAfter: after },
    ...{ y, dy, out: dy, feeRate, priceBefore },
    adminFee: (await pool.numbers("adminFees"))[Number(j)] ?? 0n,
    newBalances: [...(newBalances as Iterable<bigint>)],
    balancesAfter: [...(newBalances as Iterable<bigint>)],
    virtualPrice: await pool.number("virtualPrice"),
    priceAfter: await pool.number("spotPrice", coins[1], coins[0]),
  };
}

const swap: DefiKind = {
  name: "StableSwap swap",
  matches: (vector) => hasInputs(vector, "dx"),
  play: playSwap,
};

const dynamicFee: DefiKind = {
  name: "StableSwap dynamic fee",
  matches: (vector) => hasInputs(vector, "pairs", "fee", "mult"),
  play: async (vector, ground) => {
    const inputs = new Inputs(vector);
    const math = await ground.marketMath();
    const fees: bigint[] = [];
    for (const [xi = 0n, xj = 0n] of inputs.rows("pairs")) {
      fees.push(await math.number("dynamicFee", xi, xj, inputs.integer("fee"), inputs.integer("mult")));
    }
    return { fees };
  },
};

/** The pool ramps within a day at the least and tenfold at the most; beyond that its formula stands alone. */
const ramp: DefiKind = {
  name: "StableSwap amplification ramp",
  matches: (vector) => hasInputs(vector, "A0", "A1", "elapsed", "duration"),
  play: async (vector, ground) => {
    const inputs = new Inputs(vector);
    const [from, to] = [inputs.integer("A0"), inputs.integer("A1")];
    const [elapsed, duration] = [inputs.integer("elapsed"), inputs.integer("duration")];
    const isAllowed = duration >= 86_400n && to <= 10n * from && from <= 10n * to && from >= 100n && to >= 100n;
    if (!isAllowed) {
      const math = await ground.marketMath();
      return { A: await math.number("rampedAmp", from, to, elapsed, duration) };
    }
    const terms = { balances: [0n, 0n], rates: [10n ** 18n, 10n ** 18n], fee: 0n, multiplier: 0n, supply: undefined };
    const { pool } = await deployStablePool(ground, { ...terms, amp: from });
    await ground.advance(86_400n);
    await pool.must("owner", ["rampAmp", to, ground.now + duration]);
    await ground.advance(elapsed);
    return { A: await pool.number("amp"), amp: await pool.number("amp") };
  },
};

/** Names of the price that an average is moving to. */
const LAST = ["last", "lastPrice", "spot", "spotPrice"] as const;

const movingAverage: DefiKind = {
  name: "exponential moving average",
  matches: (vector) =>
    ["window", "maExpTime"].some((name) => hasInputs(vector, name)) && LAST.some((name) => hasInputs(vector, name)),
  play: async (vector, ground) => {
    const inputs = new Inputs(vector);
    const window = inputs.integer("window", "maExpTime");
    const math = await ground.marketMath();
    const last = inputs.integer(...LAST);
    await math.must("owner", ["observe", inputs.integerOr(last, "prev", "emaPrev", "lastEma", "ema"), window]);
    await math.must("owner", ["observe", last, window]);
    const elapsed = inputs.integer("dt", "elapsed");
    await ground.advance(elapsed);
    const ema = await math.number("average", window);
    const alpha = await math.number("decay", elapsed, window);
    return { ema, average: ema, price: ema, alpha, a: alpha, decay: alpha };
  },
};

/** Cases about StableSwap pools' prices and swaps. */
export const stableSwapKinds: readonly DefiKind[] = [dynamicFee, ramp, movingAverage, swap];

/** Balances alone; asked last, since every other kind has balances as well. */
export const stableShapeKind = shape;
