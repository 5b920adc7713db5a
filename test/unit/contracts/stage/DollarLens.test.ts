import { expect } from "chai";
import { network } from "hardhat";

import { FEED_SETTINGS } from "../../../helpers/markets.ts";
import { DAY, deployStablecoin, MILLION, NO_LIMIT, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const THOUSAND = 1_000n * 10n ** 6n;

/** A dollar with something in every bucket, somebody in the queue, and an order at the teller. */
async function fixture() {
  const world = await deployStablecoin(connection);
  const { reserve, junior, window, queue, teller, owner, alice, bob, custodian } = world;
  await reserve.connect(alice).mint(MILLION, alice);
  await junior.connect(bob).deposit(20n * THOUSAND, bob);
  await reserve.subscribeFund(200n * THOUSAND);
  await reserve.placeTerm(custodian, 300n * THOUSAND, WAD / 10n, world.monday + 5n * DAY);
  await reserve.fundBuffer(5n * THOUSAND);
  await reserve.fundBackstop(7n * THOUSAND);
  await window.connect(bob).sellGem(bob, 40n * THOUSAND);
  await teller.connect(bob).requestDeposit(11n * THOUSAND, bob, bob);
  await queue.connect(alice).request(100_000n * WAD);
  await reserve.setMinter(owner, NO_LIMIT);
  const lens = await ethers.deployContract("DollarLens");
  return { ...world, lens };
}

describe("DollarLens", () => {
  it("tells the buckets, the pots and the rates in one call", async () => {
    const { lens, reserve } = await networkHelpers.loadFixture(fixture);
    const { reserve: found, rates, terms } = await lens.read(reserve, []);

    expect(found.supply).to.equal(1_040_000n * WAD);
    expect([found.cash, found.fundValue]).to.deep.equal([500n * THOUSAND, 200n * THOUSAND]);
    expect([found.termValue, found.windowValue]).to.deep.equal([270_000n * WAD, 40_000n * WAD]);
    expect([found.buffer, found.juniorAssets, found.backstop]).to.deep.equal([
      5n * THOUSAND,
      20n * THOUSAND,
      7n * THOUSAND,
    ]);
    expect([rates.gap, rates.residual]).to.deep.equal([30_000n * WAD, 0n]);
    expect(found.juniorValue).to.equal(0n);
    expect(rates.redemptionRate).to.equal(WAD);
    expect(rates.backingRatio).to.equal(await reserve.backingRatio());
    expect(rates.mintCap).to.equal(NO_LIMIT);
    expect(terms.map(({ face, haircut }) => [face, haircut])).to.deep.equal([[300n * THOUSAND, WAD / 10n]]);
  });

  it("tells the gate, the window and the fund", async () => {
    const { lens, reserve, window, owner } = await networkHelpers.loadFixture(fixture);
    const { gate, window: shut, fund } = await lens.read(reserve, []);

    expect([gate.isOpen, gate.totalWaiting, gate.waitingIds]).to.deep.equal([true, 100_000n * WAD, [1n]]);
    expect(gate.opensAt).to.equal(await time.latest());
    expect([shut.isPriced, shut.isFrozenNow, shut.price, shut.gems]).to.deep.equal([true, false, WAD, 40n * THOUSAND]);
    expect([fund.strike.nav, fund.orderCount, fund.liquidity]).to.deep.equal([10n ** 6n, 2n, 211n * THOUSAND]);

    const feed = await ethers.deployContract("ReportedFeed", [owner, FEED_SETTINGS, ethers.ZeroAddress, 0]);
    await feed.setRound(10n ** 8n, 1n);
    await window.setBand(feed, 1n, { freezeLow: 0n, freezeHigh: WAD, unfreezeLow: 0n, unfreezeHigh: WAD });
    const { window: stale } = await lens.read(reserve, []);
    expect([stale.isPriced, stale.isFrozenNow, stale.price]).to.deep.equal([false, true, 0n]);
  });

  it("tells when banks open again", async () => {
    const { lens, reserve, calendar, monday } = await networkHelpers.loadFixture(fixture);
    await calendar.addHoliday(monday, monday + 3n * DAY);
    const { gate } = await lens.read(reserve, []);

    expect([gate.isOpen, gate.opensAt, gate.redeemableNow]).to.deep.equal([false, monday + 3n * DAY, 0n]);
  });

  it("tells what holders have, with their requests and orders", async () => {
    const { lens, reserve, usdc, alice, bob } = await networkHelpers.loadFixture(fixture);
    const { holders } = await lens.read(reserve, [alice, bob]);
    const [first, second] = holders;

    expect(first?.dollars).to.equal(900_000n * WAD);
    expect(first?.requests.map(({ id, request }) => [id, request.waiting])).to.deep.equal([[1n, 100_000n * WAD]]);
    expect(second?.dollars).to.equal(40_000n * WAD);
    expect(second?.money).to.equal(await usdc.balanceOf(bob));
    expect(second?.fundValue).to.equal(11n * THOUSAND);
    expect(second?.orders.map(({ id, quote }) => [id, quote.state])).to.deep.equal([[2n, 1n]]);
    expect([second?.isAllowed, second?.isFrozen, second?.juniorValue]).to.deep.equal([true, false, 0n]);
  });

  it("tells a fund by itself", async () => {
    const { lens, teller, alice, bob } = await networkHelpers.loadFixture(fixture);
    const { fund, investors, number, time: now } = await lens.readFund(teller, [alice, bob]);

    expect([fund.orderCount, fund.shares, fund.isHalted]).to.deep.equal([2n, 0n, false]);
    expect(investors.map(({ isAllowed, orders }) => [isAllowed, orders.length])).to.deep.equal([
      [true, 0],
      [true, 1],
    ]);
    expect([number, now]).to.deep.equal([await ethers.provider.getBlockNumber(), await time.latest()]);
  });

  it("reads nothing where a reserve has no other parts", async () => {
    const { lens, dollar, usdc, owner } = await networkHelpers.loadFixture(fixture);
    const curve = { capacity: 1n, floor: 0n, minBps: 0n, maxBps: 0n, isAtEnd: false };
    const gate = { epochLength: 1n, epochCap: 0n, blockLimit: 0n, calendar: ethers.ZeroAddress };
    const bare = await ethers.deployContract("DollarReserve", [owner, dollar, usdc, ethers.ZeroAddress, gate, curve]);
    const state = await lens.read(bare, [owner]);

    expect([state.reserve.juniorAssets, state.window.gems, state.fund.shares]).to.deep.equal([0n, 0n, 0n]);
    expect(state.holders[0]?.orders).to.deep.equal([]);
  });
});
