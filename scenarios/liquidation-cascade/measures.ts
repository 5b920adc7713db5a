import {
  availableCash,
  badDebt,
  deficit,
  discount,
  healthBelow,
  liquidatedValue,
  liquidatorProfit,
  marketPrice,
  nav,
  netWorthOf,
  oraclePrice,
  underwaterDebtHours,
  utilisation,
  WAD,
} from "../../src/index.ts";

const pair = { pool: "pool", token: "lrt", against: "weth" };
const reserve = { market: "core", token: "weth" };

/** What a cascade is measured by. */
export const measures = {
  market: marketPrice(pair),
  oracle: oraclePrice("market"),
  nav: nav("lrt"),
  discount: discount(pair),
  badDebt: badDebt(),
  deficit: deficit(),
  liquidated: liquidatedValue(),
  profit: liquidatorProfit(),
  underwater: underwaterDebtHours(),
  belowOne: healthBelow({ limit: WAD }),
  utilisation: utilisation(reserve),
  cash: availableCash(reserve),
  loopers: netWorthOf("loopers"),
  lenders: netWorthOf("lenders"),
  insurers: netWorthOf("insurers"),
  liquidators: netWorthOf("liquidators"),
  maker: netWorthOf("maker"),
} as const;
