import { act, days, dump, lpExit, percent } from "../../src/index.ts";
import { BONUS, SINCE } from "./lending.ts";

const sale = { pool: "pool", sell: "steth", buy: "weth" } as const;
const withdraw = (fraction: bigint) => lpExit({ by: "providers", pool: "pool", fraction });

/** The market's threshold is raised. */
export const RAISED = {
  at: days(8),
  shock: act({
    by: "protocol",
    action: { type: "setReserveLimits", market: "core", token: "steth", ...SINCE, bonus: BONUS },
  }),
  note: "19 May: liquidation from 81 % instead of 75 %",
};

/** What did not happen: somebody sells more than the pool can bear. */
export const CRASH = {
  at: days(45),
  shock: dump({ by: "whale", ...sale, amount: "all" }),
  note: "a holder sells what the pool cannot bear",
};

/** Seven weeks of 2022; 11 May is day 0. */
export const weeks = [
  {
    at: days(1),
    shock: lpExit({ by: "providers", pool: "pool", fraction: percent(25), into: "weth" }),
    note: "12 May: funds take 960 million dollars of liquidity out, as ether",
  },
  {
    at: days(1),
    shock: dump({ by: "alameda", ...sale, amount: "all" }),
    note: "12 May: a trading firm sells for 88 million",
  },
  { at: days(2), shock: dump({ by: "crowd", ...sale, amount: "all" }), note: "13 May: the crowd sells" },
  RAISED,
  { at: days(20), shock: withdraw(percent(47)), note: "liquidity leaves in proportion" },
  {
    at: days(30),
    shock: dump({ by: "lenders", ...sale, amount: "all" }),
    note: "10 June: a lender in distress sells",
  },
];
