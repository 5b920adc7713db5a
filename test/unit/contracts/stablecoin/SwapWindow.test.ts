import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { FEED_SETTINGS } from "../../../helpers/markets.ts";
import { deployStablecoin, MILLION, NO_LIMIT, WAD } from "../../../helpers/stablecoin.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const cents = (price: bigint) => price * 10n ** 6n;
const BAND = {
  freezeLow: (97n * WAD) / 100n,
  freezeHigh: (103n * WAD) / 100n,
  unfreezeLow: (99n * WAD) / 100n,
  unfreezeHigh: (101n * WAD) / 100n,
};

async function fixture() {
  const world = await deployStablecoin(connection);
  return world;
}

async function banded() {
  const world = await fixture();
  const feed = await ethers.deployContract("ReportedFeed", [world.owner, FEED_SETTINGS, ethers.ZeroAddress, 0]);
  await feed.setRound(cents(100n), await time.latest());
  await world.window.sellGem(world.owner, MILLION);
  await world.window.setBand(feed, 3_600n, BAND);
  return { ...world, feed };
}

/** A window that holds a million and is priced on a pool which all providers have left. */
async function onAnEmptiedPool() {
  const world = await fixture();
  const { owner, window, usdc } = world;
  const quote = await ethers.deployContract("Token__MockForMarkets", [18]);
  const pool = await ethers.deployContract("ConstantProductPool", [owner, usdc, quote]);
  const source = { market: pool, token: usdc, quoteToken: quote, window: 0n };
  const market = await ethers.deployContract("MarketFeed", [owner, FEED_SETTINGS, source, ethers.ZeroAddress]);
  await window.sellGem(owner, MILLION);
  await window.setBand(market, 3_600n, BAND);
  return { ...world, market, pool };
}

describe("SwapWindow", () => {
  it("sells and buys a million gems as published (STB-01)", async () => {
    const { input, expected } = vector("STB-01");
    const { window, dollar, usdc, alice, reserve } = await networkHelpers.loadFixture(fixture);
    await window.setFees(input("tin"), input("tout"));
    const asAlice = window.connect(alice);

    await expect(asAlice.sellGem(alice, input("gem"))).to.changeTokenBalance(
      ethers,
      dollar,
      alice,
      expected("sellOut"),
    );
    await reserve.connect(alice).mint(input("gem"), alice);
    const cost = await asAlice.buyGem.staticCall(alice, input("gem"));
    expect(cost).to.equal(expected("buyIn"));
    const before = await dollar.balanceOf(alice);
    await expect(asAlice.buyGem(alice, input("gem"))).to.changeTokenBalance(ethers, usdc, alice, input("gem"));
    expect(before - (await dollar.balanceOf(alice))).to.equal(expected("buyIn"));
    expect(await window.gems()).to.equal(0n);
  });

  it("rounds its fee down, both ways", async () => {
    const { window } = await networkHelpers.loadFixture(fixture);
    // 3 gems are 3e12 dollars wei; a fee of 1/3e12, rounded down to nothing less than one.
    await window.setFees(333_333n, 666_666n);

    expect(await window.quoteSell(3n)).to.deep.equal([3n * 10n ** 12n, 0n]);
    expect(await window.quoteBuy(3n)).to.deep.equal([3n * 10n ** 12n + 1n, 1n]);
  });

  it("lets its fees back the dollar as surplus", async () => {
    const { window, reserve, alice } = await networkHelpers.loadFixture(fixture);
    await window.setFees(WAD / 100n, 0n);
    await window.connect(alice).sellGem(alice, MILLION);

    expect(await reserve.windowValue()).to.equal(1_000_000n * WAD);
    expect(await reserve.surplus()).to.equal(10_000n * WAD);
  });

  it("is shut one way at a time by the greatest fee", async () => {
    const { window, alice } = await networkHelpers.loadFixture(fixture);
    const asAlice = window.connect(alice);
    await asAlice.sellGem(alice, MILLION);
    await window.setFees(NO_LIMIT, 0n);

    await expect(asAlice.sellGem(alice, 1n)).to.be.revertedWithCustomError(window, "SwapWindowHalted").withArgs(true);
    await expect(window.quoteSell(1n)).to.be.revertedWithCustomError(window, "SwapWindowHalted").withArgs(true);
    await asAlice.buyGem(alice, 1n);
    await window.setFees(0n, NO_LIMIT);
    await asAlice.sellGem(alice, 1n);
    await expect(asAlice.buyGem(alice, 1n)).to.be.revertedWithCustomError(window, "SwapWindowHalted").withArgs(false);
    await expect(window.setFees(WAD + 1n, 0n))
      .to.be.revertedWithCustomError(window, "SwapWindowInvalidFee")
      .withArgs(WAD + 1n);
    await expect(window.setFees(0n, NO_LIMIT - 1n)).to.be.revertedWithCustomError(window, "SwapWindowInvalidFee");
  });

  it("holds no more gems than its cap, to the last wei", async () => {
    const { window, alice } = await networkHelpers.loadFixture(fixture);
    await window.setCap(MILLION);
    await window.connect(alice).sellGem(alice, MILLION);

    await expect(window.connect(alice).sellGem(alice, 1n))
      .to.be.revertedWithCustomError(window, "SwapWindowCapExceeded")
      .withArgs(MILLION + 1n, MILLION);
    await expect(window.connect(alice).buyGem(alice, MILLION + 1n))
      .to.be.revertedWithCustomError(window, "SwapWindowInsufficientGems")
      .withArgs(MILLION + 1n, MILLION);
    await expect(window.connect(alice).buyGem(alice, 0n)).to.be.revertedWithCustomError(window, "SwapWindowZeroAmount");
    await expect(window.connect(alice).sellGem(alice, 0n)).to.be.revertedWithCustomError(
      window,
      "SwapWindowZeroAmount",
    );
  });

  describe("the band", () => {
    it("freezes beyond its outer edges and thaws within its inner ones only", async () => {
      const { window, feed } = await networkHelpers.loadFixture(banded);

      for (const [price, frozen] of [
        [97n, false],
        [96n, true],
        [97n, true],
        [98n, true],
        [99n, false],
        [98n, false],
        [103n, false],
        [104n, true],
        [102n, true],
        [101n, false],
      ] as const) {
        await feed.setRound(cents(price), await time.latest());
        await window.poke();
        expect(await window.isFrozen(), `at ${String(price)} cents`).to.equal(frozen);
      }
    });

    it("stops both ways while frozen, remembered or not", async () => {
      const { window, feed, alice } = await networkHelpers.loadFixture(banded);
      await feed.setRound(cents(96n), await time.latest());

      await expect(window.connect(alice).sellGem(alice, 1n))
        .to.be.revertedWithCustomError(window, "SwapWindowFrozen")
        .withArgs((96n * WAD) / 100n);
      await expect(window.poke())
        .to.emit(window, "FreezeSet")
        .withArgs(true, (96n * WAD) / 100n);
      await feed.setRound(cents(98n), await time.latest());
      await expect(window.buyGem(alice, 1n)).to.be.revertedWithCustomError(window, "SwapWindowFrozen");
      await feed.setRound(cents(100n), await time.latest());
      await expect(window.buyGem(alice, 1n)).to.emit(window, "FreezeSet").withArgs(false, WAD);
      expect(await window.isFrozen()).to.equal(false);
      await expect(window.poke()).not.to.emit(window, "FreezeSet");
    });

    it("stops when the price is stale or not a price", async () => {
      const { window, feed } = await networkHelpers.loadFixture(banded);
      await feed.setRound(0n, await time.latest());
      await expect(window.poke()).to.be.revertedWithCustomError(window, "FeedReaderNotPositive");
      await feed.setRound(cents(100n), await time.latest());
      await time.increase(3_601n);

      await expect(window.sellGem(window, 1n)).to.be.revertedWithCustomError(window, "FeedReaderStale");
    });

    it("refuses an inner band that is wider, and thaws when set", async () => {
      const { window, feed } = await networkHelpers.loadFixture(banded);
      await feed.setRound(cents(90n), await time.latest());
      await window.poke();

      for (const broken of [
        { unfreezeLow: WAD / 2n },
        { unfreezeHigh: 2n * WAD },
        { unfreezeLow: (102n * WAD) / 100n },
      ]) {
        await expect(window.setBand(feed, 1n, { ...BAND, ...broken })).to.be.revertedWithCustomError(
          window,
          "SwapWindowInvalidBand",
        );
      }
      await window.setBand(feed, 1n, BAND);
      expect(await window.isFrozen()).to.equal(false);
    });

    it("marks its gems at the price, never above par", async () => {
      const { window, feed } = await networkHelpers.loadFixture(banded);

      await feed.setRound(cents(88n), await time.latest());
      expect(await window.value()).to.equal(880_000n * WAD);
      await feed.setRound(cents(115n), await time.latest());
      expect(await window.value()).to.equal(1_000_000n * WAD);
      await feed.setRound(-1n, await time.latest());
      expect(await window.value()).to.equal(0n);
    });

    it("counts its gems as nothing and refuses to swap while its feed has no answer at all", async () => {
      const { window, reserve, alice, owner, market, pool } = await networkHelpers.loadFixture(onAnEmptiedPool);
      await reserve.mint(MILLION, alice);
      await expect(market.latestRoundData()).to.be.revertedWithCustomError(pool, "MarketEmpty");

      expect(await window.value()).to.equal(0n);
      for (const swap of [window.sellGem(owner, 1n), window.buyGem(owner, 1n), window.poke(), window.judge()]) {
        await expect(swap).to.be.revertedWithCustomError(window, "SwapWindowNoPrice").withArgs(market);
      }
    });

    it("lets redemptions go on without the gems of a feed that has no answer", async () => {
      const { window, reserve, usdc, alice } = await networkHelpers.loadFixture(onAnEmptiedPool);
      await reserve.mint(MILLION, alice);
      // A million in cash and a million of gems stand behind two million dollars.
      expect(await reserve.assetsMarked()).to.equal(1_000_000n * WAD);
      expect(await reserve.redemptionRate()).to.equal(WAD / 2n);
      const redeem = reserve.connect(alice).redeem(1_000_000n * WAD, 0n, alice);
      await expect(redeem).to.changeTokenBalance(ethers, usdc, alice, MILLION / 2n);
      expect(await window.gems()).to.equal(MILLION);
    });
  });

  it("gives gems to the reserve and takes them from it", async () => {
    const { window, reserve, owner, alice } = await networkHelpers.loadFixture(fixture);
    await window.sellGem(owner, MILLION);

    await expect(reserve.drainWindow(400_000n)).to.emit(reserve, "WindowMoved").withArgs(400_000n, false);
    expect([await reserve.cash(), await window.gems()]).to.deep.equal([400_000n, MILLION - 400_000n]);
    await reserve.fillWindow(100_000n);
    expect([await reserve.cash(), await window.gems()]).to.deep.equal([300_000n, MILLION - 300_000n]);
    expect(await reserve.gap()).to.equal(0n);
    await expect(window.moveOut(1n)).to.be.revertedWithCustomError(window, "SwapWindowUnauthorized").withArgs(owner);
    await expect(reserve.connect(alice).drainWindow(1n))
      .to.be.revertedWithCustomError(reserve, "ReserveBucketsUnauthorized")
      .withArgs(alice);
  });

  it("is emptied and shut when its owner seizes", async () => {
    const { window, usdc, owner, alice } = await networkHelpers.loadFixture(fixture);
    await window.sellGem(owner, MILLION);

    await expect(window.seize(alice)).to.changeTokenBalance(ethers, usdc, alice, MILLION);
    expect([await window.gems(), await window.tin(), await window.tout()]).to.deep.equal([0n, NO_LIMIT, NO_LIMIT]);
    await expect(window.connect(alice).seize(alice)).to.be.revertedWithCustomError(
      window,
      "OwnableUnauthorizedAccount",
    );
  });

  it("refuses a gem with more than 18 decimals", async () => {
    const { window, dollar, reserve, owner } = await networkHelpers.loadFixture(fixture);
    const gem = await ethers.deployContract("Token__MockForMarkets", [19]);

    await expect(ethers.deployContract("SwapWindow", [owner, dollar, gem, reserve]))
      .to.be.revertedWithCustomError(window, "SwapWindowTooManyDecimals")
      .withArgs(19);
  });
});
