import { ether, minutes, percent, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Ether behind a token. Everything is a tenth of what it was. */
export const RATE = percent(101);
/** Ether in the pool that most traded in, before. */
export const POOL_ETHER = ether(400);
/** What was lent at 86 % of value, and at 77 %. */
export const LENT = { m86: ether(760), m77: ether(130) } as const;

const CURVE = { optimal: 9_000n, base: 0n, slope1: 300n, slope2: 6_000n };
const common = { bonusFee: 0n, reserveFactor: 1_000n, supplyCap: null, borrowCap: null, curve: CURVE };

/** Two isolated markets and credit accounts, all pricing the token by `feed`, and the pool that is sold into. */
export function layer(feed: "reported" | "spot" | "rate"): Defi {
  const pair = { loan: "weth", collateral: "ezeth", collateralFeed: feed, loanFeed: "one", fee: 0n } as const;
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [restakingToken({ id: "ezeth", rate: RATE })],
    pools: [
      {
        ...{ id: "pool", kind: "stableSwap", tokens: ["weth", "ezeth"], provider: "providers", scaled: ["ezeth"] },
        liquidity: [POOL_ETHER, (POOL_ETHER * 100n) / 101n],
        ...{ amplification: 4_000n, fee: 4_000_000n, offpegMultiplier: 0n, window: minutes(10) },
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: 320_000_000_000n },
      { id: "one", kind: "fixed", base: null },
      { id: "rate", kind: "exchangeRate", token: "ezeth", base: null },
      { id: "spot", kind: "market", pool: "pool", token: "ezeth", against: "weth", window: 0n, base: null },
      { id: "reported", kind: "reported", answer: 101_000_000n, source: "spot", deviationBps: 50n, prices: "ezeth" },
      { id: "spotDollars", kind: "market", pool: "pool", token: "ezeth", against: "weth", window: 0n, base: "ether" },
      { id: "rateDollars", kind: "exchangeRate", token: "ezeth", base: "ether" },
      { id: "reportedDollars", kind: "reported", answer: 323_200_000_000n, source: "spotDollars", deviationBps: 50n },
    ],
    lending: [
      {
        id: "credit",
        reserves: [
          { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
          {
            ...{ token: "ezeth", feed: `${feed}Dollars`, ltv: 9_000n, lt: 9_150n, bonus: 10_400n, borrowable: false },
            // 3 % are the liquidator's, 1 % the protocol's.
            ...{ ...common, bonusFee: 2_500n },
          },
        ],
        eModes: [],
        closeFactor: 10_000n,
        flashFeeBps: 0n,
        insurance: [],
      },
    ],
    isolated: [
      { id: "m86", ...pair, lltv: percent(86) },
      { id: "m77", ...pair, lltv: percent(77) },
    ],
  };
}
