import { arbitrageur, each, ether, percent, type Scenario, type Variant } from "../../src/index.ts";
import { layer, pair, WAIT } from "./market.ts";
import { CRASH, RAISED } from "./timeline.ts";

/** The same weeks, with redemptions and somebody who buys to redeem. */
function redeemed(base: Scenario): Scenario {
  const carry = { funding: percent(4), delay: WAIT, margin: percent("0.2") };
  const agent = arbitrageur({ ...pair, ...carry, redeem: { kind: "vault", id: "steth" } });
  const arbitrageurs = { count: 1, agent, tokens: { weth: each(ether(8_000)) } };
  return { ...base, defi: layer({ redeemable: true }), populations: { ...base.populations, arbitrageurs } };
}

const unraised = (base: Scenario): Scenario => ({
  ...base,
  timeline: (base.timeline ?? []).filter((entry) => entry.note !== RAISED.note),
});

const crashed = (base: Scenario): Scenario => ({ ...base, timeline: [...(base.timeline ?? []), CRASH] });

/** Twins that differ in a single choice each; the crash comes as a pair of its own. */
export const variants: Readonly<Record<string, Variant>> = {
  redemptions: { title: "the token can be redeemed within days, as since 2023", make: redeemed },
  "threshold-75": { title: "the liquidation threshold is not raised on 19 May", make: unraised },
  crash: { title: "a sale in late June that the pool cannot bear", make: crashed },
  "crash-threshold-75": { title: "the same sale, the threshold not raised", make: (base) => crashed(unraised(base)) },
};
