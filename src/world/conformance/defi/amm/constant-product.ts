import type { Answer } from "../answer.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";

/** More than any pool of a case holds. */
const PLENTY = 2n ** 200n;

interface Pair {
  readonly pool: Deployed;
  readonly first: Deployed;
  readonly second: Deployed;
}

/** An empty constant-product pool, whose trader and provider hold plenty of both tokens. */
async function deployPair(ground: Ground): Promise<Pair> {
  const [first, second] = [await ground.token(), await ground.token()];
  const pool = await ground.deploy("ConstantProductPool", [await ground.actor("owner"), first, second]);
  for (const actor of ["provider", "trader"]) {
    for (const token of [first, second]) {
      await token.must(actor, ["mint", await ground.actor(actor), PLENTY]);
      await token.must(actor, ["approve", pool, PLENTY]);
    }
  }
  return { pool, first, second };
}

async function supply({ pool }: Pair, ground: Ground, amounts: readonly [bigint, bigint]): Promise<bigint> {
  const [minted] = await pool.must("provider", ["addLiquidity", ...amounts, 0n, await ground.actor("provider")]);
  return minted as bigint;
}

/** Brings the reserves to any pair of numbers: all but the least liquidity leaves, then each token is paid in. */
async function setReserves(pair: Pair, ground: Ground, [wanted0, wanted1]: readonly [bigint, bigint]): Promise<void> {
  const { pool, first, second } = pair;
  if ((await pool.number("totalSupply")) === 0n) {
    await supply(pair, ground, [wanted0, wanted1]);
    return;
  }
  const provider = await ground.actor("provider");
  const held = await pool.number("balanceOf", provider);
  if (held > 0n) await pool.must("provider", ["removeLiquidity", held, 0n, 0n, provider]);
  const to = await ground.actor("trader");
  const paid0 = wanted0 + 1n - (await pool.number("reserve0"));
  await pool.must("trader", ["swapExactly", first, second, paid0, 1n, to]);
  const paid1 = wanted1 - (await pool.number("reserve1"));
  await pool.must("trader", ["swapExactly", second, first, paid1, 1n, to]);
}

/** Reserves on the side that is sold and the side that is bought. */
function reservesOf(inputs: Inputs): readonly [bigint, bigint] {
  return [inputs.integer("rIn", "reserveIn", "x"), inputs.integer("rOut", "reserveOut", "y")];
}

async function playOut(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const pair = await deployPair(ground);
  const { pool, first, second } = pair;
  await supply(pair, ground, reservesOf(inputs));
  const sold = inputs.integer("amountIn", "in");
  const out = await pool.number("quote", first, second, sold);
  const to = await ground.actor("trader");
  const tooMuch = await pool.act("trader", ["swapExactly", first, second, sold, out + 1n, to]);
  const fair = await pool.act("trader", ["swapExactly", first, second, sold, out, to]);
  const reserves = [await pool.number("reserve0"), await pool.number("reserve1")];
  return { out, amountOut: out, kOk: fair.ok, kOkPlus1: tooMuch.ok, reserves, reservesAfter: reserves };
}

async function playIn(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const pair = await deployPair(ground);
  const { pool, first, second } = pair;
  await supply(pair, ground, reservesOf(inputs));
  const paid = await pool.number("quoteIn", first, second, inputs.integer("amountOut", "out"));
  return { in: paid, amountIn: paid };
}

async function playMint(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const pair = await deployPair(ground);
  if (inputs.has("r0", "rA", "reserve0")) {
    await supply(pair, ground, [inputs.integer("r0", "rA", "reserve0"), inputs.integer("r1", "rB", "reserve1")]);
    if (inputs.has("supply", "totalSupply")) {
      await ground.force(pair.pool, "totalSupply", inputs.integer("supply", "totalSupply"));
    }
  }
  const amounts = [inputs.integer("a", "amount0", "amountA"), inputs.integer("b", "amount1", "amountB")] as const;
  const liquidity = await supply(pair, ground, amounts);
  return { liquidity, minted: liquidity, mint: liquidity, supply: await pair.pool.number("totalSupply") };
}

const HISTORY = ["steps", "history", "reserves", "observations", "periods", "segments"] as const;

const RESERVE0 = ["r0", "reserve0", "x", "rIn", "a"] as const;
const RESERVE1 = ["r1", "reserve1", "y", "rOut", "b"] as const;
const ELAPSED = ["dt", "elapsed", "seconds"] as const;

/** Whether a case says which reserves stood how long. */
const hasHistory = (vector: DefiVector): boolean => {
  const has = (...names: readonly string[]): boolean => names.some((name) => hasInputs(vector, name));
  return HISTORY.some((name) => Array.isArray(vector.inputs[name])) || (has(...ELAPSED) && has(...RESERVE0));
};

/** Reserves over time, `[reserve0, reserve1, seconds]` each, as a case writes them. */
function history(inputs: Inputs): readonly (readonly [bigint, bigint, bigint])[] {
  if (inputs.has(...HISTORY) && Array.isArray((inputs.raw(...HISTORY) as readonly unknown[])[0])) {
    return inputs.rows(...HISTORY).map(([a = 0n, b = 0n, seconds = 0n]) => [a, b, seconds]);
  }
  const [r0, r1] = inputs.has("reserves")
    ? inputs.integers("reserves")
    : [inputs.integer(...RESERVE0), inputs.integer(...RESERVE1)];
  return [[r0 ?? 0n, r1 ?? 0n, inputs.integer(...ELAPSED)]];
}

const Q112 = 2n ** 112n;

async function playAccumulated(vector: DefiVector, ground: Ground): Promise<Answer> {
  const pair = await deployPair(ground);
  const { pool, first, second } = pair;
  let elapsed = 0n;
  for (const [r0, r1, seconds] of history(new Inputs(vector))) {
    await setReserves(pair, ground, [r0, r1]);
    await ground.advance(seconds);
    elapsed += seconds;
  }
  const [sum0, sum1] = (await pool.ask("accumulatedPrices")) as unknown as [bigint, bigint];
  const [mean0, mean1] = elapsed === 0n ? [0n, 0n] : [sum0 / elapsed, sum1 / elapsed];
  const [twap0, twap1] = [
    await pool.number("averagePrice", first, second, elapsed),
    await pool.number("averagePrice", second, first, elapsed),
  ];
  return {
    ...{ cum0: sum0, cum1: sum1, price0Cum: sum0, price1Cum: sum1, cumulative0: sum0, cumulative1: sum1 },
    ...{ price0Cumulative: sum0, price1Cumulative: sum1, price0CumulativeLast: sum0, price1CumulativeLast: sum1 },
    ...{ price0: mean0, price1: mean1, mean0, mean1, avg0: mean0, avg1: mean1, twap0X112: mean0, twap1X112: mean1 },
    ...{ price0Average: mean0, price1Average: mean1, twapUQ112: mean0, twap0UQ112: mean0, twap1UQ112: mean1 },
    ...{ twap0, twap1, twap0E18: twap0, twap1E18: twap1, twapE18: twap0, twap: mean0, cum: sum0, cumulative: sum0 },
    ...{ twapFloor: mean0 / Q112, twap0Floor: mean0 / Q112, twap1Floor: mean1 / Q112 },
  };
}

async function playTicks(vector: DefiVector, ground: Ground): Promise<Answer> {
  const math = await ground.marketMath();
  let elapsed = 0n;
  for (const [tick = 0n, seconds = 0n] of new Inputs(vector).rows("ticks")) {
    await math.must("owner", ["set", tick]);
    await ground.advance(seconds);
    elapsed += seconds;
  }
  const cum = await math.number("sumAt", ground.now);
  const mean = await math.number("mean", elapsed);
  return { cum, tickCumulative: cum, meanTick: mean, arithmeticMeanTick: mean };
}

/** Half the width of the band that a single range is played in: a factor of 2^32 of the price either way. */
const WIDTH = 2n ** 16n;

async function playBand(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [price, liquidity] = [inputs.integer("sqrtPX96", "sqrtP", "sqrtPriceX96"), inputs.integer("L", "liquidity")];
  const [sold, fee] = [inputs.integer("amountIn", "in"), inputs.integerOr(3_000n, "feePips", "fee")];
  const isUp = /token1|one.?for.?zero/i.test(`${inputs.text("tokenIn", "direction")} ${vector.title}`);
  const isDown = inputs.has("zeroForOne") ? inputs.raw("zeroForOne") === true : !isUp;

  const [first, second] = [await ground.token(), await ground.token()];
  const edges = [price / WIDTH / 2n, price / WIDTH, price * WIDTH, price * WIDTH * 2n];
  const terms = [await ground.actor("owner"), [first, second], fee, edges, price];
  const pool = await ground.deploy("BandedPool", terms);
  const trader = await ground.actor("trader");
  for (const token of [first, second]) {
    await token.must("trader", ["mint", trader, PLENTY]);
    await token.must("trader", ["approve", pool, PLENTY]);
  }
  await pool.must("trader", ["addLiquidity", 1n, liquidity, PLENTY, PLENTY]);
  const math = await ground.marketMath();
  const end = isDown ? price / WIDTH : price * WIDTH;
  const target = inputs.integerOr(end, "sqrtTarget", "sqrtTargetX96", "target");
  const [step] = await math.ask("step", price, target, liquidity, sold, fee);
  const told = step as { sqrtPrice: bigint; amountIn: bigint; amountOut: bigint; fee: bigint };
  let [sqrtNext, amountOut] = [told.sqrtPrice, told.amountOut];
  if (target === end) {
    const [from, to] = isDown ? [first, second] : [second, first];
    const [bought] = await pool.must("trader", ["swap", from, to, sold, 0n, trader]);
    [sqrtNext, amountOut] = [await pool.number("sqrtPriceX96"), bought as bigint];
  }
  return { sqrtNext, sqrtPNext: sqrtNext, amountIn: told.amountIn, amountOut, out: amountOut, fee: told.fee };
}

/** Cases about constant-product pools, concentrated liquidity and accumulators. */
export const constantProductKinds: readonly DefiKind[] = [
  { name: "mean of ticks", matches: (vector) => hasInputs(vector, "ticks"), play: playTicks },
  {
    name: "swap within one range",
    matches: (vector) => hasInputs(vector, "amountIn") && (hasInputs(vector, "L") || hasInputs(vector, "liquidity")),
    play: playBand,
  },
  {
    name: "constant-product price accumulators",
    matches: (vector) =>
      hasHistory(vector) && Object.keys(vector.expected).some((key) => /^(price\d?)?(cum|twap|av|mean)/i.test(key)),
    play: playAccumulated,
  },
  {
    name: "constant-product amount out",
    matches: (vector) => hasInputs(vector, "amountIn", "rIn", "rOut"),
    play: playOut,
  },
  {
    name: "constant-product amount in",
    matches: (vector) => hasInputs(vector, "amountOut", "rIn", "rOut"),
    play: playIn,
  },
  {
    name: "constant-product liquidity",
    matches: (vector) =>
      (hasInputs(vector, "a", "b") || hasInputs(vector, "amount0", "amount1")) &&
      expectsAny(vector, "liquidity", "minted", "mint"),
    play: playMint,
  },
];
