import {
  act,
  compromiseKey,
  defineScenario,
  ether,
  minutes,
  percent,
  type Action,
  type Scenario,
} from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast, watch } from "./cast.ts";
import { history } from "./history.ts";
import { layer } from "./market.ts";
import { measures } from "./measures.ts";

const FORGED = minutes(5);
/** When governance sets the token's price and everybody who owes too much is liquidated at it. */
const SETTLED = minutes(150);
const attack = (at: bigint, action: Action, note?: string) => ({
  at,
  shock: act({ by: "attacker" as const, action }),
  ...(note === undefined ? {} : { note }),
});
const core = { market: "core" } as const;

/** Both stop it before anything is borrowed. */
const quick = (base: Scenario): Scenario => ({
  ...base,
  populations: { ...base.populations, ...watch(minutes(1), minutes(1)) },
});

export default defineScenario({
  name: "rseth-2026",
  question:
    "A bridge's key makes tokens that nothing stands behind, and a market lends against them: who is left with the loss?",
  seed: 42,
  clock: { step: minutes(1), steps: 200 },
  order: "declared",
  lst: { initialStake: ether(1_000) },
  avss,
  defi: layer,
  populations: cast,
  timeline: [
    {
      at: FORGED,
      shock: compromiseKey({ token: "rseth", to: "attacker", amount: ether("116.5") }),
      note: "116.5 tokens are made out of nothing",
    },
    attack(FORGED + minutes(3), { type: "setEMode", ...core, eMode: "ether" }),
    attack(
      FORGED + minutes(3),
      { type: "supply", ...core, token: "rseth", amount: ether("89.567") },
      "89.567 of them become collateral",
    ),
    attack(
      FORGED + minutes(4),
      { type: "borrow", ...core, token: "weth", amount: ether("82.65") },
      "82.65 ether are borrowed against them",
    ),
    {
      at: minutes(140),
      shock: act({ by: "protocol", action: { type: "pauseInsurance", ...core, token: "weth", paused: true } }),
      note: "the insurance is paused: no exits, no slash",
    },
    {
      at: SETTLED,
      shock: act({ by: "protocol", action: { type: "vaultPushRate", vault: "rseth", rate: percent("90.85") } }),
      note: "governance sets the price to what is behind the token",
    },
    {
      at: minutes(190),
      shock: act({ by: "treasury", action: { type: "donateToDeficit", ...core, token: "weth", amount: ether(25) } }),
      note: "donations cover a part",
    },
  ],
  metrics: measures,
  variants: { "quick-freeze": { title: "issuer and guardian act within a minute", make: quick } },
  history,
});
