import { days, ether, hours, percent, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Core withdrawals take a week here, so a redemption takes a little more. */
export const COOLDOWN = days(7);
/** Dollars per ether, 8 decimals. */
const ETHER = 230_000_000_000n;

/** A vault, the one pool that trades its token, and three ways to price it. */
export function layer({ redeemable }: { readonly redeemable: boolean }): Defi {
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [
      restakingToken({
        rate: percent(104),
        redeemable,
        buffer: { target: percent(2), capacity: ether(200), drawdownFloor: 0n, minFeeBps: 5n, maxFeeBps: 100n },
        queue: { freeze: "claim", cooldown: COOLDOWN },
      }),
    ],
    pools: [
      {
        id: "pool",
        kind: "stableSwap",
        tokens: ["weth", "lrt"],
        liquidity: [ether(1_500), ether(1_440)],
        provider: "maker",
        amplification: 10_000n,
        fee: 4_000_000n,
        offpegMultiplier: 20_000_000_000n,
        scaled: ["lrt"],
        window: hours(6),
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: ETHER },
      { id: "market", kind: "market", pool: "pool", token: "lrt", against: "weth", window: 0n, base: "ether" },
      { id: "rate", kind: "exchangeRate", token: "lrt", base: "ether" },
    ],
  };
}
