import {
  atEnd,
  defineScenario,
  dump,
  each,
  ether,
  liquidator,
  minutes,
  percent,
  withParameters,
  type Scenario,
} from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast, watch } from "./cast.ts";
import { layer, type Choices } from "./market.ts";
import { measures } from "./measures.ts";
import { published } from "./published.ts";

/** The scenario with other choices. */
const choosing =
  (choices: Choices) =>
  (base: Scenario): Scenario => ({ ...base, defi: layer(choices) });

/** The scenario whose liquidators sell at any price, out of deep pockets: a backstop that must act. */
function forcing(base: Scenario): Scenario {
  const { liquidators, ...others } = base.populations;
  const forced = { ...liquidators, count: 1, agent: liquidator({ ...watch, mode: "forced" }) };
  return { ...base, populations: { ...others, liquidators: { ...forced, tokens: { weth: each(ether(50_000)) } } } };
}

export default withParameters({ lag: 0n }, ({ lag }) => {
  const written: Choices = { oracle: "market", bonus: 10_100n, lag };
  return defineScenario({
    name: "liquidation-cascade",
    question:
      "One holder dumps a restaking token into a thin pool: which leveraged positions fall, who pays, and which single choice decides?",
    seed: 42,
    clock: { step: minutes(1), steps: 90 },
    order: "declared",
    lst: { initialStake: ether(50_000) },
    avss,
    defi: layer(written),
    populations: cast,
    timeline: [
      {
        at: minutes(5),
        shock: dump({ by: "whale", pool: "pool", sell: "lrt", buy: "weth", amount: "all" }),
        note: "the whale sells 2,750 restaking tokens",
      },
    ],
    metrics: measures,
    variants: {
      "exchange-rate": {
        title: "collateral counts at its exchange rate",
        make: choosing({ ...written, oracle: "exchange-rate", lag: 0n }),
      },
      "bonus-5": { title: "a liquidator gets 5 % instead of 1 %", make: choosing({ ...written, bonus: 10_500n }) },
      forced: { title: "liquidators must act and sell at any price", make: forcing },
      "twap-30m": {
        title: "collateral counts at its average of 30 minutes",
        make: choosing({ ...written, lag: minutes(30) }),
      },
      "twap-2h": {
        title: "collateral counts at its average of 2 hours",
        make: choosing({ ...written, lag: minutes(120) }),
      },
      ...published,
    },
    expect: { nav: atEnd({ equal: percent(107) }) },
  });
});
