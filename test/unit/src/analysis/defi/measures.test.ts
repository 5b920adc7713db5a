import { expect } from "chai";

import { healthQuantile, indebted, underwaterDebt } from "../../../../../src/analysis/defi/health.ts";
import { dropCurves } from "../../../../../src/analysis/defi/price-drop.ts";
import { readSeries } from "../../../../../src/analysis/defi/series.ts";
import { slippageCurves } from "../../../../../src/analysis/defi/slippage.ts";
import { CALM, ETHER, paperDefi, paperDefiSpec } from "../../../../helpers/defi-paper.ts";

const WAD = 10n ** 18n;
const spec = paperDefiSpec();

describe("readSeries", () => {
  it("names every reading once, whatever the state", () => {
    const ids = readSeries(spec, paperDefi()).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(
      readSeries(spec, paperDefi({ time: 60n, vaultAssets: 0n, vaultDelegated: 0n })).map(({ id }) => id),
    ).to.deep.equal(ids);
  });

  it("tells market, oracle and NAV of a restaking token in ether, and its discount", () => {
    const of = new Map(readSeries(spec, paperDefi()).map(({ id, value }) => [id, value]));
    // Assets per share first, then in ether: rounded down twice, as worlds show it.
    const nav = (((CALM.vaultAssets * WAD) / (860n * ETHER)) * CALM.lstRate) / WAD;
    expect([of.get("price/lrt/nav"), of.get("price/lrt/market/pool"), of.get("price/lrt/oracle/core")]).to.deep.equal([
      nav,
      WAD,
      WAD,
    ]);
    expect(of.get("discount/lrt/pool")).to.equal(WAD - (WAD * WAD) / nav);
  });

  it("counts debt that its collateral does not cover, before anybody books it", () => {
    const of = new Map(
      readSeries(spec, paperDefi({ vaultAssets: 430n * ETHER, vaultDelegated: 330n * ETHER })).map(({ id, value }) => [
        id,
        value,
      ]),
    );
    expect((of.get("debt/hidden") ?? 0n) > 100n * ETHER).to.equal(true);
  });
});

describe("caps of reserves", () => {
  it("tell how full they are, and nothing where there are none", () => {
    const { defi, ...rest } = paperDefi();
    const core = defi.lending["core"];
    const lrt = core?.reserves["lrt"];
    if (core === undefined || lrt === undefined) throw new RangeError("the paper world has no such reserve");
    const caps = { supplyCap: 2n * lrt.supplied, borrowCap: null };
    const lending = { core: { ...core, reserves: { ...core.reserves, lrt: { ...lrt, ...caps } } } };
    const of = new Map(readSeries(spec, { ...rest, defi: { ...defi, lending } }).map(({ id, value }) => [id, value]));
    expect(
      ["lrt/supplyCap", "lrt/borrowCap", "weth/supplyCap"].map((id) => of.get(`reserve/core/${id}`)),
    ).to.deep.equal([WAD / 2n, 0n, 0n]);
  });
});

describe("health by debt", () => {
  const position = (health: bigint, debt: bigint) => ({ market: "m", owner: "o", health, debt });

  it("weighs positions by what they owe", () => {
    const positions = [position(3n * WAD, 10n), position(WAD / 2n, 80n), position(2n * WAD, 10n)];
    expect([0n, 50n, 90n, 91n, 100n].map((percent) => healthQuantile(positions, percent))).to.deep.equal([
      WAD / 2n,
      WAD / 2n,
      2n * WAD,
      3n * WAD,
      3n * WAD,
    ]);
    expect(underwaterDebt(positions)).to.equal(80n);
    expect(healthQuantile([], 50n)).to.equal(null);
  });

  it("finds every position of pooled markets and branches", () => {
    const owners = indebted(spec, paperDefi().defi).map(({ market, owner }) => `${market} ${owner}`);
    expect(owners).to.deep.equal(["core loopers", "sdusd/weth loopers", "sdusd/weth hodl"]);
  });
});

describe("dropCurves", () => {
  const curve = dropCurves(spec, paperDefi().defi).find(({ market }) => market === "core");

  it("liquidates a position from the fall on that brings it below health 1", () => {
    // 300 lrt at 1 against 290 weth at 95 %: below 1 already.
    expect(curve?.points[0]?.liquidatable).to.deep.equal({ lrt: 290n * ETHER });
    expect(curve?.oracle).to.equal("market");
  });

  it("loses the bonus too where the oracle follows, and only what is uncovered where it does not", () => {
    const at = curve?.points.find(({ drop }) => drop === 1_000n);
    expect(at?.blind).to.equal(20n * ETHER);
    expect(at?.market).to.equal(290n * ETHER - (270n * ETHER * 10_000n) / 10_100n);
  });
});

describe("slippageCurves", () => {
  it("rises with the size of the sale, for what markets take as collateral", () => {
    const [first] = slippageCurves(paperDefi().defi).filter(({ sell }) => sell === "lrt");
    expect(first?.bonus).to.equal(100n);
    const impacts = first?.points.map(({ impact }) => impact) ?? [];
    expect(impacts.every((impact, at) => at === 0 || impact >= (impacts[at - 1] ?? 0n))).to.equal(true);
  });

  it("sells for what is owed upon the token, not for any coin of the pool", () => {
    const { defi } = paperDefi();
    const pool = defi.pools["pool"];
    if (pool === undefined) throw new RangeError("the paper world has no pool");
    const [weth = 0n, lrt = 0n] = pool.balances;
    const three = {
      ...pool,
      tokens: ["rusd", "lrt", "weth"],
      balances: [weth, lrt, weth],
      rates: [pool.rates[0] ?? WAD, pool.rates[1] ?? WAD, pool.rates[0] ?? WAD],
      spot: [WAD, WAD, WAD],
    };
    const sold = slippageCurves({ ...defi, pools: { pool: three } });
    expect(sold.filter(({ sell }) => sell === "lrt").map(({ buy }) => buy)).to.deep.equal(["weth"]);
  });
});
