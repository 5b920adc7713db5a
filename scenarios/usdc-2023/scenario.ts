import {
  atEnd,
  days,
  defineScenario,
  each,
  ether,
  hours,
  impairReserve,
  opportunist,
  percent,
  pricePath,
  priceSteps,
  type Scenario,
} from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast, GUARANTEED, TOLD } from "./cast.ts";
import { history } from "./history.ts";
import { layer, MONEY } from "./market.ts";
import { measures } from "./measures.ts";

/**
 * Three outcomes, as likely as each other for who knows nothing: the deposit is paid (1), it is lost (0.924), all cash
 * that the issuer held at banks is lost (0.77) [dollars, 8 decimals].
 */
const HOPE = (100_000_000n + 92_400_000n + 77_000_000n) / 3n;

/** The same weekend where the market counts the dollar as 1.00 whatever it costs; somebody borrows on that. */
const hardCoded = (base: Scenario): Scenario => ({
  ...base,
  defi: layer("par"),
  populations: {
    ...base.populations,
    opportunists: {
      count: 1,
      agent: opportunist({ market: "core", eMode: "stable", token: "usdc", debt: "usdt", pool: "pool" }),
      tokens: { usdt: each(20_000n * MONEY) },
    },
  },
});

/** The same weekend, and nobody guarantees anything. */
const unrescued = (base: Scenario): Scenario => ({
  ...base,
  populations: Object.fromEntries(Object.entries(base.populations).filter(([name]) => name !== "issuer")),
  timeline: (base.timeline ?? []).map((entry) => {
    if (entry.shock.type !== "pricePath") return entry;
    const path = priceSteps([
      { after: 0n, price: HOPE },
      { after: GUARANTEED - TOLD, price: 92_400_000n },
    ]);
    return { ...entry, shock: pricePath({ feed: "hope", path }) };
  }),
  expect: { backing: atEnd({ below: percent(93) }) },
});

export default defineScenario({
  name: "usdc-2023",
  question:
    "A bank fails on a Friday with a dollar's deposit in it: who shares the fall, who cannot be liquidated, who pays?",
  seed: 42,
  clock: {
    step: hours(12),
    steps: 16,
    also: Array.from({ length: 72 }, (_, hour) => days(5) + hours(BigInt(hour))),
  },
  order: "declared",
  lst: { initialStake: ether(1_000) },
  avss,
  defi: layer("reported"),
  populations: cast,
  timeline: [
    {
      at: TOLD,
      shock: impairReserve({ dollar: "usdc", fraction: percent(100) }),
      note: "Saturday, 03:11: 3.3 billion of 43.5 are stuck at a bank that failed",
    },
    {
      at: TOLD,
      shock: pricePath({
        feed: "hope",
        path: priceSteps([
          { after: 0n, price: HOPE },
          { after: GUARANTEED - TOLD, price: 100_000_000n },
        ]),
      }),
      note: "what a holder may hope for, until all deposits are guaranteed on Sunday, 22:15",
    },
  ],
  metrics: measures,
  variants: {
    "hard-coded": { title: "the market counts the dollar as 1.00, whatever it costs", make: hardCoded },
    unrescued: { title: "nobody guarantees the deposit", make: unrescued },
  },
  history,
  // Whole again, but for the wei that rounding leaves.
  expect: { backing: atEnd({ above: percent("99.9999") }) },
});
