import { expect } from "chai";

import {
  carry,
  deleverageStep,
  distanceToLiquidation,
  healthAt,
  leverageAt,
  maxLeverage,
  queueExitCost,
  timeToLiquidation,
} from "../../../../src/maths/leverage/loop.ts";
import { lnWad, sqrtDown } from "../../../../src/maths/integer.ts";
import { days } from "../../../../src/units/durations.ts";
import { bps, percent } from "../../../../src/units/amounts.ts";
import { WAD } from "../../../../src/units/units.ts";

const E4 = 10n ** 14n;

describe("leverage of a loop", () => {
  it("reaches 14.2857 at a loan-to-value of 93 % (AGT-02)", () => {
    expect((maxLeverage(percent(93)) ?? 0n) / E4).to.equal(142_857n);
    expect(maxLeverage(WAD)).to.equal(undefined);
  });

  it("is 16.8333 at health 1.01 and threshold 95 %, 22.4444 at 96.5 % (AGT-02, AGT-03)", () => {
    expect((leverageAt(percent(101), percent(95)) ?? 0n) / E4).to.equal(168_333n);
    expect((leverageAt(percent(101), percent("96.5")) ?? 0n) / E4).to.equal(224_444n);
    expect(leverageAt(percent(95), percent(95))).to.equal(undefined);
  });

  it("and health are each other's inverse, and health falls with the collateral", () => {
    const leverage = leverageAt(percent(105), percent(95)) ?? 0n;
    expect(healthAt(leverage, percent(95))).to.be.oneOf([percent(105), percent(105) + 1n]);
    expect(healthAt(10n * WAD, percent(90))).to.equal(WAD);
    expect(healthAt(10n * WAD, percent(90), percent(90))).to.equal(percent(90));
    expect(healthAt(WAD, percent(90))).to.equal(undefined);
  });

  it("carries ten times the yield less nine times the cost of borrowing", () => {
    expect(carry(10n * WAD, percent(3), percent(2))).to.equal(percent(12));
    expect(carry(10n * WAD, percent(3), percent(4))).to.equal(percent(-6));
    expect(carry(WAD + 1n, 0n, 1n)).to.equal(-1n);
  });
});

describe("deleverageStep", () => {
  const sides = { collateral: 1_000n * WAD, debt: 940n * WAD };

  it("brings the account to its target at the same price", () => {
    const sold = deleverageStep(sides, percent(105), percent(95)) ?? 0n;
    const health = (percent(95) * (sides.collateral - sold)) / (sides.debt - sold);
    expect(sold).to.equal(370n * WAD);
    expect(health).to.equal(percent(105));
  });

  it("rounds up, so that the target is reached", () => {
    const odd = { collateral: 1_000n * WAD + 7n, debt: 940n * WAD + 11n };
    const sold = deleverageStep(odd, percent("103.7"), percent(95)) ?? 0n;
    const isReached = (x: bigint) => percent(95) * (odd.collateral - x) >= percent("103.7") * (odd.debt - x);
    expect([isReached(sold), isReached(sold - 1n)]).to.deep.equal([true, false]);
  });

  it("sells nothing above the target, and has no answer below the threshold", () => {
    expect(deleverageStep({ collateral: 2n, debt: 1n }, percent(105), percent(95))).to.equal(0n);
    expect(deleverageStep(sides, percent(95), percent(95))).to.equal(undefined);
  });
});

describe("distance and time to liquidation", () => {
  it("falls by 1 - 1/HF", () => {
    expect(distanceToLiquidation(percent(125))).to.equal(percent(20));
    expect([distanceToLiquidation(WAD), distanceToLiquidation(percent(90))]).to.deep.equal([0n, 0n]);
  });

  it("waits ln(HF) over the spread, for ever without one", () => {
    // ln 1.01 = 0.00995033085316808284…
    expect(timeToLiquidation(percent(101), percent(1))).to.equal((9_950_330_853_168_082n * 31_536_000n) / 10n ** 16n);
    expect([timeToLiquidation(percent(101), 0n), timeToLiquidation(percent(99), percent(1))]).to.deep.equal([
      undefined,
      0n,
    ]);
  });

  it("prices the way out through a queue", () => {
    expect(queueExitCost(percent(10), days(365), 10n * WAD)).to.equal(percent(9));
    expect(queueExitCost(percent(10), days(365), WAD)).to.equal(0n);
  });
});

describe("integers", () => {
  it("take logarithms to the last digit or the one before", () => {
    for (const [x, ln] of [
      [WAD, 0n],
      [2n * WAD, 693_147_180_559_945_309n],
      [10n * WAD, 2_302_585_092_994_045_684n],
      [WAD / 2n, -693_147_180_559_945_309n],
      [bps(1), -9_210_340_371_976_182_736n],
    ] as const) {
      expect(lnWad(x) - ln, String(x)).to.be.oneOf([0n, -1n, 1n]);
    }
  });

  it("take square roots rounded down", () => {
    for (const root of [0n, 1n, 2n, 3n, 10n ** 9n, 2n ** 128n - 1n, 12_345_678_901_234_567_890n]) {
      expect(sqrtDown(root * root)).to.equal(root);
      if (root > 0n) expect(sqrtDown(root * root - 1n)).to.equal(root - 1n);
      expect(sqrtDown(root * root + root)).to.equal(root);
    }
    expect(sqrtDown(-4n)).to.equal(0n);
  });
});
