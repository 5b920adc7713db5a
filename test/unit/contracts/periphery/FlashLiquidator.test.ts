import { expect } from "chai";
import { network } from "hardhat";

import { borrowAsAlice, deployFlashMarket } from "../../../helpers/flash-market.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const PRICE = 200_000_000_000n;
/** Two thirds of a position of 100 that owes 92. */
const FALLEN = (PRICE * 960n) / 1_000n;

async function fixture() {
  const world = await deployFlashMarket(connection);
  await borrowAsAlice(world, { held: 100n * WAD, owed: 92n * WAD });
  const liquidator = await ethers.deployContract("FlashLiquidator");
  const order = {
    pool: await world.pool.getAddress(),
    collateral: await world.collateral.getAddress(),
    debt: await world.debt.getAddress(),
    account: world.alice.address,
    debtToCover: 92n * WAD,
    market: await world.market.getAddress(),
    minProfit: 0n,
    isForced: false,
  };
  return { ...world, liquidator, order };
}

describe("FlashLiquidator", () => {
  it("leaves its caller what the sale brings beyond the loan, and keeps nothing", async () => {
    const { liquidator, order, setPrice, bob, debt, collateral, pool, alice } =
      await networkHelpers.loadFixture(fixture);
    await setPrice(FALLEN);
    const owed = await pool.debtOf(debt, alice);

    const profit = await liquidator.connect(bob).liquidate.staticCall(order);
    await expect(liquidator.connect(bob).liquidate(order)).to.emit(liquidator, "LiquidationSold");

    expect(profit).to.be.greaterThan(WAD);
    expect(await debt.balanceOf(bob)).to.equal(profit);
    expect(await pool.debtOf(debt, alice)).to.be.lessThan(owed);
    expect(await debt.balanceOf(liquidator)).to.equal(0n);
    expect(await collateral.balanceOf(liquidator)).to.equal(0n);
  });

  it("reverts as a whole where the sale does not pay", async () => {
    const { liquidator, order, setPrice, bob, market, owner, collateral, debt, pool, alice } =
      await networkHelpers.loadFixture(fixture);
    await market.swap(collateral, debt, 3_900n * WAD, 0, owner);
    await setPrice(FALLEN);
    const owed = await pool.debtOf(debt, alice);

    await expect(liquidator.connect(bob).liquidate(order)).to.be.revertedWithCustomError(
      liquidator,
      "FlashLiquidatorUnprofitable",
    );
    expect(await pool.debtOf(debt, alice)).to.equal(owed);
  });

  it("asks for the profit that its caller wants", async () => {
    const { liquidator, order, setPrice, bob } = await networkHelpers.loadFixture(fixture);
    await setPrice(FALLEN);
    const profit = await liquidator.connect(bob).liquidate.staticCall(order);

    await expect(
      liquidator.connect(bob).liquidate({ ...order, minProfit: profit + 10n ** 15n }),
    ).to.be.revertedWithCustomError(liquidator, "FlashLiquidatorUnprofitable");
    await liquidator.connect(bob).liquidate({ ...order, minProfit: profit - 10n ** 15n });
  });

  it("sells at any price where it is forced, and takes the rest from its caller", async () => {
    const { liquidator, order, setPrice, owner, market, collateral, debt, pool, alice } =
      await networkHelpers.loadFixture(fixture);
    await market.swap(collateral, debt, 3_900n * WAD, 0, owner);
    await setPrice(FALLEN);
    await debt.approve(liquidator, ethers.MaxUint256);
    const before = await debt.balanceOf(owner);

    await liquidator.liquidate({ ...order, isForced: true });

    expect(await debt.balanceOf(owner)).to.be.lessThan(before);
    expect(await pool.debtOf(debt, alice)).to.be.lessThan(92n * WAD);
  });

  it("takes nothing from its caller where a forced sale pays, if less than the caller wanted", async () => {
    const { liquidator, order, setPrice, bob, debt } = await networkHelpers.loadFixture(fixture);
    await setPrice(FALLEN);
    const wanted = (await liquidator.connect(bob).liquidate.staticCall(order)) + WAD;

    const profit = await liquidator.connect(bob).liquidate.staticCall({ ...order, minProfit: wanted, isForced: true });
    await liquidator.connect(bob).liquidate({ ...order, minProfit: wanted, isForced: true });
    expect(profit).to.be.greaterThan(0n);
    expect(await debt.balanceOf(bob)).to.be.closeTo(profit, 10n ** 12n);
  });

  it("passes on why the pool refuses", async () => {
    const { liquidator, order, bob, pool } = await networkHelpers.loadFixture(fixture);
    await expect(liquidator.connect(bob).liquidate(order)).to.be.revertedWithCustomError(pool, "LendingPoolHealthy");
  });

  it("answers no loan that it did not ask for", async () => {
    const { liquidator, pool, debt, bob } = await networkHelpers.loadFixture(fixture);
    await expect(pool.connect(bob).flashLoan(liquidator, debt, WAD, "0x"))
      .to.be.revertedWithCustomError(liquidator, "FlashLiquidatorUnauthorized")
      .withArgs(pool);
    await expect(liquidator.connect(bob).onFlashLoan(liquidator, debt, 0, 0, "0x")).to.be.revertedWithCustomError(
      liquidator,
      "FlashLiquidatorUnauthorized",
    );
  });
});
