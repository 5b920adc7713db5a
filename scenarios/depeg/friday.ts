import {
  arbitrageur,
  atEnd,
  days,
  defineAgent,
  each,
  ether,
  hours,
  impairReserve,
  observer,
  panicker,
  percent,
  reserveManager,
  type Scenario,
} from "../../src/index.ts";
import { dollarLayer, measures, MILLION, pair, type Policy } from "./dollar.ts";

/** The run begins on a Monday: this is Friday evening, an hour after the banks have closed. */
const FRIDAY_EVENING = days(4) + hours(23);

/** Sells bank dollars to the swap window at par, and from a price below par on takes them back for cheaper dollars. */
const windowDesk = defineAgent<Record<never, never>>({
  name: "window-desk",
  role: "observer",
  decide: ({ view: { defi }, me }) => {
    const order = { type: "dollarSwap", dollar: "fusd" } as const;
    const { usd: cash = 0n, fusd = 0n } = defi.balances[me] ?? {};
    const isCheap = (defi.pools["window"]?.spot[1] ?? 0n) < percent("99.9");
    if (!isCheap) return cash > 0n && fusd === 0n ? [{ ...order, side: "sellSettlement", amount: cash }] : [];
    const amount = fusd / 10n ** 12n / 4n;
    return amount > 0n ? [{ ...order, side: "buySettlement", amount }] : [];
  },
});

/** Holders of ten millions: three kinds, and what each goes by. */
function holders(policy: Policy): Scenario["populations"] {
  const exit = { asset: "fusd", market: { pool: "window", into: "usd" }, funding: percent(8), wait: days(3) };
  const hazard = { base: 0n, height: percent(10), steepness: percent(30_000), threshold: percent(2) };
  const agents = {
    ...exit,
    hazard,
    policy: policy === "firstCome" ? ("firstCome" as const) : ("proRata" as const),
    part: percent(25),
  };
  const each400 = { count: 8, tokens: { fusd: each(ether(400_000)) } };
  return {
    insiders: { ...each400, agent: panicker({ ...agents, knows: "informed" }) },
    waiting: { ...each400, agent: panicker({ ...agents, knows: "market" }) },
    savers: { ...each400, agent: panicker({ ...agents, knows: "uninformed", newsLag: days(2) }) },
    desk: { count: 1, agent: windowDesk({}), tokens: { usd: each(MILLION / 2n) } },
    reserves: { count: 1, agent: reserveManager({ dollar: "fusd" }) },
    buyers: { count: 1, agent: arbitrageur({ ...pair, margin: percent(1) }), tokens: { usd: each(MILLION) } },
  };
}

/**
 * Those who left the restaking token wait in a dollar, whose reserve is impaired when the banks have closed for the
 * weekend. What differs between the two variants is who is paid: all alike, or who comes first.
 */
function dollarFriday(policy: Policy): (base: Scenario) => Scenario {
  return (base) => ({
    ...base,
    question:
      "A dollar's reserve is impaired on a Friday evening: who gets out at par, and who bears the gap on Monday?",
    clock: { step: hours(3), steps: 96 },
    defi: dollarLayer(policy),
    populations: {
      operators: base.populations["operators"] ?? { count: 0, agent: observer({}) },
      governor: { count: 1, agent: observer({}) },
      maker: { count: 1, agent: observer({}) },
      ...holders(policy),
    },
    timeline: [
      {
        at: FRIDAY_EVENING,
        shock: impairReserve({ dollar: "fusd", fraction: percent(10) }),
        note: "Friday, 23:00: a bank that holds the term assets fails",
      },
    ],
    metrics: measures,
    expect: { restaked: atEnd({ equal: percent(104) }) },
  });
}

/** The same Friday evening, by who is paid. */
export const dollarVariants = {
  "dollar-friday": {
    title: "a dollar's reserve fails on a Friday evening; all are paid alike",
    make: dollarFriday("pariPassu"),
  },
  "dollar-first-come": { title: "the same Friday; who comes first is paid at par", make: dollarFriday("firstCome") },
};
