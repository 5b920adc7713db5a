import { expect } from "chai";

import { bandAmountsUp, liquidityFor, sqrtPriceX96 } from "../../../../src/maths/amm/bands.ts";
import { bandedAmountTo, bandedSwap, type BandedPool } from "../../../../src/maths/amm/banded-swap.ts";
import { arbitrageBanded } from "../../../../src/maths/arbitrage/banded.ts";
import { percent } from "../../../../src/units/amounts.ts";
import { WAD } from "../../../../src/units/units.ts";

const units = { first: WAD, second: WAD };
const at = (price: bigint) => sqrtPriceX96(price, units);

describe("liquidity in bands", () => {
  it("counts prices as square roots in 2^96ths, decimals included", () => {
    expect(at(WAD)).to.equal(1n << 96n);
    expect(at(4n * WAD)).to.equal(2n << 96n);
    expect(sqrtPriceX96(2_000n * WAD, { first: WAD, second: 10n ** 6n })).to.equal(3_543_191_142_285_914_205_922_034n);
  });

  it("asks for the first token above the price, the second below, both around it", () => {
    const price = at(WAD);
    const above = bandAmountsUp({ low: at(percent(101)), high: at(percent(102)), price }, WAD);
    const below = bandAmountsUp({ low: at(percent(98)), high: at(percent(99)), price }, WAD);
    const around = bandAmountsUp({ low: at(percent(99)), high: at(percent(101)), price }, WAD);
    expect([above[0] > 0n, above[1]]).to.deep.equal([true, 0n]);
    expect([below[0], below[1] > 0n]).to.deep.equal([0n, true]);
    expect(around.every((amount) => amount > 0n)).to.equal(true);
  });

  it("shares out as much as both amounts pay for, and not a unit more", () => {
    const edges = [percent(98), percent(99), percent(101), percent(102)].map(at);
    const bands = [percent(25), percent(50), percent(25)].map((weight, k) => {
      return { low: edges[k] ?? 0n, high: edges[k + 1] ?? 0n, price: at(WAD), weight };
    });
    const amounts = [100n * WAD, 90n * WAD] as const;
    const found = liquidityFor(bands, amounts);
    const asks = (liquidity: readonly bigint[]) =>
      [0, 1].map((which) =>
        bands.reduce((sum, band, k) => sum + (bandAmountsUp(band, liquidity[k] ?? 0n)[which] ?? 0n), 0n),
      );
    expect(found[1]).to.be.oneOf([2n * (found[0] ?? 0n), 2n * (found[0] ?? 0n) + 1n]);
    expect(asks(found).every((asked, k) => asked <= (amounts[k] ?? 0n))).to.equal(true);
    const more = found.map((liquidity) => liquidity + liquidity / 10n ** 18n + 1_000n);
    expect(asks(more).some((asked, k) => asked > (amounts[k] ?? 0n))).to.equal(true);
    expect(liquidityFor(bands, [WAD, 0n])).to.deep.equal([0n, 0n, 0n]);
  });
});

describe("sales to bands", () => {
  const pool: BandedPool = {
    edges: [percent(90), percent(99), percent(101), percent(110)].map(at),
    liquidity: [100n * WAD, 5_000n * WAD, 100n * WAD],
    price: at(WAD),
    feePips: 500n,
  };

  it("fall off a cliff at the edge of the deep band", () => {
    const deep = bandedSwap(pool, true, 20n * WAD);
    expect(deep.bought).to.be.within((199n * WAD) / 10n, 20n * WAD);
    const beyond = bandedSwap(pool, true, 28n * WAD);
    // What comes after is sold for less than the edge's price.
    expect(beyond.price).to.be.lessThan(at(percent(99)));
    expect(bandedSwap(pool, true, 29n * WAD).bought - beyond.bought).to.be.lessThan((98n * WAD) / 100n);
  });

  it("take no more than the bands do", () => {
    const all = bandedAmountTo(pool, true, 0n);
    const { sold, bought, price } = bandedSwap(pool, true, 10n * all);
    expect(sold).to.equal(all);
    expect(price).to.equal(at(percent(90)));
    expect(bandedSwap(pool, true, all).bought).to.equal(bought);
    expect(bandedSwap(pool, true, 0n)).to.deep.equal({ sold: 0n, bought: 0n, price: pool.price });
  });

  it("reach a price with the amount that the closed form says, within a band and beyond", () => {
    for (const limit of [percent("99.5"), percent(95)].map(at)) {
      const end = bandedSwap(pool, true, bandedAmountTo(pool, true, limit)).price;
      expect(end - limit).to.be.within(-(1n << 40n), 1n << 40n);
    }
    expect(bandedAmountTo(pool, true, at(percent(101)))).to.equal(0n);
  });

  it("stop for an arbitrageur at its target, fee included, and at its capital", () => {
    const capital = 10n ** 24n;
    expect(arbitrageBanded(pool, { isDown: false, target: WAD, capital })).to.deep.equal({
      amountIn: 0n,
      amountOut: 0n,
    });
    const { amountIn } = arbitrageBanded(pool, { isDown: false, target: percent("100.5"), capital });
    const { price } = bandedSwap(pool, false, amountIn);
    // 1.005 less the fee.
    expect((price * price * WAD) >> 192n).to.be.within(percent("100.449"), percent("100.45"));
    expect(arbitrageBanded(pool, { isDown: false, target: percent(105), capital: WAD })).to.include({ amountIn: WAD });
    expect(arbitrageBanded(pool, { isDown: true, target: 0n, capital })).to.include({ amountIn: 0n });
  });
});
