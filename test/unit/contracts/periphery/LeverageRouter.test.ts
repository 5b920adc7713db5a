import { expect } from "chai";
import { network } from "hardhat";

import { deployFlashMarket } from "../../../helpers/flash-market.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deployFlashMarket(connection);
  const { alice, debt, claim, pool } = world;
  const router = await ethers.deployContract("LeverageRouter");
  await debt.connect(alice).approve(router, ethers.MaxUint256);
  await claim.connect(alice).approve(router, ethers.MaxUint256);
  await pool.connect(alice).approveDelegation(debt, router, ethers.MaxUint256);
  const loop = {
    pool: await pool.getAddress(),
    collateral: await world.collateral.getAddress(),
    debt: await debt.getAddress(),
    market: await world.market.getAddress(),
  };
  return { ...world, router, loop };
}

async function opened() {
  const world = await fixture();
  await world.router.connect(world.alice).open(world.loop, 10n * WAD, 80n * WAD);
  return world;
}

describe("LeverageRouter", () => {
  it("turns ten of equity into a position of ninety, and keeps nothing", async () => {
    const { router, loop, alice, pool, debt, collateral } = await networkHelpers.loadFixture(fixture);
    const before = await debt.balanceOf(alice);

    await expect(router.connect(alice).open(loop, 10n * WAD, 80n * WAD)).to.emit(router, "LoopOpened");

    expect(await debt.balanceOf(alice)).to.equal(before - 10n * WAD);
    // The loan's fee of five basis points is owed too.
    expect(await pool.debtOf(debt, alice)).to.equal(80n * WAD + (80n * WAD * 5n) / 10_000n);
    const supplied = await pool.supplyOf(collateral, alice);
    expect(supplied).to.be.within(89n * WAD, 90n * WAD);
    expect(await debt.balanceOf(router)).to.equal(0n);
    expect(await collateral.balanceOf(router)).to.equal(0n);
  });

  it("reverts where the position would owe more than it may", async () => {
    const { router, loop, alice, pool } = await networkHelpers.loadFixture(fixture);
    await expect(router.connect(alice).open(loop, 5n * WAD, 80n * WAD)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolInsufficientCollateral",
    );
    await expect(router.connect(alice).open(loop, WAD, 80n * WAD)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolUnhealthy",
    );
  });

  it("closes a position whole and returns the equity that is left", async () => {
    const { router, loop, claim, alice, pool, debt, collateral } = await networkHelpers.loadFixture(opened);
    const before = await debt.balanceOf(alice);

    await router.connect(alice).close(loop, claim, ethers.MaxUint256, ethers.MaxUint256);

    expect(await pool.debtOf(debt, alice)).to.equal(0n);
    expect(await pool.supplyOf(collateral, alice)).to.equal(0n);
    expect((await debt.balanceOf(alice)) - before).to.be.within(9n * WAD, 10n * WAD);
    expect(await claim.balanceOf(router)).to.equal(0n);
  });

  it("reduces a position by a part", async () => {
    const { router, loop, claim, alice, pool, debt } = await networkHelpers.loadFixture(opened);
    const owed = await pool.debtOf(debt, alice);
    await router.connect(alice).close(loop, claim, 20n * WAD, 21n * WAD);
    expect(await pool.debtOf(debt, alice)).to.equal(owed - 20n * WAD);
  });

  it("reverts where the sale does not bring what is owed", async () => {
    const { router, loop, claim, alice } = await networkHelpers.loadFixture(opened);
    await expect(router.connect(alice).close(loop, claim, 20n * WAD, 19n * WAD)).to.be.revertedWithCustomError(
      router,
      "LeverageRouterShort",
    );
  });

  it("answers no loan that it did not ask for", async () => {
    const { router, pool, debt, bob } = await networkHelpers.loadFixture(fixture);
    await expect(pool.connect(bob).flashLoan(router, debt, WAD, "0x"))
      .to.be.revertedWithCustomError(router, "LeverageRouterUnauthorized")
      .withArgs(pool);
  });
});
