import {
  arbitrageur,
  days,
  each,
  ether,
  feedKeeper,
  guardian,
  hours,
  liquidator,
  minutes,
  observer,
  panicker,
  percent,
  redeemer,
  reserveManager,
  type Scenario,
} from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";
import { lending, PLEDGED } from "./lending.ts";
import { COINS, IN_WINDOW, MONEY, RESERVE, STUCK } from "./market.ts";
import { windowTrader } from "./window-trader.ts";

/** Saturday, 03:11 UTC: the issuer says what is stuck. The run begins on the Monday before. */
export const TOLD = days(5) + hours(3) + minutes(11);
/** Sunday, 22:15 UTC: all deposits are guaranteed. */
export const GUARANTEED = days(6) + hours(22) + minutes(15);

const SELLERS = 12n;
const holdings = { sellers: 60_000n, sceptics: 900_000n, traders: 400_000n, customers: 20_000n };
/** What nobody moves: the rest of the supply. */
const STILL =
  RESERVE -
  (IN_WINDOW + COINS.usdc + PLEDGED) -
  (SELLERS * holdings.sellers + holdings.sceptics + holdings.traders + holdings.customers);

const exit = { asset: "usdc", market: { pool: "pool", into: "usdt" }, funding: percent(5), wait: days(2) };
const hazard = { base: 0n, height: percent(15), steepness: percent(20_000), threshold: percent(3) };
const hope = { feed: "hope", over: "par" } as const;
const doubt = { feed: "par", over: "hope" } as const;

/** Everybody; lenders and borrowers of stable coins among them. */
export const cast: Scenario["populations"] = {
  operators,
  governor: { count: 1, agent: observer({}) },
  keeper: { count: 1, agent: feedKeeper({ feeds: ["reported"], every: hours(1) }) },
  providers: { count: 1, agent: observer({}) },
  holders: { count: 1, agent: observer({}), tokens: { usdc: each(ether(STILL)) } },
  sellers: {
    count: Number(SELLERS),
    agent: panicker({ ...exit, knows: "informed", hazard, part: percent(40), slippage: percent(4) }),
    tokens: { usdc: each(ether(holdings.sellers)) },
  },
  // Who has an account with the issuer asks for par on Saturday, whatever the market pays.
  customers: {
    count: 1,
    agent: redeemer({ asset: "usdc", market: null, at: TOLD, way: "queue" }),
    tokens: { usdc: each(ether(holdings.customers)) },
  },
  sceptics: {
    count: 1,
    agent: arbitrageur({ pool: "pool", token: "usdt", against: "usdc", value: doubt, perStep: ether(60_000) }),
    tokens: { usdc: each(ether(holdings.sceptics)) },
  },
  believers: {
    count: 1,
    agent: arbitrageur({ pool: "pool", token: "usdc", against: "usdt", value: hope, perStep: 25_000n * MONEY }),
    tokens: { usdt: each(600_000n * MONEY) },
  },
  traders: { count: 1, agent: windowTrader({}), tokens: { usdc: each(ether(holdings.traders)) } },
  ...lending,
  liquidators: { count: 2, agent: liquidator({ markets: ["core"], sellOn: { usdc: "pool" }, perStep: 4 }) },
  reserves: { count: 1, agent: reserveManager({ dollar: "usdc" }) },
  issuer: {
    count: 1,
    agent: guardian({
      after: { type: "impairReserve" },
      detect: GUARANTEED - TOLD,
      measures: [{ latency: 0n, actions: [{ type: "dollarRestore", dollar: "usdc", face: STUCK * MONEY }] }],
    }),
  },
};
