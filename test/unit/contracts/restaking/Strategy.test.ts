import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  const [manager, holder] = await ethers.getSigners();
  if (!manager || !holder) throw new RangeError("too few accounts");
  const token = await ethers.deployContract("Token__MockForConformance");
  const strategy = await ethers.deployContract("Strategy", [token, manager]);
  const deposit = async (amount: bigint) => {
    await token.mint(strategy, amount);
    await strategy.deposit(amount);
  };
  return { manager, holder, token, strategy, deposit };
}

describe("Strategy", () => {
  describe("deposit", () => {
    it("gives one share per token while the price is one", async () => {
      const { token, strategy } = await networkHelpers.loadFixture(fixture);
      await token.mint(strategy, 500n);
      await expect(strategy.deposit(500n)).to.emit(strategy, "SharesIssued").withArgs(500n, 500n, 500n);
    });

    it("rounds the shares down once the price has risen", async () => {
      const { token, strategy, deposit } = await networkHelpers.loadFixture(fixture);
      await deposit(1n);
      await token.mint(strategy, 1_000_000n);
      await deposit(5_000n);
      expect(await strategy.totalShares()).to.equal(5n);
      expect(await strategy.underlyingToShares(5_000n)).to.equal(4n);
    });

    it("reverts when someone else than the manager calls", async () => {
      const { holder, manager, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(strategy.connect(holder).deposit(1n))
        .to.be.revertedWithCustomError(strategy, "StrategyUnauthorized")
        .withArgs(holder, manager);
    });

    it("reverts when less arrived than claimed", async () => {
      const { strategy } = await networkHelpers.loadFixture(fixture);
      await expect(strategy.deposit(1n))
        .to.be.revertedWithCustomError(strategy, "StrategyInsufficientBalance")
        .withArgs(1n, 0n);
    });

    it("reverts when the deposit is worth no share", async () => {
      const { strategy } = await networkHelpers.loadFixture(fixture);
      await expect(strategy.deposit(0n)).to.be.revertedWithCustomError(strategy, "StrategyNewSharesZero").withArgs(0n);
    });

    it("allows 1e38 - 1 shares and not one more", async () => {
      const { strategy, token, deposit } = await networkHelpers.loadFixture(fixture);
      const maximum = 10n ** 38n - 1n;
      await deposit(maximum);
      await token.mint(strategy, 1n);
      await expect(strategy.deposit(1n))
        .to.be.revertedWithCustomError(strategy, "StrategyMaxSharesExceeded")
        .withArgs(maximum + 1n, maximum);
    });
  });

  describe("withdraw", () => {
    it("pays the price of the moment, rounded down", async () => {
      const { holder, token, strategy, deposit } = await networkHelpers.loadFixture(fixture);
      await deposit(10_000n);
      await token.mint(strategy, 1_000n);
      await expect(strategy.withdraw(holder, 1_000n))
        .to.emit(strategy, "SharesRedeemed")
        .withArgs(holder, 1_000n, 1_090n, 9_000n);
      expect(await token.balanceOf(holder)).to.equal(1_090n);
    });

    it("moves nothing for no shares", async () => {
      const { holder, token, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(strategy.withdraw(holder, 0n)).not.to.emit(token, "Transfer");
    });

    it("reverts for more shares than there are", async () => {
      const { holder, strategy, deposit } = await networkHelpers.loadFixture(fixture);
      await deposit(5n);
      await expect(strategy.withdraw(holder, 6n))
        .to.be.revertedWithCustomError(strategy, "StrategyInsufficientShares")
        .withArgs(6n, 5n);
    });

    it("reverts when the last holder asks for what the virtual thousand did not lose", async () => {
      const { holder, token, strategy, deposit } = await networkHelpers.loadFixture(fixture);
      await deposit(10n ** 20n);
      await token.burn(strategy, 10n ** 19n);
      await expect(strategy.withdraw(holder, 10n ** 20n))
        .to.be.revertedWithCustomError(strategy, "StrategyInsufficientBalance")
        .withArgs(90_000_000_000_000_000_099n, 90_000_000_000_000_000_000n);
    });
  });
});
