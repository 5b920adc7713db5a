import type { Answer } from "../answer.ts";
import type { Ground } from "../ground.ts";
import { Inputs } from "../inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "../kind.ts";
import type { DefiVector } from "../vector.ts";
import { deployMarket, lltvOf, writeBooks, writePosition } from "./isolated-ground.ts";

const MICRO = 1_000_000n;
const PRICE_SCALE = 10n ** 36n;
const WAD = 10n ** 18n;
/** About what was supplied to the market when it was liquidated, as published: 7.6 thousand [wei]. */
const SUPPLIED = 7_600n * WAD;

/** Reads an amount as reports write it, `6236.72 ezETH`: its first number, with 18 decimals. */
function amount(inputs: Inputs, name: string): bigint {
  const match = /(\d[\d,]*)(?:\.(\d{1,18}))?/.exec(String(inputs.raw(name)));
  if (match === null) return inputs.complain([name], "an amount", inputs.raw(name));
  const [, whole = "0", decimals = ""] = match;
  return BigInt(whole.replaceAll(",", "") + decimals.padEnd(18, "0"));
}

/**
 * Replays published aggregates as one position: the price paid, the oracle's price that gives it, and the suppliers' loss.
 *
 * The position owes what was repaid and what was bad; all its collateral is seized at the implied price, so that the
 * contract itself spreads the rest over the suppliers.
 */
async function playAggregates(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const [repaid, seized, bad] = [amount(inputs, "debtRepaid"), amount(inputs, "collSeized"), amount(inputs, "badDebt")];
  const lltv = lltvOf(inputs);
  const market = await deployMarket(ground, lltv);
  const { markets, id } = market;
  const lif = await markets.number("liquidationIncentive", lltv);
  const impliedPrice = (repaid * MICRO) / seized;
  const impliedOraclePrice = (impliedPrice * lif) / WAD;

  const supplied = inputs.has("supplied") ? amount(inputs, "supplied") : SUPPLIED;
  const owed = repaid + bad;
  const totals = {
    supplyAssets: supplied,
    supplyShares: supplied * MICRO,
    borrowAssets: owed,
    borrowShares: owed * MICRO,
  };
  await market.oracle.must("owner", ["setPrice", (repaid * lif * PRICE_SCALE) / (seized * WAD)]);
  await writeBooks(market, { totals });
  const borrower = await ground.actor("borrower");
  await writePosition(market, borrower, { borrowShares: totals.borrowShares, collateral: seized });
  const [moved] = await markets.must("liquidator", ["liquidate", id, borrower, seized, 0n, "0x"]);
  const lost = (moved as readonly bigint[])[3] ?? 0n;
  return {
    impliedPriceE6: impliedPrice,
    impliedOraclePriceE6: impliedOraclePrice,
    [`impliedOraclePriceWithLif${lif / 10n ** 12n}`]: impliedOraclePrice,
    badDebtShareBps: (lost * 10_000n) / supplied,
  };
}

/** Cases about what a market's liquidations add up to. */
export const liquidatedMarketKinds: readonly DefiKind[] = [
  {
    name: "aggregates of a market's liquidations",
    matches: (vector) =>
      hasInputs(vector, "debtRepaid", "collSeized", "badDebt") &&
      expectsAny(vector, "impliedPriceE6", "badDebtShareBps"),
    play: playAggregates,
  },
];
