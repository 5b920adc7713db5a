import {
  atEnd,
  days,
  deficit,
  defineScenario,
  discount,
  each,
  ether,
  exitQueue,
  hours,
  liquidatedValue,
  marketPrice,
  nav,
  netWorthOf,
  observer,
  percent,
  poolDepth,
  vaultKeeper,
} from "../../src/index.ts";
import { avss, operators } from "../parts/restaking.ts";
import { history } from "./history.ts";
import { credit, insolvency } from "./lending.ts";
import { layer, pair } from "./market.ts";
import { priceAt, shareAt } from "./measures.ts";
import { weeks } from "./timeline.ts";
import { variants } from "./variants.ts";

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
    whale: { count: 1, agent: observer({}), tokens: { steth: each(ether(450)) } },
    ...credit,
    keeper: { count: 1, agent: vaultKeeper({ vault: "steth", serve: days(1) }) },
    governor: { count: 1, agent: observer({}) },
  },
  timeline: weeks,
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
    liquidated: liquidatedValue(),
    insolvency: insolvency(),
    deficit: deficit(),
    providers: netWorthOf("providers"),
  },
  variants,
  history,
  expect: { nav: atEnd({ equal: percent(100) }) },
});
