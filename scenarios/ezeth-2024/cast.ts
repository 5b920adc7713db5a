import {
  arbitrageur,
  each,
  ether,
  feedKeeper,
  guardian,
  liquidator,
  minutes,
  observer,
  percent,
  type Scenario,
} from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";
import { accounts } from "./accounts.ts";

/** Everybody, in the order in which they act within a minute. */
export const cast: Scenario["populations"] = {
  operators,
  governor: { count: 1, agent: observer({}) },
  keeper: { count: 1, agent: feedKeeper({ feeds: ["reported", "reportedDollars"], every: minutes(2) }) },
  guard: {
    count: 1,
    agent: guardian({
      after: { type: "dump" },
      detect: minutes(3),
      measures: [{ latency: 0n, actions: [{ type: "freezeReserve", market: "credit", token: "ezeth", frozen: true }] }],
    }),
  },
  providers: { count: 1, agent: observer({}) },
  farmers: { count: 1, agent: observer({}), tokens: { ezeth: each(ether(190)) } },
  believers: {
    count: 1,
    agent: arbitrageur({ pool: "pool", token: "ezeth", against: "weth", margin: percent(16), perStep: ether(15) }),
    tokens: { weth: each(ether(400)) },
  },
  ...accounts,
  sellers: {
    count: 1,
    agent: liquidator({ markets: ["m86", "m77", "credit"], sellOn: { ezeth: "pool" }, perStep: 2 }),
  },
  buyers: {
    count: 1,
    agent: liquidator({ markets: ["m86", "m77", "credit"], sellOn: {}, perStep: 10 }),
    tokens: { weth: each(ether(900)) },
  },
};
