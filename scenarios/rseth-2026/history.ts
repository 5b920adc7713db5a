import { ether, percent, type History } from "../../src/index.ts";

const REPORT = "governance.aave.com/t/24726 and /24740";

/** Dossier of 18 April 2026, at a thousandth. */
export const history: History = {
  inputs: [
    { name: "Tokens made", value: "116,500", kind: "historical", source: REPORT },
    { name: "Supplied by the attacker", value: "89,567 tokens", kind: "historical", source: REPORT },
    { name: "Borrowed by the attacker", value: "82,650 ether", kind: "historical", source: REPORT },
    { name: "E-mode", value: "LTV 93 %, LT 95 %", kind: "historical", source: "governance.aave.com/t/24726" },
    { name: "Pause and freeze", value: "46 and 77 minutes later", kind: "historical", source: REPORT },
    { name: "Insurance", value: "18,922 ether", kind: "historical", source: REPORT },
    { name: "Uniform haircut", value: "15.12 %", kind: "historical", source: "LlamaRisk, 20 April" },
    { name: "Ether behind a token", value: "1.07", kind: "historical", source: REPORT },
    { name: "Donations", value: "25,000 ether", kind: "historical", source: "governance.aave.com/t/24595" },
    { name: "Tokens before", value: "654,000", kind: "assumed", source: "back-solved from that haircut" },
    { name: "Ether", value: "2,309 dollars", kind: "assumed", source: "190.86 million dollars for 82,650 ether" },
    {
      name: "Staked ether that was borrowed too",
      value: "left out",
      kind: "assumed",
      source: "821 ether, a hundredth",
    },
    { name: "Rates", value: "2.7 % to 90 %, then 80 %", kind: "assumed", source: "of the kind" },
    { name: "Loopers", value: "500,000 tokens at 92.5 %", kind: "assumed", source: "tables are not published" },
    {
      name: "Lenders",
      value: "624,000 ether, running by rumour",
      kind: "assumed",
      source: "of the order of the market",
    },
    { name: "Price is set after", value: "145 minutes", kind: "assumed", source: "took weeks; only interest differs" },
  ],
  outcomes: [
    { name: "Highest utilisation", metric: "utilisation", when: "peak", history: percent(100), source: REPORT },
    {
      name: "Bad debt, uniform haircut",
      metric: "badDebt",
      when: "peak",
      history: ether("53.57"),
      source: "LlamaRisk, 20 April: 123.7 million dollars at 2,309",
    },
  ],
  sources: [REPORT, "governance.aave.com/t/24580/115", "governance.aave.com/t/24595"],
};
