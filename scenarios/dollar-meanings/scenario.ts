import { atEnd, days, defineScenario, ether, holdings, hours, nav, netWorthOf, oraclePrice } from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast } from "./cast.ts";
import { layer } from "./market.ts";
import { timeline } from "./timeline.ts";

export default defineScenario({
  name: "dollar-meanings",
  question: "Four things that are called restaking a dollar: which asset is at risk, who pays, who bears the loss?",
  seed: 42,
  clock: { step: hours(12), steps: 100 },
  order: "declared",
  restaking: { withdrawalDelay: days(7), deallocationDelay: days(7) },
  lst: { initialStake: ether(6_000) },
  avss,
  defi: layer,
  populations: cast,
  timeline,
  metrics: {
    ether: oraclePrice("ether"),
    nav: nav("lrt"),
    trader: netWorthOf("trader"),
    clients: netWorthOf("clients"),
    intermediary: netWorthOf("intermediary"),
    saver: netWorthOf("saver"),
    depositor: netWorthOf("depositor"),
    treasury: holdings({ of: "treasury", token: "usd" }),
  },
  expect: { treasury: atEnd({ equal: 0n }) },
});
