import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { arbitrageBanded } from "../../../../src/maths/arbitrage/banded.ts";
import { bandedSwap, type BandedPool } from "../../../../src/maths/amm/banded-swap.ts";
import { deployTokens } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers } = connection;

const Q96 = 2n ** 96n;
const FEE = 3_000n;

/** Four bands around one, the third of them empty. */
const EDGES = [90n, 97n, 101n, 104n, 110n].map((edge) => (edge * Q96) / 100n);
const LIQUIDITY = [10n ** 22n, 7n * 10n ** 23n + 13n, 0n, 3n * 10n ** 22n];

async function deploy() {
  const { owner, first, second } = await deployTokens(connection);
  const pool = await ethers.deployContract("BandedPool", [owner, [first, second], FEE, EDGES, Q96]);
  for (const token of [first, second]) await token.approve(pool, ethers.MaxUint256);
  for (const [band, liquidity] of LIQUIDITY.entries()) {
    if (liquidity > 0n) await pool.addLiquidity(band, liquidity, ethers.MaxUint256, ethers.MaxUint256);
  }
  const state = async (): Promise<BandedPool> => {
    return { edges: EDGES, liquidity: LIQUIDITY, price: await pool.sqrtPriceX96(), feePips: FEE };
  };
  return { owner, pool, first, second, state };
}

/** Amounts of every size, from one wei to more than the bands take. */
const amount = fc.integer({ min: 0, max: 23 }).chain((digits) => fc.bigInt(1n, 10n ** BigInt(digits + 1)));

describe("sales to a BandedPool, against the model that agents see", () => {
  it("take and give the same to the wei, wherever the price has gone", async () => {
    const { owner, pool, first, second, state } = await deploy();
    const sale = fc.record({ isDown: fc.boolean(), amount });
    for (const { isDown, amount: wanted } of fc.sample(sale, { seed: 7, numRuns: 60 })) {
      const [sell, buy] = isDown ? [first, second] : [second, first];
      const expected = bandedSwap(await state(), isDown, wanted);
      expect(await pool.depth(sell, buy, wanted)).to.deep.equal([expected.sold, expected.bought]);
      if (expected.sold < wanted || expected.bought === 0n) continue;
      await pool.swap(sell, buy, wanted, 0, owner);
      expect(await pool.sqrtPriceX96()).to.equal(expected.price);
    }
  });

  it("end, by an arbitrageur, where the next unit costs what it is worth", async () => {
    const { owner, pool, first, second, state } = await deploy();
    const WAD = 10n ** 18n;
    for (const isDown of [false, true]) {
      const [sell, buy] = isDown ? [first, second] : [second, first];
      // Across the empty band, and back below where it began.
      const target = isDown ? (115n * WAD) / 100n : (113n * WAD) / 100n;
      const { amountIn, amountOut } = arbitrageBanded(await state(), { isDown, target, capital: 10n ** 30n });
      expect(await pool.quote(sell, buy, amountIn)).to.equal(amountOut);
      await pool.swap(sell, buy, amountIn, amountOut, owner);
      const unit = 10n ** 15n;
      const next = await pool.quote(sell, buy, unit);
      // One more costs more than it is worth, but by no more than its own size moves the price.
      expect((next * target) / WAD).to.be.within((unit * 999_990n) / 1_000_000n, unit);
      const again = arbitrageBanded(await state(), { isDown, target, capital: 10n ** 30n });
      expect(again.amountOut).to.be.lessThan(10n ** 6n);
    }
  });
});
