import { days, ether, hours, percent, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";
import { market } from "./lending.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** Where the token trades, and for what. */
export const pair = { pool: "pool", token: "steth", against: "weth" } as const;
/** Wait of a redemption where there is one: beacon exits and the queue. */
export const WAIT = days(7);

/** The one pool that traded nearly all of the token, at the amplification of the time, and the token's issuer. */
export function layer({ redeemable }: { readonly redeemable: boolean }): Defi {
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [
      restakingToken({
        id: "steth",
        rate: percent(100),
        redeemable,
        buffer: { target: 0n, capacity: ether(1_000), drawdownFloor: 0n, minFeeBps: 5n, maxFeeBps: 100n },
        queue: { freeze: "claim", cooldown: WAIT },
      }),
    ],
    pools: [
      {
        id: "pool",
        kind: "stableSwap",
        tokens: ["weth", "steth"],
        liquidity: [ether(8_000), ether(8_000)],
        provider: "providers",
        amplification: 5_000n,
        fee: 4_000_000n,
        offpegMultiplier: 0n,
        scaled: [],
        window: hours(1),
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: 240_000_000_000n },
      { id: "market", kind: "market", pool: "pool", token: "steth", against: "weth", window: 0n, base: "ether" },
    ],
    lending: [market],
  };
}
