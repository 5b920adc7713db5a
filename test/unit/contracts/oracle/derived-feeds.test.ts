import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { deployConstantProduct, deployStableSwap, FEED_SETTINGS, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DAY = 86_400;

/** An ether feed in dollars that its operator reports, and a token whose rate anybody sets. */
async function fixture() {
  const [operator, stranger] = await ethers.getSigners();
  if (!operator || !stranger) throw new RangeError("the network has too few accounts");
  const ether = await ethers.deployContract("ReportedFeed", [operator, FEED_SETTINGS, ethers.ZeroAddress, 0]);
  const token = await ethers.deployContract("Token__MockForMarkets", [18]);
  const feed = await ethers.deployContract("ExchangeRateFeed", [operator, FEED_SETTINGS, token, ether]);
  return { operator, stranger, ether, token, feed };
}

/** A capped feed whose snapshot of 1.157209899495068171 is 7 days old, as in CAPO-01. */
async function capped() {
  const world = await fixture();
  const { input } = vector("CAPO-01");
  const takenAt = (await time.latest()) - 7 * DAY;
  const feed = await ethers.deployContract("CappedRateFeed", [
    world.operator,
    FEED_SETTINGS,
    [world.token, world.ether],
    { minDelay: 7 * DAY, maxAge: 180 * DAY, maxStepBps: 0 },
    { ratio: input("snapshotRatio"), takenAt, growthBps: input("maxYearlyBps") },
  ]);
  return { ...world, feed, takenAt };
}

async function missetCap() {
  const world = await fixture();
  const { input } = vector("CAPO-02");
  await world.token.setRate(input("current"));
  await world.ether.setRound(input("ethUsd"), 0);
  const feed = await ethers.deployContract("CappedRateFeed", [
    world.operator,
    FEED_SETTINGS,
    [world.token, world.ether],
    { minDelay: 0, maxAge: 180 * DAY, maxStepBps: 300 },
    { ratio: input("maxRatio"), takenAt: await time.latest(), growthBps: 0 },
  ]);
  return { ...world, feed };
}

const answerOf = async (feed: { latestRoundData(): Promise<{ 1: bigint }> }) => (await feed.latestRoundData())[1];

describe("ExchangeRateFeed", () => {
  it("multiplies the rate by the price of the underlying, and shows what a missing leg does (ORC-01)", async () => {
    const { input, expected } = vector("ORC-01");
    const { ether, token, feed } = await networkHelpers.loadFixture(fixture);
    await token.setRate(input("ratio"));
    await ether.setRound(input("ethUsd"), 0);
    expect(await answerOf(feed)).to.equal(expected("correct"));

    await expect(feed.setBase(ethers.ZeroAddress)).to.emit(feed, "BaseSet").withArgs(ethers.ZeroAddress);
    expect(await answerOf(feed)).to.equal(expected("broken"));
  });

  it("is as old as its base, or as new as now without one", async () => {
    const { ether, feed } = await networkHelpers.loadFixture(fixture);
    const now = await time.latest();
    await ether.setRound(10n ** 8n, now - 3_599);
    expect((await feed.latestRoundData())[3]).to.equal(now - 3_599);
    expect(await feed.isStale()).to.equal(false);
    await time.increase(1);
    expect(await feed.isStale()).to.equal(true);

    await feed.setBase(ethers.ZeroAddress);
    expect((await feed.latestRoundData())[3]).to.equal(await time.latest());
    expect(await feed.isStale()).to.equal(false);
  });

  it("answers zero when its base is zero or below", async () => {
    const { ether, feed } = await networkHelpers.loadFixture(fixture);

    for (const broken of [0n, -5n]) {
      await ether.setRound(broken, 0);
      expect(await answerOf(feed)).to.equal(0n);
    }
  });

  it("pins its answer to the bounds", async () => {
    const { ether, feed } = await networkHelpers.loadFixture(fixture);
    await ether.setRound(10n ** 11n, 0);
    await expect(feed.setBounds(2n * 10n ** 11n, 3n * 10n ** 11n)).to.emit(feed, "BoundsSet");
    expect(await answerOf(feed)).to.equal(2n * 10n ** 11n);
    await feed.setBounds(1, 5);
    expect(await answerOf(feed)).to.equal(5n);

    await expect(feed.setBounds(2, 1)).to.be.revertedWithCustomError(feed, "PriceFeedInvalidBounds").withArgs(2, 1);
  });

  it("knows the present round only, and itself", async () => {
    const { ether, feed } = await networkHelpers.loadFixture(fixture);
    await ether.setRound(10n ** 11n, 77);

    expect(await feed.getRoundData(77)).to.deep.equal([77n, 10n ** 11n, 77n, 77n, 77n]);
    await expect(feed.getRoundData(78)).to.be.revertedWithCustomError(feed, "PriceFeedUnknownRound").withArgs(78);
    expect([await feed.version(), await feed.decimals(), await feed.description()]).to.deep.equal([
      1n,
      8n,
      "TEST / USD",
    ]);
  });

  it("changes its source", async () => {
    const { ether, feed } = await networkHelpers.loadFixture(fixture);
    await ether.setRound(10n ** 8n, 0);
    const other = await ethers.deployContract("Token__MockForMarkets", [18]);
    await other.setRate(3n * WAD);
    await feed.setRateSource(other);

    expect(await feed.ratio()).to.equal(3n * WAD);
    expect(await answerOf(feed)).to.equal(3n * 10n ** 8n);
  });

  it("lets nobody but the feed operator change anything", async () => {
    const { feed, stranger, token } = await networkHelpers.loadFixture(fixture);
    const other = feed.connect(stranger);

    for (const call of [
      async () => await other.setBase(token),
      async () => await other.setRateSource(token),
      async () => await other.setBounds(0, 1),
      async () => await other.setHeartbeat(1),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(feed, "OwnableUnauthorizedAccount").withArgs(stranger);
    }
  });

  it("reverts for more than 18 decimals", async () => {
    const { operator, token, ether, feed } = await networkHelpers.loadFixture(fixture);
    const factory = await ethers.getContractFactory("ExchangeRateFeed");

    await expect(factory.deploy(operator, { ...FEED_SETTINGS, decimals: 19 }, token, ether))
      .to.be.revertedWithCustomError(feed, "PriceFeedTooManyDecimals")
      .withArgs(19);
  });
});

describe("CappedRateFeed", () => {
  it("lets its cap grow by the second (CAPO-01)", async () => {
    const { input, expected } = vector("CAPO-01");
    const { feed, takenAt } = await networkHelpers.loadFixture(capped);
    await time.increaseTo(BigInt(takenAt) + input("dt"));

    expect(await feed.growthPerSecond()).to.equal(expected("growthPerSecScaled"));
    expect(await feed.maxRatio()).to.equal(expected("maxRatio"));
  });

  it("prices honest collateral down when its cap is set too low (CAPO-02, CAPO-03)", async () => {
    const { expected } = vector("CAPO-02");
    const { feed, operator, token, ether } = await networkHelpers.loadFixture(missetCap);
    const uncapped = await ethers.deployContract("ExchangeRateFeed", [operator, FEED_SETTINGS, token, ether]);
    const [low, high] = [await answerOf(feed), await answerOf(uncapped)];

    expect([low, high]).to.deep.equal([expected("price"), expected("uncapped")]);
    expect(((high - low) * 1_000_000n) / high).to.equal(expected("shortfallBpsX100"));
    expect(await feed.isCapped()).to.equal(true);
    expect(await feed.underpricing()).to.equal(vector("CAPO-03").expected("hfThresholdWad"));
  });

  it("follows the rate below its cap, down as well", async () => {
    const { feed, token, ether } = await networkHelpers.loadFixture(missetCap);
    await ether.setRound(10n ** 8n, 0);

    for (const rate of [1_193_394_700_000_000_000n, WAD, WAD / 2n]) {
      await token.setRate(rate);
      expect(await feed.ratio()).to.equal(rate);
      expect(await feed.isCapped()).to.equal(false);
      expect(await feed.underpricing()).to.equal(WAD);
    }
  });

  it("cuts a new snapshot's ratio to the step, and takes its time as given", async () => {
    const { feed, operator } = await networkHelpers.loadFixture(missetCap);
    await time.increase(3 * DAY);
    const takenAt = await time.latest();
    const most = (1_193_394_700_000_000_000n * 10_300n) / 10_000n;

    await expect(feed.connect(operator).setSnapshot({ ratio: 2n * WAD, takenAt, growthBps: 968 }))
      .to.emit(feed, "SnapshotSet")
      .withArgs([most, takenAt, 968n], 2n * WAD);
    expect(await feed.snapshot()).to.deep.equal([most, BigInt(takenAt), 968n]);

    await time.increase(DAY);
    await feed.setSnapshot({ ratio: 1, takenAt: await time.latest(), growthBps: 0 });
    expect((await feed.snapshot()).ratio).to.equal((most * 9_700n + 9_999n) / 10_000n);
  });

  it("takes a snapshot that is old enough, young enough and newer than the last", async () => {
    const { feed, takenAt } = await networkHelpers.loadFixture(capped);
    const now = takenAt + 200 * DAY;
    const set = async (at: number) => {
      await time.setNextBlockTimestamp(now);
      return await feed.setSnapshot({ ratio: WAD, takenAt: at, growthBps: 0 });
    };
    const [earliest, latest] = [now - 180 * DAY, now - 7 * DAY];
    await networkHelpers.mine();
    const snapshot = await networkHelpers.takeSnapshot();

    for (const at of [earliest - 1, latest + 1]) {
      await expect(set(at))
        .to.be.revertedWithCustomError(feed, "CappedRateFeedWrongTime")
        .withArgs(at, earliest, latest);
      await snapshot.restore();
    }
    for (const at of [earliest, latest]) {
      await set(at);
      expect((await feed.snapshot()).takenAt).to.equal(at);
      await snapshot.restore();
    }
    await set(latest);
    await time.increase(8 * DAY);
    await expect(feed.setSnapshot({ ratio: WAD, takenAt: latest, growthBps: 0 })).to.be.revertedWithCustomError(
      feed,
      "CappedRateFeedWrongTime",
    );
  });

  it("reverts for a ratio of zero, and for anyone but the operator", async () => {
    const { feed, stranger, takenAt } = await networkHelpers.loadFixture(capped);

    await expect(feed.setSnapshot({ ratio: 0, takenAt, growthBps: 0 })).to.be.revertedWithCustomError(
      feed,
      "CappedRateFeedZeroRatio",
    );
    await expect(feed.connect(stranger).setSnapshot({ ratio: 1, takenAt, growthBps: 0 })).to.be.revertedWithCustomError(
      feed,
      "OwnableUnauthorizedAccount",
    );
  });
});

describe("FixedFeed", () => {
  it("says one, in its own decimals, times its base", async () => {
    const { operator, ether } = await networkHelpers.loadFixture(fixture);
    const dollar = await ethers.deployContract("FixedFeed", [operator, FEED_SETTINGS, ethers.ZeroAddress]);
    expect(await answerOf(dollar)).to.equal(10n ** 8n);

    await ether.setRound(230_000_000_000n, 0);
    const fine = { ...FEED_SETTINGS, decimals: 18, maxAnswer: 10n ** 40n };
    const wrapped = await ethers.deployContract("FixedFeed", [operator, fine, ether]);
    expect(await answerOf(wrapped)).to.equal(2_300n * WAD);
  });
});

describe("MarketFeed", () => {
  it("reads the spot price, and the average over its window", async () => {
    const { operator } = await networkHelpers.loadFixture(fixture);
    const { pool, first, second, alice } = await deployConstantProduct(connection);
    const source = { market: pool, token: second, quoteToken: first, window: 0 };
    const feed = await ethers.deployContract("MarketFeed", [operator, FEED_SETTINGS, source, ethers.ZeroAddress]);
    expect(await answerOf(feed)).to.equal(2_000n * 10n ** 8n);

    await pool.connect(alice).swap(second, first, 100n * WAD, 0, alice);
    const spot = await answerOf(feed);
    await time.increase(600);
    await expect(feed.setSource({ ...source, window: 1_200 })).to.emit(feed, "SourceSet");
    const average = await answerOf(feed);
    expect(average).to.be.within(spot, 2_000n * 10n ** 8n);
    expect(average).to.equal((await pool.averagePrice(second, first, 1_200)) / 10n ** 10n);
  });

  it("reads the exponential average of a StableSwap pool", async () => {
    const { operator, stranger } = await networkHelpers.loadFixture(fixture);
    const { pool, first, second, alice } = await deployStableSwap(connection);
    const source = { market: pool, token: second, quoteToken: first, window: 866 };
    const feed = await ethers.deployContract("MarketFeed", [operator, FEED_SETTINGS, source, ethers.ZeroAddress]);
    await pool.connect(alice).swap(second, first, 900_000n * WAD, 0, alice);
    expect(await answerOf(feed)).to.be.greaterThan(9n * 10n ** 7n);
    await time.increase(866 * 50);
    expect(await answerOf(feed)).to.equal((await pool.spotPrice(second, first)) / 10n ** 10n);

    await expect(feed.connect(stranger).setSource(source)).to.be.revertedWithCustomError(
      feed,
      "OwnableUnauthorizedAccount",
    );
  });
});
