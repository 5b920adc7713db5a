import { expect } from "chai";
import { network } from "hardhat";

import {
  ALL,
  borrowAsAlice,
  deployEtherAndDollars,
  DOLLAR,
  liquidate,
  NOT_BORROWABLE,
  RAY,
  USD,
  WAD,
} from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deployEtherAndDollars(connection);
  await borrowAsAlice(world);
  await world.dollars.scripted.setRates(RAY / 10n, RAY / 20n);
  await world.pool.accrue(world.dollars.asset);
  await networkHelpers.time.increase(86_400);
  return world;
}

/** As fixture, with a module that insures dollars by dollars. */
async function insured() {
  const world = await fixture();
  const { owner, pool, dollars, makeFeed, bob } = world;
  const feed = await makeFeed(USD);
  const terms = {
    ...{ owner, pool, reserve: dollars.asset, underlying: dollars.asset, underlyingFeed: feed, maxAge: 2n ** 40n },
    ...{ receiver: owner, offset: 5n, feeBps: 0n, cooldown: 60n, window: 60n },
  };
  const module = await ethers.deployContract("InsuranceModule", [terms, 1]);
  await dollars.asset.connect(bob).approve(module, ALL);
  await module.connect(bob).deposit(7_000n * DOLLAR, bob);
  await module.connect(bob).cooldown();
  return { ...world, module, stakeFeed: feed };
}

describe("LendingLens", () => {
  it("shows reserves and accounts as the pool says them", async () => {
    const { lens, pool, ether, dollars, alice, bob } = await networkHelpers.loadFixture(fixture);
    const { reserves, accountViews } = await lens.lendingOf(pool, [alice, bob], []);
    const [first, second] = reserves;

    expect(first?.asset).to.equal(await ether.asset.getAddress());
    expect([first?.price, first?.cash, first?.unit]).to.deep.equal([3_500n * USD, 10n * WAD, WAD]);
    const [supplyIndex, debtIndex] = await pool.indexesOf(dollars.asset);
    expect([second?.supplyIndex, second?.debtIndex]).to.deep.equal([supplyIndex, debtIndex]);
    const debt = await pool.totalDebtOf(dollars.asset);
    expect([second?.totalDebt, second?.totalSupply]).to.deep.equal([debt, await pool.totalSupplyOf(dollars.asset)]);
    expect(second?.utilisation).to.equal((debt * RAY) / (debt + 980_000n * DOLLAR));
    expect([second?.borrowRate, second?.supplyRate]).to.deep.equal([RAY / 10n, RAY / 20n]);

    const [ofAlice, ofBob] = accountViews;
    expect(ofAlice?.isKnown).to.equal(true);
    expect([...(ofAlice?.data ?? [])]).to.deep.equal([...(await pool.accountData(alice))]);
    expect([...(ofAlice?.supplies ?? [])]).to.deep.equal([10n * WAD, 0n]);
    expect([...(ofAlice?.debts ?? [])]).to.deep.equal([0n, await pool.debtOf(dollars.asset, alice)]);
    expect([...(ofAlice?.isCollateral ?? [])]).to.deep.equal([true, false]);
    expect(ofBob?.data.healthFactor).to.equal(ALL);
  });

  it("shows caps, restrictions, risk, and an e-mode", async () => {
    const { lens, pool, book, ether, dollars, alice } = await networkHelpers.loadFixture(fixture);
    await book.setTerms(dollars.asset, { ...dollars.listing, supplyCap: 5n * 10n ** 12n, borrowCap: 4n * 10n ** 12n });
    await book.restrict(dollars.asset, NOT_BORROWABLE);
    const inside = { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_100n };
    await book.setCategory(3, { risk: inside, collateralBits: 1n, borrowableBits: 2n });
    await pool.connect(alice).setCategory(3);

    const { reserves, accountViews } = await lens.lendingOf(pool, [alice], []);
    const [, second] = reserves;
    expect([second?.supplyCap, second?.borrowCap]).to.deep.equal([5n * 10n ** 12n, 4n * 10n ** 12n]);
    expect(second?.restrictions).to.equal(NOT_BORROWABLE);
    expect([reserves[0]?.risk.ltBps, reserves[0]?.liquidationFeeBps]).to.deep.equal([8_100n, 1_000n]);
    expect(accountViews[0]?.category).to.equal(3n);
    expect([...(accountViews[0]?.data ?? [])]).to.deep.equal([...(await pool.accountData(alice))]);
    expect(await ether.claim.balanceOf(alice)).to.equal(10n * WAD);
  });

  it("says what is not known when a price cannot be read", async () => {
    const { lens, pool, ether, alice, bob } = await networkHelpers.loadFixture(fixture);
    await ether.setPrice(0n);
    const { reserves, accountViews } = await lens.lendingOf(pool, [alice, bob], []);

    expect(reserves[0]?.price).to.equal(0n);
    expect(accountViews.map(({ isKnown }) => isKnown)).to.deep.equal([false, true]);
  });

  it("shows insurance: stake, shares, cooldowns, and what a slash would do", async () => {
    const world = await networkHelpers.loadFixture(insured);
    const { lens, pool, ether, dollars, alice, bob, dave, module, stakeFeed, now } = world;
    await ether.setPrice(1_800n * USD);
    await liquidate(world, ALL, { by: dave });
    const { insurance } = await lens.lendingOf(pool, [alice, bob], [module]);
    const [view] = insurance;

    expect(view?.reserve).to.equal(await dollars.asset.getAddress());
    expect([view?.stake, view?.totalShares, view?.offset]).to.deep.equal([7_000n * DOLLAR, 7_000n * DOLLAR, 5n]);
    expect([...(view?.slash ?? [])]).to.deep.equal([...(await module.previewSlash())]);
    expect(view?.slash.slashable).to.be.greaterThan(0n);
    expect([...(view?.shares ?? [])]).to.deep.equal([0n, 7_000n * DOLLAR]);
    expect(view?.cooldownShares[1]).to.equal(7_000n * DOLLAR);
    expect(view?.cooldownEndsAt[1]).to.equal((await module.cooldownOf(bob)).endsAt);

    await stakeFeed.setRound(0n, await now());
    const { insurance: blind } = await lens.lendingOf(pool, [], [module]);
    expect(blind[0]?.isKnown).to.equal(false);
  });

  it("previews a liquidation as it then happens", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { lens, pool, ether, dollars, alice, bob } = world;
    await dollars.scripted.setRates(0n, 0n);
    await pool.accrue(dollars.asset);
    await ether.setPrice(2_395n * USD);
    const { closable, size, leavesDust } = await lens.previewLiquidation(pool, ether.asset, dollars.asset, alice, ALL);

    expect(leavesDust).to.equal(false);
    expect(closable).to.equal(size.repaid);
    await expect(liquidate(world)).to.changeTokenBalance(ethers, ether.asset, bob, size.seized - size.fee);
  });
});

describe("LendingDesk", () => {
  it("changes one term at a time, for its operators only", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { book, ether, dollars, owner, alice } = world;
    const desk = await ethers.deployContract("LendingDesk", [[owner.address]]);
    await book.transferOwnership(desk);
    await desk.execute(book, book.interface.encodeFunctionData("acceptOwnership"));
    const risk = { ltvBps: 1n, ltBps: 8_000n, bonusBps: 10_400n };

    await desk.setRisk(book, ether.asset, risk);
    await desk.setCaps(book, ether.asset, 10n ** 20n, 10n ** 19n);
    await desk.setFeed(book, ether.asset, dollars.feed);
    const { listing } = await book.termsOf(ether.asset);
    expect([...listing.risk]).to.deep.equal(Object.values(risk));
    expect([listing.supplyCap, listing.borrowCap]).to.deep.equal([10n ** 20n, 10n ** 19n]);
    expect(await book.priceOf(ether.asset)).to.equal(USD);
    expect([await desk.isOperator(owner), await desk.isOperator(alice)]).to.deep.equal([true, false]);

    const stranger = desk.connect(alice);
    for (const call of [
      async () => await stranger.setRisk(book, ether.asset, risk),
      async () => await stranger.setCaps(book, ether.asset, 0n, 0n),
      async () => await stranger.setFeed(book, ether.asset, dollars.feed),
      async () => await stranger.execute(book, "0x"),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(desk, "LendingDeskUnauthorized").withArgs(alice);
    }
  });
});
