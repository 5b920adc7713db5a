import {
  arbitrageur,
  atEnd,
  days,
  defineScenario,
  discount,
  each,
  ether,
  exitQueue,
  hours,
  liquidityProvider,
  marketPrice,
  nav,
  netWorthOf,
  observer,
  oraclePrice,
  panicker,
  percent,
  poolDepth,
  redeemer,
  timeToExit,
  vaultKeeper,
  type Scenario,
} from "../../src/index.ts";
import { avss, operators } from "../parts/restaking.ts";
import { dollarVariants } from "./friday.ts";
import { COOLDOWN, layer } from "./market.ts";

const pair = { pool: "pool", token: "lrt", against: "weth" };
const shut = { asset: "lrt", market: { pool: "pool", into: "weth" }, redeemable: false };
const open = { ...shut, redeemable: true, funding: percent(8), wait: COOLDOWN };
const hazard = { base: percent("0.1"), height: percent(1), steepness: percent(15_000), threshold: percent(8) };
const herding = { ...hazard, herding: percent(2) };
const holders = { count: 12, tokens: { lrt: each(ether(40)) } };
/** Three kinds of holders, and the ways out that they have. */
const wave = (exit: typeof open | typeof shut) => ({
  informed: { ...holders, agent: panicker({ ...exit, knows: "informed", hazard }) },
  traders: { ...holders, agent: panicker({ ...exit, knows: "market", hazard: herding }) },
  crowd: { ...holders, agent: panicker({ ...exit, knows: "uninformed", newsLag: days(3), hazard }) },
});

/** The same wave, with a vault that redeems and somebody who buys what is cheap to redeem it. */
function redeemed(base: Scenario): Scenario {
  const carry = { funding: percent(8), delay: COOLDOWN, margin: percent("0.2") };
  const buyer = arbitrageur({ ...pair, ...carry, redeem: { kind: "vault", id: "lrt" } });
  const arbitrageurs = { count: 1, agent: buyer, tokens: { weth: each(ether(1_200)) } };
  return {
    ...base,
    defi: layer({ redeemable: true }),
    populations: { ...base.populations, ...wave(open), arbitrageurs },
  };
}

export default defineScenario({
  name: "depeg",
  question:
    "Holders of a restaking token want out at once: how far does its price fall, for how long, and what ends it?",
  seed: 42,
  clock: { step: hours(6), steps: 100 },
  restaking: { withdrawalDelay: days(7), deallocationDelay: days(7) },
  lst: { initialStake: ether(5_000) },
  avss,
  defi: layer({ redeemable: false }),
  populations: {
    operators,
    ...wave(shut),
    fund: {
      count: 1,
      agent: redeemer({ ...shut, at: days(1), way: "sell" }),
      tokens: { lrt: each(ether(800)) },
    },
    maker: { count: 1, agent: liquidityProvider({ pool: "pool", imbalance: percent(75), most: percent(1) }) },
    arbitrageurs: { count: 1, agent: observer({}), tokens: { weth: each(ether(1_200)) } },
    keeper: { count: 1, agent: vaultKeeper({ vault: "lrt" }) },
    governor: { count: 1, agent: observer({}) },
  },
  metrics: {
    market: marketPrice(pair),
    oracle: oraclePrice("market"),
    nav: nav("lrt"),
    discount: discount(pair),
    depth: poolDepth("pool"),
    queue: exitQueue("lrt"),
    waiting: timeToExit("lrt"),
    traders: netWorthOf("traders"),
    crowd: netWorthOf("crowd"),
    maker: netWorthOf("maker"),
    arbitrage: netWorthOf("arbitrageurs"),
  },
  variants: {
    redemptions: { title: "the vault redeems, and an arbitrageur buys to redeem", make: redeemed },
    ...dollarVariants,
  },
  expect: { nav: atEnd({ equal: percent(104) }) },
});
