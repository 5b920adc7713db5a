import { days, ether, hours, percent, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** A thousand dollars; a par dollar has 6 decimals. */
export const THOUSAND = 1_000n * 10n ** 6n;
/** Dollars per ether when it begins, 8 decimals. */
export const ETHER = 200_000_000_000n;

const CURVE = { optimal: 8_000n, base: 0n, slope1: 400n, slope2: 6_000n };
const common = { bonusFee: 1_000n, reserveFactor: 1_000n, supplyCap: null, borrowCap: null, curve: CURVE };

/** A par dollar, a restaking token, a lender that takes dollars for ether, a fund of bills. */
export const layer: Defi = {
  etherFeed: "ether",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
    { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: percent(100) } },
  ],
  vaults: [restakingToken({ rate: percent(100) })],
  funds: [
    {
      ...{ id: "bills", settlement: "usd", nav: 1_000_000n, feeBps: 0n, minimum: THOUSAND },
      ...{ cutOff: hours(18), settleDelay: days(1), yearlyYield: percent(5), allowed: ["saver"], instant: null },
    },
  ],
  pools: [
    {
      ...{ id: "dollars", kind: "constantProduct", tokens: ["weth", "usd"], provider: "maker" },
      liquidity: [ether(3_000), 6_000n * THOUSAND],
    },
    {
      ...{ id: "restaked", kind: "stableSwap", tokens: ["weth", "lrt"], provider: "maker", scaled: ["lrt"] },
      liquidity: [ether(2_000), ether(2_000)],
      ...{ amplification: 20_000n, fee: 4_000_000n, offpegMultiplier: 0n, window: hours(12) },
    },
  ],
  feeds: [
    { id: "ether", kind: "reported", answer: ETHER },
    { id: "par", kind: "fixed", base: null, prices: "usd" },
  ],
  lending: [
    {
      id: "core",
      reserves: [
        { token: "weth", feed: "ether", ltv: 8_000n, lt: 8_250n, bonus: 10_500n, borrowable: true, ...common },
        { token: "usd", feed: "par", ltv: 7_700n, lt: 8_000n, bonus: 10_500n, borrowable: true, ...common },
      ],
      eModes: [],
      closeFactor: "default",
      flashFeeBps: 5n,
      insurance: [],
    },
  ],
};
