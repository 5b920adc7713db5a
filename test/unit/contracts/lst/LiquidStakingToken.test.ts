import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, honestReport } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const ether = ethers.parseEther;

async function fixture() {
  const world = await deployLiquidStaking(connection, { rebaseLimit: 10_000_000n });
  await world.token.connect(world.alice).submit({ value: ether("99") });
  await world.token.stake(ether("96"));
  return world;
}

describe("LiquidStakingToken", () => {
  describe("deployment", () => {
    it("gives the seed's shares to a dead address", async () => {
      const { token } = await networkHelpers.loadFixture(fixture);

      expect(await token.sharesOf(await token.SEED_HOLDER())).to.equal(ether("1"));
      expect(await token.totalPooledEther()).to.equal(ether("100"));
      expect(await token.CLOCK_MODE()).to.equal("mode=timestamp");
    });

    it("reverts when the seed is too small, the fee whole, or the treasury zero", async () => {
      const { token, owner } = await networkHelpers.loadFixture(fixture);
      const factory = await ethers.getContractFactory("LiquidStakingToken");
      const terms = { owner, reporter: owner, treasury: owner, feeBps: 0, rebaseLimit: 0 };

      await expect(factory.deploy(terms, 0, { value: 999_999_999n }))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenSeedTooSmall")
        .withArgs(999_999_999n, 1_000_000_000n);
      await expect(factory.deploy({ ...terms, feeBps: 10_000 }, 0, { value: ether("1") }))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenFeeTooHigh")
        .withArgs(10_000);
      await expect(
        factory.deploy({ ...terms, treasury: ethers.ZeroAddress }, 0, { value: ether("1") }),
      ).to.be.revertedWithCustomError(token, "LiquidStakingTokenZeroAddress");
    });
  });

  describe("wire", () => {
    it("reverts the second time, for others, and for a part that is zero", async () => {
      const { token, validators, queue, checker, owner, alice } = await networkHelpers.loadFixture(fixture);
      const terms = { owner, reporter: owner, treasury: owner, feeBps: 0, rebaseLimit: 0 };
      const fresh = await ethers.deployContract("LiquidStakingToken", [terms, 0], { value: ether("1") });
      const zero = ethers.ZeroAddress;

      await expect(token.wire(validators, queue, checker))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenAlreadyWired")
        .withArgs(validators);
      await expect(fresh.connect(alice).wire(validators, queue, checker)).to.be.revertedWithCustomError(
        token,
        "OwnableUnauthorizedAccount",
      );
      for (const parts of [
        [zero, queue, checker],
        [validators, zero, checker],
        [validators, queue, zero],
      ] as const) {
        await expect(fresh.wire(...parts)).to.be.revertedWithCustomError(token, "LiquidStakingTokenZeroAddress");
      }
    });
  });

  describe("submit", () => {
    it("mints shares rounded down at the present rate", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators, bob } = world;
      await validators.reward({ value: ether("10") });
      await token.report(await honestReport(world));
      const shares = (7n * (await token.totalShares())) / (await token.totalPooledEther());

      await expect(token.connect(bob).submit({ value: 7 }))
        .to.emit(token, "Submitted")
        .withArgs(bob, 7, shares);
      expect(await token.sharesOf(bob)).to.equal(shares);
    });

    it("reverts when it buys no share, when paused, and when nothing prices a share", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators, bob } = world;
      await expect(token.connect(bob).submit({ value: 0 }))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenZeroShares")
        .withArgs(0);

      await token.pause(1);
      await expect(token.connect(bob).submit({ value: 1 }))
        .to.be.revertedWithCustomError(token, "PausableFlagsPaused")
        .withArgs(0);
      await token.unpause(1);

      await token.stake(ether("4"));
      await validators.penalize(ether("100"));
      await token.report(await honestReport(world));
      await expect(token.connect(bob).submit({ value: 1 }))
        .to.be.revertedWithCustomError(token, "SharesTokenNoPooledEther")
        .withArgs(1, ether("100"));
    });

    it("leaves a first-deposit attacker with a loss", async () => {
      const world = await deployLiquidStaking(connection, { seed: 10n ** 9n, rebaseLimit: 2n ** 64n - 1n, feeBps: 0n });
      const { token, validators, alice, bob } = world;
      await token.connect(alice).submit({ value: 1 });
      await validators.connect(alice).tip({ value: ether("100") });
      await token.report(await honestReport(world));
      expect(await token.totalPooledEther()).to.be.greaterThan(ether("18"));
      await token.connect(bob).submit({ value: ether("10") });

      const attackerGets = await token.balanceOf(alice);
      const victimGets = await token.balanceOf(bob);
      expect(attackerGets).to.be.lessThan(ether("0.000001"));
      expect(victimGets).to.be.greaterThan(ether("9.9999998"));
    });
  });

  describe("stake", () => {
    it("sends buffered ether to the validators", async () => {
      const { token, validators } = await networkHelpers.loadFixture(fixture);

      await expect(token.stake(ether("3")))
        .to.emit(token, "BufferStaked")
        .withArgs(ether("3"));
      expect(await token.bufferedEther()).to.equal(ether("1"));
      expect(await token.stakedEther()).to.equal(ether("99"));
      expect(await validators.beaconBalance()).to.equal(ether("99"));
      expect(await validators.depositedValidators()).to.equal(4n);
    });

    it("reverts beyond what no withdrawal waits for", async () => {
      const { token, queue, alice } = await networkHelpers.loadFixture(fixture);
      await token.connect(alice).approve(queue, ether("3"));
      await queue.connect(alice).requestWithdrawal(ether("3"), alice);

      await expect(token.stake(ether("2")))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenInsufficientBuffer")
        .withArgs(ether("2"), ether("1"));
    });

    it("reverts for others and when paused", async () => {
      const { token, owner, alice } = await networkHelpers.loadFixture(fixture);
      await expect(token.connect(alice).stake(1))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenUnauthorized")
        .withArgs(alice, owner);
      await token.pause(2);
      await expect(token.stake(1)).to.be.revertedWithCustomError(token, "PausableFlagsPaused").withArgs(1);
    });
  });

  describe("report", () => {
    it("mints the fee on a gain and emits the rebase", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators, treasury } = world;
      await validators.reward({ value: ether("10") });
      const preview = await token.previewReport(await honestReport(world));

      await expect(token.report(await honestReport(world))).to.emit(token, "Rebased");
      const fee = ether("1");
      expect(preview.feeShares).to.equal((fee * ether("100")) / (ether("110") - fee));
      expect(await token.sharesOf(treasury)).to.equal(preview.feeShares);
      expect(await token.balanceOf(treasury)).to.be.within(fee - 1n, fee);
    });

    it("burns shares given up for cover up to the limit", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, alice } = world;
      await expect(token.connect(alice).requestBurn(ether("50")))
        .to.emit(token, "BurnRequested")
        .withArgs(alice, ether("50"));
      const burnable = (ether("100") * 10_000_000n) / 1_010_000_000n;
      await token.report(await honestReport(world));

      expect(await token.totalShares()).to.equal(ether("100") - burnable);
      expect(await token.sharesToBurn()).to.equal(ether("50") - burnable);
    });

    it("collects exits, which are no reward", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators, treasury } = world;
      await validators.exit(ether("64"));
      await token.report(await honestReport(world));

      expect(await token.bufferedEther()).to.equal(ether("68"));
      expect(await token.stakedEther()).to.equal(ether("32"));
      expect(await token.sharesOf(treasury)).to.equal(0n);
      expect(await ethers.provider.getBalance(token)).to.equal(ether("68"));
    });

    it("enters bunker mode on a loss, dated to the report before, and leaves it on the next clean one", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators } = world;
      const before = await token.lastReportAt();
      await validators.penalize(ether("1"));
      await expect(token.report(await honestReport(world)))
        .to.emit(token, "BunkerEntered")
        .withArgs(before);
      await token.report(await honestReport(world, { bunker: true }));
      expect(await token.bunkerSince()).to.equal(before);

      await expect(token.report(await honestReport(world)))
        .to.emit(token, "BunkerLeft")
        .withArgs(before);
      expect(await token.bunkerSince()).to.equal(0n);
    });

    it("reverts twice at one time, for others, and when paused", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, owner, alice } = world;
      const report = await honestReport(world);
      await expect(token.connect(alice).report(report))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenUnauthorized")
        .withArgs(alice, owner);
      await networkHelpers.time.setNextBlockTimestamp((await token.lastReportAt()) + 100n);
      await token.report(report);
      const at = await token.lastReportAt();
      await expect(token.report.staticCall(report, { blockTag: "latest" }))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenReportTooEarly")
        .withArgs(at);
      await token.pause(4);
      await expect(token.report(report)).to.be.revertedWithCustomError(token, "PausableFlagsPaused").withArgs(2);
    });

    it("reverts when a vault holds less than reported", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { token, validators } = world;

      await expect(token.report(await honestReport(world, { beaconBalance: ether("95"), withdrawals: ether("1") })))
        .to.be.revertedWithCustomError(validators, "ValidatorsInsufficientWithdrawals")
        .withArgs(ether("1"), 0);
      await expect(token.report(await honestReport(world, { tips: 1n })))
        .to.be.revertedWithCustomError(validators, "ValidatorsInsufficientTips")
        .withArgs(1, 0);
    });
  });

  describe("parts and administration", () => {
    it("take ether and burn only for the parts named", async () => {
      const { token, validators, queue, alice } = await networkHelpers.loadFixture(fixture);

      await expect(token.connect(alice).receiveEther({ value: 1 }))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenUnauthorized")
        .withArgs(alice, validators);
      await expect(token.connect(alice).fundWithdrawals(1, 1))
        .to.be.revertedWithCustomError(token, "LiquidStakingTokenUnauthorized")
        .withArgs(alice, queue);
    });

    it("burns no more than the queue holds", async () => {
      const { token, queue, alice } = await networkHelpers.loadFixture(fixture);
      await token.connect(alice).transferShares(queue, 5n);
      const part = await queue.getAddress();
      await networkHelpers.impersonateAccount(part);
      await networkHelpers.setBalance(part, ether("1"));

      await expect(token.connect(await ethers.getSigner(part)).fundWithdrawals(0, 6))
        .to.be.revertedWithCustomError(token, "SharesTokenInsufficientShares")
        .withArgs(queue, 5, 6);
    });

    it("let the owner, and nobody else, set reporter, fee and limit", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);
      await expect(token.setReporter(bob)).to.emit(token, "ReporterSet").withArgs(bob);
      await expect(token.setFee(bob, 500)).to.emit(token, "FeeSet").withArgs(bob, 500);
      await expect(token.setRebaseLimit(1)).to.emit(token, "RebaseLimitSet").withArgs(1);

      for (const call of [
        () => token.connect(alice).setReporter(bob),
        () => token.connect(alice).setFee(bob, 1),
        () => token.connect(alice).setRebaseLimit(1),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(token, "OwnableUnauthorizedAccount");
      }
    });

    it("let a pauser pause but not unpause", async () => {
      const { token, alice, bob } = await networkHelpers.loadFixture(fixture);
      await expect(token.setPauser(alice)).to.emit(token, "PauserSet").withArgs(alice);
      await expect(token.connect(alice).pause(5)).to.emit(token, "PausedFlagsSet").withArgs(alice, 5);
      expect(await token.isPaused(2)).to.equal(true);

      await expect(token.connect(alice).unpause(1)).to.be.revertedWithCustomError(token, "OwnableUnauthorizedAccount");
      await expect(token.connect(bob).pause(1))
        .to.be.revertedWithCustomError(token, "PausableFlagsUnauthorized")
        .withArgs(bob);
    });
  });
});
