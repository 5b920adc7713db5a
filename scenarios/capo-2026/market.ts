import { ether, hours, minutes, percent, WAD, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Live exchange rate of the staked token, and the cap that the mis-set snapshot came to [WAD]. */
export const LIVE = percent("122.85");
export const CAP = percent("119.33947");
/** Dollars per ether, 8 decimals. */
const ETHER = 230_000_000_000n;
const CURVE = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };

/** Ether against the staked token, in an e-mode with a bonus of a hundredth. */
function market(feed: "capped" | "uncapped"): NonNullable<Defi["lending"]>[number] {
  const common = { reserveFactor: 1_500n, supplyCap: null, borrowCap: null, bonusFee: 1_000n, curve: CURVE };
  return {
    id: "core",
    reserves: [
      { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
      { token: "wsteth", feed, ltv: 7_500n, lt: 7_900n, bonus: 10_700n, borrowable: false, ...common },
    ],
    eModes: [{ id: "ether", ltv: 9_350n, lt: 9_550n, bonus: 10_100n, collateral: ["wsteth"], borrowable: ["weth"] }],
    closeFactor: "default",
    flashFeeBps: 5n,
    insurance: [],
  };
}

/** Whether the market counts the staked token at its capped rate, or at its rate without a cap. */
export function layer(feed: "capped" | "uncapped"): Defi {
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    // Stands for the staked token: its rate is what is behind a share, and nobody can redeem within the hour.
    vaults: [restakingToken({ id: "wsteth", rate: LIVE })],
    pools: [
      {
        id: "pool",
        kind: "stableSwap",
        tokens: ["weth", "wsteth"],
        liquidity: [ether(60_000), (ether(60_000) * WAD) / LIVE],
        provider: "maker",
        amplification: 20_000n,
        fee: 1_000_000n,
        offpegMultiplier: 0n,
        scaled: ["wsteth"],
        window: minutes(10),
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: ETHER },
      { id: "uncapped", kind: "exchangeRate", token: "wsteth", base: "ether" },
      {
        id: "capped",
        kind: "cappedRate",
        token: "wsteth",
        base: "ether",
        maxYearlyBps: 968n,
        snapshot: null,
        minDelay: hours(1),
      },
    ],
    lending: [market(feed)],
  };
}
