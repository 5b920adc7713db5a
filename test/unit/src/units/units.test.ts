import { expect } from "chai";
import fc from "fast-check";

import { bps, ether, gwei, parseDecimal, percent } from "../../../../src/units/amounts.ts";
import { blocks, days, hours, minutes, seconds } from "../../../../src/units/durations.ts";
import { formatDecimal, formatDuration, formatEther, formatPercent } from "../../../../src/units/format.ts";
import { UnitInvalidError } from "../../../../src/units/unit-invalid-error.ts";

describe("amounts", () => {
  it("reads decimals exactly, from text, numbers and bigints", () => {
    expect(ether("0.000000000000000001")).to.equal(1n);
    expect(ether(32)).to.equal(32n * 10n ** 18n);
    expect(ether("-1.5")).to.equal(-15n * 10n ** 17n);
    expect(gwei(1n)).to.equal(10n ** 9n);
    expect(percent(0.1)).to.equal(10n ** 15n);
    expect(bps(30)).to.equal(percent("0.3"));
    expect(percent("12.50")).to.equal(125n * 10n ** 15n);
  });

  for (const wrong of ["", "1,5", "1e18", "0x10", ".5", "1.", "--1", "NaN", "01"]) {
    it(`refuses "${wrong}"`, () => {
      expect(() => ether(wrong)).to.throw(UnitInvalidError);
    });
  }

  it("refuses numbers that print with an exponent, and digits the unit cannot hold", () => {
    expect(() => ether(1e-7)).to.throw(UnitInvalidError);
    expect(() => ether(Number.POSITIVE_INFINITY)).to.throw(UnitInvalidError);
    expect(() => gwei("0.0000000001")).to.throw(UnitInvalidError);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 30 }), (value, decimals) => {
        return parseDecimal(formatDecimal(value, decimals).replaceAll(",", ""), decimals) === value;
      }),
    );
  });
});

describe("durations", () => {
  it("counts in seconds", () => {
    expect([seconds(1), minutes(1), hours("1.5"), days(14), blocks(100_800)]).to.deep.equal([
      1n,
      60n,
      5400n,
      1_209_600n,
      1_209_600n,
    ]);
  });

  it("refuses what is no whole number of seconds", () => {
    expect(() => seconds("0.5")).to.throw(UnitInvalidError);
    expect(() => blocks("0.1")).to.throw(UnitInvalidError);
  });
});

describe("format", () => {
  it("cuts off and never rounds up", () => {
    expect(formatEther(ether("1234.99999"))).to.equal("1,234.9999 ETH");
    expect(formatPercent(percent("99.999"))).to.equal("99.99 %");
    expect(formatEther(-1n, 18)).to.equal("-0.000000000000000001 ETH");
  });

  it("writes durations in two units", () => {
    expect(formatDuration(days(14) + 12n)).to.equal("14 d 12 s");
    expect(formatDuration(9000n)).to.equal("2 h 30 min");
    expect(formatDuration(0n)).to.equal("0 s");
    expect(formatDuration(-61n)).to.equal("-1 min 1 s");
  });
});
