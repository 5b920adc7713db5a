import { expect } from "chai";
import { network } from "hardhat";

import { deployRewards, WEEK } from "../../../helpers/rewards.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const AMOUNT = 1000000000000000003n;

async function fixture() {
  const world = await deployRewards(connection);
  const now = BigInt(await time.latest());
  return { ...world, start: now - (now % 10n) - WEEK };
}

describe("RewardsPayments", () => {
  describe("payOperatorSet", () => {
    it("takes the whole amount when the AVS did not opt in", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);

      await expect(coordinator.connect(avs).payOperatorSet(set, token, AMOUNT, start, 100)).to.emit(
        coordinator,
        "RewardsPaid",
      );
      const payment = await coordinator.getPayment(0);
      expect(payment.amount).to.equal(AMOUNT);
      expect(payment.fee).to.equal(0n);
      expect(payment.isDirected).to.equal(false);
      expect(payment.set.id).to.equal(1n);
      expect(await coordinator.paymentCount()).to.equal(1n);
      expect(await coordinator.totalPaid(token)).to.equal(AMOUNT);
      expect(await token.balanceOf(coordinator)).to.equal(AMOUNT);
    });

    it("floors the fee of an AVS that opted in and pays it at once (EL-30)", async () => {
      const { coordinator, token, avs, set, start, feeRecipient } = await networkHelpers.loadFixture(fixture);
      await expect(coordinator.connect(avs).setProtocolFeeOptIn(true))
        .to.emit(coordinator, "ProtocolFeeOptInSet")
        .withArgs(avs, true);
      await coordinator.connect(avs).payOperatorSet(set, token, AMOUNT, start, 100);

      const payment = await coordinator.getPayment(0);
      expect(payment.fee).to.equal(200000000000000000n);
      expect(payment.amount).to.equal(800000000000000003n);
      expect(await token.balanceOf(feeRecipient)).to.equal(200000000000000000n);
      expect(await coordinator.protocolFee(AMOUNT)).to.equal(200000000000000000n);
    });

    it("reverts for others, unknown sets and zero amounts, and when paused", async () => {
      const { coordinator, token, avs, set, start, owner, operator } = await networkHelpers.loadFixture(fixture);
      await expect(coordinator.connect(operator).payOperatorSet(set, token, 1, start, 100))
        .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsOnlyAVS")
        .withArgs(operator, avs);
      await expect(coordinator.connect(avs).payOperatorSet({ ...set, id: 9 }, token, 1, start, 100))
        .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsUnknownSet")
        .withArgs(avs, 9);
      await expect(coordinator.connect(avs).payOperatorSet(set, token, 0, start, 100)).to.be.revertedWithCustomError(
        coordinator,
        "RewardsPaymentsZeroAmount",
      );
      await coordinator.connect(owner).pause(1);
      await expect(coordinator.connect(avs).payOperatorSet(set, token, 1, start, 100))
        .to.be.revertedWithCustomError(coordinator, "PausableFlagsPaused")
        .withArgs(0);
    });

    it("reverts for a period that is empty, too long, off the grid, too old or too far ahead", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);
      const pay = (from: bigint, duration: bigint) =>
        coordinator.connect(avs).payOperatorSet(set, token, 1, from, duration);
      for (const duration of [0n, 10n * WEEK + 10n]) {
        await expect(pay(start, duration))
          .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsInvalidDuration")
          .withArgs(duration, 10n * WEEK);
      }
      for (const [from, duration] of [
        [start + 1n, 10n],
        [start, 11n],
      ] as const) {
        await expect(pay(from, duration))
          .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsOffGrid")
          .withArgs(from, duration, 10);
      }
      for (const from of [start - 25n * WEEK, start + 6n * WEEK]) {
        await expect(pay(from, 10n)).to.be.revertedWithCustomError(coordinator, "RewardsPaymentsStartOutOfRange");
      }
      await pay(start + 3n * WEEK, 10n);
    });

    it("takes a period from the clock's beginning on a young chain", async () => {
      const { coordinator, token, avs, set } = await deployRewards(connection, { clockMode: 0 });
      await coordinator.connect(avs).payOperatorSet(set, token, 1, 0, 10);

      expect((await coordinator.getPayment(0)).start).to.equal(0n);
      expect(await coordinator.CLOCK_MODE()).to.equal("mode=blocknumber&from=default");
    });

    it("reverts when fewer tokens arrive than are paid", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);
      await token.setTransferFeeBips(100);

      await expect(coordinator.connect(avs).payOperatorSet(set, token, 1_000, start, 100))
        .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsIncomplete")
        .withArgs(990, 1_000);
    });
  });

  describe("payOperators", () => {
    const one = "0x0000000000000000000000000000000000000001";
    const two = "0x0000000000000000000000000000000000000002";
    const three = "0x0000000000000000000000000000000000000003";
    const payments = [
      { operator: one, amount: 4n },
      { operator: two, amount: 9n },
      { operator: three, amount: 1000000000000000000n },
    ];

    it("floors the fee of each entry (EL-30)", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);
      await coordinator.connect(avs).setProtocolFeeOptIn(true);
      await coordinator.connect(avs).payOperators(set, token, payments, start, 100);

      const payment = await coordinator.getPayment(0);
      expect(payment.amount).to.equal(800000000000000012n);
      expect(payment.fee).to.equal(200000000000000001n);
      expect(payment.isDirected).to.equal(true);
      const net = (await coordinator.getOperatorPayments(0)).map((entry) => entry.amount);
      expect(net).to.deep.equal([4n, 8n, 800000000000000000n]);
    });

    it("reverts for a period that has not passed", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);
      const future = start + 2n * WEEK;

      await expect(
        coordinator.connect(avs).payOperators(set, token, payments, future, 100),
      ).to.be.revertedWithCustomError(coordinator, "RewardsPaymentsNotRetroactive");
    });

    it("reverts for unsorted operators, zero entries and no entries", async () => {
      const { coordinator, token, avs, set, start } = await networkHelpers.loadFixture(fixture);
      const pay = (entries: typeof payments) => coordinator.connect(avs).payOperators(set, token, entries, start, 100);

      await expect(pay([...payments].reverse()))
        .to.be.revertedWithCustomError(coordinator, "RewardsPaymentsUnsortedOperators")
        .withArgs(three, two);
      await expect(pay([{ operator: one, amount: 0n }])).to.be.revertedWithCustomError(
        coordinator,
        "RewardsPaymentsZeroAmount",
      );
      await expect(pay([])).to.be.revertedWithCustomError(coordinator, "RewardsPaymentsZeroAmount");
    });
  });

  it("reverts for payments that do not exist", async () => {
    const { coordinator } = await networkHelpers.loadFixture(fixture);

    for (const read of [() => coordinator.getPayment(0), () => coordinator.getOperatorPayments(0)]) {
      await expect(read()).to.be.revertedWithCustomError(coordinator, "RewardsPaymentsUnknownPayment").withArgs(0, 0);
    }
  });

  it("takes a fee recipient from its owner, never zero, and a grid that is not zero", async () => {
    const { coordinator, registry, settings, owner, operator } = await networkHelpers.loadFixture(fixture);
    await expect(coordinator.connect(owner).setFeeRecipient(operator))
      .to.emit(coordinator, "FeeRecipientSet")
      .withArgs(operator);

    await expect(coordinator.connect(owner).setFeeRecipient(ethers.ZeroAddress)).to.be.revertedWithCustomError(
      coordinator,
      "RewardsPaymentsZeroAddress",
    );
    await expect(coordinator.connect(operator).setFeeRecipient(operator)).to.be.revertedWithCustomError(
      coordinator,
      "OwnableUnauthorizedAccount",
    );
    const periods = { ...settings.periods, calculationInterval: 0n };
    await expect(
      ethers.deployContract("RewardsCoordinator", [registry, { ...settings, periods }, 1]),
    ).to.be.revertedWithCustomError(coordinator, "RewardsPaymentsOffGrid");
  });
});
