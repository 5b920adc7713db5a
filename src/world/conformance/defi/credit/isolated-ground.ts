import { doubles } from "../../../../../deploy/doubles.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";
import { wholeNumber, type Inputs } from "../inputs.ts";

/** More than any market of a case holds. */
const PLENTY = 2n ** 200n;
const VIRTUAL_SHARES = 10n ** 6n;
const WAD = 10n ** 18n;

/** Totals of a market in the order of the contract's structure. */
export interface Totals {
  readonly supplyAssets: bigint;
  readonly supplyShares: bigint;
  readonly borrowAssets: bigint;
  readonly borrowShares: bigint;
}

/** One isolated market with settable price, rate and books. */
export interface MarketGround {
  readonly markets: Deployed;
  readonly oracle: Deployed;
  readonly rateModel: Deployed;
  readonly loan: Deployed;
  readonly collateral: Deployed;
  readonly id: string;
}

/** LLTV where a case names none. */
export const LLTV = (86n * WAD) / 100n;

/** LLTV of a case: a fraction of 1e18, above which the contracts' arithmetic would have no answer. */
export function lltvOf(inputs: Inputs): bigint {
  const lltv = inputs.integerOr(LLTV, "lltv");
  if (lltv >= 0n && lltv <= WAD) return lltv;
  return inputs.complain(["lltv"], `0 to ${WAD} (1e18 is 100 %)`, inputs.raw("lltv"));
}

/** Deploys a market; actors `lender`, `borrower` and `liquidator` hold plenty of both tokens. */
export async function deployMarket(ground: Ground, lltv: bigint): Promise<MarketGround> {
  const [loan, collateral] = [await ground.token(), await ground.token()];
  const markets = await ground.deploy(doubles.isolatedMarkets, [await ground.actor("owner")]);
  const oracle = await ground.deploy(doubles.marketOracle);
  const rateModel = await ground.deploy(doubles.rateModel);
  const params = {
    loanToken: loan.address,
    collateralToken: collateral.address,
    oracle: oracle.address,
    rateModel: rateModel.address,
    lltv,
  };
  const [id] = await markets.must("owner", ["createMarket", params]);
  for (const actor of ["lender", "borrower", "liquidator"]) {
    for (const token of [loan, collateral]) {
      await token.must(actor, ["mint", await ground.actor(actor), PLENTY]);
      await token.must(actor, ["approve", markets, PLENTY]);
    }
  }
  return { markets, oracle, rateModel, loan, collateral, id: String(id) };
}

/** Totals as a case writes them: in words (`borrow a/s supply a/s`), by name, or just enough for its own position. */
export function totalsOf(inputs: Inputs): Totals {
  const words = /borrow\s+(\S+)\s*\/\s*(\S+)\s+supply\s+(\S+)\s*\/\s*(\S+)/.exec(inputs.text("market", "totals"));
  if (words !== null) {
    const [borrowAssets, borrowShares, supplyAssets, supplyShares] = words.slice(1).map((word) => {
      return wholeNumber(word) ?? inputs.complain(["market"], "whole numbers", word);
    });
    return { supplyAssets, supplyShares, borrowAssets, borrowShares } as Totals;
  }
  if (inputs.text("market") !== "") inputs.complain(["market"], "borrow a/s supply a/s", inputs.raw("market"));
  const shares = inputs.integerOr(0n, "totalBorrowShares", "borrowShares");
  const borrowAssets = inputs.integerOr(shares / VIRTUAL_SHARES, "totalBorrowAssets", "totalBorrow", "borrowAssets");
  const supplyAssets = inputs.integerOr(borrowAssets, "totalSupplyAssets", "totalSupply", "supplyAssets");
  return {
    supplyAssets,
    supplyShares: inputs.integerOr(supplyAssets * VIRTUAL_SHARES, "totalSupplyShares", "supplyShares"),
    borrowAssets,
    borrowShares: shares === 0n ? borrowAssets * VIRTUAL_SHARES : shares,
  };
}

/** Writes a market's books, and puts the tokens there that they say. */
export async function writeBooks(
  market: MarketGround,
  books: { readonly totals: Totals; readonly fee?: bigint },
): Promise<void> {
  const { totals, fee = 0n } = books;
  await market.markets.must("owner", ["setTotals", market.id, { ...totals, lastUpdate: 0n, fee }]);
  await market.loan.must("owner", ["mint", market.markets.address, totals.supplyAssets]);
}

/** Writes the borrower's position, and puts its collateral there. */
export async function writePosition(
  market: MarketGround,
  borrower: string,
  position: { readonly borrowShares: bigint; readonly collateral: bigint },
): Promise<void> {
  await market.markets.must("owner", ["setPosition", market.id, borrower, { supplyShares: 0n, ...position }]);
  await market.collateral.must("owner", ["mint", market.markets.address, position.collateral]);
}

export { WAD };
