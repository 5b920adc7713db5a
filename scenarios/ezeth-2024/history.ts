import { ether, minutes, percent, seconds, type History } from "../../src/index.ts";

const FORUM = "forum.morpho.org/t/578";
const GEARBOX = "gl.app, proposals 0x405c and 0x69a0 (GIP-126)";
const AAVE = "governance.aave.com/t/17402/4";

/** Dossier of 24 April 2024. */
export const history: History = {
  inputs: [
    { name: "Ether in the pool before", value: "4,000", kind: "historical", source: AAVE },
    { name: "Lent at 86 %, and the curator's part", value: "7,600 ether, 65 %", kind: "historical", source: FORUM },
    {
      name: "Limits of the three lenders",
      value: "86, 77 and 91.5 %",
      kind: "historical",
      source: `${FORUM}; ${GEARBOX}`,
    },
    {
      name: "First report below par, from which the cascade is timed",
      value: "02:25 UTC (in the replay 02:30)",
      kind: "historical",
      source: FORUM,
    },
    {
      name: "Credit accounts were stopped by themselves",
      value: "no collateral added",
      kind: "historical",
      source: GEARBOX,
    },
    { name: "Bonus of credit accounts", value: "3 %, and 1 % in fees", kind: "historical", source: GEARBOX },
    { name: "Withdrawals", value: "none", kind: "historical", source: FORUM },
    { name: "Sales and liquidity that left", value: "1,900 tokens, 40 %", kind: "assumed", source: "not published" },
    {
      name: "Accounts",
      value: "46 at 77 to 84.5 % of value, 4 and 8 others",
      kind: "assumed",
      source: "146 there were",
    },
    { name: "Pool", value: "amplification 40, 0.04 %", kind: "assumed", source: "of the kind" },
    { name: "Buyers", value: "16 % below worth, 150 ether a minute", kind: "assumed", source: "nobody could redeem" },
    {
      name: "Behind a token, and ether",
      value: "1.01 ether; 3,200 dollars",
      kind: "assumed",
      source: "near the day's",
    },
    {
      name: "Lent at 77 %, and by credit accounts' bank",
      value: "1,300; 3,000",
      kind: "assumed",
      source: "not published",
    },
    { name: "Reports", value: "every two minutes, from 0.5 % on", kind: "assumed", source: "of the kind" },
    { name: "Scale", value: "1 : 10", kind: "assumed", source: "prices do not depend on it" },
  ],
  outcomes: [
    {
      name: "Ether repaid for a token at 86 %",
      metric: "seizedPrice",
      when: "end",
      history: percent("80.73"),
      source: FORUM,
    },
    {
      name: "From the published first report to the last liquidation but one",
      metric: "cascade",
      when: "end",
      history: minutes(27) + seconds(35),
      source: FORUM,
    },
    { name: "Least ether in the pool", metric: "poolEther", when: "lowest", history: ether(50), source: AAVE },
    {
      name: "Nobody paid, of what was cleared at 86 %",
      metric: "badShare",
      when: "end",
      history: percent("0.22"),
      source: FORUM,
    },
  ],
  sources: [FORUM, GEARBOX, AAVE, "dailydosecrypto.com"],
};
