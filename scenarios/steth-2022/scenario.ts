import {
  arbitrageur,
  atEnd,
  days,
  defineScenario,
  discount,
  dump,
  each,
  ether,
  exitQueue,
  hours,
  lpExit,
  marketPrice,
  nav,
  netWorthOf,
  observer,
  percent,
  poolDepth,
  vaultKeeper,
  type Scenario,
} from "../../src/index.ts";
import { avss, operators } from "../parts/restaking.ts";
import { history } from "./history.ts";
import { layer, WAIT } from "./market.ts";
import { priceAt, shareAt } from "./measures.ts";

const pair = { pool: "pool", token: "steth", against: "weth" };
const sale = { pool: "pool", sell: "steth", buy: "weth" } as const;
const outOfEther = (fraction: bigint) => lpExit({ by: "providers", pool: "pool", fraction, into: "weth" });

/** The same weeks, with redemptions and somebody who buys to redeem. */
function redeemed(base: Scenario): Scenario {
  const carry = { funding: percent(4), delay: WAIT, margin: percent("0.2") };
  const agent = arbitrageur({ ...pair, ...carry, redeem: { kind: "vault", id: "steth" } });
  const arbitrageurs = { count: 1, agent, tokens: { weth: each(ether(8_000)) } };
  return { ...base, defi: layer({ redeemable: true }), populations: { ...base.populations, arbitrageurs } };
}

export default defineScenario({
  name: "steth-2022",
  question: "A staked token that nobody can redeem loses its buyers: how far does it fall, and why does it stay there?",
  seed: 42,
  clock: { step: hours(12), steps: 130 },
  order: "declared",
  restaking: { withdrawalDelay: days(7), deallocationDelay: days(7) },
  lst: { initialStake: ether(50_000) },
  avss,
  defi: layer({ redeemable: false }),
  populations: {
    operators,
    providers: { count: 1, agent: observer({}) },
    alameda: { count: 1, agent: observer({}), tokens: { steth: each(ether(367)) } },
    crowd: { count: 1, agent: observer({}), tokens: { steth: each(ether(1_000)) } },
    lenders: { count: 1, agent: observer({}), tokens: { steth: each(ether(300)) } },
    arbitrageurs: { count: 1, agent: observer({}), tokens: { weth: each(ether(8_000)) } },
    keeper: { count: 1, agent: vaultKeeper({ vault: "steth", serve: days(1) }) },
    governor: { count: 1, agent: observer({}) },
  },
  timeline: [
    {
      at: days(1),
      shock: outOfEther(percent(25)),
      note: "12 May: funds take 960 million dollars of liquidity out, as ether",
    },
    {
      at: days(1),
      shock: dump({ by: "alameda", ...sale, amount: "all" }),
      note: "12 May: a trading firm sells for 88 million",
    },
    { at: days(2), shock: dump({ by: "crowd", ...sale, amount: "all" }), note: "13 May: the crowd sells" },
    {
      at: days(20),
      shock: lpExit({ by: "providers", pool: "pool", fraction: percent(47) }),
      note: "liquidity leaves in proportion",
    },
    {
      at: days(30),
      shock: dump({ by: "lenders", ...sale, amount: "all" }),
      note: "10 June: a lender in distress sells",
    },
  ],
  metrics: {
    market: marketPrice(pair),
    discount: discount(pair),
    nav: nav("steth"),
    depth: poolDepth("pool"),
    queue: exitQueue("steth"),
    priceOn12May: priceAt(days(1)),
    priceOn13May: priceAt(days(2)),
    shareOn12May: shareAt(days(1)),
    shareOn13May: shareAt(days(2)),
    providers: netWorthOf("providers"),
  },
  variants: {
    redemptions: { title: "the token can be redeemed within days, as since 2023", make: redeemed },
  },
  history,
  expect: { nav: atEnd({ equal: percent(100) }) },
});
