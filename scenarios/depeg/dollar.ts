import {
  backingRatio,
  days,
  discount,
  ether,
  exitQueue,
  hours,
  marketPrice,
  nav,
  netWorthOf,
  oraclePrice,
  percent,
  redemptionRate,
  timeToExit,
  type Scenario,
} from "../../src/index.ts";
import { layer } from "./market.ts";

type Layer = NonNullable<Scenario["defi"]>;
/** Who is paid when a reserve does not last: all alike, or who comes first. */
export type Policy = NonNullable<Layer["dollars"]>[number]["redemption"]["policy"];

/** A million bank dollars, which have 6 decimals. */
export const MILLION = 1_000_000n * 10n ** 6n;
/** Where the dollar trades. */
export const pair = { pool: "window", token: "fusd", against: "usd" };

/** A dollar of nearly twelve millions, most of it in term assets, and the pool where it trades against bank dollars. */
export function dollarLayer(policy: Policy): Layer {
  const { tokens = [], pools = [], feeds = [], ...rest } = layer({ redeemable: false });
  const outside = { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: percent(100) } } as const;
  return {
    ...rest,
    tokens: [...tokens, outside],
    dollars: [
      {
        id: "fusd",
        settlement: "usd",
        reserve: { cash: (5n * MILLION) / 2n, fund: null, term: { face: (91n * MILLION) / 10n, haircut: 0n } },
        buffer: MILLION / 10n,
        junior: MILLION / 5n,
        backstop: MILLION / 10n,
        redemption: {
          ...{ policy, minFeeBps: 0n, maxFeeBps: 0n, calendar: "bankHours" },
          gate: { cap: ether(2_000_000), epoch: days(1) },
        },
        swap: {
          ...{ tin: 0n, tout: percent("0.1"), cap: MILLION },
          band: {
            feed: "bankDollar",
            freeze: [percent(99), percent(101)],
            unfreeze: [percent("99.5"), percent("100.5")],
          },
        },
      },
    ],
    pools: [
      ...pools,
      {
        ...{ id: "window", kind: "stableSwap", tokens: ["usd", "fusd"], provider: "maker", scaled: [] },
        liquidity: [2n * MILLION, ether(2_000_000)],
        ...{ amplification: 20_000n, fee: 1_000_000n, offpegMultiplier: 0n, window: hours(2) },
      },
    ],
    feeds: [
      ...feeds,
      { id: "bankDollar", kind: "market", pool: "window", token: "usd", against: "fusd", window: 0n, base: null },
      { id: "dollarRate", kind: "fixed", prices: "fusd", base: null },
    ],
  };
}

/** What is looked at: price, oracle and worth of the dollar, and how each kind of holder fares. */
export const measures = {
  market: marketPrice(pair),
  oracle: oraclePrice("dollarRate"),
  nav: nav("fusd"),
  discount: discount(pair),
  backing: backingRatio("fusd"),
  rate: redemptionRate("fusd"),
  queue: exitQueue("fusd"),
  waited: timeToExit("fusd"),
  insiders: netWorthOf("insiders"),
  waiting: netWorthOf("waiting"),
  savers: netWorthOf("savers"),
  restaked: nav("lrt"),
};
