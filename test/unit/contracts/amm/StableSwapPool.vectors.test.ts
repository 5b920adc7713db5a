import { expect } from "chai";
import { network } from "hardhat";

import { vector, vectorsOf } from "../../../helpers/defi-vectors.ts";
import { deployStableSwap } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers } = connection;
const math = await ethers.deployContract("MarketMath__Harness");
const USD = { description: "LRT / USD", decimals: 8, minAnswer: 0n, maxAnswer: 10n ** 30n, heartbeat: 3_600n };

describe("StableSwapPool, published numbers", () => {
  it("finds the invariant of a balanced pool (SS-01)", async () => {
    const { input, inputs, expected } = vector("SS-01");
    const { pool } = await deployStableSwap(connection, { balances: inputs("xp"), amp: input("amp") });

    expect(await pool.invariant()).to.equal(expected("D"));
    expect(await math.invariant(inputs("xp"), input("amp"))).to.equal(expected("D"));
  });

  for (const { id, title } of [...vectorsOf("SS-02"), ...vectorsOf("SS-13")]) {
    it(`prices an unbalanced pool: ${title} (${id})`, async () => {
      const { input, inputs, expected } = vector(id);
      const { pool, first, second } = await deployStableSwap(connection, {
        balances: inputs("xp"),
        amp: input("amp"),
      });

      expect(await pool.invariant()).to.equal(expected("D"));
      expect(await pool.spotPrice(second, first)).to.equal(expected("spotPriceCoin1"));
    });
  }

  for (const { id, title } of [...vectorsOf("SS-03"), ...vectorsOf("SS-04"), ...vectorsOf("SS-06")]) {
    it(`swaps: ${title} (${id})`, async () => {
      const { input, inputs, expected } = vector(id);
      const { pool, tokens, alice } = await deployStableSwap(connection, {
        balances: inputs("balances"),
        rates: inputs("rates"),
        amp: input("amp"),
        fee: input("fee"),
        offpegMultiplier: input("mult"),
      });
      const sold = tokens[Number(input("i"))];
      const bought = tokens[Number(input("j"))];
      if (!sold || !bought) throw new RangeError("the vector names a coin that the pool has not");

      expect(await pool.invariant()).to.equal(expected("D"));
      expect(await pool.feeFor(sold, bought, input("dx"))).to.equal(expected("feeRate"));
      expect(await pool.quote(sold, bought, input("dx"))).to.equal(expected("dy"));
      const trade = await math.swap(
        {
          balances: inputs("balances"),
          rates: inputs("rates"),
          amp: input("amp"),
          fee: input("fee"),
          offpegMultiplier: input("mult"),
        },
        input("i"),
        input("j"),
        input("dx"),
      );
      expect(trade.y).to.equal(expected("y"));

      await expect(pool.connect(alice).swap(sold, bought, input("dx"), expected("dy"), alice)).to.changeTokenBalance(
        ethers,
        bought,
        alice,
        expected("dy"),
      );
      expect((await pool.adminFees())[Number(input("j"))]).to.equal(expected("adminFee"));
    });
  }

  it("mints the invariant for the first deposit (SS-07)", async () => {
    const { input, inputs, expected } = vector("SS-07");
    const { pool, owner } = await deployStableSwap(connection, { balances: [0n, 0n], amp: input("amp") });
    await pool.addLiquidity(inputs("amounts"), 0, owner);

    expect(await pool.totalSupply()).to.equal(expected("mint"));
  });

  it("pays liquidity out in one coin (SS-09)", async () => {
    const { input, inputs, expected } = vector("SS-09");
    const { pool, first, owner } = await deployStableSwap(connection, {
      balances: inputs("balances"),
      amp: input("amp"),
      fee: input("fee"),
      offpegMultiplier: input("mult"),
    });
    expect(await pool.totalSupply()).to.equal(input("supply"));
    expect(await pool.invariant()).to.equal(expected("D0"));

    const [amount, fee] = await pool.quoteRemoveOne(input("burn"), first);
    expect([amount, fee]).to.deep.equal([expected("dy"), expected("fee")]);
    await expect(pool.removeLiquidityOne(input("burn"), first, amount, owner)).to.changeTokenBalance(
      ethers,
      first,
      owner,
      expected("dy"),
    );
    expect((await pool.adminFees())[0]).to.equal(fee / 2n);
  });

  it("raises the virtual price by half of a swap's fee (SS-10)", async () => {
    const { input, expected, allExpected } = vector("SS-10");
    const { pool, first, second, alice } = await deployStableSwap(connection);
    expect(await pool.virtualPrice()).to.equal(10n ** 18n);

    await expect(pool.connect(alice).swap(first, second, input("dx"), 0, alice)).to.changeTokenBalance(
      ethers,
      second,
      alice,
      expected("dy"),
    );
    const { balances } = await pool.state();
    expect([...balances]).to.deep.equal(allExpected("newBalances"));
    expect(await pool.invariant()).to.equal(expected("D"));
    expect(await pool.virtualPrice()).to.equal(expected("virtualPrice"));
  });

  it("raises the fee away from balance (SS-11)", async () => {
    const { input, allExpected, raw } = vector("SS-11");
    const pairs = (raw.inputs["pairs"] as readonly (readonly [string, string])[]).map(([a, b]) => [
      BigInt(a),
      BigInt(b),
    ]);
    const fees = await Promise.all(
      pairs.map(async ([a = 0n, b = 0n]) => await math.dynamicFee(a, b, input("fee"), input("mult"))),
    );

    expect(fees).to.deep.equal(allExpected("fees"));
  });

  it("ramps the amplification linearly (SS-12)", async () => {
    const { input, expected } = vector("SS-12");
    const { networkHelpers } = connection;
    const { pool } = await deployStableSwap(connection, { amp: input("A0") });
    const startAt = BigInt(await networkHelpers.time.latest()) + 86_400n;
    await networkHelpers.time.setNextBlockTimestamp(startAt);
    await pool.rampAmp(input("A1"), startAt + input("duration"));
    await networkHelpers.time.increaseTo(startAt + input("elapsed"));

    expect(await pool.amp()).to.equal(expected("A"));
    expect(await math.rampedAmp(input("A0"), input("A1"), input("elapsed"), input("duration"))).to.equal(expected("A"));
  });

  it("takes the dump of a cascade, and what its forced liquidators sell (CASC-01, CASC-03)", async () => {
    const { input, inputs, expected, allExpected } = vector("CASC-01");
    const { pool, first, second, alice } = await deployStableSwap(connection, {
      balances: inputs("pool"),
      rates: [10n ** 18n, input("rate")],
      amp: input("amp"),
      fee: input("fee"),
      offpegMultiplier: input("mult"),
    });
    const feed = await ethers.deployContract("FixedFeed", [alice, USD, ethers.ZeroAddress]);
    const ether = await ethers.deployContract("ReportedFeed", [alice, USD, feed, 0]);
    await ether.connect(alice).setRound(input("ethUsd"), 0);
    const source = { market: pool, token: second, quoteToken: first, window: 0 };
    const market = await ethers.deployContract("MarketFeed", [alice, USD, source, ether]);

    const before = await first.balanceOf(alice);
    await pool.connect(alice).swap(second, first, input("shock"), 0, alice);
    expect((await first.balanceOf(alice)) - before).to.equal(expected("shockOut"));
    expect((await market.latestRoundData())[1]).to.equal(expected("priceAfterShock"));
    expect([...(await pool.state()).balances]).to.deep.equal(allExpected("finalBalances"));

    const forced = vector("CASC-03");
    const log = forced.raw.expected["log"] as readonly (readonly string[])[];
    for (const [, , , sold = "0", bought = "0"] of log) {
      expect(await pool.quote(second, first, sold)).to.equal(bought);
      await pool.connect(alice).swap(second, first, sold, bought, alice);
    }
    expect((await market.latestRoundData())[1]).to.equal(forced.expected("finalPrice"));
    expect([...(await pool.state()).balances]).to.deep.equal(forced.allExpected("finalBalances"));
  });
});
