import { atEnd, defineScenario, dump, ether, lpExit, minutes, percent, type Scenario } from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast } from "./cast.ts";
import { history } from "./history.ts";
import { layer } from "./market.ts";
import { FIRST, measures } from "./measures.ts";

const sale = (amount: bigint) => dump({ by: "farmers", pool: "pool", sell: "ezeth", buy: "weth", amount });
const leave = (fraction: bigint) => lpExit({ by: "providers", pool: "pool", fraction });

/** The same night where every lender prices the token by what is behind it. */
const fundamental = (base: Scenario): Scenario => ({ ...base, defi: layer("rate") });

/** The same night where every lender prices the token by the pool itself, at once. */
const spot = (base: Scenario): Scenario => ({ ...base, defi: layer("spot") });

/** The same night, and nobody stops accounts from adding collateral. */
const unfrozen = (base: Scenario): Scenario => ({
  ...base,
  populations: Object.fromEntries(Object.entries(base.populations).filter(([name]) => name !== "guard")),
});

export default defineScenario({
  name: "ezeth-2024",
  question:
    "A token that nobody can redeem is sold for an hour: who is liquidated by its market's price, and at what loss?",
  seed: 42,
  clock: { step: minutes(1), steps: 90 },
  order: "declared",
  lst: { initialStake: ether(1_000) },
  avss,
  defi: layer("reported"),
  populations: cast,
  timeline: [
    { at: FIRST - minutes(2), shock: sale(ether(40)), note: "02:23: the airdrop's terms disappoint, farmers sell" },
    { at: FIRST + minutes(2), shock: leave(percent(40)), note: "liquidity leaves" },
    { at: FIRST + minutes(3), shock: sale(ether(60)), note: "farmers sell on" },
    { at: FIRST + minutes(9), shock: sale(ether(50)), note: "and on" },
    { at: FIRST + minutes(15), shock: sale(ether(40)), note: "and on" },
  ],
  metrics: measures,
  variants: {
    fundamental: { title: "lenders price the token by what is behind it", make: fundamental },
    spot: { title: "lenders price the token by the pool at once, not by late reports", make: spot },
    unfrozen: { title: "nobody stops accounts from adding collateral", make: unfrozen },
  },
  history,
  expect: { nav: atEnd({ equal: percent(101) }) },
});
