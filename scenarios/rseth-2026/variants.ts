import { act, minutes, percent, type Scenario, type Variant } from "../../src/index.ts";
import { watch } from "./cast.ts";

/** When governance sets the token's price and everybody who owes too much is liquidated at it. */
export const SETTLED = minutes(150);
/** How it sets it: the vault's rate is told. */
export const PRICED = { type: "vaultPushRate", vault: "rseth" } as const;

/** Both stop it before anything is borrowed. */
const quick = (base: Scenario): Scenario => ({
  ...base,
  populations: { ...base.populations, ...watch(minutes(1), minutes(1)) },
});

/** Who bears the shortfall is a choice: here the tokens that this market holds bear all of it, 73.54 %. */
const oneSided = (base: Scenario): Scenario => ({
  ...base,
  timeline: (base.timeline ?? []).map((entry) =>
    entry.at === SETTLED
      ? { ...entry, shock: act({ by: "protocol", action: { ...PRICED, rate: percent("28.3122") } }) }
      : entry,
  ),
});

/** Twins that differ in a single choice each. */
export const variants: Readonly<Record<string, Variant>> = {
  "quick-freeze": { title: "issuer and guardian act within a minute", make: quick },
  "one-sided": { title: "the tokens in this market bear the whole shortfall, 73.54 %", make: oneSided },
};
