import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployStablePool, stablePoolTerms, type StablePool } from "./stable-pool.ts";

const expectsKey = (vector: DefiVector, pattern: RegExp): boolean =>
  Object.keys(vector.expected).some((key) => pattern.test(key));

/** What a pool is once liquidity has moved. */
async function afterwards({ pool }: StablePool): Promise<Record<string, Answer>> {
  const [balances] = await pool.ask("state");
  const left = [...(balances as Iterable<bigint>)];
  return {
    newBalances: left,
    balancesAfter: left,
    supplyAfter: await pool.number("totalSupply"),
    adminFees: await pool.numbers("adminFees"),
    virtualPrice: await pool.number("virtualPrice"),
    DAfter: await pool.number("invariant"),
  };
}

/** The invariant with other balances, at the pool's rates; zero where a coin would be gone. */
async function invariantWith(vector: DefiVector, ground: Ground, change: readonly bigint[]): Promise<bigint> {
  const { balances, rates, amp } = stablePoolTerms(vector);
  const math = await ground.marketMath();
  const xp = balances.map((balance, k) => ((balance + (change[k] ?? 0n)) * (rates[k] ?? 0n)) / 10n ** 18n);
  return xp.every((x) => x > 0n) ? await math.number("invariant", xp, amp) : 0n;
}

/** Fees on an imbalance, and the invariants before, after, and once all fees are out. */
async function imbalance(
  vector: DefiVector,
  ground: Ground,
  { change, fees }: { readonly change: readonly bigint[]; readonly fees: readonly bigint[] },
): Promise<Record<string, Answer>> {
  const [D1, D2] = [
    await invariantWith(vector, ground, change),
    await invariantWith(
      vector,
      ground,
      change.map((amount, k) => amount - (fees[k] ?? 0n)),
    ),
  ];
  return { fees, fee: fees, D1, D2 };
}

async function playAdd(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const deployed = await deployStablePool(ground, stablePoolTerms(vector));
  const { pool } = deployed;
  const amounts = inputs.integers("amounts", "deposits");
  const D0 = await pool.number("invariant");
  const [, fees] = await pool.ask("quoteAdd", amounts);
  const [mint] = await pool.must("trader", ["addLiquidity", amounts, 0n, await ground.actor("trader")]);
  const minted = mint as bigint;
  return {
    ...(await afterwards(deployed)),
    ...(await imbalance(vector, ground, { change: amounts, fees: [...(fees as Iterable<bigint>)] })),
    D0,
    ...{ mint: minted, minted, mintAmount: minted, lp: minted, lpMinted: minted },
  };
}

async function playRemoveImbalance(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const deployed = await deployStablePool(ground, stablePoolTerms(vector));
  const { pool } = deployed;
  const amounts = inputs.integers("amounts", "withdrawals");
  const D0 = await pool.number("invariant");
  const [, fees] = await pool.ask("quoteRemoveImbalance", amounts);
  const most = await pool.number("balanceOf", await ground.actor("provider"));
  const request = ["removeLiquidityImbalance", amounts, most, await ground.actor("provider")] as const;
  const [burn] = await pool.must("provider", request);
  const burned = burn as bigint;
  return {
    ...(await afterwards(deployed)),
    ...(await imbalance(vector, ground, {
      change: amounts.map((amount) => -amount),
      fees: [...(fees as Iterable<bigint>)],
    })),
    D0,
    ...{ burn: burned, burned, burnAmount: burned, lpBurned: burned, lpBurn: burned, lp: burned },
  };
}

async function playRemoveOne(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const deployed = await deployStablePool(ground, stablePoolTerms(vector));
  const { pool, coins } = deployed;
  const [burn, i] = [inputs.integer("burn", "burned", "lp"), inputs.integer("i", "coin")];
  const coin = coins[Number(i)] ?? inputs.complain(["i", "coin"], "a coin of the pool", String(i));
  const D0 = await pool.number("invariant");
  const supply = await pool.number("totalSupply");
  const [dy, fee] = (await pool.ask("quoteRemoveOne", burn, coin)) as unknown as [bigint, bigint];
  await pool.must("provider", ["removeLiquidityOne", burn, coin, dy, await ground.actor("provider")]);
  const adminFee = (await pool.numbers("adminFees"))[Number(i)] ?? 0n;
  return { ...(await afterwards(deployed)), D0, D1: D0 - (burn * D0) / supply, dy, out: dy, fee, adminFee };
}

async function playRemoveAll(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const deployed = await deployStablePool(ground, stablePoolTerms(vector));
  const { pool, coins } = deployed;
  const least = coins.map(() => 0n);
  const burn = inputs.integer("burn", "burned", "lp");
  const [paid] = await pool.must("provider", ["removeLiquidity", burn, least, await ground.actor("provider")]);
  const amounts = [...(paid as Iterable<bigint>)];
  return { ...(await afterwards(deployed)), amounts, out: amounts, dy: amounts };
}

/** Cases about liquidity of StableSwap pools. */
export const stableLiquidityKinds: readonly DefiKind[] = [
  {
    name: "StableSwap imbalanced withdrawal",
    matches: (vector) =>
      (hasInputs(vector, "amounts") || hasInputs(vector, "withdrawals")) && expectsKey(vector, /^(lp)?burn/i),
    play: playRemoveImbalance,
  },
  {
    name: "StableSwap deposit",
    matches: (vector) =>
      hasInputs(vector, "amounts", "balances") && expectsAny(vector, "mint", "minted", "mintAmount", "lpMinted", "lp"),
    play: playAdd,
  },
  {
    name: "StableSwap withdrawal in one coin",
    matches: (vector) => hasInputs(vector, "balances", "burn", "i"),
    play: playRemoveOne,
  },
  {
    name: "StableSwap withdrawal in all coins",
    matches: (vector) => hasInputs(vector, "balances", "burn"),
    play: playRemoveAll,
  },
];
