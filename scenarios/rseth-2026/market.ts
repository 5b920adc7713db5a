import { days, percent, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Ether per token; the market lends at 93 % of it. Everything is a thousandth of what it was. */
export const RATE = percent(107);
const CURVE = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const common = { bonusFee: 1_000n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve: CURVE };

/** A vault whose rate nobody tells unless governance does, and the market that believes it. */
export const layer: Defi = {
  etherFeed: "ether",
  tokens: [
    { id: "weth", kind: "wrappedEther" },
    { id: "wlst", kind: "wrappedLst" },
  ],
  vaults: [restakingToken({ id: "rseth", rate: RATE, oracle: { mode: "pushed", every: 0n, feeBps: 0n } })],
  pools: [],
  feeds: [
    { id: "ether", kind: "reported", answer: 230_900_000_000n },
    { id: "rate", kind: "exchangeRate", token: "rseth", base: "ether" },
  ],
  lending: [
    {
      id: "core",
      reserves: [
        { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
        { token: "rseth", feed: "rate", ltv: 7_250n, lt: 7_500n, bonus: 10_750n, borrowable: false, ...common },
      ],
      eModes: [{ id: "ether", ltv: 9_300n, lt: 9_500n, bonus: 10_100n, collateral: ["rseth"], borrowable: ["weth"] }],
      closeFactor: "default",
      flashFeeBps: 0n,
      insurance: [{ token: "weth", offset: 0n, cooldown: days(20), window: days(2), feeBps: 0n }],
    },
  ],
};
