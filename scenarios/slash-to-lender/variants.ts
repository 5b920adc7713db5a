import {
  act,
  days,
  ether,
  hours,
  percent,
  slashVault,
  validatorLoss,
  type Scenario,
  type Variant,
} from "../../src/index.ts";
import { layer, PUSHED } from "./market.ts";
import { recursive } from "./recursive.ts";

type Over = Parameters<typeof layer>[0];
/** A twin with another vault, or another price of its token. */
const having = (title: string, over: Over): Variant => ({
  title,
  make: (base: Scenario): Scenario => ({ ...base, defi: layer(over) }),
});
const guard = (policy: "reject" | "clamp" | "hold") => ({
  ...PUSHED,
  mode: "guarded" as const,
  guard: { bps: 300n, policy },
});
/** Day and hour of the slash, just after the day's rate was told. */
export const SLASH = days(2) + hours(2);

/** The validators behind the liquid staking token lose stake instead: queued claims are shares, so they bear it too. */
const unstaked = (base: Scenario): Scenario => ({
  ...base,
  timeline: [
    { at: SLASH, shock: validatorLoss(ether(60)), note: "validators lose 60 ether" },
    { at: SLASH + hours(2), shock: act({ by: "protocol", action: { type: "reportPool" } }) },
  ],
  expect: {},
});

/** Between two liquidations the vault's other operator is slashed; nobody is told before the next day. */
const again = (base: Scenario): Scenario => ({
  ...base,
  timeline: [
    ...(base.timeline ?? []),
    {
      at: days(3) + hours(4),
      shock: slashVault({ vault: "lrt", avs: "oracle", operator: "operators-2", fraction: percent(20) }),
      note: "the other operator loses 20 % while liquidations run",
    },
  ],
});

/** A rate beyond the guard shuts the vault, until somebody has looked at it, six hours later. */
const held = (base: Scenario): Scenario => ({
  ...base,
  defi: layer({ vault: { oracle: guard("hold") } }),
  timeline: [
    ...(base.timeline ?? []),
    {
      at: days(3) + hours(6),
      shock: act({ by: "protocol", action: { type: "vaultAcknowledge", vault: "lrt" } }),
      note: "the guardian acknowledges the true rate",
    },
  ],
});

/** Failure paths 28 to 35, each a twin. */
export const variants: Readonly<Record<string, Variant>> = {
  "cached-quote": having("28: the queue pays the rate of the request", {
    vault: { queue: { freeze: "claim", fault: "cachedQuote", cooldown: days(2) } },
  }),
  "guard-reject": having("29: a guard of 3 % refuses the true rate", { vault: { oracle: guard("reject") } }),
  "guard-clamp": having("29: a guard of 3 % lets the rate fall in steps", { vault: { oracle: guard("clamp") } }),
  "guard-hold": { title: "29: a guard of 3 % shuts the vault until the true rate is acknowledged", make: held },
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
  recursive: { title: "35: a second vault restakes the first one's token", make: recursive },
  "slash-again": { title: "35: another slash while liquidations run", make: again },
  "market-oracle": having("34: the market counts the token at the pool's price", { oracle: "market" }),
};
