import { act, compromiseKey, defineScenario, ether, minutes, percent, type Action } from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast } from "./cast.ts";
import { history } from "./history.ts";
import { layer } from "./market.ts";
import { measures } from "./measures.ts";
import { PRICED, SETTLED, variants } from "./variants.ts";

const FORGED = minutes(5);
const attack = (at: bigint, action: Action, note?: string) => ({
  at,
  shock: act({ by: "attacker" as const, action }),
  ...(note === undefined ? {} : { note }),
});
const core = { market: "core" } as const;

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
      at: minutes(100),
      shock: act({ by: "loopers-1", action: { type: "withdraw", ...core, token: "rseth", amount: ether(5) } }),
      note: "a looper wants out: its debt holds its collateral, and nobody has ether to repay it with",
    },
    {
      at: minutes(140),
      shock: act({ by: "protocol", action: { type: "pauseInsurance", ...core, token: "weth", paused: true } }),
      note: "the insurance is paused: no exits, no slash",
    },
    {
      at: SETTLED,
      shock: act({ by: "protocol", action: { ...PRICED, rate: percent("90.8216") } }),
      note: "governance sets the price to what is behind the token",
    },
    {
      at: minutes(185),
      shock: act({ by: "protocol", action: { type: "coverDeficit", ...core, token: "weth" } }),
      note: "the insurance is to cover what is booked, and is paused",
    },
    {
      at: minutes(190),
      shock: act({ by: "treasury", action: { type: "donateToDeficit", ...core, token: "weth", amount: ether(25) } }),
      note: "donations cover a part",
    },
  ],
  metrics: measures,
  variants,
  history,
});
