import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, honestReport, MAINNET_LIMITS } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const ether = ethers.parseEther;
const DAY = 86_400n;

async function fixture() {
  const world = await deployLiquidStaking(connection, { limits: MAINNET_LIMITS });
  await world.token.submit({ value: ether("3199") });
  await world.token.stake(ether("3200"));
  return world;
}

type World = Awaited<ReturnType<typeof fixture>>;

async function reportAfter(world: World, elapsed: bigint, beaconBalance: bigint) {
  await time.setNextBlockTimestamp((await world.token.lastReportAt()) + elapsed);
  return await world.token.report(await honestReport(world, { beaconBalance }));
}

describe("ReportChecker", () => {
  it("lets a report gain a year's bound pro rata, inclusive, and not a wei more", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker } = world;
    const most = (ether("3200") * 1_000n * DAY) / (10_000n * 31_536_000n);

    await expect(reportAfter(world, DAY, ether("3200") + most + 1n))
      .to.be.revertedWithCustomError(checker, "ReportCheckerGainTooHigh")
      .withArgs(most + 1n, most);
    await reportAfter(world, DAY + 10n, ether("3200") + (await checker.maxGain(ether("3200"), DAY + 10n)));
  });

  it("sums losses over the window and lets them reach the bound, inclusive", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker, token } = world;
    const most = 100n * 109n * 10n ** 15n;
    await reportAfter(world, DAY, ether("3195"));
    await expect(reportAfter(world, DAY, ether("3200") - most - 1n))
      .to.be.revertedWithCustomError(checker, "ReportCheckerLossTooHigh")
      .withArgs(most + 1n, most);
    await reportAfter(world, DAY + 10n, ether("3200") - most);
    expect(await checker.recentLoss(await token.lastReportAt())).to.equal(most);
  });

  it("forgets a loss exactly one window later", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker, token } = world;
    await reportAfter(world, DAY, ether("3195"));
    const at = await token.lastReportAt();

    expect(await checker.recentLoss(at + 18n * DAY - 1n)).to.equal(ether("5"));
    expect(await checker.recentLoss(at + 18n * DAY)).to.equal(0n);
  });

  it("counts only validators that had not exited a window ago", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker, token, validators } = world;
    await validators.exit(ether("320"));
    await reportAfter(world, DAY, ether("2880"));
    const at = await token.lastReportAt();
    const unit = 10n ** 15n;

    expect(await checker.maxLoss(at, 100)).to.equal(109n * 100n * unit);
    expect(await checker.maxLoss(at + 18n * DAY, 100)).to.equal((8n * 90n + 101n * 100n) * unit);
    expect(await checker.maxLoss(at + 54n * DAY, 100)).to.equal(109n * 90n * unit);
    expect(await checker.maxLoss(17, 100)).to.equal(109n * 100n * unit);
  });

  it("accepts a loss beyond the bound once the second opinion confirms that very report", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker, token, validators, owner, alice } = world;
    await validators.penalize(ether("1000"));
    const report = await honestReport(world);
    await expect(checker.connect(owner).setSecondOpinion(alice)).to.emit(checker, "SecondOpinionSet").withArgs(alice);
    await expect(checker.connect(owner).confirm(ethers.ZeroHash))
      .to.be.revertedWithCustomError(checker, "ReportCheckerOnlySecondOpinion")
      .withArgs(owner, alice);
    await expect(token.report(report)).to.be.revertedWithCustomError(checker, "ReportCheckerLossTooHigh");
    const hash = await token.hashReport(report);

    await expect(checker.connect(alice).confirm(hash)).to.emit(checker, "ReportConfirmed").withArgs(hash);
    await token.report(report);

    expect(await token.stakedEther()).to.equal(ether("2200"));
    expect(await token.hashReport(report)).to.not.equal(hash);
  });

  it("reverts when more validators exited than started, or fewer than before", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { checker, token, validators } = world;
    await expect(token.report(await honestReport(world, { exitedValidators: 101n })))
      .to.be.revertedWithCustomError(checker, "ReportCheckerExitedTooHigh")
      .withArgs(101, 100);
    await validators.exit(ether("64"));
    await token.report(await honestReport(world));
    await expect(token.report(await honestReport(world, { exitedValidators: 1n })))
      .to.be.revertedWithCustomError(checker, "ReportCheckerExitedDecreased")
      .withArgs(1, 2);
  });

  it("checks for the token only and takes bounds from the owner only", async () => {
    const { checker, token, owner, alice } = await networkHelpers.loadFixture(fixture);
    const claim = {
      principal: 0,
      balance: 0,
      elapsed: 0,
      timepoint: 0,
      depositedValidators: 0,
      exitedValidators: 0,
      reportHash: ethers.ZeroHash,
    };

    await expect(checker.connect(alice).check(claim))
      .to.be.revertedWithCustomError(checker, "ReportCheckerOnlyToken")
      .withArgs(alice, token);
    await expect(checker.connect(alice).setLimits(MAINNET_LIMITS)).to.be.revertedWithCustomError(
      checker,
      "OwnableUnauthorizedAccount",
    );
    await expect(checker.connect(alice).setSecondOpinion(alice)).to.be.revertedWithCustomError(
      checker,
      "OwnableUnauthorizedAccount",
    );
    await expect(checker.connect(owner).setLimits({ ...MAINNET_LIMITS, yearLength: 0n })).to.be.revertedWithCustomError(
      checker,
      "ReportCheckerZeroYear",
    );
  });
});
