import {
  arbitrageur,
  days,
  defineAgent,
  each,
  ether,
  fundAdministrator,
  liquidator,
  observer,
  percent,
  type Action,
  type Scenario,
  type Seconds,
} from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";
import { THOUSAND } from "./market.ts";

interface Payments {
  readonly token: string;
  readonly to: readonly string[];
  readonly amount: bigint;
  readonly every: Seconds;
}

/** Pays somebody so much every so often, out of its own wallet, for as long as it lasts. */
const payer = defineAgent<Payments>({
  name: "payer",
  role: "observer",
  decide: ({ view, now, me, params: { token, to, amount, every } }) => {
    const purse = view.defi.balances[me]?.[token] ?? 0n;
    if (now / every === view.time / every || purse < amount * BigInt(to.length)) return [];
    return to.map((who): Action => ({ type: "transferToken", token, to: who, amount }));
  },
});

const dollars = (thousands: bigint) => ({ usd: each(thousands * THOUSAND) });
const idle = { count: 1, agent: observer({}) };

/** One of each: who brings dollars, and who promises something for them. */
export const cast: Scenario["populations"] = {
  operators,
  governor: idle,
  maker: idle,
  lender: {
    ...idle,
    positions: [{ kind: "lending", market: "core", supplied: { weth: each(ether(1_000)) } }],
  },
  // (a) Dollars fund a trade.
  trader: {
    ...idle,
    positions: [
      {
        ...{ kind: "lending", market: "core", keep: true },
        supplied: dollars(400n),
        borrowed: { weth: each(ether(140)) },
      },
    ],
  },
  liquidators: { count: 1, agent: liquidator({ markets: ["core"], sellOn: { usd: "dollars" } }) },
  // (b) Dollars are lent to somebody who restakes.
  clients: { count: 2, agent: observer({}), tokens: dollars(200n) },
  intermediary: {
    count: 1,
    agent: payer({ token: "usd", to: ["clients-1", "clients-2"], amount: 2n * THOUSAND, every: days(7) }),
    tokens: dollars(20n),
  },
  // (c) Dollars become shares of a fund.
  saver: { ...idle, tokens: dollars(300n) },
  stranger: { ...idle, tokens: dollars(50n) },
  administrator: {
    count: 1,
    agent: fundAdministrator({ fund: "bills", every: days(1), yearlyYield: percent(5) }),
  },
  // (d) Dollars earn what a treasury gives.
  depositor: { ...idle, positions: [{ kind: "lending", market: "core", supplied: dollars(300n) }] },
  treasury: {
    count: 1,
    agent: payer({ token: "usd", to: ["depositor"], amount: THOUSAND, every: days(1) }),
    tokens: dollars(25n),
  },
  // Keeps the dollar's pool at the price of ether.
  arbitrageurs: {
    count: 1,
    agent: arbitrageur({
      ...{ pool: "dollars", token: "weth", against: "usd", value: { feed: "ether", over: "par" } },
    }),
    tokens: dollars(2_000n),
  },
};
