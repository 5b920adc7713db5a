import {
  days,
  each,
  ether,
  liquidator,
  nav,
  netWorthOf,
  observer,
  percent,
  reportedNav,
  vaultKeeper,
  WAD,
  type Scenario,
} from "../../src/index.ts";
import { avss, restakingToken } from "../parts/restaking.ts";
import { layer, PUSHED, RATE } from "./market.ts";

type Defi = NonNullable<Scenario["defi"]>;

/** What each looper has, and the health at which it begins: enough for one slash, not for the same one twice. */
const COLLATERAL = ether(60);
const HEALTH = percent(125);
const DEBT = (COLLATERAL * RATE * 95n * WAD) / (WAD * 100n * HEALTH);

/** The layer with a second vault, which restakes the first one's shares with the same operators. */
function twoLayers(): Defi {
  const { vaults = [], pools = [], feeds = [], lending = [], ...rest } = layer();
  const upper = restakingToken({
    ...{ id: "relrt", strategy: "restaked", redeemable: true, oracle: PUSHED },
    queue: { freeze: "claim", cooldown: days(2) },
  });
  return {
    ...rest,
    vaults: [...vaults, upper],
    pools: pools.flatMap((pool): typeof pools => {
      if (pool.kind !== "stableSwap") return [pool];
      const liquidity = [ether(600), (ether(600) * WAD) / RATE];
      return [pool, { ...pool, id: "upper-pool", tokens: ["weth", "relrt"], scaled: ["relrt"], liquidity }];
    }),
    feeds: [...feeds, { id: "upper-rate", kind: "exchangeRate", token: "relrt", base: "ether" }],
    lending: lending.map((market) => ({
      ...market,
      reserves: market.reserves.flatMap((one) =>
        one.token === "lrt" ? [one, { ...one, token: "relrt", feed: "upper-rate" }] : [one],
      ),
      eModes: market.eModes.map((one) => ({ ...one, collateral: [...one.collateral, "relrt"] })),
    })),
  };
}

const lending = { kind: "lending", market: "core", eMode: "ether" } as const;
const looped = (token: string) => ({
  count: 2,
  agent: observer({}),
  positions: [{ ...lending, supplied: { [token]: each(COLLATERAL) }, borrowed: { weth: each(DEBT) } }],
});

/** Equal holders and equal borrowers, of the token that is restaked once and of the one that is restaked twice. */
const people = {
  once: { count: 2, agent: observer({}), tokens: { lrt: each(ether(80)) } },
  twice: { count: 2, agent: observer({}), tokens: { relrt: each(ether(80)) } },
  onceLoopers: looped("lrt"),
  twiceLoopers: looped("relrt"),
  upperKeeper: { count: 1, agent: vaultKeeper({ vault: "relrt" }) },
  liquidators: {
    count: 1,
    agent: liquidator({
      ...{ markets: ["core"], sellOn: { lrt: "pool", relrt: "upper-pool" }, mode: "forced", perStep: 3 },
    }),
    tokens: { weth: each(ether(3_000)) },
  },
} as const;

/** A vault over the vault's token: the same service slashes the same operator for both. */
export function recursive(base: Scenario): Scenario {
  return {
    ...base,
    strategies: [
      { id: "lst", asset: "lst" },
      { id: "restaked", asset: "share", vault: "lrt" },
    ],
    avss: { oracle: { ...avss.oracle, strategies: ["lst", "restaked"] } },
    defi: twoLayers(),
    populations: { ...base.populations, ...people },
    metrics: {
      ...base.metrics,
      upperNav: nav("relrt"),
      upperReported: reportedNav("relrt"),
      once: netWorthOf("once"),
      twice: netWorthOf("twice"),
      onceLoopers: netWorthOf("onceLoopers"),
      twiceLoopers: netWorthOf("twiceLoopers"),
    },
  };
}
