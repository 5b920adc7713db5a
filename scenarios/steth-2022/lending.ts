import {
  defineMetric,
  each,
  ether,
  liquidator,
  listed,
  observer,
  percent,
  WAD,
  type Scenario,
} from "../../src/index.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Thresholds of the market before 19 May, and since [bps]. */
export const BEFORE = { ltv: 7_300n, lt: 7_500n } as const;
export const SINCE = { ltv: 6_900n, lt: 8_100n } as const;
export const BONUS = 10_750n;

const curve = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };
const common = { bonusFee: 0n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve };

/** A pooled market that counts the token at the pool's price. */
export const market: NonNullable<Defi["lending"]>[number] = {
  id: "core",
  reserves: [
    { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
    { token: "steth", feed: "market", ...BEFORE, bonus: BONUS, borrowable: false, ...common },
  ],
  eModes: [],
  closeFactor: "default",
  flashFeeBps: 0n,
  insurance: [],
};

const lending = { kind: "lending", market: "core" } as const;
/** Accounts of 150 tokens each, and what they owe for one token. */
const EACH = ether(150);
const OWED = ["71", "70.5", "70", "69.5", "69", "68", "67", "66", "64", "60"].map((one) => percent(one));

/** Who borrows ether against the token, who lends it, and who liquidates: at a profit or not at all. */
export const credit = {
  borrowers: {
    count: OWED.length,
    agent: observer({}),
    positions: [
      {
        ...lending,
        supplied: { steth: each(EACH) },
        borrowed: { weth: listed(OWED.map((part) => (EACH * part) / WAD)) },
      },
    ],
  },
  depositors: { count: 1, agent: observer({}), positions: [{ ...lending, supplied: { weth: each(ether(2_000)) } }] },
  liquidators: {
    count: 1,
    agent: liquidator({ markets: ["core"], sellOn: { steth: "pool" }, gas: ether("0.02"), perStep: 3 }),
  },
} as const;

/** What accounts owe beyond their collateral at the pool's price, and what the market booked as owed by nobody. */
export function insolvency() {
  return defineMetric({
    unit: "wei",
    description: "deficit, and debts beyond collateral at the pool's price",
    read: ({ view: { defi } }) => {
      const price = defi.pools["pool"]?.spot[1] ?? 0n;
      const booked = defi.lending["core"]?.reserves["weth"]?.deficit ?? 0n;
      const accounts = Object.values(defi.lending["core"]?.accounts ?? {});
      return accounts.reduce((sum, { supplied, borrowed }) => {
        const beyond = (borrowed["weth"] ?? 0n) - ((supplied["steth"] ?? 0n) * price) / WAD;
        return sum + (beyond > 0n ? beyond : 0n);
      }, booked);
    },
  });
}
