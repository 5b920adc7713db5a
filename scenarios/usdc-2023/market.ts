import { ether, hours, percent, type Scenario } from "../../src/index.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Everything is a thousandth of what it was; money from outside has 6 decimals. */
export const MONEY = 10n ** 6n;
const MILLION = 1_000_000n;
/** Reserve and the deposit in it that was stuck [thousandths of dollars]. */
export const RESERVE = 43_500_000n;
export const STUCK = 3_300_000n;
/** What the window of the other dollar held. */
export const IN_WINDOW = 3_100_000n;
/** Coins of the pool, from the depth that was published for each pair. */
export const COINS = { dai: 171_000n, usdc: 226_000n, usdt: 226_000n } as const;

const CURVE = { optimal: 8_000n, base: 0n, slope1: 400n, slope2: 7_500n };

/** Stable coins against each other, at 97 % and a bonus of a hundredth. */
function market(feed: string): NonNullable<Defi["lending"]>[number] {
  const common = { reserveFactor: 1_000n, supplyCap: null, borrowCap: null, bonusFee: 1_000n, curve: CURVE };
  const terms = { ltv: 7_500n, lt: 8_000n, bonus: 10_450n, borrowable: true };
  return {
    id: "core",
    reserves: [
      { token: "usdc", feed, ...terms, ...common },
      { token: "usdt", feed: "par", ...terms, ...common },
    ],
    eModes: [
      {
        ...{ id: "stable", ltv: 9_700n, lt: 9_750n, bonus: 10_100n },
        ...{ collateral: ["usdc", "usdt"], borrowable: ["usdt", "usdc"] },
      },
    ],
    closeFactor: "default",
    flashFeeBps: 5n,
    insurance: [],
  };
}

const freely = { policy: "pariPassu", minFeeBps: 0n, maxFeeBps: 0n, gate: null } as const;
const empty = { fund: null, term: { face: 0n, haircut: 0n } } as const;
const noPots = { buffer: 0n, junior: 0n, backstop: 0n } as const;

/** A dollar with a bank deposit behind it, a second one that is minted against it, a third apart; and a lender. */
export function layer(feed: "reported" | "par"): Defi {
  return {
    etherFeed: "ether",
    tokens: [
      { id: "usd", kind: "external", decimals: 6, worth: { in: "dollars", value: percent(100) } },
      { id: "usdt", kind: "external", decimals: 6, worth: { in: "dollars", value: percent(100) } },
    ],
    dollars: [
      {
        ...{ id: "usdc", settlement: "usd", ...noPots, swap: null },
        reserve: {
          cash: (RESERVE - STUCK) * MONEY,
          fund: null,
          term: { face: STUCK * MONEY, haircut: 0n },
        },
        redemption: { ...freely, calendar: "bankHours" },
      },
      {
        ...{ id: "dai", settlement: "usdc", ...noPots },
        reserve: { cash: ether(IN_WINDOW), ...empty },
        redemption: { ...freely, calendar: "always" },
        swap: { tin: 0n, tout: 0n, cap: ether(2n * MILLION), band: null },
      },
    ],
    pools: [
      {
        ...{ id: "pool", kind: "stableSwap", tokens: ["dai", "usdc", "usdt"], provider: "providers", scaled: [] },
        liquidity: [ether(COINS.dai), ether(COINS.usdc), COINS.usdt * MONEY],
        ...{ amplification: 200_000n, fee: 1_000_000n, offpegMultiplier: 0n, window: hours(1) },
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: 145_000_000_000n },
      { id: "par", kind: "fixed", base: null },
      { id: "spot", kind: "market", pool: "pool", token: "usdc", against: "usdt", window: 0n, base: null },
      { id: "reported", kind: "reported", answer: 100_000_000n, source: "spot", deviationBps: 25n },
      // What a holder may hope for: no market and no contract reads it.
      { id: "hope", kind: "reported", answer: 100_000_000n },
    ],
    lending: [market(feed)],
  };
}
