import { percent, type History } from "../../src/index.ts";

const RISK_DAO = "medium.com/risk-dao, post-mortem of March 2023";
const GALAXY = "galaxy.com, USDC's fall below the peg";
const GAUNTLET = "gauntlet.xyz, reassessing USDC risk";

/** Dossier of 10 to 13 March 2023. */
export const history: History = {
  inputs: [
    {
      name: "Reserve, and what of it was stuck",
      value: "43.5 and 3.3 billion dollars",
      kind: "historical",
      source: GALAXY,
    },
    { name: "Banks", value: "shut from Friday, 22:00 UTC, to Monday, 13:00", kind: "historical", source: GALAXY },
    { name: "Told, and guaranteed", value: "11 March, 03:11 UTC; 12 March, 22:15", kind: "historical", source: GALAXY },
    { name: "Depth of the pool's pairs", value: "166 and 219 million dollars", kind: "historical", source: RISK_DAO },
    { name: "Held by the other dollar's window", value: "3.1 billion", kind: "historical", source: GALAXY },
    { name: "E-mode", value: "97 / 97.5 %, bonus 1 %", kind: "historical", source: "governance.aave.com/t/12241" },
    {
      name: "What a holder may hope for",
      value: "1, 0.924 or 0.77, each as likely",
      kind: "assumed",
      source: "all is paid, the deposit is lost, all cash at banks is lost; nobody knew more",
    },
    { name: "Sellers, sceptics, believers", value: "0.7, 0.9, 0.6 billion", kind: "assumed", source: "not published" },
    { name: "Who asks the issuer on Saturday", value: "20 million", kind: "assumed", source: "not published" },
    { name: "Borrowers", value: "40 of 5 million, 85 to 96.7 % of value", kind: "assumed", source: "not published" },
    { name: "Part of the other dollar that is modelled", value: "the window's", kind: "assumed", source: "simpler" },
    {
      name: "Ether",
      value: "1,450 dollars",
      kind: "assumed",
      source: "near the day's price; losses are told in ether",
    },
    { name: "Scale", value: "1 : 1,000", kind: "assumed", source: "prices do not depend on it" },
  ],
  outcomes: [
    { name: "Lowest price", metric: "usdc", when: "lowest", history: percent("87.5"), source: GALAXY },
    {
      name: "Highest price of the third dollar in the pool",
      metric: "usdt",
      when: "peak",
      history: percent(115),
      source: RISK_DAO,
    },
    { name: "Price once banks had opened", metric: "usdc", when: "end", history: percent(100), source: GALAXY },
    // 300,000 dollars at a thousandth, in ether of 1,450 dollars.
    { name: "Realised insolvency", metric: "recognised", when: "end", history: percent("20.69"), source: GAUNTLET },
  ],
  sources: [RISK_DAO, GALAXY, GAUNTLET, "governance.aave.com/t/12241", "doseofdefi.substack.com"],
};
