import { expect } from "chai";

import { bandAmountsUp, liquidityFor, sqrtPriceX96 } from "../../../../src/maths/amm/bands.ts";
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
