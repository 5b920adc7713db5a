import { act, atPeak, days, defineScenario, ether, hours, percent, slashVault } from "../../src/index.ts";
import { avss } from "../parts/restaking.ts";
import { cast } from "./cast.ts";
import { layer } from "./market.ts";
import { measures } from "./measures.ts";
import { SLASH, variants } from "./variants.ts";

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
  variants,
  expect: { slashed: atPeak({ above: 0n }) },
});
