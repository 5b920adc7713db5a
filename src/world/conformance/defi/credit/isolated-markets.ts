import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import {
  deployMarket,
  LLTV,
  lltvOf,
  totalsOf,
  writeBooks,
  writePosition,
  type MarketGround,
} from "./isolated-ground.ts";

/** Reasons as cases write them, by the name of the error. */
const REASONS: Readonly<Record<string, string>> = {
  IsolatedMarketsHealthyPosition: "HEALTHY_POSITION",
  IsolatedMarketsInconsistentInput: "INCONSISTENT_INPUT",
  IsolatedMarketsInsufficientCollateral: "INSUFFICIENT_COLLATERAL",
  IsolatedMarketsInsufficientLiquidity: "INSUFFICIENT_LIQUIDITY",
  IsolatedMarketsUnauthorized: "UNAUTHORIZED",
  IsolatedMarketsZeroAmount: "ZERO_ASSETS",
};

async function playIncentive(vector: DefiVector, ground: Ground): Promise<Answer> {
  const markets = await ground.deploy("IsolatedMarkets", [await ground.actor("owner")]);
  const lif = await markets.number("liquidationIncentive", lltvOf(new Inputs(vector)));
  return { lif, liquidationIncentiveFactor: lif, incentive: lif };
}

/** One position after another: every input that begins with `coll` is the collateral of one. */
async function playHealth(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const market = await deployMarket(ground, lltvOf(inputs));
  await market.oracle.must("owner", ["setPrice", inputs.integer("price")]);
  await writeBooks(market, { totals: totalsOf(inputs) });
  const borrower = await ground.actor("borrower");
  const borrowShares = inputs.integer("borrowShares");
  const answer: Record<string, Answer> = {};
  for (const name of Object.keys(vector.inputs).filter((key) => key.startsWith("coll"))) {
    const suffix = name.replace(/^coll(ateral)?/, "");
    await writePosition(market, borrower, { borrowShares, collateral: inputs.integer(name) });
    const [borrowed, maxBorrow, isHealthy] = await market.markets.ask("healthOf", market.id, borrower);
    answer["borrowed"] = borrowed as bigint;
    answer[`maxBorrow${suffix}`] = maxBorrow as bigint;
    answer[`healthy${suffix}`] = isHealthy as boolean;
  }
  return answer;
}

/** What a case gives itself, or the nearest case that it is like: one of the two, or wrongly both. */
function givenOf(vector: DefiVector, ground: Ground): readonly [seized: bigint, shares: bigint] {
  const own = new Inputs(vector, vector.own);
  if (own.has("seizedAssets", "repaidShares")) {
    return [own.integerOr(0n, "seizedAssets"), own.integerOr(0n, "repaidShares")];
  }
  const { like } = vector.own;
  const base = typeof like === "string" ? ground.like(like) : undefined;
  return base === undefined ? [0n, 0n] : givenOf(base, ground);
}

async function booksAfter(market: MarketGround, borrower: string): Promise<Readonly<Record<string, bigint>>> {
  const [supplyAssets, supplyShares, borrowAssets, borrowShares] = (
    await market.markets.ask("totalsOf", market.id)
  )[0] as readonly bigint[];
  const [, shares, collateral] = (await market.markets.ask("positionOf", market.id, borrower))[0] as readonly bigint[];
  return {
    totalSupplyAssets: supplyAssets ?? 0n,
    totalSupplyShares: supplyShares ?? 0n,
    totalBorrowAssets: borrowAssets ?? 0n,
    totalBorrowShares: borrowShares ?? 0n,
    borrowerShares: shares ?? 0n,
    borrowerCollateral: collateral ?? 0n,
  };
}

async function playLiquidation(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const lltv = lltvOf(inputs);
  const market = await deployMarket(ground, lltv);
  const { markets, id } = market;
  await market.oracle.must("owner", ["setPrice", inputs.integer("price")]);
  await writeBooks(market, { totals: totalsOf(inputs) });
  const borrower = await ground.actor("borrower");
  const [borrowShares, collateral] = [inputs.integer("borrowShares"), inputs.integer("collateral", "coll")];
  await writePosition(market, borrower, { borrowShares, collateral });

  const [borrowedBefore, maxBorrowBefore] = await markets.ask("healthOf", id, borrower);
  const outcome = await markets.act("liquidator", ["liquidate", id, borrower, ...givenOf(vector, ground), "0x"]);
  const lif = await markets.number("liquidationIncentive", lltv);
  const before = { borrowedBefore: borrowedBefore as bigint, maxBorrowBefore: maxBorrowBefore as bigint, lif };
  const after = await booksAfter(market, borrower);
  if (!outcome.ok) return { ...before, ...after, revert: REASONS[outcome.reason] ?? outcome.reason };
  const [seizedAssets, repaidAssets, repaidShares, badDebtAssets, badDebtShares] = outcome
    .values[0] as readonly bigint[];
  const moved = { seizedAssets, repaidAssets, repaidShares, badDebtAssets, badDebtShares } as Record<string, bigint>;
  return { ...before, ...after, ...moved };
}

/** Shares of a first supply, and what one of them costs and all of them give back. */
async function playSupply(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const { markets, id } = await deployMarket(ground, LLTV);
  const lender = await ground.actor("lender");
  const assets = inputs.integer("assets");
  const [, shares] = await markets.must("lender", ["supply", id, assets, 0n, lender]);
  const snapshot = await ground.request("evm_snapshot");
  const [assetsUpForOneShare] = await markets.must("lender", ["supply", id, 0n, 1n, lender]);
  await ground.request("evm_revert", snapshot);
  const [assetsDownForAll] = await markets.must("lender", ["withdraw", id, 0n, shares, lender, lender]);
  return {
    shares: shares as bigint,
    assetsUpForOneShare: assetsUpForOneShare as bigint,
    assetsDownForAll: assetsDownForAll as bigint,
  };
}

const RATE = ["ratePerSec", "borrowRate", "borrowRatePerSec", "rate"] as const;

/** Interest of a span at a given rate, and the fee's shares. */
async function playInterest(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const market = await deployMarket(ground, LLTV);
  const { markets, id } = market;
  const totals = totalsOf(inputs);
  const keeper = await ground.actor("keeper");
  await markets.must("owner", ["setFeeRecipient", keeper]);
  await writeBooks(market, { totals, fee: inputs.integerOr(0n, "fee") });
  await market.rateModel.must("owner", ["setRate", inputs.integer(...RATE)]);
  await ground.advance(inputs.integer("elapsed", "seconds", "dt"));
  await markets.must("owner", ["accrue", id]);
  const after = await booksAfter(market, keeper);
  const [feeShares] = (await markets.ask("positionOf", id, keeper))[0] as readonly bigint[];
  return { ...after, interest: (after["totalBorrowAssets"] ?? 0n) - totals.borrowAssets, feeShares: feeShares ?? 0n };
}

/** Cases about isolated markets. */
export const isolatedKinds: readonly DefiKind[] = [
  {
    name: "liquidation of an isolated position",
    matches: (vector) =>
      hasInputs(vector, "borrowShares", "price", "collateral") &&
      (vector.inputs["seizedAssets"] !== undefined || vector.inputs["repaidShares"] !== undefined),
    play: playLiquidation,
  },
  {
    name: "health of an isolated position",
    matches: (vector) =>
      hasInputs(vector, "borrowShares", "price") &&
      Object.keys(vector.expected).some((key) => /^(maxBorrow|healthy|borrowed)/.test(key)),
    play: playHealth,
  },
  {
    name: "liquidation incentive of an isolated market",
    matches: (vector) => hasInputs(vector, "lltv") && expectsAny(vector, "lif", "liquidationIncentiveFactor"),
    play: playIncentive,
  },
  {
    name: "first supply of an isolated market",
    matches: (vector) => hasInputs(vector, "assets") && expectsAny(vector, "assetsUpForOneShare", "assetsDownForAll"),
    play: playSupply,
  },
  {
    name: "interest of an isolated market",
    matches: (vector) =>
      RATE.some((name) => vector.inputs[name] !== undefined) &&
      ["elapsed", "seconds", "dt"].some((name) => vector.inputs[name] !== undefined) &&
      expectsAny(vector, "interest", "feeShares", "totalBorrowAssets", "totalSupplyAssets"),
    play: playInterest,
  },
];
