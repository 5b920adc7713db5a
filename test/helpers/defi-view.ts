import type { Action } from "../../src/model/action.ts";
import type { Agent, Random } from "../../src/model/agent.ts";
import { NO_DEFI, type DefiView } from "../../src/model/defi/defi.ts";
import type { LendingAccountView, LendingView, ReserveView } from "../../src/model/defi/lending.ts";
import type { PoolView } from "../../src/model/defi/pools.ts";
import type { View } from "../../src/model/view.ts";

const WAD = 10n ** 18n;
const RAY = 10n ** 27n;
/** Ten thousand dollars, 8 decimals. */
const ETHER_PRICE = 10n ** 12n;

/** Says yes to everything that is not impossible, and draws the least of what it may. */
export const certain: Random = { integer: () => 0, bigint: () => 0n, chance: (fraction) => fraction > 0n };

/** A view in which only the DeFi layer is of interest. */
export function defiView(defi: Partial<DefiView>): View {
  const none = { strategies: {}, operators: {}, allocations: [], sets: {}, stakers: {}, withdrawals: [], escrows: [] };
  const log = { step: 0, faults: [], slashes: [], reported: [], refusals: [], cases: [], services: {}, paused: [] };
  return {
    ...none,
    ...log,
    time: 0n,
    clock: 0n,
    lst: {
      rate: WAD,
      totalEther: 0n,
      totalShares: 0n,
      bunker: false,
      validatorBalance: 0n,
      unfinalized: 0n,
      requests: [],
    },
    rewards: { submissions: [], roots: [], claimed: {}, claimable: {} },
    defi: { ...NO_DEFI, ...defi },
  };
}

/** What an agent decides in such a view. */
export function decide(agent: Agent, defi: Partial<DefiView>, random: Random = certain): readonly Action[] {
  return agent.decide({ me: "me", index: 0, now: 12n, view: defiView(defi), random, fate: random });
}

/** A StableSwap pool of ether and a token whose rate it knows. */
export function stablePool(balances: readonly [bigint, bigint], rate: bigint): PoolView {
  return {
    kind: "stableSwap",
    tokens: ["weth", "lrt"],
    balances,
    adminFees: [0n, 0n],
    supply: 1n,
    rates: [WAD, rate],
    amplification: 20_000n,
    fee: 4_000_000n,
    offpegMultiplier: 0n,
    virtualPrice: WAD,
    spot: [WAD, rate],
    average: [WAD, rate],
    holders: {},
    paused: false,
  };
}

/** Tokens of such a world, each worth what is said [WAD]. */
export function tokensWorth(worth: Readonly<Record<string, bigint>>): DefiView["tokens"] {
  return Object.fromEntries(Object.entries(worth).map(([id, one]) => [id, { decimals: 18, supply: 1n, worth: one }]));
}

export function reserve(price: bigint): ReserveView {
  return {
    price,
    cash: 10n ** 24n,
    debt: 0n,
    supplied: 0n,
    treasury: 0n,
    deficit: 0n,
    liquidityIndex: RAY,
    borrowIndex: RAY,
    liquidityRate: 0n,
    borrowRate: 0n,
    utilisation: 0n,
    ltv: 9_300n,
    lt: 9_500n,
    bonus: 10_500n,
    bonusFee: 0n,
    supplyCap: null,
    borrowCap: null,
    paused: false,
    frozen: false,
  };
}

/** An account that holds the restaking token and owes ether, at a threshold of 95 %. */
export function account(supplied: bigint, borrowed: bigint, price: bigint): LendingAccountView {
  const value = (supplied * price) / WAD;
  return {
    health: borrowed === 0n ? null : (value * 95n * WAD) / (borrowed * 100n),
    collateral: (value * ETHER_PRICE) / WAD,
    debt: (borrowed * ETHER_PRICE) / WAD,
    lt: 9_500n,
    ltv: 9_300n,
    eMode: "ether",
    supplied: { lrt: supplied },
    borrowed: { weth: borrowed },
    asCollateral: ["lrt"],
  };
}

/** A pooled market in which ether costs ten thousand dollars and the restaking token `price` [WAD] times that. */
export function market(price: bigint, accounts: LendingView["accounts"]): LendingView {
  const eMode = { id: "ether", ltv: 9_300n, lt: 9_500n, bonus: 10_100n, collateral: ["lrt"], borrowable: ["weth"] };
  return {
    eModes: [eMode],
    closeFactor: "default",
    flashFeeBps: 0n,
    reserves: { weth: reserve(ETHER_PRICE), lrt: reserve((price * ETHER_PRICE) / WAD) },
    accounts,
    insurance: {},
  };
}
