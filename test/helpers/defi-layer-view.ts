import type { Agent } from "../../src/model/agent.ts";
import type { Action } from "../../src/model/action.ts";
import { NO_DEFI, type DefiView } from "../../src/model/defi/defi.ts";
import type { DollarView } from "../../src/model/defi/dollars.ts";
import type { LendingAccountView, LendingView, ReserveView } from "../../src/model/defi/lending.ts";
import type { PoolView } from "../../src/model/defi/pools.ts";
import type { VaultView } from "../../src/model/defi/vaults.ts";
import type { Incident } from "../../src/model/incident.ts";
import type { View } from "../../src/model/view.ts";
import { WAD } from "../../src/units/units.ts";

const token = (worth: bigint, decimals = 18) => ({ decimals, supply: 10n ** 24n, worth });

/** A balanced StableSwap pool of an LRT that the pool scales by its rate, and wrapped ether. */
export function stablePool(over: Partial<PoolView> = {}): PoolView {
  return {
    kind: "stableSwap",
    tokens: ["weth", "lrt"],
    balances: [4_000n * WAD, 4_000n * WAD],
    adminFees: [0n, 0n],
    supply: 8_000n * WAD,
    rates: [WAD, WAD],
    amplification: 20_000n,
    fee: 4_000_000n,
    offpegMultiplier: 0n,
    virtualPrice: WAD,
    spot: [WAD, WAD],
    average: [WAD, WAD],
    holders: {},
    paused: false,
    ...over,
  };
}

/** A vault whose reported rate is its live one. */
export function vaultView(over: Partial<VaultView> = {}): VaultView {
  return {
    supply: 1_000n * WAD,
    assets: 1_000n * WAD,
    reportedRate: WAD,
    liveRate: WAD,
    buffer: 0n,
    strategy: "lst",
    delegated: {},
    queued: 0n,
    owed: 0n,
    deficit: 0n,
    instantFeeBps: 50n,
    requests: [],
    pushedAt: 0n,
    paused: false,
    holders: {},
    ...over,
  };
}

/** A dollar that is worth its par. */
export function dollarView(over: Partial<DollarView> = {}): DollarView {
  return {
    supply: 1_000n * WAD,
    cash: 10n ** 9n,
    fundShares: 0n,
    fundMarked: 0n,
    termFace: 0n,
    termMarked: 0n,
    buffer: 0n,
    junior: 0n,
    backstop: 0n,
    backing: WAD,
    redemptionRate: WAD,
    swapCash: 0n,
    settlement: "usd",
    feeBps: 10n,
    gateOpen: true,
    gateRemaining: 10n ** 30n,
    queue: [],
    swapFrozen: false,
    swapHalted: false,
    frozen: [],
    holders: {},
    juniorHolders: {},
    ...over,
  };
}

/** A reserve of wrapped ether at 2,000 dollars. */
export function reserveView(over: Partial<ReserveView> = {}): ReserveView {
  return {
    price: 2_000n * 10n ** 8n,
    cash: 1_000n * WAD,
    debt: 0n,
    supplied: 1_000n * WAD,
    treasury: 0n,
    deficit: 0n,
    liquidityIndex: 10n ** 27n,
    borrowIndex: 10n ** 27n,
    liquidityRate: 0n,
    borrowRate: 0n,
    utilisation: 0n,
    ltv: 9_300n,
    lt: 9_500n,
    bonus: 10_100n,
    bonusFee: 0n,
    supplyCap: null,
    borrowCap: null,
    paused: false,
    frozen: false,
    ...over,
  };
}

/** An account of an LRT against wrapped ether. */
export function accountView(
  collateral: bigint,
  debt: bigint,
  over: Partial<LendingAccountView> = {},
): LendingAccountView {
  const [held, owed] = [(collateral * 2_000n * 10n ** 8n) / WAD, (debt * 2_000n * 10n ** 8n) / WAD];
  return {
    health: debt === 0n ? null : (held * 95n * WAD) / 100n / owed,
    collateral: held,
    debt: owed,
    lt: 9_500n,
    ltv: 9_300n,
    eMode: null,
    supplied: { lrt: collateral },
    borrowed: debt === 0n ? {} : { weth: debt },
    asCollateral: ["lrt"],
    ...over,
  };
}

export function lendingView(over: Partial<LendingView> = {}): LendingView {
  const terms = { eModes: [], closeFactor: "default", flashFeeBps: 0n } as const;
  return { ...terms, reserves: { weth: reserveView(), lrt: reserveView() }, accounts: {}, insurance: {}, ...over };
}

/** Wrapped ether, an LRT and a six-decimal par dollar, and what the test adds. */
export function defiView(over: Partial<DefiView> = {}): DefiView {
  const tokens = { weth: token(WAD), lrt: token(WAD), usdc: token(WAD / 2_000n, 6), rusd: token(WAD / 2_000n) };
  return { ...NO_DEFI, etherPrice: 2_000n * 10n ** 8n, tokens, ...over };
}

/** A view with such a layer and nothing else in it. */
export function viewOf(defi: Partial<DefiView>, over: { time?: bigint; incidents?: readonly Incident[] } = {}): View {
  const empty = { time: 0n, faults: [], slashes: [], incidents: [], withdrawals: [], ...over };
  return { ...empty, defi: defiView(defi) } as unknown as View;
}

/** What an agent wants; `chance` answers every draw, or judges its probability. */
export function wants(
  agent: Agent<string>,
  view: View,
  { now = view.time + 12n, chance = true }: { now?: bigint; chance?: boolean | ((fraction: bigint) => boolean) } = {},
): readonly Action[] {
  const drawn = (fraction: bigint): boolean =>
    typeof chance === "boolean" ? chance && fraction > 0n : chance(fraction);
  const random = { integer: () => 0, bigint: () => 0n, chance: drawn };
  return agent.decide({ me: "me", index: 0, now, view, random, fate: random });
}
