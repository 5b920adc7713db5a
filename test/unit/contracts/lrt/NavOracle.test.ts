import { expect } from "chai";
import { network } from "hardhat";

import { deployVault, guardOf, MODE, NO_LIMIT, POLICY } from "../../../helpers/restaking-vault.ts";
import { WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const live = async () => await deployVault(connection);
const pushed = async () => await deployVault(connection, { mode: MODE.pushed, virtualShares: 0n });
const quorum = async () => await deployVault(connection, { mode: MODE.quorum, virtualShares: 0n });
const holding = async () =>
  await deployVault(connection, { mode: MODE.pushed, virtualShares: 0n, guard: guardOf(100n, POLICY.hold) });
const clamping = async () =>
  await deployVault(connection, { mode: MODE.pushed, virtualShares: 0n, guard: guardOf(100n, POLICY.clamp) });
const capped = async () =>
  await deployVault(connection, {
    mode: MODE.quorum,
    virtualShares: 0n,
    guard: { maxRiseBps: 25n, maxDropBps: 3n, policy: POLICY.reject, inWholePercents: false },
  });

describe("NavOracle", () => {
  describe("in mode Live", () => {
    it("gives the vault's assets over its supply, and takes no report", async () => {
      const { vault, oracle, owner, alice, put } = await networkHelpers.loadFixture(live);
      expect(await oracle.rate()).to.equal(WAD);
      await put(alice, 10n * WAD);
      await vault.connect(owner).reward(5n * WAD);

      expect(await oracle.nav()).to.deep.equal([15n * WAD, 10n * WAD, 1n]);
      expect(await oracle.rate()).to.equal((WAD * (15n * WAD + 1n)) / (10n * WAD + 1n));
      await expect(oracle.connect(owner).push())
        .to.be.revertedWithCustomError(oracle, "NavOracleWrongMode")
        .withArgs(MODE.live);
      await expect(oracle.connect(owner).report(1n, 1n, 1n)).to.be.revertedWithCustomError(
        oracle,
        "NavOracleWrongMode",
      );
    });
  });

  describe("in mode Pushed", () => {
    it("keeps the rate between pushes, and mints the fee on growth at the new price", async () => {
      const { vault, oracle, owner, thief, alice, put } = await networkHelpers.loadFixture(pushed);
      await oracle.connect(owner).setFee(1000n, thief);
      await put(alice, 100n * WAD);
      await vault.connect(owner).reward(10n * WAD);
      expect(await vault.rate()).to.equal(WAD);
      expect(await oracle.liveRate()).to.equal((11n * WAD) / 10n);
      await oracle.connect(owner).push();

      expect(await vault.rate()).to.equal((109n * WAD) / 100n);
      expect(await vault.balanceOf(thief)).to.equal((WAD * 100n) / 109n);
    });

    it("takes no fee of a fall, nor of its recovery beyond what it was", async () => {
      const { vault, oracle, owner, op1, op2, delegators, thief, alice, put, hit } =
        await networkHelpers.loadFixture(pushed);
      await oracle.connect(owner).setFee(1000n, thief);
      await put(alice, 100n * WAD);
      await delegators.connect(owner).allocate(100n * WAD);
      for (const operator of [op1, op2]) await hit(operator, WAD / 10n);
      await oracle.connect(owner).push();

      expect(await vault.rate()).to.equal((9n * WAD) / 10n);
      expect(await vault.balanceOf(thief)).to.equal(0n);
    });

    it("keeps to its interval and becomes stale after its age, both inclusive", async () => {
      const { vault, oracle, owner, alice, put, block, before } = await networkHelpers.loadFixture(pushed);
      await oracle.connect(owner).setIntervals(10n, 20n);
      await put(alice, 10n);
      const at = await oracle.updatedAt();
      await before(at + 10n);
      await oracle.connect(owner).push();
      const pushedAt = await block();
      await expect(oracle.connect(owner).push())
        .to.be.revertedWithCustomError(oracle, "NavOracleTooEarly")
        .withArgs(pushedAt + 1n, pushedAt + 10n);

      await before(pushedAt + 20n);
      await put(alice, 10n);
      await expect(put(alice, 10n)).to.be.revertedWithCustomError(oracle, "NavOracleStale").withArgs(pushedAt, 20n);
      await before(pushedAt + 22n);
      expect(await vault.maxDeposit(alice)).to.equal(0n);
      await oracle.connect(owner).push();
      await put(alice, 10n);
    });

    it("takes a reporter's own word as a rate", async () => {
      const { vault, oracle, owner, alice, put } = await networkHelpers.loadFixture(pushed);
      await put(alice, 100n * WAD);
      await oracle.connect(owner).pushRate((2n * WAD) / 3n);
      expect(await vault.rate()).to.equal((2n * WAD) / 3n);
    });

    it("starts at one again when everybody left", async () => {
      const { vault, oracle, owner } = await networkHelpers.loadFixture(pushed);
      await oracle.connect(owner).push();
      expect(await vault.rate()).to.equal(WAD);
    });

    it("refuses whoever is no reporter, and fees without a treasury", async () => {
      const { oracle, owner, thief, alice } = await networkHelpers.loadFixture(pushed);
      await expect(oracle.connect(alice).push())
        .to.be.revertedWithCustomError(oracle, "NavOracleNotReporter")
        .withArgs(alice);
      for (const [fee, treasury] of [
        [10_000n, thief.address],
        [1n, ethers.ZeroAddress],
      ] as const) {
        await expect(oracle.connect(owner).setFee(fee, treasury))
          .to.be.revertedWithCustomError(oracle, "NavOracleBadFee")
          .withArgs(fee, treasury);
      }
      await expect(oracle.connect(alice).setGuard(guardOf(1n, 0))).to.be.revertedWithCustomError(
        oracle,
        "OwnableUnauthorizedAccount",
      );
    });
  });

  describe("in mode Quorum", () => {
    it("takes a report with the vote that makes the quorum, as the very fraction", async () => {
      const { vault, oracle, owner, alice, bob, put } = await networkHelpers.loadFixture(quorum);
      await put(alice, 3n);
      for (const reporter of [alice, bob]) await oracle.connect(owner).setReporter(reporter, true);
      await oracle.connect(owner).setQuorum(2n);
      await oracle.connect(alice).report(7n, 4n, 3n);
      await oracle.connect(bob).report(7n, 5n, 3n);
      expect(await vault.rate()).to.equal(WAD);
      await expect(oracle.connect(alice).report(7n, 4n, 3n))
        .to.be.revertedWithCustomError(oracle, "NavOracleVotedAlready")
        .withArgs(7n, alice);
      await oracle.connect(owner).report(7n, 4n, 3n);

      expect(await oracle.nav()).to.deep.equal([4n, 3n, 0n]);
      expect(await vault.convertToAssets(3n)).to.equal(4n);
      await expect(oracle.connect(owner).report(7n, 4n, 3n))
        .to.be.revertedWithCustomError(oracle, "NavOracleRoundOver")
        .withArgs(7n, 7n);
    });

    it("refuses numbers that no vault could hold", async () => {
      const { oracle, owner } = await networkHelpers.loadFixture(quorum);
      for (const [assets, shares] of [
        [2n ** 128n, 1n],
        [1n, 2n ** 128n],
        [1n, 0n],
      ] as const) {
        await expect(oracle.connect(owner).report(1n, assets, shares))
          .to.be.revertedWithCustomError(oracle, "NavOracleBadReport")
          .withArgs(assets, shares);
      }
    });

    it("rejects a report beyond its bounds, by one wei", async () => {
      const { oracle, owner } = await networkHelpers.loadFixture(capped);
      const whole = 1_000_000n * WAD;
      await expect(oracle.connect(owner).report(1n, whole - 300n * WAD - 1n, whole))
        .to.be.revertedWithCustomError(oracle, "NavOracleDropExceeded")
        .withArgs(whole, whole - 300n * WAD - 1n, 300n * WAD);
      await expect(oracle.connect(owner).report(1n, whole + 2500n * WAD + 1n, whole))
        .to.be.revertedWithCustomError(oracle, "NavOracleRiseExceeded")
        .withArgs(whole, whole + 2500n * WAD + 1n, 2500n * WAD);
      await oracle.connect(owner).report(1n, whole - 300n * WAD, whole);
    });
  });

  describe("bounds", () => {
    it("hold a report until it is acknowledged, and close the vault meanwhile", async () => {
      const { vault, oracle, owner, op1, op2, delegators, alice, put, ask, hit } =
        await networkHelpers.loadFixture(holding);
      await put(alice, 100n * WAD);
      await delegators.connect(owner).allocate(100n * WAD);
      for (const operator of [op1, op2]) await hit(operator, WAD / 20n);
      await expect(oracle.connect(owner).push())
        .to.emit(oracle, "NavHeld")
        .withArgs(WAD, (95n * WAD) / 100n, 95n * WAD, 100n * WAD);

      expect(await vault.rate()).to.equal(WAD);
      expect(await vault.isOpen()).to.equal(false);
      for (const call of [put, ask]) {
        await expect(call(alice, 1n)).to.be.revertedWithCustomError(oracle, "NavOracleHeld");
      }
      await expect(oracle.connect(owner).push()).to.be.revertedWithCustomError(oracle, "NavOracleHeld");
      await oracle.connect(owner).acknowledge(true);
      expect(await vault.rate()).to.equal((95n * WAD) / 100n);
      await ask(alice, 1n * WAD);
    });

    it("drop a held report when it is not accepted", async () => {
      const { vault, oracle, owner, alice, put } = await networkHelpers.loadFixture(holding);
      await put(alice, 100n * WAD);
      await oracle.connect(owner).pushRate(2n * WAD);
      await expect(oracle.connect(owner).acknowledge(false)).to.emit(oracle, "NavAcknowledged").withArgs(false);
      expect(await vault.rate()).to.equal(WAD);
      await expect(oracle.connect(owner).acknowledge(true))
        .to.be.revertedWithCustomError(oracle, "NavOracleHeld")
        .withArgs(0n);
    });

    it("clamp a report to the bound, so that the price bleeds slowly", async () => {
      const { vault, oracle, owner, alice, put } = await networkHelpers.loadFixture(clamping);
      await put(alice, 100n * WAD);
      await expect(oracle.connect(owner).pushRate(WAD / 2n))
        .to.emit(oracle, "NavClamped")
        .withArgs(50n * WAD, 99n * WAD);
      expect(await vault.rate()).to.equal((99n * WAD) / 100n);
      await oracle.connect(owner).pushRate(2n * WAD);
      expect(await vault.rate()).to.equal((9_999n * WAD) / 10_000n);
    });

    it("in whole percents let 1.99 % pass a limit of 1 (a known fault)", async () => {
      const { oracle, owner } = await networkHelpers.loadFixture(quorum);
      await oracle.connect(owner).setGuard(guardOf(100n, POLICY.reject, true));
      await expect(oracle.connect(owner).report(1n, 980_000n, 1_000_000n)).to.be.revertedWithCustomError(
        oracle,
        "NavOracleDropExceeded",
      );
      await oracle.connect(owner).report(1n, 980_100n, 1_000_000n);
      await oracle.connect(owner).setGuard({ ...guardOf(100n, POLICY.reject), maxRiseBps: NO_LIMIT.rise });
      await expect(oracle.connect(owner).report(2n, 9_702_989n, 10_000_000n)).to.be.revertedWithCustomError(
        oracle,
        "NavOracleDropExceeded",
      );
    });
  });

  it("closes the vault while the asset's feed is silent or zero, and opens it again", async () => {
    const { vault, oracle, owner, alice, put } = await networkHelpers.loadFixture(live);
    const settings = {
      description: "ASSET / ETH",
      decimals: 18,
      minAnswer: -(10n ** 30n),
      maxAnswer: 10n ** 30n,
      heartbeat: 86_400n,
    };
    const feed = await ethers.deployContract("ReportedFeed", [owner, settings, ethers.ZeroAddress, 0n]);
    await feed.setRound(WAD, await networkHelpers.time.latest());
    await oracle.connect(owner).setAssetFeed(feed, 86_460n);
    const reader = await ethers.getContractAt("FeedReader", oracle);
    await put(alice, 100n);

    await networkHelpers.time.increase(86_470);
    await expect(put(alice, 1n)).to.be.revertedWithCustomError(reader, "FeedReaderStale");
    expect(await vault.isOpen()).to.equal(false);
    await feed.setRound(0n, await networkHelpers.time.latest());
    await expect(put(alice, 1n)).to.be.revertedWithCustomError(reader, "FeedReaderNotPositive");
    await feed.setRound((WAD * 99n) / 100n, await networkHelpers.time.latest());
    await put(alice, 1n);
  });
});
