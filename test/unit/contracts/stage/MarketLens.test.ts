import { expect } from "chai";
import { network } from "hardhat";

import { deployConstantProduct, deployStableSwap, FEED_SETTINGS, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  return { ...(await deployStableSwap(connection)), lens: await ethers.deployContract("MarketLens") };
}

async function emptyPools() {
  const stable = await deployStableSwap(connection, { balances: [0n, 0n] });
  const product = await deployConstantProduct(connection, { amounts: [0n, 0n] });
  return { stable: stable.pool, product: product.pool, lens: await ethers.deployContract("MarketLens") };
}

async function desk() {
  const [operator, stranger] = await ethers.getSigners();
  if (!operator || !stranger) throw new RangeError("the network has too few accounts");
  const opened = await ethers.deployContract("MarketDesk", [operator]);
  const feed = await ethers.deployContract("ReportedFeed", [opened, FEED_SETTINGS, ethers.ZeroAddress, 0]);
  return { operator, stranger, desk: opened, feed };
}

describe("MarketLens", () => {
  it("tells what a StableSwap pool tells", async () => {
    const { pool, first, second, alice, lens } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).swap(first, second, 1_000n * WAD, 0, alice);
    const state = await lens.stableSwap(pool);

    expect([...state.spot]).to.deep.equal([WAD, await pool.spotPrice(second, first)]);
    expect([...state.adminFees]).to.deep.equal([...(await pool.adminFees())]);
    expect([state.supply, state.virtualPrice]).to.deep.equal([await pool.totalSupply(), await pool.virtualPrice()]);
    expect(state.isPaused).to.equal(false);
    await pool.pause(1);
    expect((await lens.stableSwap(pool)).isPaused).to.equal(true);
  });

  it("tells zeros of pools that are empty", async () => {
    const { stable, product, lens } = await networkHelpers.loadFixture(emptyPools);

    const state = await lens.stableSwap(stable);
    expect([[...state.spot], [...state.average]]).to.deep.equal([
      [WAD, 0n],
      [WAD, 0n],
    ]);
    expect([state.virtualPrice, state.fee]).to.deep.equal([0n, 4_000_000n]);
    expect([...(await lens.constantProduct(product, 60)).spot]).to.deep.equal([WAD, 0n]);
  });

  it("tells zeros of a pool with a coin that counts for nothing", async () => {
    const { pool, second, lens } = await networkHelpers.loadFixture(fixture);
    await second.setRate(0);
    await expect(pool.virtualPrice()).to.be.revertedWithCustomError(pool, "StableSwapMathZeroBalance");

    const state = await lens.stableSwap(pool);
    expect([state.virtualPrice, state.fee, state.spot[1], state.average[1]]).to.deep.equal([0n, 4_000_000n, 0n, 0n]);
  });
});

describe("MarketDesk", () => {
  it("reports a round that is as old as it is told", async () => {
    const { desk: opened, feed } = await networkHelpers.loadFixture(desk);
    const now = (await networkHelpers.time.latest()) + 100;
    await networkHelpers.time.setNextBlockTimestamp(now);
    await opened.setAnswer(feed, 5, 60);
    expect((await feed.latestRoundData()).slice(1, 4)).to.deep.equal([5n, BigInt(now - 60), BigInt(now - 60)]);
    await opened.setAnswer(feed, 6, 2n ** 60n);
    expect((await feed.latestRoundData())[3]).to.equal(0n);
  });

  it("passes a call on, and a refusal back", async () => {
    const { desk: opened, feed } = await networkHelpers.loadFixture(desk);
    await opened.execute(feed, feed.interface.encodeFunctionData("setHeartbeat", [7]));
    expect(await feed.heartbeat()).to.equal(7n);
    const wrong = feed.interface.encodeFunctionData("setBounds", [2, 1]);
    await expect(opened.execute(feed, wrong)).to.be.revertedWithCustomError(feed, "PriceFeedInvalidBounds");
  });

  it("lets nobody else act", async () => {
    const { operator, stranger, desk: opened, feed } = await networkHelpers.loadFixture(desk);
    const other = opened.connect(stranger);
    for (const call of [
      async () => await other.setAnswer(feed, 1, 0),
      async () => await other.setSnapshot(feed, 1, 0),
      async () => await other.ramp(feed, 1, 0),
      async () => await other.execute(feed, "0x"),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(opened, "MarketDeskUnauthorized").withArgs(stranger, operator);
    }
  });
});
