import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, reachRateOfSixFifths } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ether = ethers.parseEther;
const zero = ethers.ZeroAddress;

async function fixture() {
  const world = await deployLiquidStaking(connection);
  await world.token.connect(world.alice).submit({ value: ether("10") });
  return world;
}

async function sixFifths() {
  const world = await deployLiquidStaking(connection);
  await reachRateOfSixFifths(world);
  await world.token.connect(world.alice).submit({ value: ether("10") });
  return world;
}

describe("SharesToken", () => {
  it("names itself with 18 decimals", async () => {
    const { token } = await networkHelpers.loadFixture(fixture);

    expect(await token.name()).to.equal("Faultline Staked Ether");
    expect(await token.symbol()).to.equal("fstETH");
    expect(await token.decimals()).to.equal(18n);
  });

  describe("transfer", () => {
    it("moves the shares of an amount and emits both events", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(sixFifths);
      const shares = await token.getSharesByPooledEth(ether("1"));

      await expect(token.connect(alice).transfer(bob, ether("1")))
        .to.emit(token, "Transfer")
        .withArgs(alice, bob, ether("1"))
        .and.to.emit(token, "TransferShares")
        .withArgs(alice, bob, shares);
      expect(await token.sharesOf(bob)).to.equal(shares);
      expect(await token.balanceOf(bob)).to.equal(await token.getPooledEthByShares(shares));
    });

    it("moves a whole balance and leaves it as it was when sent to oneself", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);
      await token.connect(alice).transfer(alice, ether("10"));
      expect(await token.balanceOf(alice)).to.equal(ether("10"));

      await token.connect(alice).transfer(bob, ether("10"));

      expect(await token.balanceOf(alice)).to.equal(0n);
      expect(await token.balanceOf(bob)).to.equal(ether("10"));
    });

    it("moves nothing for zero", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);

      await expect(token.connect(bob).transfer(alice, 0)).to.emit(token, "Transfer").withArgs(bob, alice, 0);
    });

    it("reverts beyond the balance even when the rounded shares would do", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(sixFifths);
      await token.connect(alice).transferShares(bob, 1);
      expect(await token.getSharesByPooledEth(2)).to.equal(1n);

      await expect(token.connect(bob).transfer(alice, 2))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(bob, 1, 2);
    });

    it("reverts for the zero address", async () => {
      const { token, alice } = await networkHelpers.loadFixture(fixture);

      await expect(token.connect(alice).transfer(zero, 1))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(zero);
    });
  });

  describe("approve and transferFrom", () => {
    it("spends an allowance, and an infinite one never", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);
      await expect(token.connect(alice).approve(bob, 5)).to.emit(token, "Approval").withArgs(alice, bob, 5);
      await token.connect(bob).transferFrom(alice, bob, 3);
      expect(await token.allowance(alice, bob)).to.equal(2n);

      await token.connect(alice).approve(bob, ethers.MaxUint256);
      await token.connect(bob).transferFrom(alice, bob, 3);

      expect(await token.allowance(alice, bob)).to.equal(ethers.MaxUint256);
      expect(await token.balanceOf(bob)).to.equal(6n);
    });

    it("reverts beyond the allowance and for zero addresses", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);
      await token.connect(alice).approve(bob, 5);

      await expect(token.connect(bob).transferFrom(alice, bob, 6))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(bob, 5, 6);
      await expect(token.connect(alice).approve(zero, 1))
        .to.be.revertedWithCustomError(token, "ERC20InvalidSpender")
        .withArgs(zero);
      await expect(token.connect(bob).transferFrom(zero, bob, 0))
        .to.be.revertedWithCustomError(token, "ERC20InvalidSender")
        .withArgs(zero);
    });
  });

  describe("transferShares and transferSharesFrom", () => {
    it("move shares exactly", async () => {
      const { token, alice, bob, carol } = await networkHelpers.loadFixture(sixFifths);
      await expect(token.connect(alice).transferShares(bob, 7))
        .to.emit(token, "TransferShares")
        .withArgs(alice, bob, 7);
      await token.connect(bob).approve(carol, 100);
      await token.connect(carol).transferSharesFrom(bob, carol, 3);

      expect(await token.sharesOf(bob)).to.equal(4n);
      expect(await token.sharesOf(carol)).to.equal(3n);
    });

    it("spend the value rounded up", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(sixFifths);
      await token.connect(alice).approve(bob, 3);

      await expect(token.connect(bob).transferSharesFrom(alice, bob, 3))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(bob, 3, 4);
    });

    it("revert beyond the shares held", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);

      await expect(token.connect(bob).transferShares(alice, 1))
        .to.be.revertedWithCustomError(token, "SharesTokenInsufficientShares")
        .withArgs(bob, 0, 1);
    });
  });

  it("keeps the sum of all balances within a wei a holder of the supply", async () => {
    const { token, alice, bob, owner } = await networkHelpers.loadFixture(sixFifths);
    await token.connect(alice).transfer(bob, 3333333333333333333n);
    const holders = [alice.address, bob.address, owner.address, await token.SEED_HOLDER()];
    const balances = await Promise.all(holders.map((holder) => token.balanceOf(holder)));
    const sum = balances.reduce((total, balance) => total + balance, 0n);

    expect(await token.totalSupply()).to.be.within(sum, sum + BigInt(holders.length));
  });
});
