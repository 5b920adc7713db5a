import { percent, type History } from "../../src/index.ts";

const NANSEN = "nansen.ai, on-chain forensics of the stETH depeg";
const AAVE = "governance.aave.com/t/8154";
const FORKLOG = "forklog.com, since early May the pool has shrunk sevenfold";

/** Dossier of May and June 2022. */
export const history: History = {
  inputs: [
    { name: "Pool in early May", value: "4.5 billion dollars, about even", kind: "historical", source: FORKLOG },
    { name: "Amplification and fee", value: "A 50, 0.04 %", kind: "historical", source: "the pool's parameters" },
    { name: "Liquidity that funds took out", value: "800 + 160 million dollars", kind: "historical", source: NANSEN },
    { name: "Sale of a trading firm", value: "88 million dollars", kind: "historical", source: NANSEN },
    { name: "Thresholds since 19 May", value: "75 to 81 %, 73 to 69 %", kind: "historical", source: AAVE },
    {
      name: "Accounts of the market",
      value: "10 at 60 to 71 %",
      kind: "assumed",
      source: "by trial, outcome known: not published",
    },
    {
      name: "Ether",
      value: "2,800 dollars in early May, then 2,400",
      kind: "assumed",
      source: "near the days' prices; turns the dollars above into 1.6 million, 400,000 and 36,700 ether",
    },
    { name: "As which coin it was taken out", value: "ether", kind: "assumed", source: "not told coin by coin" },
    {
      name: "Further sales",
      value: "100,000 and 30,000 tokens",
      kind: "assumed",
      source: "by trial, outcome known: not published one by one",
    },
    {
      name: "Liquidity that left until June",
      value: "47 %",
      kind: "assumed",
      source: "by trial, outcome known: near the pool's shrinking",
    },
    { name: "Scale", value: "1 : 100", kind: "assumed", source: "prices do not depend on it" },
  ],
  outcomes: [
    { name: "Price on 12 May", metric: "priceOn12May", when: "end", history: percent(98), source: NANSEN },
    { name: "Price on 13 May", metric: "priceOn13May", when: "end", history: percent("95.3"), source: NANSEN },
    { name: "Ether's share on 12 May", metric: "shareOn12May", when: "end", history: percent("31.7"), source: NANSEN },
    { name: "Ether's share on 13 May", metric: "shareOn13May", when: "end", history: percent("21.6"), source: NANSEN },
    { name: "Lowest price in June", metric: "market", when: "lowest", history: percent("93.7"), source: NANSEN },
  ],
  sources: [NANSEN, FORKLOG, AAVE, "Gauntlet newsletter of 11 June 2022"],
};
