import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import type { Agent } from "../../../../src/model/agent.ts";
import { arbitrageur } from "../../../../src/model/agents/defi/arbitrageur.ts";
import { insuranceStaker } from "../../../../src/model/agents/defi/insurance-staker.ts";
import {
  feedKeeper,
  fundAdministrator,
  reserveManager,
  vaultKeeper,
} from "../../../../src/model/agents/defi/keepers.ts";
import { liquidator } from "../../../../src/model/agents/defi/liquidator.ts";
import { liquidityProvider } from "../../../../src/model/agents/defi/liquidity-provider.ts";
import { looper } from "../../../../src/model/agents/defi/looper.ts";
import { marketAllocator } from "../../../../src/model/agents/defi/market-allocator.ts";
import { opportunist } from "../../../../src/model/agents/defi/opportunist.ts";
import { panicker, redeemer } from "../../../../src/model/agents/defi/redeemers.ts";
import { supplier } from "../../../../src/model/agents/defi/suppliers.ts";
import { troveLiquidator } from "../../../../src/model/agents/defi/trove-liquidator.ts";
import type { Metric, Unit } from "../../../../src/model/metric.ts";
import * as debts from "../../../../src/model/metrics/debts.ts";
import { stalledDebt, stalledPositions } from "../../../../src/model/metrics/inactivity.ts";
import { escapedShare, lossOf } from "../../../../src/model/metrics/losses.ts";
import * as pegs from "../../../../src/model/metrics/pegs.ts";
import * as reserves from "../../../../src/model/metrics/reserves.ts";
import { securityOf } from "../../../../src/model/metrics/stake.ts";
import { holdings, netWorthOf, tokenValue } from "../../../../src/model/metrics/wealth.ts";
import { resolveScenario } from "../../../../src/model/resolve-scenario.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import { WAD } from "../../../../src/units/units.ts";
import myDefiScenario from "../../../helpers/my-defi-scenario.ts";

const base = myDefiScenario as Scenario;
const withAgent = (agent: Agent): Scenario => ({
  ...base,
  populations: { ...base.populations, probe: { count: 1, agent } },
});
const withMetric = (metric: Metric<Unit, string>): Scenario => ({
  ...base,
  metrics: { ...base.metrics, probe: metric },
});
const refuses = (given: Scenario, name: string): void => {
  expect(() => resolveScenario(given))
    .to.throw(ScenarioInvalidError)
    .with.property("value", name);
};

const pair = { pool: "lrt-weth", token: "lrt", against: "weth" };
const hazard = { base: 0n, height: 0n, steepness: WAD, threshold: 0n };
const exit = { asset: "lrt", market: { pool: "lrt-weth", into: "weth" } };
const alarm = { ...exit, knows: "market", hazard } as const;
const lent = { market: "pooled", token: "weth" };
const loop = { market: "pooled", collateral: "lrt", debt: "weth", pool: "lrt-weth", actBelow: WAD, restore: WAD };
const buys = { market: "pooled", token: "lrt", debt: "weth", pool: "lrt-weth" };

describe("names of parts", () => {
  it("are let through where a scenario declares them", () => {
    const agents = [
      arbitrageur({ ...pair, value: { feed: "lrt-market", over: "ether" }, redeem: { kind: "vault", id: "lrt" } }),
      panicker({ ...alarm, lentOn: lent }),
      redeemer({ ...exit, market: null, at: 1n }),
      looper({ ...loop, queue: { vault: "lrt", delay: 1n, payout: null } }),
      liquidator({ markets: ["pooled"], sellOn: { lrt: "lrt-weth" } }),
    ];
    for (const agent of agents) expect(() => resolveScenario(withAgent(agent))).not.to.throw();
    for (const metric of [debts.badDebt(), pegs.discount(pair), pegs.nav("lrt"), netWorthOf("loopers-2")]) {
      expect(() => resolveScenario(withMetric(metric))).not.to.throw();
    }
  });

  const agents: readonly Agent[] = [
    arbitrageur({ ...pair, pool: "gold" }),
    arbitrageur({ ...pair, value: { feed: "gold", over: null } }),
    arbitrageur({ ...pair, redeem: { kind: "dollar", id: "gold" } }),
    panicker({ ...alarm, asset: "gold" }),
    panicker({ ...alarm, lentOn: { market: "gold", token: "weth" } }),
    redeemer({ ...exit, at: 1n, market: { pool: "gold", into: "weth" } }),
    insuranceStaker({ ...lent, market: "gold", informed: true }),
    feedKeeper({ feeds: ["ether", "gold"], every: 1n }),
    vaultKeeper({ vault: "gold" }),
    reserveManager({ dollar: "gold" }),
    fundAdministrator({ fund: "gold", every: 1n, yearlyYield: 0n }),
    liquidator({ markets: ["gold"], sellOn: {} }),
    liquidator({ markets: ["pooled"], sellOn: { lrt: "gold" } }),
    liquidityProvider({ pool: "gold", imbalance: WAD, most: WAD }),
    looper({ ...loop, debt: "gold" }),
    opportunist({ ...buys, token: "gold" }),
    supplier({ ...lent, token: "gold", appetite: 0n, power: 1 }),
    marketAllocator({ vault: "gold", weights: {} }),
    troveLiquidator({ cdp: "gold", mcr: {} }),
  ];
  for (const [at, agent] of agents.entries()) {
    it(`are refused in a behaviour that would do nothing: ${agent.name} (${at})`, () => {
      refuses(withAgent(agent), "gold");
    });
  }

  const where = { market: "gold" };
  const gold = { ...lent, token: "gold" };
  const metrics: readonly Metric<Unit, string>[] = [
    ...[debts.badDebt, debts.deficit, debts.recognisedBadDebt, debts.liquidatedValue].map((make) => make(where)),
    ...[debts.liquidatorProfit, debts.underwaterDebtHours, debts.hhi, debts.top10Share].map((make) => make(where)),
    ...[debts.healthBelow({ ...where, limit: WAD }), debts.withdrawableShare(gold)],
    ...[stalledPositions({ ...where, longerThan: 1n }), stalledDebt({ ...where, longerThan: 1n })],
    ...[pegs.marketPrice({ ...pair, pool: "gold" }), pegs.discount({ ...pair, token: "gold" }), pegs.nav("gold")],
    ...[pegs.reportedNav, pegs.oraclePrice, pegs.backingRatio, pegs.redemptionRate].map((make) => make("gold")),
    ...[pegs.exitQueue, pegs.timeToExit, pegs.poolDepth].map((make) => make("gold")),
    pegs.oracleDeviation({ feed: "gold", token: "lrt" }),
    ...[reserves.utilisation, reserves.borrowRate, reserves.availableCash, reserves.borrowed].map((make) => make(gold)),
    ...[netWorthOf("gold"), tokenValue({ of: "loopers", token: "gold" }), holdings({ of: "gold", token: "lrt" })],
    ...[lossOf("gold"), escapedShare("gold"), securityOf("gold")],
  ];
  for (const metric of metrics) {
    it(`are refused in a measure that would read 0: ${metric.description}`, () => {
      refuses(withMetric(metric), "gold");
    });
  }

  it("are told with the metric and the nearest names", () => {
    expect(() => resolveScenario(withMetric(debts.badDebt({ market: "poled" })))).to.throw(
      "Scenario field metrics.probe has value poled. No market is named so. Did you mean pooled?",
    );
  });
});
