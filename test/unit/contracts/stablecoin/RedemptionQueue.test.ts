import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import {
  type Account,
  DAY,
  deployStablecoin,
  MILLION,
  NO_LIMIT,
  type Stablecoin,
  WAD,
} from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const K = 1_000n * WAD;

/** Alice, Bob and Carol hold two million dollars each; an epoch is a day and lets one million through. */
async function fixture() {
  const world = await deployStablecoin(connection, { epochCap: 1_000n * K, minRequest: WAD, blockLimit: NO_LIMIT });
  for (const account of [world.alice, world.bob, world.carol]) {
    await world.reserve.connect(account).mint(2n * MILLION, account);
  }
  return world;
}

async function ask({ queue }: Stablecoin, ...requests: readonly (readonly [Account, bigint])[]) {
  for (const [account, dollars] of requests) await queue.connect(account).request(dollars);
}

async function filled({ queue }: Stablecoin, ...ids: readonly bigint[]) {
  const requests = await Promise.all(ids.map(async (id) => await queue.requestOf(id)));
  return requests.map(({ requested, waiting }) => requested - waiting);
}

describe("RedemptionQueue", () => {
  it("fills pro rata, floors, and rolls the rest over as published (STB-03)", async () => {
    const { input, inputs, allExpected, expected } = vector("STB-03");
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, alice, bob, carol } = world;
    const [first = 0n, second = 0n, third = 0n] = inputs("requests");
    await ask(world, [alice, first], [bob, second], [carol, third]);
    await queue.fill();

    const parts = await filled(world, 1n, 2n, 3n);
    expect(parts).to.deep.equal(allExpected("filled"));
    expect(input("cap") - parts.reduce((sum, part) => sum + part, 0n)).to.equal(expected("dust"));

    // The rest fits into the next epoch and is filled whole.
    await time.increase(DAY);
    await queue.fill();
    expect(await filled(world, 1n, 2n, 3n)).to.deep.equal([first, second, third]);
    expect(await queue.waitingIds()).to.deep.equal([]);
  });

  it("fills once an epoch, and nothing of nothing", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, reserve, alice } = world;
    await expect(queue.fill()).to.be.revertedWithCustomError(queue, "RedemptionQueueNothing");
    await ask(world, [alice, 1_500n * K]);
    await queue.fill();

    await expect(queue.fill())
      .to.be.revertedWithCustomError(queue, "RedemptionQueueEpochFilled")
      .withArgs(await reserve.currentEpoch());
    expect(await queue.isEpochFilled()).to.equal(true);
    await time.increase(DAY);
    expect(await queue.isEpochFilled()).to.equal(false);
    await queue.connect(alice).fill();
    expect(await filled(world, 1n)).to.deep.equal([1_500n * K]);
  });

  it("pays no more than cash allows, at the rate of the fill", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, reserve, usdc, custodian, alice, bob } = world;
    await reserve.placeTerm(custodian, 6n * MILLION - 400_000_000_000n, 0n, 0n);
    await reserve.markTerm(1n, WAD / 10n);
    await ask(world, [alice, 300n * K], [bob, 600n * K]);
    const rate = await reserve.redemptionRate();
    const allowed = (400n * K * WAD) / rate;
    await reserve.setBufferTarget(0n);
    await queue.fill();

    const parts = await filled(world, 1n, 2n);
    expect(parts).to.deep.equal([(300n * K * allowed) / (900n * K), (600n * K * allowed) / (900n * K)]);
    const total = parts.reduce((sum, part) => sum + part, 0n);
    const money = (total * rate) / WAD / 10n ** 12n;
    const { claimable } = await queue.requestOf(1n);
    expect(claimable).to.equal((money * (parts[0] ?? 0n)) / total);
    await expect(queue.connect(alice).claim(1n, bob)).to.changeTokenBalance(ethers, usdc, bob, claimable);
    expect(await reserve.cash()).to.equal(400_000_000_000n - money);
    expect(await queue.totalClaimable()).to.be.at.most(await usdc.balanceOf(queue));
  });

  it("takes the least fee of the curve for the buffer", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, reserve, alice } = world;
    await reserve.setFeeCurve({ capacity: 2n, floor: 1n, minBps: 7n, maxBps: 500n, isAtEnd: false });
    await ask(world, [alice, 100n * K]);
    await queue.fill();

    const gross = 100_000n * 10n ** 6n;
    expect(await reserve.buffer()).to.equal((gross * 7n) / 10_000n);
    expect((await queue.requestOf(1n)).claimable).to.equal(gross - (gross * 7n) / 10_000n);
  });

  it("lets nobody jump ahead, and a gift of dollars to it does not count as waiting", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, reserve, dollar, alice, bob } = world;
    await dollar.connect(bob).transfer(queue, WAD);
    await reserve.connect(bob).redeem(WAD, 0n, bob);
    await ask(world, [alice, K]);

    await expect(reserve.connect(bob).redeem(WAD, 0n, bob))
      .to.be.revertedWithCustomError(reserve, "DollarReserveQueueAhead")
      .withArgs(K);
    await queue.connect(alice).cancel(1n);
    await reserve.connect(bob).redeem(WAD, 0n, bob);
  });

  it("redeems at once in one call where all of it may leave, and queues it otherwise", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, reserve, usdc, alice, bob } = world;
    await expect(queue.connect(alice).redeemOrRequest(900n * K)).to.changeTokenBalance(
      ethers,
      usdc,
      alice,
      900_000n * 10n ** 6n,
    );
    expect(await reserve.epochLeft()).to.equal(100n * K);

    // 101 thousand do not fit as a whole: all of it waits, and so does whoever comes later, however little.
    await expect(queue.connect(bob).redeemOrRequest(101n * K))
      .to.emit(queue, "RedemptionRequested")
      .withArgs(1n, bob, 101n * K);
    await queue.connect(alice).redeemOrRequest(K);
    expect(await queue.waitingIds()).to.deep.equal([1n, 2n]);
    await reserve.pause(2n);
    await queue.connect(bob).cancel(1n);
    await queue.connect(alice).cancel(2n);
    await expect(queue.connect(bob).redeemOrRequest(K)).to.be.revertedWithCustomError(reserve, "PausableFlagsPaused");
  });

  it("ends a request whose fill is worth nothing", async () => {
    const world = await deployStablecoin(connection, { minRequest: 0n });
    const { queue, reserve, alice } = world;
    await reserve.connect(alice).mint(1n, alice);
    await ask(world, [alice, 10n ** 12n - 1n]);
    await queue.fill();

    expect((await queue.requestOf(1n)).claimable).to.equal(0n);
    expect(await queue.openRequestsOf(alice)).to.deep.equal([]);
    expect(await reserve.cash()).to.equal(1n);
  });

  it("gives back what waits when cancelled, and keeps the order of the others", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, dollar, alice, bob, carol } = world;
    await ask(world, [alice, K], [bob, 2n * K], [carol, 3n * K]);

    await expect(queue.connect(bob).cancel(2n)).to.changeTokenBalance(ethers, dollar, bob, 2n * K);
    expect(await queue.waitingIds()).to.deep.equal([1n, 3n]);
    expect(await queue.openRequestsOf(bob)).to.deep.equal([]);
    expect(await queue.totalWaiting()).to.equal(4n * K);
    await expect(queue.connect(bob).cancel(2n)).to.be.revertedWithCustomError(queue, "RedemptionQueueNothing");
  });

  it("cancels the rest of a request that is filled in part, and still pays the part", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, usdc, dollar, alice } = world;
    await ask(world, [alice, 1_500n * K]);
    await queue.fill();

    await expect(queue.connect(alice).cancel(1n)).to.changeTokenBalance(ethers, dollar, alice, 500n * K);
    expect(await queue.openRequestsOf(alice)).to.deep.equal([1n]);
    await expect(queue.connect(alice).claim(1n, alice)).to.changeTokenBalance(ethers, usdc, alice, MILLION);
    expect(await queue.openRequestsOf(alice)).to.deep.equal([]);
    expect((await queue.requestOf(1n)).claimed).to.equal(MILLION);
    await expect(queue.connect(alice).claim(1n, alice)).to.be.revertedWithCustomError(queue, "RedemptionQueueNothing");
  });

  it("is the owner's, unless frozen", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue, dollar, alice, bob } = world;
    await ask(world, [alice, K]);
    await queue.fill();

    for (const attempt of [() => queue.connect(bob).claim(1n, bob), () => queue.connect(bob).cancel(1n)]) {
      await expect(attempt()).to.be.revertedWithCustomError(queue, "RedemptionQueueNotOwner").withArgs(bob, alice);
    }
    await dollar.setFrozen(alice, true);
    await expect(queue.connect(alice).claim(1n, bob))
      .to.be.revertedWithCustomError(queue, "RedemptionQueueFrozen")
      .withArgs(alice);
  });

  it("refuses what is below the minimum, and a fill that is not the queue's", async () => {
    const { queue, reserve, alice } = await networkHelpers.loadFixture(fixture);

    await expect(queue.connect(alice).request(WAD - 1n))
      .to.be.revertedWithCustomError(queue, "RedemptionQueueBelowMinimum")
      .withArgs(WAD - 1n, WAD);
    await expect(reserve.connect(alice).redeemQueued(1n))
      .to.be.revertedWithCustomError(reserve, "DollarReserveUnauthorized")
      .withArgs(alice);
  });
});
