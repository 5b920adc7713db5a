import { expect } from "chai";
import { network } from "hardhat";

import { deployConstantProduct, FEED_SETTINGS, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const ONE = 10n ** 8n;
const TOO_SMALL = -(2n ** 255n);

/** A feed that follows another one, with a threshold of half a percent. */
async function fixture() {
  const [operator, stranger] = await ethers.getSigners();
  if (!operator || !stranger) throw new RangeError("the network has too few accounts");
  const fine = { ...FEED_SETTINGS, decimals: 18, maxAnswer: 10n ** 30n };
  const source = await ethers.deployContract("ReportedFeed", [operator, fine, ethers.ZeroAddress, 0]);
  const feed = await ethers.deployContract("ReportedFeed", [operator, FEED_SETTINGS, source, 50]);
  const math = await ethers.deployContract("MarketMath__Harness");
  return { operator, stranger, source, feed, math };
}

async function following() {
  const world = await fixture();
  await world.source.setRound(2_000n * WAD, 0);
  await world.feed.follow();
  return world;
}

/** Three feeds of other decimals, and their median with a quorum of two. */
async function median() {
  const world = await fixture();
  const { operator } = world;
  const feeds = await Promise.all(
    [8, 18, 6].map(
      async (decimals) =>
        await ethers.deployContract("ReportedFeed", [operator, { ...FEED_SETTINGS, decimals }, ethers.ZeroAddress, 0]),
    ),
  );
  const addresses = await Promise.all(feeds.map(async (feed) => await feed.getAddress()));
  const middle = await ethers.deployContract("MedianFeed", [operator, FEED_SETTINGS, addresses, 2, 3_600]);
  return { ...world, feeds, addresses, middle };
}

describe("ReportedFeed", () => {
  describe("setRound", () => {
    it("takes anything: an old time, zero, a negative price", async () => {
      const { feed } = await networkHelpers.loadFixture(fixture);

      for (const [k, [answer, at]] of (
        [
          [ONE, 5n],
          [0n, 6n],
          [-3n, 7n],
        ] as const
      ).entries()) {
        await expect(feed.setRound(answer, at))
          .to.emit(feed, "AnswerUpdated")
          .withArgs(answer, k + 1, at);
        expect(await feed.latestRoundData()).to.deep.equal([BigInt(k + 1), answer, at, at, BigInt(k + 1)]);
      }
      expect(await feed.getRoundData(1)).to.deep.equal([1n, ONE, 5n, 5n, 1n]);
      expect(await feed.isStale()).to.equal(true);
    });

    it("pins what is reported from now on, not what was", async () => {
      const { feed } = await networkHelpers.loadFixture(fixture);
      await feed.setRound(ONE, 0);
      await feed.setBounds(2n * ONE, 3n * ONE);
      expect((await feed.latestRoundData())[1]).to.equal(ONE);
      await feed.setRound(ONE, 0);
      expect((await feed.latestRoundData())[1]).to.equal(2n * ONE);
    });

    it("reverts for rounds that are not, and for anyone but the operator", async () => {
      const { feed, source, stranger } = await networkHelpers.loadFixture(fixture);
      const other = feed.connect(stranger);

      await expect(feed.latestRoundData()).to.be.revertedWithCustomError(feed, "ReportedFeedNoRound");
      await feed.setRound(ONE, 0);
      for (const round of [0, 2]) {
        await expect(feed.getRoundData(round)).to.be.revertedWithCustomError(feed, "PriceFeedUnknownRound");
      }
      for (const call of [
        async () => await other.setRound(1, 1),
        async () => await other.follow(),
        async () => await other.setSource(source, 1),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(feed, "OwnableUnauthorizedAccount").withArgs(stranger);
      }
    });
  });

  describe("follow", () => {
    it("reports the first answer in its own decimals", async () => {
      const { feed } = await networkHelpers.loadFixture(following);
      const [round, answer, , updatedAt] = await feed.latestRoundData();

      expect([round, answer]).to.deep.equal([1n, 2_000n * ONE]);
      expect(updatedAt).to.equal(await time.latest());
      expect(await feed.isStale()).to.equal(false);
    });

    it("keeps its answer short of the threshold, and reports at it, up and down", async () => {
      const { feed, source } = await networkHelpers.loadFixture(following);
      await source.setRound(2_000n * WAD + 9_999_999_999_999_999_999n, 0);
      expect(await feed.follow.staticCall()).to.equal(false);
      await feed.follow();
      expect((await feed.latestRoundData())[0]).to.equal(1n);

      await source.setRound(2_010n * WAD, 0);
      expect(await feed.follow.staticCall()).to.equal(true);
      await source.setRound(1_990n * WAD, 0);
      await feed.follow();
      expect((await feed.latestRoundData())[1]).to.equal(1_990n * ONE);
    });

    it("reports at the heartbeat though nothing moved", async () => {
      const { feed } = await networkHelpers.loadFixture(following);
      const [, , , updatedAt] = await feed.latestRoundData();
      await time.setNextBlockTimestamp(updatedAt + 3_599n);
      await feed.follow();
      expect((await feed.latestRoundData())[0]).to.equal(1n);
      await time.setNextBlockTimestamp(updatedAt + 3_600n);
      await feed.follow();
      expect((await feed.latestRoundData())[0]).to.equal(2n);
    });

    it("reports a source that broke, whatever the distance", async () => {
      const { feed, source } = await networkHelpers.loadFixture(following);
      await source.setRound(-5, 0);
      await feed.follow();
      expect((await feed.latestRoundData())[1]).to.equal(-5n);
      await feed.follow();
      expect((await feed.latestRoundData())[0]).to.equal(2n);
      await source.setRound(-7, 0);
      await feed.follow();
      await feed.setBounds(TOO_SMALL, 2n ** 255n - 1n);
      await feed.setRound(TOO_SMALL, await time.latest());
      await source.setRound(2_000n * WAD, 0);
      await feed.follow();
      expect((await feed.latestRoundData())[1]).to.equal(2_000n * ONE);
    });

    it("lags behind a pool by its threshold", async () => {
      const { operator } = await networkHelpers.loadFixture(fixture);
      const { pool, first, second, alice } = await deployConstantProduct(connection);
      const source = { market: pool, token: second, quoteToken: first, window: 0 };
      const spot = await ethers.deployContract("MarketFeed", [operator, FEED_SETTINGS, source, ethers.ZeroAddress]);
      const feed = await ethers.deployContract("ReportedFeed", [operator, FEED_SETTINGS, spot, 50]);
      await feed.follow();
      await pool.connect(alice).swap(second, first, WAD, 0, alice);
      await feed.follow();
      expect((await feed.latestRoundData())[1]).to.equal(2_000n * ONE);
      expect((await spot.latestRoundData())[1]).to.be.lessThan(1_993n * ONE);

      await pool.connect(alice).swap(second, first, WAD, 0, alice);
      await feed.follow();
      expect((await feed.latestRoundData())[1]).to.equal((await spot.latestRoundData())[1]);
    });

    it("reverts without a source", async () => {
      const { feed } = await networkHelpers.loadFixture(fixture);
      await expect(feed.setSource(ethers.ZeroAddress, 10)).to.emit(feed, "SourceSet").withArgs(ethers.ZeroAddress, 10);

      await expect(feed.follow()).to.be.revertedWithCustomError(feed, "ReportedFeedNoSource");
    });
  });
});

describe("MedianFeed", () => {
  it("takes the middle of an odd number, and the mean of the middle two of an even one", async () => {
    const { feeds, middle } = await networkHelpers.loadFixture(median);
    const now = await time.latest();
    const [eight, eighteen, six] = feeds;
    await eight?.setRound(101n * ONE, now - 10);
    await eighteen?.setRound(99n * WAD, now - 20);
    expect(await middle.latestRoundData()).to.deep.equal([
      BigInt(now - 20),
      100n * ONE,
      BigInt(now - 20),
      BigInt(now - 20),
      BigInt(now - 20),
    ]);

    await six?.setRound(500n * 10n ** 6n, now);
    expect((await middle.latestRoundData())[1]).to.equal(101n * ONE);
  });

  it("leaves out what is stale, zero or negative, or reverts", async () => {
    const { feeds, middle, operator } = await networkHelpers.loadFixture(median);
    const [eight, eighteen, six] = feeds;
    const now = await time.latest();
    await eight?.setRound(101n * ONE, now);
    await eighteen?.setRound(99n * WAD, now);
    await six?.setRound(1, now - 3_600);
    expect((await middle.latestRoundData())[1]).to.equal(100n * ONE);

    await eighteen?.connect(operator).setRound(0, now);
    await expect(middle.latestRoundData()).to.be.revertedWithCustomError(middle, "MedianFeedNoQuorum").withArgs(1, 2);
    await eighteen?.setRound(-1, now);
    await expect(middle.latestRoundData()).to.be.revertedWithCustomError(middle, "MedianFeedNoQuorum").withArgs(1, 2);
  });

  it("changes its feeds, with a quorum among them", async () => {
    const { addresses, middle, stranger } = await networkHelpers.loadFixture(median);
    await middle.setFeeds(addresses.slice(0, 1), 1, 10);
    expect(await middle.feeds()).to.deep.equal(addresses.slice(0, 1));
    expect([await middle.quorum(), await middle.maxAge()]).to.deep.equal([1n, 10n]);

    for (const quorum of [0, 4]) {
      await expect(middle.setFeeds(addresses, quorum, 10))
        .to.be.revertedWithCustomError(middle, "MedianFeedInvalidQuorum")
        .withArgs(quorum, 3);
    }
    await expect(middle.connect(stranger).setFeeds(addresses, 1, 10)).to.be.revertedWithCustomError(
      middle,
      "OwnableUnauthorizedAccount",
    );
  });
});

describe("FeedReader", () => {
  it("returns a price that is fresh and above zero, at its greatest age too", async () => {
    const { feed, math } = await networkHelpers.loadFixture(fixture);
    const now = await time.latest();
    await feed.setRound(7, now - 99);
    expect(await math.read(feed, 100)).to.equal(7n);
    await feed.setRound(8, now + 1_000);
    expect(await math.read(feed, 0)).to.equal(8n);
  });

  it("reverts for a price that is too old, zero or negative", async () => {
    const { feed, math } = await networkHelpers.loadFixture(fixture);
    const now = await time.latest();
    await feed.setRound(7, now - 100);
    await expect(math.read(feed, 100))
      .to.be.revertedWithCustomError(math, "FeedReaderStale")
      .withArgs(feed, now - 100, 100);
    for (const answer of [0, -1]) {
      await feed.setRound(answer, now);
      await expect(math.read(feed, 100))
        .to.be.revertedWithCustomError(math, "FeedReaderNotPositive")
        .withArgs(feed, answer);
    }
  });
});
