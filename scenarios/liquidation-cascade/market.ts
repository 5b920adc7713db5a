import { ether, listed, minutes, percent, WAD, type Distribution, type Scenario, type Wad } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

/** Choices in which the twins differ. */
export interface Choices {
  /** Price of the restaking token as collateral: its market's, or its exchange rate. */
  readonly oracle: "market" | "exchange-rate";
  /** Time over which the market's price is averaged; 0, or left out, is its spot. */
  readonly lag?: bigint;
  /** What a liquidator gets for one [basis points]. */
  readonly bonus: bigint;
}

type Defi = NonNullable<Scenario["defi"]>;
type Market = NonNullable<Defi["lending"]>[number];

/** Ether per restaking token when the run begins. */
export const RATE: Wad = percent(107);
/** Dollars per ether, 8 decimals. */
const ETHER = 230_000_000_000n;

/** Curves of the market: ether's has a kink at 90 %, the restaking token is not lent. */
export const CURVE = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };

function feeds(window: bigint): NonNullable<Defi["feeds"]> {
  return [
    { id: "ether", kind: "reported", answer: ETHER },
    { id: "rate", kind: "exchangeRate", token: "lrt", base: "ether" },
    { id: "market", kind: "market", pool: "pool", token: "lrt", against: "weth", window, base: "ether" },
  ];
}

/** A pooled market: ether against the restaking token, in an e-mode of 93 / 95 %. */
export function market({ oracle, bonus }: Choices, curve = CURVE): Market {
  const feed = oracle === "exchange-rate" ? "rate" : "market";
  const common = { bonusFee: 0n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null };
  return {
    id: "core",
    reserves: [
      { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, curve, borrowable: true, ...common },
      { token: "lrt", feed, ltv: 7_250n, lt: 7_500n, bonus: 10_750n, curve, borrowable: false, ...common },
    ],
    eModes: [{ id: "ether", ltv: 9_300n, lt: 9_500n, bonus, collateral: ["lrt"], borrowable: ["weth"] }],
    closeFactor: "default",
    flashFeeBps: 0n,
    insurance: [{ token: "weth", offset: 0n, cooldown: minutes(60 * 24 * 20), window: minutes(60 * 48), feeBps: 0n }],
  };
}

/** Tokens, the vault, a thin pool, feeds and the market. */
export function layer(choices: Choices, curve = CURVE): Defi {
  const { lag = 0n } = choices;
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [restakingToken({ rate: RATE })],
    pools: [
      {
        id: "pool",
        kind: "stableSwap",
        tokens: ["weth", "lrt"],
        liquidity: [ether(4_000), ether(4_000)],
        provider: "maker",
        amplification: 20_000n,
        fee: 4_000_000n,
        offpegMultiplier: 0n,
        scaled: ["lrt"],
        window: lag === 0n ? minutes(30) : lag,
      },
    ],
    feeds: feeds(lag),
    lending: [market(choices, curve)],
  };
}

/** Collateral of the loopers: a few are large. */
export const COLLATERAL = [900, 800, 700, 500, 400, 300, 250, 200, 150, 120, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10];

/** Health factors of the loopers [bps]: two fifths just above what the market lets them borrow, a few far from danger. */
const LADDER = [10_230n, 10_250n, 10_275n, 10_300n, 10_340n, 10_390n, 10_450n, 10_520n, 10_610n, 11_130n];

/** What each looper owes for its health factor at the start: `0.95 · collateral · rate / health`, rounded down. */
export const DEBT: Distribution = listed(
  COLLATERAL.map((amount, at) => {
    const threshold = (ether(amount) * RATE * 95n) / (WAD * 100n);
    return (threshold * 10_000n) / (LADDER[at % LADDER.length] ?? 10_000n);
  }),
);
