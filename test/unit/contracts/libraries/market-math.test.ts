import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function fixture() {
  return await ethers.deployContract("MarketMath__Harness");
}

describe("Accumulator", () => {
  it("sums ticks over time, and rounds their mean towards minus infinity (UNI-07)", async () => {
    const { expected, raw } = vector("UNI-07");
    const math = await networkHelpers.loadFixture(fixture);
    const ticks = raw.inputs["ticks"] as readonly (readonly [string, string])[];
    let now = (await time.latest()) + 1;
    const start = now;
    for (const [tick, seconds] of ticks) {
      await time.setNextBlockTimestamp(now);
      await math.set(tick);
      now += Number(seconds);
    }
    await time.increaseTo(now);

    expect(await math.sumAt(now)).to.equal(expected("cum"));
    expect(await math.mean(now - start)).to.equal(expected("meanTick"));
  });

  it("looks up any moment, and saturates before the first one", async () => {
    const math = await networkHelpers.loadFixture(fixture);
    const start = (await time.latest()) + 1;
    for (const [k, value] of [5, -7, 11, 0].entries()) {
      await time.setNextBlockTimestamp(start + 10 * k);
      await math.set(value);
    }
    await time.increaseTo(start + 50);

    const sums = [-5, 0, 3, 10, 14, 20, 27, 30, 45].map(async (at) => Number(await math.sumAt(start + at)));
    expect(await Promise.all(sums)).to.deep.equal([0, 0, 15, 50, 22, -20, 57, 90, 90]);
    expect(await math.mean(0)).to.equal(0n);
    expect(await math.mean(2n ** 255n)).to.equal(1n);
  });

  it("reverts before the first value", async () => {
    const math = await networkHelpers.loadFixture(fixture);

    await expect(math.sumAt(1)).to.be.revertedWithCustomError(math, "AccumulatorEmpty");
    await expect(math.mean(1)).to.be.revertedWithCustomError(math, "AccumulatorEmpty");
  });
});

describe("MovingAverage", () => {
  it("decays by exp(-t / window)", async () => {
    const math = await networkHelpers.loadFixture(fixture);

    expect(await math.decay(0, 600)).to.equal(WAD);
    expect(await math.decay(600, 600)).to.equal(367_879_441_171_442_321n);
    expect(await math.decay(300, 600)).to.equal(606_530_659_712_633_423n);
    expect(await math.decay(6_000, 600)).to.equal(45_399_929_762_484n);
    expect(await math.decay(24_900, 600)).to.equal(0n);
    expect(await math.decay(2n ** 255n, 1)).to.equal(0n);
  });

  it("starts at the first value and caps the rest at two", async () => {
    const math = await networkHelpers.loadFixture(fixture);
    expect(await math.average(600)).to.equal(0n);
    await math.observe(WAD, 600);
    await math.observe(5n * WAD, 600);
    await time.increase(600 * 50);

    expect(await math.average(600)).to.equal(2n * WAD);
  });
});

describe("StableSwapMath", () => {
  it("reverts for a coin without balance", async () => {
    const math = await networkHelpers.loadFixture(fixture);

    for (const call of [
      async () => await math.invariant([WAD, 0], 20_000),
      async () => await math.balanceFor(0, [WAD, 0], 20_000, 2n * WAD),
      async () => await math.spotPrice([WAD, 0], 20_000, 1),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(math, "StableSwapMathZeroBalance").withArgs(1);
    }
    expect(await math.invariant([0, 0], 20_000)).to.equal(0n);
    expect(await math.spotPrice([WAD, 0], 20_000, 0)).to.equal(WAD);
  });

  it("reverts where the invariant does not settle", async () => {
    const math = await networkHelpers.loadFixture(fixture);

    await expect(math.invariant([35_517_510_972_568n, 1_112n], 10_000)).to.be.revertedWithCustomError(
      math,
      "StableSwapMathNoConvergence",
    );
  });

  it("ramps downwards, and stays at the end", async () => {
    const math = await networkHelpers.loadFixture(fixture);

    expect(await math.rampedAmp(20_000, 10_000, 172_800, 604_800)).to.equal(17_143n);
    expect(await math.rampedAmp(20_000, 10_000, 604_800, 604_800)).to.equal(10_000n);
  });

  it("keeps eight coins in balance", async () => {
    const math = await networkHelpers.loadFixture(fixture);
    const xp = Array<bigint>(8).fill(1_000n * WAD);

    expect(await math.invariant(xp, 20_000)).to.equal(8_000n * WAD);
    expect(await math.balanceFor(7, xp, 20_000, 8_000n * WAD)).to.equal(1_000n * WAD);
    expect(await math.spotPrice(xp, 20_000, 7)).to.equal(WAD);
  });
});
