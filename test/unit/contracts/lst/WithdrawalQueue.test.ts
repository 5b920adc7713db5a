import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, honestReport, reachRateOfSixFifths } from "../../../helpers/liquid-staking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const ether = ethers.parseEther;
const MARGIN = 100n;
const BUNKER_DELAY = 10_000n;

async function fixture() {
  const world = await deployLiquidStaking(connection, { withdrawalMargin: MARGIN, bunkerDelay: BUNKER_DELAY });
  await reachRateOfSixFifths(world, ether("1000"));
  for (const account of [world.alice, world.bob]) {
    await world.token.connect(account).submit({ value: ether("600") });
    await world.token.connect(account).approve(world.queue, ethers.MaxUint256);
  }
  return world;
}

type World = Awaited<ReturnType<typeof fixture>>;

async function request(world: World, amount: bigint) {
  await world.queue.connect(world.alice).requestWithdrawal(amount, world.alice);
  return await world.queue.getRequest(await world.queue.lastRequestId());
}

async function reportAt(world: World, timestamp: bigint, bunker = false) {
  await time.setNextBlockTimestamp(timestamp);
  await world.token.report(await honestReport(world, { bunker }));
}

describe("WithdrawalQueue", () => {
  it("refuses an empty range of amounts", async () => {
    const { token, queue, owner } = await networkHelpers.loadFixture(fixture);
    const factory = await ethers.getContractFactory("WithdrawalQueue");
    for (const [minAmount, maxAmount] of [
      [0, 1],
      [2, 1],
    ] as const) {
      await expect(factory.deploy(token, { owner, minAmount, maxAmount, margin: 0, bunkerDelay: 0 }))
        .to.be.revertedWithCustomError(queue, "WithdrawalQueueEmptyRange")
        .withArgs(minAmount, maxAmount);
    }
  });

  describe("requestWithdrawal", () => {
    it("locks the shares of the amount under the next id", async () => {
      const { token, queue, alice, bob } = await networkHelpers.loadFixture(fixture);
      const shares = 83333333333333333333n;

      await expect(queue.connect(alice).requestWithdrawal(ether("100"), bob))
        .to.emit(queue, "WithdrawalRequested")
        .withArgs(1, bob, ether("100"), shares);
      const made = await queue.getRequest(1);
      expect(made.owner).to.equal(bob.address);
      expect(made.shares).to.equal(shares);
      expect(made.requestedAt).to.equal(await time.latest());
      expect(made.reportAt).to.equal(await token.lastReportAt());
      expect(await token.sharesOf(queue)).to.equal(shares);
      expect(await queue.requestsOf(bob)).to.deep.equal([1n]);
      expect(await queue.unfinalizedEther()).to.equal(ether("100"));
    });

    it("reverts outside of the range, for a zero owner, and when paused", async () => {
      const { queue, alice } = await networkHelpers.loadFixture(fixture);
      for (const amount of [99n, ether("1000") + 1n]) {
        await expect(queue.connect(alice).requestWithdrawal(amount, alice))
          .to.be.revertedWithCustomError(queue, "WithdrawalQueueAmountOutOfRange")
          .withArgs(amount, 100, ether("1000"));
      }
      await expect(queue.connect(alice).requestWithdrawal(100, ethers.ZeroAddress)).to.be.revertedWithCustomError(
        queue,
        "WithdrawalQueueZeroAddress",
      );
      await queue.pause(1);
      await expect(queue.connect(alice).requestWithdrawal(100, alice))
        .to.be.revertedWithCustomError(queue, "PausableFlagsPaused")
        .withArgs(0);
    });

    it("reverts when the amount is worth no share", async () => {
      const world = await deployLiquidStaking(connection, { minWithdrawal: 1n });
      await reachRateOfSixFifths(world);
      await world.token.approve(world.queue, 1);

      await expect(world.queue.requestWithdrawal(1, world.owner))
        .to.be.revertedWithCustomError(world.queue, "WithdrawalQueueZeroShares")
        .withArgs(1);
    });
  });

  describe("finalize", () => {
    it("takes requests made up to the margin before a report, inclusive", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue } = world;
      const made = await request(world, ether("10"));
      await reportAt(world, made.requestedAt + MARGIN - 1n);
      expect((await queue.previewFinalize(10)).lastId).to.equal(0n);

      await reportAt(world, made.requestedAt + MARGIN);
      await queue.finalize(10);
      expect(await queue.lastFinalizedId()).to.equal(1n);
    });

    it("pays a wei less at an unchanged rate, because shares were floored, and leaves the rate", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue, token } = world;
      const made = await request(world, ether("100"));
      const rate = await token.shareRateRay();
      await reportAt(world, made.requestedAt + MARGIN);
      const preview = await queue.previewFinalize(10);

      await expect(queue.finalize(10))
        .to.emit(queue, "WithdrawalsFinalized")
        .withArgs(1, 1, ether("100") - 1n, 83333333333333333333n, rate);
      expect(preview.etherToLock).to.equal(ether("100") - 1n);
      expect(await token.shareRateRay()).to.be.within(rate, rate + 1_000n);
      expect(await token.sharesOf(queue)).to.equal(0n);
      expect(await ethers.provider.getBalance(queue)).to.equal(ether("100") - 1n);
    });

    it("finalises no more requests than asked for and stops at the first the buffer cannot pay", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue, token, owner } = world;
      await token.connect(owner).stake((await token.stakeableEther()) - ether("250"));
      for (const amount of ["100", "100", "100", "1"]) await request(world, ether(amount));
      const last = await queue.getRequest(4);
      await reportAt(world, last.requestedAt + MARGIN);
      await queue.finalize(1);
      expect(await queue.lastFinalizedId()).to.equal(1n);
      await queue.finalize(ethers.MaxUint256);

      expect(await queue.lastFinalizedId()).to.equal(2n);
      expect(await token.bufferedEther()).to.be.within(ether("50"), ether("50") + 2n);
      await expect(queue.finalize(5)).to.not.emit(queue, "WithdrawalsFinalized");
    });

    it("locks neighbours on either side of the rate in separate runs", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue, validators, token } = world;
      await token.setFee(world.treasury, 0);
      const first = await request(world, ether("100"));
      await validators.reward({ value: ether("9000") });
      await reportAt(world, first.requestedAt + 10n);
      const second = await request(world, ether("100"));
      await validators.reward({ value: ether("9000") });
      await reportAt(world, second.requestedAt + 10n);
      await request(world, 107n);
      const last = await request(world, ether("100"));
      await reportAt(world, last.requestedAt + MARGIN);
      const batch = await queue.previewFinalize(10);
      await queue.finalize(10);

      const claims = await Promise.all([1, 2, 3, 4].map(async (id) => (await queue.getRequest(id)).claimable));
      expect(claims[0]).to.equal(ether("100"));
      expect(claims[1]).to.equal(ether("100"));
      expect(batch.etherToClaim).to.equal(claims.reduce((total, claim) => total + claim, 0n));
      expect(await queue.dust()).to.equal(batch.etherToLock - batch.etherToClaim);
    });

    it("stops before a request when the run's one floor asks for a wei more than the buffer has", async () => {
      const world = await deployLiquidStaking(connection, { withdrawalMargin: 0n, bunkerDelay: 0n });
      const { queue, token, validators, owner } = world;
      await reachRateOfSixFifths(world, 98999999999999999999n + 247499999999999999999n);
      await token.connect(owner).approve(queue, ethers.MaxUint256);
      for (const amount of ["100", "250"]) await queue.requestWithdrawal(ether(amount), owner);
      await validators.penalize(ether("90000"));
      await token.report(await honestReport(world));

      expect((await queue.previewFinalize(2)).lastId).to.equal(1n);
      await token.connect(owner).submit({ value: 2n });
      const batch = await queue.previewFinalize(2);
      expect(batch.lastId).to.equal(2n);
      expect(batch.etherToLock).to.equal(batch.etherToClaim + 1n);
    });

    it("does nothing when nobody waits and reverts when paused", async () => {
      const { queue } = await networkHelpers.loadFixture(fixture);
      await expect(queue.finalize(10)).to.not.emit(queue, "WithdrawalsFinalized");
      await queue.pause(2);
      await expect(queue.finalize(10)).to.be.revertedWithCustomError(queue, "PausableFlagsPaused").withArgs(1);
    });
  });

  describe("bunker mode", () => {
    it("holds back requests made after the report before the loss until the delay has passed", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue, validators, token } = world;
      const early = await request(world, ether("10"));
      await reportAt(world, early.requestedAt + MARGIN);
      const late = await request(world, ether("10"));
      await validators.penalize(ether("900"));
      await reportAt(world, late.requestedAt + 1_000n);
      expect(await token.bunkerSince()).to.equal(early.requestedAt + MARGIN);
      expect(await queue.finalizableUntil()).to.equal(early.requestedAt);
      await queue.finalize(10);
      expect(await queue.lastFinalizedId()).to.equal(1n);

      await reportAt(world, late.requestedAt + BUNKER_DELAY - 1n, true);
      expect((await queue.previewFinalize(10)).lastId).to.equal(1n);
      await reportAt(world, late.requestedAt + BUNKER_DELAY, true);
      await queue.finalize(10);
      expect(await queue.lastFinalizedId()).to.equal(2n);
    });

    it("lets the younger go with the first clean report, at the rate with the loss", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { queue, validators } = world;
      const late = await request(world, ether("100"));
      await validators.penalize(ether("90000"));
      await reportAt(world, late.requestedAt + MARGIN);
      await queue.finalize(10);
      expect(await queue.lastFinalizedId()).to.equal(0n);
      await reportAt(world, late.requestedAt + MARGIN + 5n);
      await queue.finalize(10);

      expect((await queue.getRequest(1)).claimable).to.be.within(ether("99"), ether("99.001"));
    });
  });

  it("saturates at the clock's beginning", async () => {
    const world = await deployLiquidStaking(connection, { clockMode: 0, withdrawalMargin: 10n ** 9n });

    expect(await world.queue.finalizableUntil()).to.equal(0n);
    expect(await world.token.CLOCK_MODE()).to.equal("mode=blocknumber&from=default");
  });

  describe("claim", () => {
    async function finalized() {
      const world = await fixture();
      const made = await request(world, ether("100"));
      await request(world, ether("1"));
      await reportAt(world, made.requestedAt + MARGIN);
      await world.queue.finalize(1);
      return world;
    }

    it("pays a finalised request once, to whom its owner says", async () => {
      const { queue, alice, carol } = await networkHelpers.loadFixture(finalized);
      const paid = ether("100") - 1n;

      await expect(queue.connect(alice).claim(1, carol)).to.changeEtherBalance(ethers, carol, paid);
      expect(await queue.lockedEther()).to.equal(0n);
      expect(await queue.requestsOf(alice)).to.deep.equal([2n]);
      await expect(queue.connect(alice).claim(1, carol))
        .to.be.revertedWithCustomError(queue, "WithdrawalQueueAlreadyClaimed")
        .withArgs(1);
    });

    it("reverts for others, before its time, for no request, for nobody, and when paused", async () => {
      const { queue, alice, bob } = await networkHelpers.loadFixture(finalized);
      await expect(queue.connect(bob).claim(1, bob))
        .to.be.revertedWithCustomError(queue, "WithdrawalQueueNotOwner")
        .withArgs(1, bob, alice);
      await expect(queue.connect(alice).claim(2, alice))
        .to.be.revertedWithCustomError(queue, "WithdrawalQueueNotFinalized")
        .withArgs(2, 1);
      for (const id of [0, 3]) {
        const unknown = "WithdrawalQueueUnknownRequest";
        await expect(queue.claim(id, bob)).to.be.revertedWithCustomError(queue, unknown).withArgs(id, 2);
        await expect(queue.getRequest(id)).to.be.revertedWithCustomError(queue, unknown).withArgs(id, 2);
      }
      await expect(queue.connect(alice).claim(1, ethers.ZeroAddress)).to.be.revertedWithCustomError(
        queue,
        "WithdrawalQueueZeroAddress",
      );
      await queue.pause(4);
      await expect(queue.connect(alice).claim(1, alice))
        .to.be.revertedWithCustomError(queue, "PausableFlagsPaused")
        .withArgs(2);
    });

    it("takes ether from the token only", async () => {
      const { queue, token, bob } = await networkHelpers.loadFixture(finalized);

      await expect(queue.connect(bob).receiveEther({ value: 1 }))
        .to.be.revertedWithCustomError(queue, "WithdrawalQueueOnlyToken")
        .withArgs(bob, token);
    });
  });
});
