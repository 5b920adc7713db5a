import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { deployTokens, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const Q96 = 2n ** 96n;
const FEE = 500n;
const L = 10n ** 24n;

/** Three bands from 0.95 to 1.05 in square roots, the middle one within half a percent of one. */
const EDGES = [95n, 995n, 1_005n, 105n].map((edge) => (edge * Q96) / (edge < 200n ? 100n : 1_000n));

async function unfilled() {
  const world = await deployTokens(connection);
  const { owner, alice, first, second } = world;
  const pool = await ethers.deployContract("BandedPool", [owner, [first, second], FEE, EDGES, Q96]);
  for (const token of [first, second]) {
    for (const account of [owner, alice]) await token.connect(account).approve(pool, ethers.MaxUint256);
  }
  return { ...world, pool };
}

async function fixture() {
  const world = await unfilled();
  for (const [band, liquidity] of [L, 10n * L, L].entries()) {
    await world.pool.addLiquidity(band, liquidity, ethers.MaxUint256, ethers.MaxUint256);
  }
  return world;
}

describe("BandedPool", () => {
  it("sells within one range as published (UNI-06)", async () => {
    const { input, expected } = vector("UNI-06");
    const math = await ethers.deployContract("MarketMath__Harness");
    const price = input("sqrtPX96");
    const step = await math.step(price, price / 2n, input("L"), input("amountIn"), input("feePips"));
    expect([step.sqrtPrice, step.amountIn, step.amountOut, step.fee]).to.deep.equal([
      expected("sqrtNext"),
      expected("amountIn"),
      expected("amountOut"),
      expected("fee"),
    ]);

    const { owner, first, second, alice } = await deployTokens(connection);
    const edges = [price / 4n, price / 2n, price * 2n, price * 3n];
    const pool = await ethers.deployContract("BandedPool", [owner, [first, second], input("feePips"), edges, price]);
    for (const token of [first, second]) {
      for (const account of [owner, alice]) await token.connect(account).approve(pool, ethers.MaxUint256);
    }
    await pool.addLiquidity(1, input("L"), ethers.MaxUint256, ethers.MaxUint256);
    await expect(pool.connect(alice).swap(first, second, input("amountIn"), 0, alice)).to.changeTokenBalance(
      ethers,
      second,
      alice,
      expected("amountOut"),
    );
    expect(await pool.sqrtPriceX96()).to.equal(expected("sqrtNext"));
  });

  it("rounds the next price the same when the product would overflow", async () => {
    const math = await ethers.deployContract("MarketMath__Harness");
    const price = 2n ** 159n;
    const amount = 2n ** 100n;

    expect(await math.priceAfter(price, 10n, amount, true)).to.equal((10n * Q96) / ((10n * Q96) / price + amount) + 1n);

    // The product alone fits, its sum with the scaled liquidity does not.
    const liquidity = 2n ** 127n;
    const fitting = (2n ** 256n - 1n) / price;
    const scaled = liquidity * Q96;
    const expected = (scaled + (scaled / price + fitting) - 1n) / (scaled / price + fitting);
    expect(await math.priceAfter(price, liquidity, fitting, true)).to.equal(expected);
  });

  describe("swap", () => {
    it("quotes what it then pays, in both directions and across bands", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);

      for (const [sold, bought, amount] of [
        [first, second, 80_000n * WAD],
        [second, first, 120_000n * WAD],
        [first, second, WAD],
      ] as const) {
        const out = await pool.quote(sold, bought, amount);
        await expect(pool.connect(alice).swap(sold, bought, amount, out, alice)).to.changeTokenBalance(
          ethers,
          bought,
          alice,
          out,
        );
      }
    });

    it("falls off the edge: a good price until the band is empty, a bad one beyond, then none", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const [inside] = await pool.depth(first, second, 50_000n * WAD);
      expect(inside).to.equal(50_000n * WAD);
      const near = ((await pool.quote(first, second, 50_000n * WAD)) * 1_000n) / (50_000n * WAD);
      expect(near).to.equal(994n);

      const [sold, bought] = await pool.depth(first, second, 10n ** 30n);
      expect(sold).to.be.lessThan(110_000n * WAD);
      await expect(pool.connect(alice).swap(first, second, sold + WAD, 0, alice)).to.be.revertedWithCustomError(
        pool,
        "BandedPoolExhausted",
      );
      await expect(pool.connect(alice).swap(first, second, sold, 0, alice)).to.changeTokenBalance(
        ethers,
        second,
        alice,
        bought,
      );
      expect(await pool.sqrtPriceX96()).to.equal(EDGES[0]);
      await expect(pool.quote(first, second, 1))
        .to.be.revertedWithCustomError(pool, "BandedPoolExhausted")
        .withArgs(1);
    });

    it("jumps over a band without liquidity", async () => {
      const { pool, first, second, owner, alice } = await networkHelpers.loadFixture(fixture);
      await pool.removeLiquidity(1, 10n * L, owner);
      const out = await pool.quote(first, second, 1_000n * WAD);

      expect(out).to.be.lessThan(991n * WAD);
      await pool.connect(alice).swap(first, second, 1_000n * WAD, out, alice);
      expect(await pool.sqrtPriceX96()).to.be.lessThan(EDGES[1]);
    });

    it("reverts for a strange pair, for nothing bought and while paused", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const trader = pool.connect(alice);

      await expect(trader.swap(first, alice, 1, 0, alice))
        .to.be.revertedWithCustomError(pool, "MarketUnknownPair")
        .withArgs(first, alice);
      await expect(pool.spotPrice(second, second)).to.be.revertedWithCustomError(pool, "MarketUnknownPair");
      await expect(trader.swap(first, second, 1, 0, alice)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await pool.pause(1);
      await expect(trader.swap(first, second, WAD, 0, alice)).to.be.revertedWithCustomError(
        pool,
        "PausableFlagsPaused",
      );
    });
  });

  describe("liquidity", () => {
    it("takes only the token on the price's other side", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(unfilled);
      const provider = pool.connect(alice);
      await expect(provider.addLiquidity(0, L, 0, ethers.MaxUint256)).to.changeTokenBalance(ethers, first, alice, 0n);
      await expect(provider.addLiquidity(2, L, ethers.MaxUint256, 0)).to.changeTokenBalance(ethers, second, alice, 0n);
    });

    it("pays back what it took, less a wei a token", async () => {
      const { pool, alice } = await networkHelpers.loadFixture(fixture);
      const provider = pool.connect(alice);
      const liquidity = 123_456_789_012_345_678_901n;
      const [in0, in1] = await provider.addLiquidity.staticCall(1, liquidity, ethers.MaxUint256, ethers.MaxUint256);
      await provider.addLiquidity(1, liquidity, ethers.MaxUint256, ethers.MaxUint256);
      const [out0, out1] = await provider.removeLiquidity.staticCall(1, liquidity, alice);

      expect(in0 - out0).to.be.within(0n, 2n);
      expect(in1 - out1).to.be.within(0n, 1n);
    });

    it("shares fees by liquidity in the bands that earned them", async () => {
      const { pool, first, second, owner, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).addLiquidity(1, 30n * L, ethers.MaxUint256, ethers.MaxUint256);
      await pool.connect(alice).swap(first, second, 10_000n * WAD, 0, alice);
      await pool.connect(alice).swap(second, first, 10_000n * WAD, 0, alice);
      const fee = (10_000n * WAD * FEE) / 1_000_000n;

      const [own0, own1] = await pool.removeLiquidity.staticCall(1, 0, owner);
      const [her0, her1] = await pool.connect(alice).removeLiquidity.staticCall(1, 0, alice);
      expect(own0).to.be.closeTo(fee / 4n, 3n);
      expect(her0).to.be.closeTo((fee * 3n) / 4n, 3n);
      expect(own1 + her1).to.be.closeTo(fee, 3n);
      expect(own0 + her0).to.be.at.most(fee + 1n);
      expect(await pool.removeLiquidity.staticCall(0, 0, owner)).to.deep.equal([0n, 0n]);

      await pool.removeLiquidity(1, 0, owner);
      expect(await pool.removeLiquidity.staticCall(1, 0, owner)).to.deep.equal([0n, 0n]);
      expect((await pool.positionOf(owner, 1)).liquidity).to.equal(10n * L);
      expect((await pool.bandAt(1)).liquidity).to.equal(40n * L);
      expect(await pool.edges()).to.deep.equal(EDGES);
    });

    it("reverts for nothing, too much, too dear, a taxed token and a band that is not", async () => {
      const { pool, first, alice } = await networkHelpers.loadFixture(fixture);
      const provider = pool.connect(alice);
      const most = ethers.MaxUint256;

      await expect(provider.addLiquidity(1, 0, most, most)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(provider.addLiquidity(1, 2n ** 128n, most, most)).to.be.revertedWithCustomError(
        pool,
        "BandedPoolTooMuchLiquidity",
      );
      await expect(provider.addLiquidity(1, L, 0, most)).to.be.revertedWithCustomError(pool, "BandedPoolTooExpensive");
      await expect(provider.addLiquidity(1, L, most, 0)).to.be.revertedWithCustomError(pool, "BandedPoolTooExpensive");
      await expect(provider.addLiquidity(3, L, most, most))
        .to.be.revertedWithCustomError(pool, "BandedPoolUnknownBand")
        .withArgs(3, 3);
      await expect(pool.bandAt(3)).to.be.revertedWithCustomError(pool, "BandedPoolUnknownBand");
      await expect(provider.removeLiquidity(1, 1, alice))
        .to.be.revertedWithCustomError(pool, "BandedPoolInsufficientLiquidity")
        .withArgs(alice, 1, 0);
      await first.setTax(1);
      await expect(provider.addLiquidity(1, L, most, most)).to.be.revertedWithCustomError(
        pool,
        "BandedPoolShortPayment",
      );
    });
  });

  describe("prices", () => {
    it("averages over any window, in both directions", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      expect(await pool.spotPrice(first, second)).to.equal(WAD);
      const start = await time.latest();
      await time.setNextBlockTimestamp(start + 100);
      await pool.connect(alice).swap(first, second, 40_000n * WAD, 0, alice);
      await time.increaseTo(start + 400);

      const low = await pool.spotPrice(first, second);
      const high = await pool.spotPrice(second, first);
      expect(low).to.be.lessThan(WAD);
      expect(high).to.be.greaterThan(WAD);
      expect(await pool.averagePrice(first, second, 400)).to.equal((WAD * 100n + low * 300n) / 400n);
      expect(await pool.averagePrice(second, first, 300)).to.equal(high);
    });
  });

  describe("constructor", () => {
    it("reverts for parts that do not fit", async () => {
      const { pool, owner, first, second } = await networkHelpers.loadFixture(fixture);
      const factory = await ethers.getContractFactory("BandedPool");
      const long = await ethers.deployContract("Token__MockForMarkets", [19]);
      const both = [first, second] as const;
      const [low = 0n, mid = 0n, high = 0n, top = 0n] = EDGES;

      for (const [tokens, fee, edges, price] of [
        [both, FEE, [], Q96],
        [both, FEE, [low, mid, high], Q96],
        [both, FEE, [low, mid, high, top, top + 1n, top + 2n, top + 3n], Q96],
        [[first, first], FEE, EDGES, Q96],
        [[first, long], FEE, EDGES, Q96],
        [[long, first], FEE, EDGES, Q96],
        [both, 1_000_000n, EDGES, Q96],
        [both, FEE, [low, mid, mid, top], Q96],
        [both, FEE, [2n ** 32n - 1n, mid, high, top], Q96],
        [both, FEE, [low, mid, high, 2n ** 160n], Q96],
        [both, FEE, EDGES, low - 1n],
        [both, FEE, EDGES, top + 1n],
      ] as const) {
        await expect(factory.deploy(owner, [...tokens], fee, [...edges], price)).to.be.revertedWithCustomError(
          pool,
          "BandedPoolInvalidTerms",
        );
      }
    });
  });
});
