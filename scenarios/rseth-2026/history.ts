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
    { name: "Tokens before", value: "654,500", kind: "assumed", source: "back-solved from that haircut" },
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
      history: ether("53.78"),
      source: "LlamaRisk, 20 April: 123.7 million dollars at 2,300",
    },
  ],
  sources: [REPORT, "governance.aave.com/t/24580/115", "governance.aave.com/t/24595"],
};
