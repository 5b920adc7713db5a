import {
  availableCash,
  backingRatio,
  badDebt,
  borrowRate,
  deficit,
  liquidatedValue,
  nav,
  netWorthOf,
  reportedNav,
  utilisation,
} from "../../src/index.ts";

const reserve = { market: "core", token: "weth" };

/** What is measured: the token, the market, and who has what. */
export const measures = {
  reported: reportedNav("rseth"),
  nav: nav("rseth"),
  backing: backingRatio("rseth"),
  badDebt: badDebt(),
  deficit: deficit(),
  liquidated: liquidatedValue(),
  utilisation: utilisation(reserve),
  rate: borrowRate(reserve),
  cash: availableCash(reserve),
  attacker: netWorthOf("attacker"),
  loopers: netWorthOf("loopers"),
  lenders: netWorthOf("lenders"),
  insurers: netWorthOf("insurers"),
} as const;
