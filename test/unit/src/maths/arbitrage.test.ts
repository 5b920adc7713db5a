import { expect } from "chai";
import fc from "fast-check";

import { constantProductIn, constantProductOut, geometricMean } from "../../../../src/maths/amm/constant-product.ts";
import { arbitrageConstantProduct, roundTrip } from "../../../../src/maths/arbitrage/constant-product.ts";
import { discountFloor, redemptionTarget, staleNavGain } from "../../../../src/maths/arbitrage/redemption.ts";
import { days } from "../../../../src/units/durations.ts";
import { WAD } from "../../../../src/units/units.ts";

const reserve = fc.bigInt({ min: 10n ** 15n, max: 10n ** 27n });
const runs = { seed: 3, numRuns: 300 };

describe("arbitrageConstantProduct", () => {
  it("finds the best input of the published case (AGT-01)", () => {
    const reserves = { in: 10n ** 12n, out: 500n * WAD };
    expect(arbitrageConstantProduct(reserves, { numerator: 2_100n * 10n ** 6n, denominator: WAD })).to.deep.equal({
      amountIn: 23_226_559_144n,
      amountOut: 11_316_387_511_679_072_346n,
      profit: 537_854_630n,
    });
  });

  it("gains at least as much as a little, or a lot, more or less", () => {
    fc.assert(
      fc.property(reserve, reserve, reserve, reserve, (x, y, numerator, denominator) => {
        const price = { numerator, denominator };
        const best = arbitrageConstantProduct({ in: x, out: y }, price);
        const gain = (amount: bigint) =>
          (constantProductOut(amount, { in: x, out: y }) * numerator) / denominator - amount;
        // One unit of the token bought may be worth many units of the token sold.
        const unit = numerator / denominator + 2n;
        for (const other of [best.amountIn + best.amountIn / 10n + 1n, best.amountIn - best.amountIn / 10n]) {
          expect(gain(other) <= best.profit + unit).to.equal(true);
        }
      }),
      runs,
    );
  });

  it("does nothing within the fee's band", () => {
    const none = { amountIn: 0n, amountOut: 0n, profit: 0n };
    const price = { numerator: 1_002n, denominator: 1_000n };
    expect(arbitrageConstantProduct({ in: 10n ** 24n, out: 10n ** 24n }, price)).to.deep.equal(none);
  });
});

describe("roundTrip", () => {
  it("gains at least as much as any other amount", () => {
    fc.assert(
      fc.property(reserve, reserve, reserve, reserve, (a, b, c, d) => {
        const [first, second] = [
          { in: a, out: b },
          { in: c, out: d },
        ];
        const best = roundTrip(first, second);
        const gain = (amount: bigint) => constantProductOut(constantProductOut(amount, first), second) - amount;
        expect(best.profit).to.equal(gain(best.amountIn));
        const unit = d / c + 2n;
        for (const other of [
          best.amountIn + best.amountIn / 10n + 1n,
          best.amountIn - best.amountIn / 10n,
          10n ** 15n,
        ]) {
          expect(gain(other) <= best.profit + unit).to.equal(true);
        }
      }),
      runs,
    );
  });

  it("is worth making in one direction at most", () => {
    const [cheap, dear] = [
      { in: 1_000n * WAD, out: 1_100n * WAD },
      { in: 1_000n * WAD, out: 1_000n * WAD },
    ];
    const turn = ({ in: i, out }: typeof cheap) => ({ in: out, out: i });
    expect(roundTrip(cheap, turn(dear)).profit > 0n).to.equal(true);
    expect(roundTrip(dear, turn(cheap)).amountIn).to.equal(0n);
  });
});

describe("constant product", () => {
  it("asks an amount in that gives at least the amount out", () => {
    fc.assert(
      fc.property(reserve, reserve, reserve, (x, y, wanted) => {
        const paid = constantProductIn(wanted, { in: x, out: y });
        if (paid === undefined) expect(wanted >= y).to.equal(true);
        else expect(constantProductOut(paid, { in: x, out: y }) >= wanted).to.equal(true);
      }),
      runs,
    );
  });

  it("knows the published amounts (UNI-01, UNI-02, UNI-04)", () => {
    const reserves = { in: 10n ** 12n, out: 500n * WAD };
    expect(constantProductOut(10n ** 10n, reserves)).to.equal(4_935_790_171_985_306_494n);
    expect(constantProductIn(5n * WAD, reserves)).to.equal(10_131_404_314n);
    expect(geometricMean(10n ** 12n, 500n * WAD) - 1_000n).to.equal(22_360_679_774_996_896n);
    expect(constantProductOut(5n, { in: 0n, out: 0n })).to.equal(0n);
  });
});

describe("redemptionTarget", () => {
  const month = { funding: (12n * WAD) / 100n, delay: days(365) / 12n, margin: WAD / 100n };

  it("discounts by funding over the delay, and the margin", () => {
    expect(discountFloor(month)).to.equal((2n * WAD) / 100n);
    expect(redemptionTarget((102n * WAD) / 100n, month)).to.equal(WAD);
  });

  it("falls as the queue grows", () => {
    expect(redemptionTarget(WAD, { ...month, delay: days(60) }) < redemptionTarget(WAD, month)).to.equal(true);
  });

  it("bounds what a stale value can be worth, either way", () => {
    const [low, high] = [WAD, (105n * WAD) / 100n];
    expect([staleNavGain(low, high, 200n), staleNavGain(high, low, 200n)]).to.deep.equal([10n, 10n]);
  });
});
