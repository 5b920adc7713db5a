import { days, ether, hours, percent, WAD, type Scenario } from "../../src/index.ts";
import { restakingToken } from "../parts/restaking.ts";

type Defi = NonNullable<Scenario["defi"]>;
type Vault = NonNullable<Defi["vaults"]>[number];

/** Ether per restaking token when the run begins. */
export const RATE = percent(105);
const ETHER = 230_000_000_000n;
const CURVE = { optimal: 9_000n, base: 0n, slope1: 270n, slope2: 8_000n };

/** How late the vault's rate is told, and what else a variant changes of the vault. */
export const PUSHED: Vault["oracle"] = { mode: "pushed", every: days(1), feeBps: 0n };

/** Feed that the market counts the restaking token by. */
export type Oracle = "rate" | "market";

function market(feed: Oracle): NonNullable<Defi["lending"]>[number] {
  const common = { bonusFee: 1_000n, reserveFactor: 1_500n, supplyCap: null, borrowCap: null, curve: CURVE };
  return {
    id: "core",
    reserves: [
      { token: "weth", feed: "ether", ltv: 0n, lt: 0n, bonus: 10_000n, borrowable: true, ...common },
      { token: "lrt", feed, ltv: 7_250n, lt: 7_500n, bonus: 10_750n, borrowable: false, ...common },
    ],
    eModes: [{ id: "ether", ltv: 9_300n, lt: 9_500n, bonus: 10_100n, collateral: ["lrt"], borrowable: ["weth"] }],
    closeFactor: "default",
    flashFeeBps: 0n,
    insurance: [{ token: "weth", offset: 0n, cooldown: days(20), window: days(2), feeBps: 0n }],
  };
}

/** A vault whose rate is told once a day, a pool, and a market that lends ether against its token. */
export function layer(over: { readonly vault?: Partial<Vault>; readonly oracle?: Oracle } = {}): Defi {
  return {
    etherFeed: "ether",
    tokens: [
      { id: "weth", kind: "wrappedEther" },
      { id: "wlst", kind: "wrappedLst" },
    ],
    vaults: [
      restakingToken({
        rate: RATE,
        redeemable: true,
        oracle: PUSHED,
        buffer: { target: percent(4), capacity: ether(400), drawdownFloor: 0n, minFeeBps: 5n, maxFeeBps: 100n },
        queue: { freeze: "claim", cooldown: days(2) },
        ...over.vault,
      }),
    ],
    pools: [
      {
        id: "pool",
        kind: "stableSwap",
        tokens: ["weth", "lrt"],
        liquidity: [ether(3_000), (ether(3_000) * WAD) / RATE],
        provider: "maker",
        amplification: 2_000n,
        fee: 4_000_000n,
        offpegMultiplier: 0n,
        scaled: ["lrt"],
        window: hours(1),
      },
    ],
    feeds: [
      { id: "ether", kind: "reported", answer: ETHER },
      { id: "rate", kind: "exchangeRate", token: "lrt", base: "ether" },
      { id: "market", kind: "market", pool: "pool", token: "lrt", against: "weth", window: 0n, base: "ether" },
    ],
    lending: [market(over.oracle ?? "rate")],
  };
}
