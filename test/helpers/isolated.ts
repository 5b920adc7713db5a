import type { NetworkConnection } from "hardhat/types/network";

import { WAD } from "./markets.ts";

export const PRICE = 10n ** 36n;
export const LLTV = (86n * WAD) / 100n;

/** One isolated market with a settable price and rate; lender, borrower and liquidator hold plenty of both tokens. */
export async function deployIsolated(
  connection: NetworkConnection,
  parameters: { readonly lltv?: bigint; readonly adaptive?: boolean; readonly harness?: boolean } = {},
) {
  const { ethers } = connection;
  const [owner, lender, borrower, liquidator, keeper] = await ethers.getSigners();
  if (!owner || !lender || !borrower || !liquidator || !keeper) throw new RangeError("too few accounts");
  const loan = await ethers.deployContract("Token__MockForMarkets", [18]);
  const collateral = await ethers.deployContract("Token__MockForMarkets", [18]);
  const markets = await ethers.deployContract("IsolatedMarkets__Harness", [owner]);
  const oracle = await ethers.deployContract("MarketOracle__MockForMarkets");
  const rateModel = await ethers.deployContract("RateModel__MockForMarkets");
  const adaptiveModel = await ethers.deployContract("AdaptiveRateModel");
  await oracle.setPrice(PRICE);
  const params = {
    loanToken: await loan.getAddress(),
    collateralToken: await collateral.getAddress(),
    oracle: await oracle.getAddress(),
    rateModel: await (parameters.adaptive === true ? adaptiveModel : rateModel).getAddress(),
    lltv: parameters.lltv ?? LLTV,
  };
  const id = await markets.idOf(params);
  await markets.createMarket(params);
  for (const account of [owner, lender, borrower, liquidator]) {
    for (const token of [loan, collateral]) {
      await token.mint(account, 10n ** 30n);
      await token.connect(account).approve(markets, ethers.MaxUint256);
    }
  }
  const world = { owner, lender, borrower, liquidator, keeper, loan, collateral, markets, oracle, rateModel };
  return { ...world, adaptiveModel, params, id };
}

export type IsolatedGround = Awaited<ReturnType<typeof deployIsolated>>;

/** Supplies 7,600, lends 4,900 to the lender itself and 100 to the borrower, who has `collateral`. */
export async function fillMarket(ground: IsolatedGround, collateral: bigint) {
  const { markets, id, lender, borrower } = ground;
  await markets.connect(lender).supply(id, 7_600n * WAD, 0, lender);
  await markets.connect(lender).supplyCollateral(id, 10n ** 6n * WAD, lender);
  await markets.connect(lender).borrow(id, 4_900n * WAD, 0, lender, lender);
  await markets.connect(borrower).supplyCollateral(id, collateral, borrower);
  await markets.connect(borrower).borrow(id, 100n * WAD, 0, borrower, borrower);
}
