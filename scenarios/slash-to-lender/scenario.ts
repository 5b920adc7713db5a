import {
  act,
  atPeak,
  days,
  defineScenario,
  ether,
  hours,
  percent,
  slashVault,
  validatorLoss,
  type Scenario,
  type Variant,
} from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast } from "./cast.ts";
import { layer, PUSHED } from "./market.ts";
import { measures } from "./measures.ts";

type Over = Parameters<typeof layer>[0];
/** A twin with another vault, or another price of its token. */
const having = (title: string, over: Over): Variant => ({
  title,
  make: (base: Scenario): Scenario => ({ ...base, defi: layer(over) }),
});
const guard = (policy: "reject" | "clamp") => ({ ...PUSHED, mode: "guarded" as const, guard: { bps: 300n, policy } });
/** Day and hour of the slash, just after the day's rate was told. */
const SLASH = days(2) + hours(2);

/** The validators behind the liquid staking token lose stake instead: queued claims are shares, so they bear it too. */
const unstaked = (base: Scenario): Scenario => ({
  ...base,
  timeline: [
    { at: SLASH, shock: validatorLoss(ether(60)), note: "validators lose 60 ether" },
    { at: SLASH + hours(2), shock: act({ by: "protocol", action: { type: "reportPool" } }) },
  ],
  expect: {},
});

export default defineScenario({
  name: "slash-to-lender",
  question:
    "An AVS slashes an operator of a restaking vault whose rate is told once a day: whom does the loss reach, and who leaves at the stale rate?",
  seed: 42,
  clock: { step: hours(2), steps: 84, also: [SLASH] },
  order: "declared",
  restaking: { withdrawalDelay: days(2), deallocationDelay: days(3) },
  lst: { initialStake: ether(20_000) },
  avss,
  defi: layer(),
  populations: cast,
  timeline: [
    {
      at: SLASH,
      shock: slashVault({ vault: "lrt", avs: "oracle", operator: "operators-1", fraction: percent(30) }),
      note: "one of the vault's two operators loses 30 %",
    },
    { at: days(4), shock: act({ by: "protocol", action: { type: "coverDeficit", market: "core", token: "weth" } }) },
    {
      at: days(5),
      shock: act({
        by: "treasury",
        action: { type: "donateToDeficit", market: "core", token: "weth", amount: ether(39) },
      }),
      note: "the treasury gives 39 ether",
    },
  ],
  metrics: measures,
  variants: {
    "cached-quote": having("28: the queue pays the rate of the request", {
      vault: { queue: { freeze: "claim", fault: "cachedQuote", cooldown: days(2) } },
    }),
    "guard-reject": having("29: a guard of 3 % refuses the true rate", { vault: { oracle: guard("reject") } }),
    "guard-clamp": having("29: a guard of 3 % lets the rate fall in steps", { vault: { oracle: guard("clamp") } }),
    "instant-rate": having("30: the rate falls at once", {
      vault: { oracle: { mode: "live", every: 0n, feeBps: 0n } },
    }),
    "first-come": having("31: who comes first is paid at par", {
      vault: { queue: { freeze: "claim", fault: "firstComeAtPar", cooldown: days(2) } },
    }),
    "lst-slash": { title: "32: the liquid staking token loses, not the vault's operator", make: unstaked },
    "stale-feed": having("33: nobody tells the rate any more, and it grows stale", {
      vault: { oracle: { ...PUSHED, every: 0n, maxAge: days(1) } },
    }),
    "market-oracle": having("34: the market counts the token at the pool's price", { oracle: "market" }),
  },
  expect: { slashed: atPeak({ above: 0n }) },
});
