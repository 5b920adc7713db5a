import { expect } from "chai";
import { network } from "hardhat";

import { deployIsolated, fillMarket, PRICE } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** The borrower's position of 120 against 100, and a pool that buys its collateral at about par. */
async function fixture() {
  const ground = await deployIsolated(connection);
  const { markets, owner, loan, collateral } = ground;
  await fillMarket(ground, 120n * WAD);
  const pool = await ethers.deployContract("ConstantProductPool", [owner, loan, collateral]);
  for (const token of [loan, collateral]) await token.connect(owner).approve(pool, ethers.MaxUint256);
  await pool.addLiquidity(10_000n * WAD, 10_000n * WAD, 0, owner);
  const helper = await ethers.deployContract("IsolatedFlashLiquidator", [markets]);
  const order = {
    id: ground.id,
    borrower: ground.borrower.address,
    seizedAssets: ethers.MaxUint256,
    market: await pool.getAddress(),
    minProfit: 0n,
    isForced: false,
  };
  return { ...ground, pool, helper, order };
}

describe("IsolatedFlashLiquidator", () => {
  it("repays the whole debt where the collateral pays it, and keeps nothing for itself", async () => {
    const { markets, id, borrower, keeper, oracle, helper, order, loan, collateral } =
      await networkHelpers.loadFixture(fixture);
    await oracle.setPrice((95n * PRICE) / 100n);
    const profit = await helper.connect(keeper).liquidate.staticCall(order);
    await expect(helper.connect(keeper).liquidate(order)).to.changeTokenBalance(ethers, loan, keeper, profit);

    expect(profit).to.be.within(7n * WAD, 9n * WAD);
    expect((await markets.positionOf(id, borrower)).borrowShares).to.equal(0);
    expect(await loan.balanceOf(helper)).to.equal(0);
    expect(await collateral.balanceOf(helper)).to.equal(0);
  });

  it("takes the whole collateral where that does not pay the debt", async () => {
    const { markets, id, borrower, keeper, oracle, helper, order } = await networkHelpers.loadFixture(fixture);
    await oracle.setPrice((80n * PRICE) / 100n);
    await expect(helper.connect(keeper).liquidate(order)).to.emit(helper, "IsolatedLiquidationSold");

    expect((await markets.positionOf(id, borrower)).collateral).to.equal(0);
    expect((await markets.totalsOf(id)).supplyAssets).to.be.lessThan(7_600n * WAD);
  });

  it("takes as much as it is told", async () => {
    const { markets, id, borrower, keeper, oracle, helper, order } = await networkHelpers.loadFixture(fixture);
    await oracle.setPrice((95n * PRICE) / 100n);
    await helper.connect(keeper).liquidate({ ...order, seizedAssets: 60n * WAD });

    expect((await markets.positionOf(id, borrower)).collateral).to.equal(60n * WAD);
  });

  it("does not happen where it does not pay, unless it is forced", async () => {
    const { pool, owner, keeper, oracle, helper, order, loan, collateral } = await networkHelpers.loadFixture(fixture);
    await oracle.setPrice((95n * PRICE) / 100n);
    // Somebody dumps collateral before.
    await pool.connect(owner).swap(collateral, loan, 2_000n * WAD, 0, owner);
    await expect(helper.connect(keeper).liquidate(order)).to.be.revertedWithCustomError(
      helper,
      "IsolatedFlashLiquidatorUnprofitable",
    );
    const forced = { ...order, isForced: true };
    await expect(helper.connect(keeper).liquidate(forced)).to.be.revertedWithCustomError(
      loan,
      "ERC20InsufficientAllowance",
    );
    await loan.mint(keeper, 100n * WAD);
    await loan.connect(keeper).approve(helper, ethers.MaxUint256);

    const before = await loan.balanceOf(keeper);
    await helper.connect(keeper).liquidate(forced);
    expect(await loan.balanceOf(keeper)).to.be.lessThan(before);
  });

  it("sells for less than the profit asked for when it is forced", async () => {
    const { keeper, oracle, helper, order, loan } = await networkHelpers.loadFixture(fixture);
    await oracle.setPrice((95n * PRICE) / 100n);
    await helper.connect(keeper).liquidate({ ...order, isForced: true, minProfit: 50n * WAD });

    expect(await loan.balanceOf(keeper)).to.be.within(7n * WAD, 9n * WAD);
  });

  it("hears nobody but the markets", async () => {
    const { keeper, helper } = await networkHelpers.loadFixture(fixture);

    await expect(helper.connect(keeper).onIsolatedLiquidation(1, "0x"))
      .to.be.revertedWithCustomError(helper, "IsolatedFlashLiquidatorUnauthorized")
      .withArgs(keeper);
  });
});
