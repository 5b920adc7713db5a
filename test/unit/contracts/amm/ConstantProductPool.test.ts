import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { deployConstantProduct, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DOLLAR = 10n ** 6n;
const Q112 = 2n ** 112n;

async function fixture() {
  return await deployConstantProduct(connection);
}

async function empty() {
  return await deployConstantProduct(connection, { amounts: [0n, 0n] });
}

describe("ConstantProductPool", () => {
  describe("published numbers", () => {
    it("sells 10,000 dollars (UNI-01)", async () => {
      const { input, expected } = vector("UNI-01");
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      expect([await pool.reserve0(), await pool.reserve1()]).to.deep.equal([input("rIn"), input("rOut")]);

      expect(await pool.quote(first, second, input("amountIn"))).to.equal(expected("out"));
      await expect(pool.connect(alice).swap(first, second, input("amountIn"), 0, alice)).to.changeTokenBalance(
        ethers,
        second,
        alice,
        expected("out"),
      );
    });

    it("asks the price of 5 ether (UNI-02)", async () => {
      const { input, expected } = vector("UNI-02");
      const { pool, first, second } = await networkHelpers.loadFixture(fixture);

      expect(await pool.quoteIn(first, second, input("amountOut"))).to.equal(expected("in"));
    });

    it("gives what the product allows, and not a wei more (UNI-03)", async () => {
      const { input, expected } = vector("UNI-01");
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const trader = pool.connect(alice);
      const [sold, bought] = [input("amountIn"), expected("out")];

      await expect(trader.swapExactly(first, second, sold, bought + 1n, alice))
        .to.be.revertedWithCustomError(pool, "ConstantProductPoolProductFalls")
        .withArgs(sold, bought + 1n);
      await expect(trader.swapExactly(first, second, sold, bought, alice))
        .to.emit(pool, "Swapped")
        .withArgs(alice, first, second, sold, bought, alice);
    });

    it("keeps a thousand of the first liquidity (UNI-04)", async () => {
      const { input, expected } = vector("UNI-04");
      const { pool, owner } = await networkHelpers.loadFixture(empty);
      await pool.addLiquidity(input("a"), input("b"), 0, owner);

      expect(await pool.balanceOf(owner)).to.equal(expected("liquidity"));
      expect(await pool.totalSupply()).to.equal(expected("liquidity") + 1_000n);
    });
  });

  describe("swap", () => {
    it("sells the second token as well as the first", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const out = await pool.quote(second, first, WAD);

      await expect(pool.connect(alice).swap(second, first, WAD, out, alice)).to.changeTokenBalance(
        ethers,
        first,
        alice,
        out,
      );
      expect(await pool.reserve1()).to.equal(501n * WAD);
    });

    it("ignores tokens that were sent without a call", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const out = await pool.quote(first, second, DOLLAR);
      await first.connect(alice).transfer(pool, 10n ** 15n);

      expect(await pool.quote(first, second, DOLLAR)).to.equal(out);
    });

    it("reverts for strange pairs, an empty pool, nothing sold, and a pause", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const trader = pool.connect(alice);

      await expect(trader.swap(first, first, 1, 0, alice))
        .to.be.revertedWithCustomError(pool, "MarketUnknownPair")
        .withArgs(first, first);
      await expect(trader.swap(alice, second, 1, 0, alice)).to.be.revertedWithCustomError(pool, "MarketUnknownPair");
      await expect(trader.swap(second, alice, 1, 0, alice)).to.be.revertedWithCustomError(pool, "MarketUnknownPair");
      await expect(trader.swap(first, second, 0, 0, alice)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(trader.swap(second, first, 1, 0, alice)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await pool.pause(1);
      await expect(trader.swap(first, second, 1, 0, alice)).to.be.revertedWithCustomError(pool, "PausableFlagsPaused");

      const { pool: bare, first: one, second: two } = await networkHelpers.loadFixture(empty);
      await expect(bare.quote(one, two, 1)).to.be.revertedWithCustomError(bare, "MarketEmpty");
    });

    it("reverts when the whole reserve is asked for", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const all = 500n * WAD;

      for (const call of [
        async () => await pool.quoteIn(first, second, all),
        async () => await pool.connect(alice).swapExactly(first, second, 10n ** 30n, all, alice),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(pool, "ConstantProductPoolInsufficientReserve")
          .withArgs(all, all);
      }
    });

    it("reverts when a reserve would reach 2^112", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const sold = Q112 - 10n ** 12n;

      await expect(pool.connect(alice).swap(first, second, sold, 0, alice))
        .to.be.revertedWithCustomError(pool, "ConstantProductPoolReserveTooLarge")
        .withArgs(Q112);
    });
  });

  describe("liquidity", () => {
    it("takes the pool's ratio of what it is offered", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const provider = pool.connect(alice);

      await expect(provider.addLiquidity(2_000n * DOLLAR, 10n * WAD, 0, alice)).to.changeTokenBalances(
        ethers,
        second,
        [alice, pool],
        [-WAD, WAD],
      );
      await expect(provider.addLiquidity(10_000n * DOLLAR, WAD, 0, alice)).to.changeTokenBalances(
        ethers,
        first,
        [alice, pool],
        [-2_000n * DOLLAR, 2_000n * DOLLAR],
      );
    });

    it("pays both tokens back, rounded down", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const provider = pool.connect(alice);
      await provider.addLiquidity(2_000n * DOLLAR, WAD, 0, alice);
      const burned = await pool.balanceOf(alice);
      const supply = await pool.totalSupply();
      const part0 = ((await pool.reserve0()) * burned) / supply;
      const part1 = ((await pool.reserve1()) * burned) / supply;

      await expect(provider.removeLiquidity(burned, part0, part1, alice))
        .to.emit(pool, "LiquidityRemoved")
        .withArgs(alice, part0, part1, burned, alice);
      expect(part0).to.be.at.most(2_000n * DOLLAR);
      expect(await first.balanceOf(pool)).to.equal(await pool.reserve0());
      expect(await second.balanceOf(pool)).to.equal(await pool.reserve1());
    });

    it("reverts below a minimum and for nothing", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(fixture);
      const minted = await pool.addLiquidity.staticCall(2_000n * DOLLAR, WAD, 0, owner);

      await expect(pool.addLiquidity(2_000n * DOLLAR, WAD, minted + 1n, owner))
        .to.be.revertedWithCustomError(pool, "MarketInsufficientOutput")
        .withArgs(minted, minted + 1n);
      await expect(pool.addLiquidity(0, WAD, 0, owner)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(pool.removeLiquidity(0, 0, 0, owner)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(pool.removeLiquidity(minted, 2_000n * DOLLAR + 1n, 0, owner)).to.be.revertedWithCustomError(
        pool,
        "MarketInsufficientOutput",
      );
      await expect(pool.removeLiquidity(minted, 0, WAD + 1n, owner)).to.be.revertedWithCustomError(
        pool,
        "MarketInsufficientOutput",
      );
    });

    it("refuses a first deposit that is worth a thousand or less", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(empty);

      await expect(pool.addLiquidity(1_000, 1_000, 0, owner)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await pool.addLiquidity(1_001, 1_001, 1, owner);
    });

    it("makes no profit for who gives the first wei and a donation", async () => {
      const { pool, first, second, owner, alice } = await networkHelpers.loadFixture(empty);
      await pool.addLiquidity(1_001, 1_001, 0, owner);
      await first.transfer(pool, 10n ** 18n);
      await second.transfer(pool, 10n ** 18n);
      await pool.connect(alice).addLiquidity(10n ** 18n, 10n ** 18n, 0, alice);

      expect(await pool.balanceOf(alice)).to.equal(10n ** 18n);
    });
  });

  describe("prices", () => {
    it("accumulates the price of every second, and averages it over any window", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const start = await time.latest();
      expect(await pool.spotPrice(second, first)).to.equal(2_000n * WAD);
      expect(await pool.spotPrice(first, second)).to.equal(WAD / 2_000n);
      const before = ((await pool.reserve0()) * Q112) / (await pool.reserve1());

      await time.setNextBlockTimestamp(start + 600);
      await pool.connect(alice).swap(second, first, 100n * WAD, 0, alice);
      const after = ((await pool.reserve0()) * Q112) / (await pool.reserve1());
      await time.increaseTo(start + 1_800);

      const [, sum1] = await pool.accumulatedPrices();
      expect(sum1).to.equal(before * 600n + after * 1_200n);
      const priceOf = (sum: bigint, seconds: bigint) => ((sum / seconds) * WAD * WAD) / (Q112 * DOLLAR);
      expect(await pool.averagePrice(second, first, 1_800)).to.equal(priceOf(sum1, 1_800n));
      expect(await pool.averagePrice(second, first, 1_500)).to.equal(priceOf(sum1 - before * 300n, 1_500n));
      expect(await pool.averagePrice(second, first, 1_200)).to.equal(priceOf(after * 1_200n, 1_200n));
      // Longer than the pool's life: all of it.
      expect(await pool.averagePrice(second, first, 10n ** 9n)).to.equal(priceOf(sum1, 1_800n));
      expect(await pool.averagePrice(first, second, 1_800)).to.be.greaterThan(WAD / 2_000n);
    });
  });

  describe("constructor", () => {
    it("reverts for a token with itself, or with more than 18 decimals", async () => {
      const { pool, owner, first } = await networkHelpers.loadFixture(fixture);
      const factory = await ethers.getContractFactory("ConstantProductPool");
      const long = await ethers.deployContract("Token__MockForMarkets", [19]);

      for (const [one, other] of [
        [first, first],
        [first, long],
        [long, first],
      ] as const) {
        await expect(factory.deploy(owner, one, other))
          .to.be.revertedWithCustomError(pool, "ConstantProductPoolInvalidTokens")
          .withArgs(one, other);
      }
    });
  });
});
