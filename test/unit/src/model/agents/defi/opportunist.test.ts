import { expect } from "chai";

import { looper } from "../../../../../../src/model/agents/defi/looper.ts";
import { opportunist } from "../../../../../../src/model/agents/defi/opportunist.ts";
import { troveLiquidator } from "../../../../../../src/model/agents/defi/trove-liquidator.ts";
import { loopedPositions } from "../../../../../../src/model/defi/looped-positions.ts";
import type { PositionParams } from "../../../../../../src/model/defi/params.ts";
import { distribute } from "../../../../../../src/model/distribution.ts";
import { ether, percent } from "../../../../../../src/units/amounts.ts";
import { WAD } from "../../../../../../src/units/units.ts";
import {
  accountView,
  lendingView,
  reserveView,
  stablePool,
  viewOf,
  wants,
} from "../../../../../helpers/defi-layer-view.ts";

describe("opportunist", () => {
  const params = { market: "aave", token: "lrt", debt: "weth", pool: "pool" };
  const pools = { pool: stablePool({ spot: [WAD, percent(20)] }) };
  const swap = { type: "swap", pool: "pool", sell: "weth", buy: "lrt", minOut: 0n };
  const lending = { aave: lendingView() };

  it("buys while a loan brings more than the token costs, as much as it may", () => {
    const view = viewOf({ balances: { me: { weth: ether(50) } }, pools, lending });
    expect(wants(opportunist(params), view)).to.deep.equal([{ ...swap, amount: ether(50) }]);
    expect(wants(opportunist({ ...params, perStep: ether(7) }), view)).to.deep.equal([{ ...swap, amount: ether(7) }]);
    const fair = { pool: stablePool({ spot: [WAD, percent(93)] }) };
    const picky = opportunist({ ...params, margin: percent(1) });
    expect(wants(picky, viewOf({ balances: { me: { weth: ether(50) } }, pools: fair, lending }))).to.deep.equal([]);
  });

  it("hands in what it bought and borrows up to the limit, or what cash there is", () => {
    const balances = { me: { lrt: ether(100) } };
    const supply = { type: "supply", market: "aave", token: "lrt", amount: ether(100) };
    const borrow = (amount: bigint) => ({ type: "borrow", market: "aave", token: "weth", amount });
    expect(wants(opportunist(params), viewOf({ balances, pools, lending }))).to.deep.equal([
      supply,
      borrow(ether("92.907")),
    ]);
    const reserves = { lrt: reserveView(), weth: reserveView({ cash: ether(5) }) };
    const poor = { aave: lendingView({ reserves, accounts: { me: accountView(ether(10), ether(9)) } }) };
    expect(wants(opportunist(params), viewOf({ balances, pools, lending: poor }))).to.deep.equal([
      supply,
      borrow(ether(5)),
    ]);
  });

  it("stops where the reserve is frozen, and enters its e-mode first", () => {
    const balances = { me: { lrt: ether(100) } };
    const frozen = { aave: lendingView({ reserves: { lrt: reserveView({ frozen: true }), weth: reserveView() } }) };
    expect(wants(opportunist(params), viewOf({ balances, pools, lending: frozen }))).to.deep.equal([]);
    const eModes = [{ id: "eth", ltv: 9_500n, lt: 9_600n, bonus: 10_100n, collateral: ["lrt"], borrowable: ["weth"] }];
    const wanted = wants(
      opportunist({ ...params, eMode: "eth" }),
      viewOf({ balances, pools, lending: { aave: lendingView({ eModes }) } }),
    );
    expect(wanted[0]).to.deep.equal({ type: "setEMode", market: "aave", eMode: "eth" });
    expect(wanted[2]).to.include({ amount: ether("94.905") });
  });

  it("uses isolated markets alike", () => {
    const iso = {
      ...{ loan: "weth", collateral: "lrt", lltv: percent(86), lif: percent(104), price: 10n ** 36n, feeShares: 0n },
      ...{
        totalSupply: ether(500),
        totalSupplyShares: 1n,
        totalBorrow: 0n,
        totalBorrowShares: 1n,
        borrowRate: 0n,
        positions: {},
      },
    };
    const view = viewOf({ balances: { me: { lrt: ether(10) } }, pools, isolated: { iso } });
    expect(wants(opportunist({ ...params, market: "iso" }), view)).to.deep.equal([
      { type: "addCollateral", market: "iso", amount: ether(10) },
      { type: "isolatedBorrow", market: "iso", amount: ether("8.5914") },
    ]);
  });
});

describe("troveLiquidator", () => {
  it("liquidates what is below its branch's ratio, the worst first", () => {
    const trove = (icr: bigint, debt = 1n) => ({ debt, collateral: 1n, rate: 0n, yearly: 0n, icr, zombie: false });
    const branch = (troves: Readonly<Record<string, ReturnType<typeof trove>>>) => ({
      ...{ collateral: "lrt", price: WAD, totalDebt: 0n, totalCollateral: 0n, shutdown: false },
      ...{ pool: { total: 0n, collateral: 0n, pending: 0n, deposits: {} }, surplus: {}, troves },
    });
    const one = branch({ ann: trove(percent(119)), bob: trove(percent(120)), cid: trove(percent(90)) });
    const branches = { one, two: branch({ dan: trove(percent(115)), eve: trove(0n, 0n) }) };
    const view = viewOf({ cdps: { synth: { supply: 0n, baseRate: 0n, branches } } });
    const mcr = { one: percent(120), two: percent(110) };
    const liquidate = (owner: string) => ({ type: "liquidateTrove", cdp: "synth", branch: "one", owner });
    expect(wants(troveLiquidator({ cdp: "synth", mcr }), view)).to.deep.equal([liquidate("cid"), liquidate("ann")]);
    expect(wants(troveLiquidator({ cdp: "synth", mcr, perStep: 1 }), view)).to.deep.equal([liquidate("cid")]);
  });
});

describe("loopedPositions", () => {
  const amounts = (position: PositionParams, count: number): readonly { collateral: bigint; debt: bigint }[] => {
    if (position.kind !== "lending") return [];
    const [held, owed] = [position.supplied?.["lrt"], position.borrowed?.["weth"]];
    if (held === undefined || owed === undefined) return [];
    const [collateral, debt] = [distribute(held, count), distribute(owed, count)];
    return collateral.map((amount, at) => ({ collateral: amount, debt: debt[at] ?? 0n }));
  };
  const base = {
    market: "aave",
    collateral: "lrt",
    debt: "weth",
    equity: ether(1_000),
    lt: percent(95),
    ratio: percent(107),
  };
  const healthOf = ({ collateral, debt }: { collateral: bigint; debt: bigint }): number =>
    Number((((collateral * base.ratio) / WAD) * base.lt) / debt) / 1e18;

  it("spreads healths over the bands, 40 to 40 to 20, and equity so that ten hold 60 %", () => {
    const all = amounts(loopedPositions({ ...base, count: 50 }), 50);
    const within = (from: number, to: number): number =>
      all.filter((one) => healthOf(one) >= from && healthOf(one) < to).length;
    expect([within(1.01, 1.03), within(1.03, 1.08), within(1.08, 1.25)]).to.deep.equal([20, 20, 10]);
    const equities = all.map(({ collateral, debt }) => (collateral * base.ratio) / WAD - debt);
    const total = equities.reduce((sum, one) => sum + one, 0n);
    expect(total > ether(1_000) - 100n && total <= ether(1_000)).to.equal(true);
    expect(Number((equities.slice(0, 10).reduce((sum, one) => sum + one, 0n) * 1_000n) / total)).to.be.within(599, 600);
  });

  it("gives all the same health where one is asked for, and none below what can be borrowed", () => {
    for (const one of amounts(loopedPositions({ ...base, count: 3, health: percent(105) }), 3)) {
      expect(Math.abs(healthOf(one) - 1.05)).to.be.lessThan(1e-9);
    }
    for (const one of amounts(loopedPositions({ ...base, count: 20, ltv: percent(93) }), 20)) {
      expect(healthOf(one)).to.be.at.least(95 / 93);
    }
  });
});

describe("looper that opens", () => {
  const params = {
    ...{ market: "aave", collateral: "lrt", debt: "weth", pool: "pool", actBelow: percent(102), restore: percent(105) },
    ...{ yields: percent(4), leaveBelowCarry: 0n, opens: { leverage: 10n * WAD, aboveCarry: percent(5) } },
  };
  const view = (borrowRate: bigint, cash = ether(1_000)) =>
    viewOf({
      balances: { me: { lrt: ether(10) } },
      pools: { pool: stablePool() },
      lending: { aave: lendingView({ reserves: { lrt: reserveView(), weth: reserveView({ borrowRate, cash }) } }) },
    });

  it("levers up while 10 y - 9 b is above what it asks, and while there is cash", () => {
    const open = { type: "openLoop", market: "aave", collateral: "lrt", debt: "weth", pool: "pool" };
    const wanted = { ...open, equity: ether(10), borrow: ether(90) };
    expect(wants(looper(params), view(3n * 10n ** 25n))).to.deep.equal([wanted]);
    expect(wants(looper(params), view(4n * 10n ** 25n))).to.deep.equal([]);
    expect(wants(looper(params), view(3n * 10n ** 25n, ether(89)))).to.deep.equal([]);
  });
});
