import {
  atEnd,
  badDebt,
  defineScenario,
  each,
  ether,
  healthBelow,
  hours,
  liquidatedValue,
  liquidator,
  liquidatorProfit,
  marketPrice,
  minutes,
  nav,
  netWorthOf,
  observer,
  oracleFault,
  oraclePrice,
  WAD,
} from "../../src/index.ts";
import { avss, operators } from "../parts/restaking.ts";
import { COLLATERAL, DEBT, HOLDERS } from "./borrowers.ts";
import { history, liquidationsDone } from "./history.ts";
import { CAP, layer } from "./market.ts";

const lending = { kind: "lending", market: "core" } as const;

export default defineScenario({
  name: "capo-2026",
  question: "A guard on an exchange rate is set 2.86 % too low: who is liquidated, and who gains?",
  seed: 42,
  clock: { step: minutes(1), steps: 60 },
  order: "declared",
  lst: { initialStake: ether(10_000) },
  avss,
  defi: layer("capped"),
  populations: {
    operators,
    liquidators: {
      count: 2,
      agent: liquidator({ markets: ["core"], sellOn: { wsteth: "pool" }, size: "most", perStep: 4 }),
    },
    loopers: {
      count: HOLDERS,
      agent: observer({}),
      positions: [{ ...lending, eMode: "ether", supplied: { wsteth: COLLATERAL }, borrowed: { weth: DEBT } }],
    },
    lenders: { count: 4, agent: observer({}), positions: [{ ...lending, supplied: { weth: each(ether(30_000)) } }] },
    maker: { count: 1, agent: observer({}) },
    governor: { count: 1, agent: observer({}) },
  },
  timeline: [
    {
      at: hours("0.1"),
      shock: oracleFault({ feed: "capped", fault: { kind: "misSetCap", ratio: CAP, age: hours(1) } }),
      note: "the snapshot is set 2.86 % below the live rate",
    },
  ],
  metrics: {
    market: marketPrice({ pool: "pool", token: "wsteth", against: "weth" }),
    oracle: oraclePrice("capped"),
    nav: nav("wsteth"),
    badDebt: badDebt(),
    liquidated: liquidatedValue(),
    accounts: liquidationsDone(),
    profit: liquidatorProfit(),
    belowOne: healthBelow({ limit: WAD }),
    loopers: netWorthOf("loopers"),
    liquidators: netWorthOf("liquidators"),
  },
  variants: {
    uncapped: { title: "the rate counts without a cap", make: (base) => ({ ...base, defi: layer("uncapped") }) },
  },
  history,
  expect: { badDebt: atEnd({ equal: 0n }) },
});
