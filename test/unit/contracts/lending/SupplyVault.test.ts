import { expect } from "chai";
import { network } from "hardhat";

import {
  ALL,
  borrowAsAlice,
  deployEtherAndDollars,
  DOLLAR,
  FROZEN,
  PAUSED,
  RAY,
  WAD,
} from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** A vault of dollars whose supply index is one and a half. */
async function fixture() {
  const world = await deployEtherAndDollars(connection);
  const { dollars, ether, pool, bob, carol } = world;
  await borrowAsAlice(world);
  await dollars.scripted.setRates(0n, RAY / 2n);
  await pool.accrue(dollars.asset);
  await networkHelpers.time.increase(31_536_000 - 1);
  await dollars.scripted.setRates(0n, 0n);
  await pool.accrue(dollars.asset);
  const vault = await ethers.deployContract("SupplyVault", [dollars.claim]);
  for (const user of [bob, carol]) {
    await dollars.asset.connect(user).approve(vault, ALL);
    await dollars.claim.connect(user).approve(vault, ALL);
  }
  const { supplyIndex } = await pool.reserveOf(dollars.asset);
  return { ...world, ether, vault, index: supplyIndex };
}

describe("SupplyClaim", () => {
  it("is a token of its asset's decimals whose balance grows", async () => {
    const { dollars, carol, pool, index } = await networkHelpers.loadFixture(fixture);
    expect([await dollars.claim.decimals(), await dollars.claim.symbol()]).to.deep.equal([6n, "sMKT"]);
    const balance = (1_000_000n * DOLLAR * index) / RAY;
    expect(await dollars.claim.balanceOf(carol)).to.equal(balance);
    expect(await dollars.claim.totalSupply()).to.equal(balance);
    expect(await dollars.claim.scaledBalanceOf(carol)).to.equal(1_000_000n * DOLLAR);
    expect(await dollars.claim.pool()).to.equal(pool);
  });

  it("moves rounded up, so that the receiver has the amount", async () => {
    const { dollars, carol, bob } = await networkHelpers.loadFixture(fixture);
    await expect(dollars.claim.connect(carol).transfer(bob, 10n))
      .to.emit(dollars.claim, "Transfer")
      .withArgs(carol, bob, 10n);
    expect(await dollars.claim.scaledBalanceOf(bob)).to.equal(7n);
    expect(await dollars.claim.balanceOf(bob)).to.equal(10n);
    await dollars.claim.connect(bob).transfer(bob, 10n);
    expect(await dollars.claim.balanceOf(bob)).to.equal(10n);
    await dollars.claim.connect(bob).approve(carol, 4n);
    await dollars.claim.connect(carol).transferFrom(bob, carol, 4n);
    expect(await dollars.claim.scaledBalanceOf(bob)).to.equal(4n);
  });

  it("reverts beyond the balance, beyond health, and for strangers", async () => {
    const { dollars, ether, pool, alice, bob } = await networkHelpers.loadFixture(fixture);
    await expect(dollars.claim.connect(bob).transfer(alice, 1n)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolInsufficientBalance",
    );
    await expect(ether.claim.connect(alice).transfer(bob, 9n * WAD)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolUnhealthy",
    );
    await expect(dollars.claim.connect(bob).announce(alice, bob, 1n))
      .to.be.revertedWithCustomError(dollars.claim, "SupplyClaimUnauthorized")
      .withArgs(bob);
    await expect(pool.connect(bob).moveClaim(dollars.asset, alice, bob, 0n))
      .to.be.revertedWithCustomError(pool, "LendingPoolUnauthorized")
      .withArgs(bob);
  });
});

describe("SupplyVault", () => {
  it("gives one share for each scaled unit, both ways", async () => {
    const { vault, dollars, bob, index } = await networkHelpers.loadFixture(fixture);
    expect(await vault.rate()).to.equal((WAD * index) / RAY);
    await vault.connect(bob).deposit(1_000n, bob);
    const shares = (1_000n * RAY) / index;
    expect(await vault.balanceOf(bob)).to.equal(shares);
    expect(await dollars.claim.scaledBalanceOf(vault)).to.equal(shares);
    expect(await vault.totalAssets()).to.equal((shares * index) / RAY);

    await vault.connect(bob).mint(10n, bob);
    await vault.connect(bob).withdraw(100n, bob, bob);
    await vault.connect(bob).redeem(await vault.balanceOf(bob), bob, bob);
    expect(await vault.totalSupply()).to.equal(0n);
    // What rounding leaves belongs to nobody.
    expect(await dollars.claim.scaledBalanceOf(vault)).to.be.lessThan(3n);
  });

  it("takes and gives claims without any cash", async () => {
    const { vault, dollars, carol, bob, pool } = await networkHelpers.loadFixture(fixture);
    const { cash } = await pool.reserveOf(dollars.asset);
    await expect(vault.connect(carol).depositClaims(1_500n, bob)).to.emit(vault, "Deposit");
    const shares = await vault.balanceOf(bob);
    await expect(vault.connect(bob).redeemClaims(shares, carol)).to.emit(vault, "Withdraw");
    expect(await vault.totalSupply()).to.equal(0n);
    expect((await pool.reserveOf(dollars.asset)).cash).to.equal(cash);
  });

  it("does not change its worth by gifts of claims or tokens", async () => {
    const { vault, dollars, bob, carol } = await networkHelpers.loadFixture(fixture);
    await vault.connect(bob).deposit(1_000n, bob);
    const before = await vault.convertToAssets(10n ** 12n);
    await dollars.claim.connect(carol).transfer(vault, 10n ** 9n);
    await dollars.asset.connect(carol).transfer(vault, 10n ** 9n);
    expect(await vault.convertToAssets(10n ** 12n)).to.equal(before);
  });

  it("bounds deposits by cap and restrictions, withdrawals by cash", async () => {
    const { vault, book, pool, dollars, bob, carol } = await networkHelpers.loadFixture(fixture);
    await vault.connect(bob).deposit(1_000n * DOLLAR, bob);
    expect(await vault.maxDeposit(bob)).to.equal(ALL);
    expect(await vault.maxMint(bob)).to.equal(ALL);
    const supplyCap = (await pool.totalSupplyOf(dollars.asset)) + 1_000n;
    await book.setTerms(dollars.asset, { ...dollars.listing, supplyCap });
    expect(await vault.maxDeposit(bob)).to.be.within(998n, 1_000n);
    expect(await vault.maxDeposit(bob)).to.equal(supplyCap - (await pool.cappedSupplyOf(dollars.asset)));
    await vault.connect(bob).mint(await vault.maxMint(bob), bob);

    const { cash } = await pool.reserveOf(dollars.asset);
    await pool.connect(carol).withdraw(dollars.asset, cash - 30n, carol);
    expect(await vault.maxWithdraw(bob)).to.equal(30n);
    await vault.connect(bob).redeem(await vault.maxRedeem(bob), bob, bob);
    await book.restrict(dollars.asset, FROZEN);
    expect(await vault.maxDeposit(bob)).to.equal(0n);
    expect(await vault.maxMint(bob)).to.equal(0n);
    await book.restrict(dollars.asset, PAUSED);
    expect(await vault.maxWithdraw(bob)).to.equal(0n);
    expect(await vault.maxRedeem(bob)).to.equal(0n);
  });

  it("answers every view while its reserve is not listed", async () => {
    const { pool, bob } = await networkHelpers.loadFixture(fixture);
    const asset = await ethers.deployContract("Token__MockForMarkets", [18]);
    const claim = await ethers.deployContract("SupplyClaim", [pool, asset]);
    const vault = await ethers.deployContract("SupplyVault", [claim]);

    const limits = [vault.maxDeposit(bob), vault.maxMint(bob), vault.maxWithdraw(bob), vault.maxRedeem(bob)];
    expect(await Promise.all([vault.totalAssets(), ...limits])).to.deep.equal([0n, 0n, 0n, 0n, 0n]);
    expect([await vault.convertToShares(7n), await vault.convertToAssets(7n)]).to.deep.equal([7n, 7n]);
  });

  it("lets others act only with an allowance, and takes nothing for nothing", async () => {
    const { vault, dollars, bob, carol } = await networkHelpers.loadFixture(fixture);
    await vault.connect(bob).deposit(1_000n, bob);
    await vault.connect(bob).deposit(0n, bob);
    await vault.connect(bob).redeem(0n, bob, bob);
    await expect(vault.connect(carol).redeem(1n, carol, bob)).to.be.revertedWithCustomError(
      vault,
      "ERC20InsufficientAllowance",
    );
    await vault.connect(bob).approve(carol, 10n);
    await expect(vault.connect(carol).redeem(10n, carol, bob)).to.changeTokenBalance(ethers, dollars.asset, carol, 15n);
  });
});
