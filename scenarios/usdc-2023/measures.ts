import {
  badDebt,
  backingRatio,
  borrowed,
  defineMetric,
  exitQueue,
  liquidatedValue,
  liquidatorProfit,
  marketPrice,
  nav,
  oraclePrice,
  recognisedBadDebt,
  underwaterDebtHours,
  utilisation,
  WAD,
} from "../../src/index.ts";

const POOL = "pool";
const ONES = { dai: 10n ** 18n, usdc: 10n ** 18n, usdt: 10n ** 6n } as const;

/** A coin's part of the pool, coin for coin. */
const shareOf = (coin: keyof typeof ONES) =>
  defineMetric({
    unit: "wad",
    description: `${coin}'s part of the pool`,
    read: ({ view }) => {
      const { tokens = [], balances = [] } = view.defi.pools[POOL] ?? {};
      const whole = tokens.map((token, at) => ((balances[at] ?? 0n) * WAD) / ONES[token as keyof typeof ONES]);
      const all = whole.reduce((sum, one) => sum + one, 0n);
      return all === 0n ? 0n : ((whole[tokens.indexOf(coin)] ?? 0n) * WAD) / all;
    },
  });

/** What is looked at. */
export const measures = {
  usdc: marketPrice({ pool: POOL, token: "usdc", against: "usdt" }),
  dai: marketPrice({ pool: POOL, token: "dai", against: "usdt" }),
  usdt: marketPrice({ pool: POOL, token: "usdt", against: "usdc" }),
  hope: oraclePrice("hope"),
  oracle: oraclePrice("reported"),
  nav: nav("usdc"),
  backing: backingRatio("usdc"),
  safeShare: shareOf("usdt"),
  queue: exitQueue("usdc"),
  badDebt: badDebt(),
  recognised: recognisedBadDebt(),
  underwater: underwaterDebtHours(),
  liquidated: liquidatedValue(),
  profit: liquidatorProfit(),
  borrowed: borrowed({ market: "core", token: "usdt" }),
  utilisation: utilisation({ market: "core", token: "usdt" }),
};
