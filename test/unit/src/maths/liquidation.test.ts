import { expect } from "chai";

import { constantProductOut } from "../../../../src/maths/amm/constant-product.ts";
import { breakEvenSlippage, liquidationProfit, netSeizedValue } from "../../../../src/maths/liquidation/break-even.ts";
import { maxRepayable, seizureFor, type LiquidationCase } from "../../../../src/maths/liquidation/call.ts";
import { optimalLiquidation } from "../../../../src/maths/liquidation/optimal-size.ts";
import { goldenSection } from "../../../../src/maths/search/golden-section.ts";
import { WAD } from "../../../../src/units/units.ts";

const DOLLAR = 10n ** 6n;
const BASE = 10n ** 8n;

/** Ether worth `price` dollars as collateral of a debt in dollars, as in the published cases. */
function single(changes: { collateral?: bigint; price: bigint; debt?: bigint; health: bigint }): LiquidationCase {
  const { collateral = 10n * WAD, price, debt = 20_000n * DOLLAR, health } = changes;
  return {
    collateral: { amount: collateral, price: price * BASE, unit: WAD },
    debt: { amount: debt, price: BASE, unit: DOLLAR },
    health,
    bonusBps: 10_500n,
    feeBps: 1_000n,
  };
}

describe("seizureFor", () => {
  const nearly = single({ price: 2_395n, health: 969_975_000_000_000_000n });
  const deep = single({ price: 2_340n, health: 947_700_000_000_000_000n });

  it("halves the debt of a large account that is nearly healthy (AAVE-03)", () => {
    expect(maxRepayable(nearly)).to.equal(10_000n * DOLLAR);
    expect(seizureFor(nearly, 20_000n * DOLLAR)).to.deep.equal({
      ...{ repaid: 10_000n * DOLLAR, seized: 4_363_256_784_968_684_758n, fee: 20_876_826_722_338_205n },
      isAllowed: true,
    });
  });

  it("takes all of one that is not (AAVE-04), or is small (AAVE-06)", () => {
    expect(seizureFor(deep, 10n ** 30n)).to.deep.equal({
      ...{ repaid: 20_000n * DOLLAR, seized: 8_931_623_931_623_931_622n, fee: 42_735_042_735_042_736n },
      isAllowed: true,
    });
    const small = { collateral: (248n * WAD) / 100n, price: 1_000n, debt: 1_999_990_000n };
    const { repaid, seized, fee } = seizureFor(single({ ...small, health: 992_004_960_024_800_124n }), 10n ** 30n);
    expect([repaid, seized, fee]).to.deep.equal([1_999_990_000n, 2_089_989_550_000_000_000n, 9_999_950_000_000_000n]);
  });

  it("does not leave dust (AAVE-07)", () => {
    expect(seizureFor(deep, 19_500n * DOLLAR)).to.deep.equal({
      ...{ repaid: 19_500n * DOLLAR, seized: 8_708_333_333_333_333_332n, fee: 41_666_666_666_666_667n },
      isAllowed: false,
    });
    expect(seizureFor(deep, 19_000n * DOLLAR).isAllowed).to.equal(true);
    expect(seizureFor({ ...deep, leastLeft: 0n }, 19_500n * DOLLAR).isAllowed).to.equal(true);
  });

  it("asks less debt where the collateral is exhausted (AAVE-09)", () => {
    const { repaid, seized, fee } = seizureFor(single({ price: 1_800n, health: 729_000_000_000_000_000n }), 10n ** 30n);
    expect([repaid, seized, fee]).to.deep.equal([17_142_857_143n, 9_952_380_952_380_952_380n, 47_619_047_619_047_620n]);
  });
});

describe("breakEvenSlippage", () => {
  const terms = { bonusBps: 10_100n, feeBps: 1_000n };

  it("is 0.87 % for a bonus of 1 %, a tenth of it the protocol's, and gas (AGT-04)", () => {
    expect(netSeizedValue(100n * WAD, terms)).to.equal(100_900_000_000_000_000_000n);
    expect(breakEvenSlippage(100n * WAD, WAD / 50n, terms) / 10n ** 12n).to.equal(8_721n);
  });

  it("is below zero when gas eats the bonus", () => {
    expect(breakEvenSlippage(WAD, WAD, terms) < 0n).to.equal(true);
  });
});

describe("liquidationProfit", () => {
  it("pays gas, the flash loan and the bribe, rounded up", () => {
    const costs = { gas: 10n, flashFeeBps: 5n, bribeBps: 5_000n };
    // 1100 - 1000 - 10 - 1 = 89, half of it, 45, is bribed away.
    expect(liquidationProfit(1_100n, 1_000n, costs)).to.equal(44n);
    expect(liquidationProfit(1_000n, 1_000n, costs)).to.equal(-11n);
    expect(liquidationProfit(1_100n, 1_000n)).to.equal(100n);
  });
});

describe("optimalLiquidation", () => {
  const account = single({ price: 2_340n, health: 947_700_000_000_000_000n });
  /** Sells into a pool that holds `ether` and the dollars that they are worth. */
  const into = (ether: bigint) => (sold: bigint) => {
    const reserves = { in: ether * WAD, out: ether * 2_340n * DOLLAR };
    return constantProductOut(sold, reserves);
  };

  it("takes everything where the pool is deep", () => {
    expect(optimalLiquidation(account, { sell: into(100_000n) })?.repaid).to.equal(20_000n * DOLLAR);
  });

  it("takes less where the pool is thin, and no other size earns more", () => {
    const sell = into(100n);
    const best = optimalLiquidation(account, { sell });
    if (best === undefined) return expect.fail("nothing is allowed");
    expect(best.repaid < 19_000n * DOLLAR && best.profit > 0n).to.equal(true);
    for (let asked = 100n * DOLLAR; asked <= 20_000n * DOLLAR; asked += 100n * DOLLAR) {
      const { repaid, seized, isAllowed } = seizureFor(account, asked);
      if (isAllowed) expect(liquidationProfit(sell(seized), repaid) <= best.profit).to.equal(true);
    }
  });

  it("never leaves dust, even where the best size would", () => {
    const free = (ether: bigint) =>
      optimalLiquidation({ ...account, leastLeft: 0n }, { sell: into(ether) })?.repaid ?? 0n;
    let ether = 100n;
    while (free(ether) < 19_300n * DOLLAR) ether += 1n;
    expect(free(ether) < 19_900n * DOLLAR).to.equal(true);
    // Near the peak a cent more or less earns the same.
    const repaid = optimalLiquidation(account, { sell: into(ether) })?.repaid ?? 0n;
    expect(repaid === 20_000n * DOLLAR || (repaid > 18_999n * DOLLAR && repaid <= 19_000n * DOLLAR)).to.equal(true);
  });

  it("keeps to its capital, and says when even the best loses", () => {
    expect(optimalLiquidation(account, { sell: into(100_000n), capital: 500n * DOLLAR })?.repaid).to.equal(
      500n * DOLLAR,
    );
    expect((optimalLiquidation(account, { sell: () => 0n })?.profit ?? 0n) < 0n).to.equal(true);
    expect(optimalLiquidation(account, { sell: into(1n), capital: 0n })).to.equal(undefined);
  });

  it("finds nothing where the market has no price of a side", () => {
    const { collateral, debt } = account;
    const unpriced = [
      { ...account, collateral: { ...collateral, price: 0n } },
      { ...account, debt: { ...debt, price: 0n } },
    ];
    for (const one of unpriced) expect(optimalLiquidation(one, { sell: into(100n) })).to.equal(undefined);
  });
});

describe("goldenSection", () => {
  it("finds the peak of what rises and falls, wherever it lies", () => {
    for (const peak of [0n, 1n, 17n, 123_456_789n, 999_999_999n, 10n ** 9n]) {
      expect(goldenSection(0n, 10n ** 9n, (x) => -(x - peak) * (x - peak))).to.equal(peak);
    }
  });
});
