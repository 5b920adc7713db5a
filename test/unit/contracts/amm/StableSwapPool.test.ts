import { expect } from "chai";
import { network } from "hardhat";

import { deployStableSwap, WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DAY = 86_400;

async function fixture() {
  return await deployStableSwap(connection);
}

async function threeCoins() {
  return await deployStableSwap(connection, {
    balances: [1_000n * WAD, 1_000n * 10n ** 6n, 1_000n * WAD],
    decimals: [18, 6, 18],
    rates: [WAD, WAD, (11n * WAD) / 10n],
    offpegMultiplier: 20_000_000_000n,
  });
}

async function empty() {
  return await deployStableSwap(connection, { balances: [0n, 0n] });
}

describe("StableSwapPool", () => {
  describe("swap", () => {
    it("pays the buyer and tells it", async () => {
      const { pool, first, second, alice, bob } = await networkHelpers.loadFixture(fixture);
      const out = await pool.quote(first, second, WAD);

      await expect(pool.connect(alice).swap(first, second, WAD, out, bob))
        .to.emit(pool, "Swapped")
        .withArgs(alice, first, second, WAD, out, bob);
      expect(await second.balanceOf(bob)).to.equal(out);
    });

    it("counts what arrives of a token that is taxed on its way", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      await first.setTax(100);
      const out = await pool.quote(first, second, 990n * WAD);

      await expect(pool.connect(alice).swap(first, second, 1_000n * WAD, out, alice)).to.changeTokenBalance(
        ethers,
        second,
        alice,
        out,
      );
    });

    it("prices coins of other decimals by their rates", async () => {
      const { pool, tokens } = await networkHelpers.loadFixture(threeCoins);
      const [, six, rated] = tokens;
      if (!six || !rated) throw new RangeError("the pool has three coins");

      expect(await pool.quote(six, rated, 11n * 10n ** 6n)).to.be.closeTo(10n * WAD, WAD / 10n);
      const price = await pool.spotPrice(rated, six);
      expect(price).to.be.closeTo((11n * WAD) / 10n, WAD / 100n);
      expect((price * (await pool.spotPrice(six, rated))) / WAD).to.be.closeTo(WAD, 10n);
    });

    it("reverts below the caller's minimum", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const out = await pool.quote(first, second, WAD);

      await expect(pool.connect(alice).swap(first, second, WAD, out + 1n, alice))
        .to.be.revertedWithCustomError(pool, "MarketInsufficientOutput")
        .withArgs(out, out + 1n);
    });

    it("reverts when nothing is sold or nothing would be bought", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);

      for (const dust of [0n, 1n]) {
        await expect(pool.connect(alice).swap(first, second, dust, 0, alice)).to.be.revertedWithCustomError(
          pool,
          "MarketZeroAmount",
        );
      }
    });

    it("reverts for tokens that are not a pair of it", async () => {
      const { pool, first, alice, bob } = await networkHelpers.loadFixture(fixture);

      for (const other of [await first.getAddress(), bob.address]) {
        await expect(pool.connect(alice).swap(first, other, 1, 0, alice))
          .to.be.revertedWithCustomError(pool, "MarketUnknownPair")
          .withArgs(first, other);
        await expect(pool.quote(other, first, 1)).to.be.revertedWithCustomError(pool, "MarketUnknownPair");
      }
    });

    it("reverts on an empty pool", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(empty);

      await expect(pool.connect(alice).swap(first, second, WAD, 0, alice)).to.be.revertedWithCustomError(
        pool,
        "MarketEmpty",
      );
      expect(await pool.virtualPrice()).to.equal(0n);
      expect(await pool.invariant()).to.equal(0n);
    });

    it("reverts while swaps are paused, and resumes", async () => {
      const { pool, first, second, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.setPauser(bob);
      await pool.connect(bob).pause(1);

      await expect(pool.connect(alice).swap(first, second, WAD, 0, alice))
        .to.be.revertedWithCustomError(pool, "PausableFlagsPaused")
        .withArgs(0);
      await pool.unpause(1);
      await pool.connect(alice).swap(first, second, WAD, 0, alice);
    });
  });

  describe("addLiquidity", () => {
    it("mints the invariant's growth for a balanced deposit, with hardly a fee", async () => {
      const { pool, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).addLiquidity([1_000n * WAD, 1_000n * WAD], 0, alice);

      expect(await pool.balanceOf(alice)).to.equal(2_000n * WAD);
      expect(await pool.adminFees()).to.deep.equal([0n, 0n]);
    });

    it("charges a one-sided deposit, half of it for the owner", async () => {
      const { pool, alice } = await networkHelpers.loadFixture(fixture);
      await expect(pool.connect(alice).addLiquidity([1_000n * WAD, 0], 0, alice)).to.emit(pool, "LiquidityAdded");

      expect(await pool.balanceOf(alice)).to.be.lessThan(1_000n * WAD);
      const [fee0 = 0n, fee1 = 0n] = await pool.adminFees();
      expect(fee0).to.be.greaterThan(0n);
      expect(fee1).to.be.greaterThan(0n);
      expect(await pool.virtualPrice()).to.be.greaterThan(WAD);
    });

    it("reverts when a first deposit leaves a coin out", async () => {
      const { pool } = await networkHelpers.loadFixture(empty);
      const math = await ethers.getContractFactory("MarketMath__Harness");

      await expect(pool.addLiquidity([WAD, 0], 0, pool))
        .to.be.revertedWithCustomError(math, "StableSwapMathZeroBalance")
        .withArgs(1);
    });

    it("reverts below the minimum, for nothing, and for a list of another length", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(fixture);

      await expect(pool.addLiquidity([WAD, WAD], 2n * WAD + 1n, owner))
        .to.be.revertedWithCustomError(pool, "MarketInsufficientOutput")
        .withArgs(2n * WAD, 2n * WAD + 1n);
      await expect(pool.addLiquidity([0, 0], 0, owner)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(pool.addLiquidity([WAD], 0, owner))
        .to.be.revertedWithCustomError(pool, "StableSwapPoolWrongLength")
        .withArgs(1, 2);
    });
  });

  describe("removeLiquidity", () => {
    it("pays every coin's part, rounded down", async () => {
      const { pool, owner, first, second, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).swap(first, second, 100n * WAD + 1n, 0, alice);
      const { balances } = await pool.state();
      const supply = await pool.totalSupply();
      const burned = 123_456_789n * 10n ** 9n;
      const [part0, part1] = balances.map((balance) => (balance * burned) / supply);

      await expect(pool.removeLiquidity(burned, [0, 0], owner)).to.changeTokenBalances(
        ethers,
        second,
        [owner, pool],
        [part1 ?? 0n, -(part1 ?? 0n)],
      );
      const { balances: left } = await pool.state();
      expect((balances[0] ?? 0n) - (left[0] ?? 0n)).to.equal(part0);
    });

    it("empties the pool for its last provider, and starts anew", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(fixture);
      await pool.removeLiquidity(await pool.balanceOf(owner), [0, 0], owner);
      expect((await pool.state()).balances).to.deep.equal([0n, 0n]);

      await pool.addLiquidity([WAD, WAD], 0, owner);
      expect(await pool.totalSupply()).to.equal(2n * WAD);
    });

    it("reverts below a minimum, for nothing, for too much, and for a list of another length", async () => {
      const { pool, owner, alice } = await networkHelpers.loadFixture(fixture);

      await expect(pool.removeLiquidity(2n * WAD, [WAD, WAD + 1n], owner))
        .to.be.revertedWithCustomError(pool, "MarketInsufficientOutput")
        .withArgs(WAD, WAD + 1n);
      await expect(pool.removeLiquidity(0, [0, 0], owner)).to.be.revertedWithCustomError(pool, "MarketZeroAmount");
      await expect(pool.removeLiquidity(1, [0], owner)).to.be.revertedWithCustomError(
        pool,
        "StableSwapPoolWrongLength",
      );
      await expect(pool.connect(alice).removeLiquidity(1, [0, 0], alice)).to.be.revertedWithCustomError(
        pool,
        "ERC20InsufficientBalance",
      );
    });
  });

  describe("removeLiquidityOne", () => {
    it("pays one coin and burns", async () => {
      const { pool, owner, second } = await networkHelpers.loadFixture(fixture);
      const [amount] = await pool.quoteRemoveOne(WAD, second);

      await expect(pool.removeLiquidityOne(WAD, second, amount, owner))
        .to.emit(pool, "LiquidityRemoved")
        .withArgs(owner, [0n, amount], WAD, owner);
      expect(await pool.totalSupply()).to.equal(1_999_999n * WAD);
    });

    it("leaves the other coins to the next provider when all liquidity goes", async () => {
      const { pool, owner, first } = await networkHelpers.loadFixture(fixture);
      await pool.removeLiquidityOne(await pool.balanceOf(owner), first, 0, owner);

      expect(await pool.totalSupply()).to.equal(0n);
      expect((await pool.state()).balances[1]).to.equal(1_000_000n * WAD);
    });

    it("reverts below the minimum, for dust, for nothing, for a foreign coin and beyond the supply", async () => {
      const { pool, owner, first, alice } = await networkHelpers.loadFixture(fixture);
      const [amount] = await pool.quoteRemoveOne(WAD, first);

      await expect(pool.removeLiquidityOne(WAD, first, amount + 1n, owner))
        .to.be.revertedWithCustomError(pool, "MarketInsufficientOutput")
        .withArgs(amount, amount + 1n);
      for (const dust of [0, 1]) {
        await expect(pool.removeLiquidityOne(dust, first, 0, owner)).to.be.revertedWithCustomError(
          pool,
          "MarketZeroAmount",
        );
      }
      await expect(pool.quoteRemoveOne(1, alice)).to.be.revertedWithCustomError(pool, "MarketUnknownPair");
      await expect(pool.quoteRemoveOne(2_000_000n * WAD + 1n, first)).to.be.revertedWithCustomError(
        pool,
        "ERC20InsufficientBalance",
      );
    });
  });

  describe("removeLiquidityImbalance", () => {
    it("pays the amounts, burns what quoteRemoveImbalance tells, and keeps half of the fees for the owner", async () => {
      const { pool, first, owner } = await networkHelpers.loadFixture(fixture);
      const amounts = [1_000n * WAD, 0n];
      const [burned, fees] = await pool.quoteRemoveImbalance(amounts);

      await expect(pool.removeLiquidityImbalance(amounts, burned, owner))
        .to.emit(pool, "LiquidityRemoved")
        .withArgs(owner, amounts, burned, owner);
      expect(burned).to.be.greaterThan(1_000n * WAD);
      expect([...(await pool.adminFees())]).to.deep.equal([...fees].map((fee) => fee / 2n));
      expect(await first.balanceOf(pool)).to.equal(999_000n * WAD);
    });

    it("burns a unit more than its part of the invariant for a balanced withdrawal without fee", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(fixture);
      await pool.setFee(0, 0);

      expect((await pool.quoteRemoveImbalance([WAD, WAD]))[0]).to.equal(2n * WAD + 1n);
      await pool.removeLiquidityImbalance([WAD, WAD], 2n * WAD + 1n, owner);
      expect(await pool.virtualPrice()).to.be.at.least(WAD);
    });

    it("costs what the same amount costs in one coin, to a millionth", async () => {
      const { pool, first } = await networkHelpers.loadFixture(threeCoins);
      const amount = 100n * WAD;
      const [burned] = await pool.quoteRemoveImbalance([amount, 0n, 0n]);

      expect((await pool.quoteRemoveOne(burned, first))[0]).to.be.closeTo(amount, amount / 1_000_000n);
    });

    it("reverts above the maximum, for nothing, beyond a balance, for a coin's whole balance and on an empty pool", async () => {
      const { pool, owner } = await networkHelpers.loadFixture(fixture);
      const [burned] = await pool.quoteRemoveImbalance([WAD, 0n]);
      const all = 1_000_000n * WAD;

      await expect(pool.removeLiquidityImbalance([WAD, 0n], burned - 1n, owner))
        .to.be.revertedWithCustomError(pool, "StableSwapPoolTooExpensive")
        .withArgs(burned, burned - 1n);
      await expect(pool.removeLiquidityImbalance([0n, 0n], burned, owner)).to.be.revertedWithCustomError(
        pool,
        "MarketZeroAmount",
      );
      await expect(pool.removeLiquidityImbalance([all + 1n, 0n], all, owner))
        .to.be.revertedWithCustomError(pool, "StableSwapPoolInsufficientBalance")
        .withArgs(all + 1n, all);
      await expect(pool.removeLiquidityImbalance([all, 0n], all, owner)).to.be.revertedWithCustomError(
        pool,
        "StableSwapMathZeroBalance",
      );
      await expect(pool.removeLiquidityImbalance([1n], all, owner)).to.be.revertedWithCustomError(
        pool,
        "StableSwapPoolWrongLength",
      );

      const { pool: bare } = await networkHelpers.loadFixture(empty);
      await expect(bare.quoteRemoveImbalance([1n, 0n])).to.be.revertedWithCustomError(bare, "MarketEmpty");
    });
  });

  describe("quoteAdd", () => {
    it("tells what adding mints, and its fees", async () => {
      const { pool, alice } = await networkHelpers.loadFixture(fixture);
      const amounts = [1_000n * WAD, 3n * WAD];
      const [minted, fees] = await pool.quoteAdd(amounts);

      await expect(pool.connect(alice).addLiquidity(amounts, minted, alice))
        .to.emit(pool, "LiquidityAdded")
        .withArgs(alice, amounts, [...fees], minted, alice);
    });
  });

  describe("averagePrice", () => {
    it("follows the price that stood, not the trade just made", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      const spot = await pool.spotPrice(second, first);
      await pool.connect(alice).swap(second, first, 500_000n * WAD, 0, alice);
      const low = await pool.spotPrice(second, first);
      expect(low).to.be.lessThan(spot);
      expect(await pool.averagePrice(second, first, 866)).to.be.closeTo(spot, 10n ** 12n);

      // After one window, 1 - 1/e of the way.
      await time.increase(866);
      const moved = spot - ((spot - low) * 632_120_558_828_557_678n) / WAD;
      expect(await pool.averagePrice(second, first, 866)).to.be.closeTo(moved, 10n ** 12n);
      await time.increase(866 * 50);
      expect(await pool.averagePrice(second, first, 866)).to.equal(low);
      expect(await pool.averageOf(0)).to.equal(WAD);
    });

    it("counts a price above two as two", async () => {
      const { pool, first, second, alice } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).swap(first, second, 30_000_000n * WAD, 0, alice);
      expect(await pool.spotPrice(second, first)).to.be.greaterThan(2n * WAD);
      await time.increase(866 * 60);

      expect(await pool.averagePrice(second, first, 866)).to.equal(2n * WAD);
    });

    it("prices one coin in another that is not the first", async () => {
      const { pool, tokens } = await networkHelpers.loadFixture(threeCoins);
      const [, six, rated] = tokens;
      if (!six || !rated) throw new RangeError("the pool has three coins");

      expect(await pool.averagePrice(rated, six, 866)).to.equal(await pool.spotPrice(rated, six));
    });

    it("reverts for another window than its own", async () => {
      const { pool, first, second } = await networkHelpers.loadFixture(fixture);

      await expect(pool.averagePrice(first, second, 60))
        .to.be.revertedWithCustomError(pool, "StableSwapPoolUnknownWindow")
        .withArgs(60, 866);
    });
  });

  describe("owner", () => {
    it("collects its half of the fees", async () => {
      const { pool, first, second, alice, bob } = await networkHelpers.loadFixture(fixture);
      await pool.connect(alice).swap(first, second, 1_000n * WAD, 0, alice);
      const [, fee = 0n] = await pool.adminFees();
      expect(fee).to.be.greaterThan(0n);

      await expect(pool.withdrawAdminFees(bob)).to.changeTokenBalance(ethers, second, bob, fee);
      expect(await pool.adminFees()).to.deep.equal([0n, 0n]);
    });

    it("sets the fee up to a half", async () => {
      const { pool } = await networkHelpers.loadFixture(fixture);
      await pool.setFee(5_000_000_000n, 10_000_000_000n);
      expect(await pool.fee()).to.equal(5_000_000_000n);

      const refused = [
        [5_000_000_001n, 0n],
        [5_000_000_000n, 10_000_000_001n],
        [0n, 2n ** 255n],
      ] as const;
      for (const [fee, multiplier] of refused) {
        await expect(pool.setFee(fee, multiplier))
          .to.be.revertedWithCustomError(pool, "StableSwapPoolFeeTooHigh")
          .withArgs(fee, multiplier);
      }
    });

    it("ramps the amplification down, and stops it where it is", async () => {
      const { pool } = await networkHelpers.loadFixture(fixture);
      const start = (await time.latest()) + DAY;
      await time.setNextBlockTimestamp(start);
      await pool.rampAmp(2_000, start + 2 * DAY);
      await time.setNextBlockTimestamp(start + DAY);
      await pool.stopRamp();
      expect(await pool.amp()).to.equal(11_000n);
      await time.increase(10 * DAY);

      expect(await pool.amp()).to.equal(11_000n);
    });

    it("reverts when a ramp is too far, too fast, too soon or out of range", async () => {
      const { pool } = await networkHelpers.loadFixture(fixture);
      await time.increase(DAY);
      const ramp = async (amp: bigint, length: number) => await pool.rampAmp(amp, (await time.latest()) + length);

      await expect(ramp(200_001n, 3 * DAY))
        .to.be.revertedWithCustomError(pool, "AmplificationTooFar")
        .withArgs(20_000, 200_001);
      await expect(ramp(1_999n, 3 * DAY)).to.be.revertedWithCustomError(pool, "AmplificationTooFar");
      await expect(ramp(10_000n, DAY / 2)).to.be.revertedWithCustomError(pool, "AmplificationTooFast");
      for (const amp of [99n, 100_000_001n]) {
        await expect(ramp(amp, 3 * DAY))
          .to.be.revertedWithCustomError(pool, "AmplificationOutOfRange")
          .withArgs(amp);
      }
      await ramp(200_000n, 3 * DAY);
      await expect(ramp(20_000n, 3 * DAY)).to.be.revertedWithCustomError(pool, "AmplificationTooSoon");
    });

    it("is alone in what it may do", async () => {
      const { pool, alice } = await networkHelpers.loadFixture(fixture);
      const stranger = pool.connect(alice);

      for (const call of [
        async () => await stranger.setFee(0, 0),
        async () => await stranger.withdrawAdminFees(alice),
        async () => await stranger.rampAmp(20_000, 2n ** 40n),
        async () => await stranger.stopRamp(),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(pool, "OwnableUnauthorizedAccount").withArgs(alice);
      }
    });
  });

  describe("constructor", () => {
    it("reverts for parts that do not fit", async () => {
      const { owner, terms, pool, first } = await networkHelpers.loadFixture(fixture);
      const factory = await ethers.getContractFactory("StableSwapPool");
      const long = await ethers.deployContract("Token__MockForMarkets", [37]);
      const [one = "", two = ""] = terms.coins;
      const wrong = [
        { ...terms, coins: [one], rateSources: [one] },
        { ...terms, coins: Array(9).fill(one), rateSources: Array(9).fill(one) },
        { ...terms, rateSources: [one] },
        { ...terms, coins: [one, one] },
        { ...terms, coins: [two, await long.getAddress()] },
        { ...terms, window: 0n },
      ];

      for (const parts of wrong) {
        await expect(factory.deploy(owner, parts)).to.be.revertedWithCustomError(pool, "StableSwapPoolInvalidTerms");
      }
      await expect(factory.deploy(owner, { ...terms, amp: 99n })).to.be.revertedWithCustomError(
        pool,
        "AmplificationOutOfRange",
      );
      expect(await pool.coins()).to.deep.equal([await first.getAddress(), two]);
    });

    it("takes a rate of one where no source is named", async () => {
      const { owner, terms } = await networkHelpers.loadFixture(fixture);
      const rateSources = [ethers.ZeroAddress, ethers.ZeroAddress];
      const pool = await ethers.deployContract("StableSwapPool", [owner, { ...terms, rateSources }]);

      expect((await pool.state()).rates).to.deep.equal([WAD, WAD]);
    });
  });
});
