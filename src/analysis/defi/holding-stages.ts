import type { DefiView } from "../../model/defi/defi.ts";
import type { ReserveView } from "../../model/defi/lending.ts";
import type { MarketVaultView } from "../../model/defi/market-vaults.ts";
import { worthOfTokens } from "../../model/defi/worth.ts";
import type { Fact } from "../../model/fact.ts";
import { slashName } from "../../model/names.ts";
import { tokensOf } from "../../model/view-values.ts";
import type { StakerView, WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wad } from "../../units/units.ts";
import type { Channel } from "./lines.ts";

/** What happened between two views besides actions, and what the world was like once it had. */
export interface HoldingStage {
  readonly channel: Channel;
  readonly with: string;
  readonly view: WorldView;
}

type Slash = Extract<Fact, { kind: "slash" }>;

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

const scale = (amount: bigint, now: bigint, then: bigint): bigint => (then === 0n ? amount : (amount * now) / then);

/** The same state with every worth worked out anew. */
function revalue(spec: WorldSpec, view: WorldView): WorldView {
  return spec.defi === null ? view : { ...view, defi: worthOfTokens(view.defi, spec.defi, view.lst.rate) };
}

/** The LST's rate moves: by what validators earn, or lose. */
function stakingStage(spec: WorldSpec, now: WorldView, after: WorldView): HoldingStage | null {
  const [then, rate] = [now.lst.rate, after.lst.rate];
  if (then === rate) return null;
  const stakers = mapValues(now.stakers, (staker) => ({ ...staker, lst: scale(staker.lst, rate, then) }));
  const strategies = mapValues(now.strategies, (strategy, id) => {
    return { ...strategy, etherPerToken: after.strategies[id]?.etherPerToken ?? strategy.etherPerToken };
  });
  const vaults = mapValues(now.defi.vaults, (vault) => ({ ...vault, liveRate: scale(vault.liveRate, rate, then) }));
  const view = { ...now, lst: { ...now.lst, rate }, stakers, strategies, defi: { ...now.defi, vaults } };
  return { channel: "staking", with: "validators", view: revalue(spec, view) };
}

/** What a dollar is worth in ether moves. */
function priceStage(spec: WorldSpec, now: WorldView, after: WorldView): HoldingStage | null {
  const { etherPrice } = after.defi;
  if (now.defi.etherPrice === etherPrice) return null;
  const view = { ...now, defi: { ...now.defi, etherPrice } };
  return { channel: "price", with: "price of ether in dollars", view: revalue(spec, view) };
}

function slashedStaker(staker: StakerView, lost: ReadonlyMap<string, bigint>): StakerView {
  const stakes = mapValues(staker.stakes, (stake, strategy) => {
    return { ...stake, withdrawable: stake.withdrawable - (lost.get(strategy) ?? 0n) };
  });
  return { ...staker, stakes };
}

/** What a slash took of a strategy from participants, and what of it was the vaults'. */
function slashStrategy(spec: WorldSpec, now: WorldView, { fact, at }: { fact: Slash; at: number }): WorldView {
  const slashed = fact.strategies[at];
  if (slashed === undefined) return now;
  const { strategy, losses } = slashed;
  const lost = (id: string): bigint =>
    losses
      .filter(({ layer, holder }) => layer !== "withdrawal" && holder === id)
      .reduce((sum, { before, after }) => sum + before - after, 0n);
  const stakers = mapValues(now.stakers, (staker, id) => slashedStaker(staker, new Map([[strategy, lost(id)]])));
  const withdrawals = now.withdrawals.map((withdrawal) => {
    const loss = losses.find(({ layer, position }) => layer === "withdrawal" && position === withdrawal.id);
    return loss === undefined ? withdrawal : { ...withdrawal, shares: withdrawal.shares - (loss.before - loss.after) };
  });
  const total = slashed.operatorShares + slashed.queueShares;
  const own = losses.filter(({ holder }) => holder in now.stakers).reduce((sum, l) => sum + l.before - l.after, 0n);
  const escrow = { set: fact.set, slashId: fact.slashId, strategy, shares: total, releasableAt: fact.releasableAt };
  const defi = slashVaults(spec, now, { operator: fact.operator, strategy, shares: total - own });
  return { ...now, stakers, withdrawals, escrows: [...now.escrows, escrow], defi };
}

/** Vaults that restake with the operator lose what no participant lost, in proportion to what they delegated. */
function slashVaults(
  spec: WorldSpec,
  now: WorldView,
  slash: { readonly operator: string; readonly strategy: string; readonly shares: bigint },
): DefiView {
  const hit = new Set((spec.defi?.vaults ?? []).filter(({ strategy }) => strategy === slash.strategy).map((v) => v.id));
  const at = (id: string): bigint => (hit.has(id) ? (now.defi.vaults[id]?.delegated[slash.operator] ?? 0n) : 0n);
  const all = Object.keys(now.defi.vaults).reduce((sum, id) => sum + at(id), 0n);
  if (all === 0n || slash.shares <= 0n) return now.defi;
  const tokens = tokensOf(now, slash.strategy, slash.shares);
  const vaults = mapValues(now.defi.vaults, (vault, id) => {
    const share = scale(tokens, at(id), all);
    const delegated = vault.delegated[slash.operator] ?? 0n;
    const loss = share < delegated ? share : delegated;
    if (loss === 0n) return vault;
    const assets = vault.assets - loss;
    return {
      ...vault,
      assets,
      delegated: { ...vault.delegated, [slash.operator]: delegated - loss },
      liveRate: scale(vault.liveRate, assets, vault.assets),
    };
  });
  return { ...now.defi, vaults };
}

function slashStages(spec: WorldSpec, now: WorldView, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  for (const fact of facts) {
    if (fact.kind !== "slash") continue;
    let view = stages.at(-1)?.view ?? now;
    for (const at of fact.strategies.keys()) view = slashStrategy(spec, view, { fact, at });
    stages.push({ channel: "slash", with: slashName(fact.set, fact.slashId), view: revalue(spec, view) });
  }
  return stages;
}

/** Funds strike a NAV, and dollars' reserves are marked anew. */
function reserveStages(spec: WorldSpec, now: WorldView, after: WorldView): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  for (const [id, { nav }] of Object.entries(after.defi.funds)) {
    const view = stages.at(-1)?.view ?? now;
    const fund = view.defi.funds[id];
    if (fund === undefined || fund.nav === nav) continue;
    const defi = { ...view.defi, funds: { ...view.defi.funds, [id]: { ...fund, nav } } };
    stages.push({ channel: "fundIncome", with: id, view: revalue(spec, { ...view, defi }) });
  }
  for (const [id, { fundMarked, fundShares, termMarked }] of Object.entries(after.defi.dollars)) {
    const view = stages.at(-1)?.view ?? now;
    const dollar = view.defi.dollars[id];
    if (dollar === undefined) continue;
    // What it holds is valued anew; what it took in or paid out is for facts to tell.
    const held = fundShares === 0n ? dollar.fundMarked : scale(dollar.fundShares, fundMarked, fundShares);
    if (dollar.fundMarked === held && dollar.termMarked === termMarked) continue;
    const marked = { ...dollar, fundMarked: held, termMarked };
    const defi = { ...view.defi, dollars: { ...view.defi.dollars, [id]: marked } };
    stages.push({ channel: "reserve", with: id, view: revalue(spec, { ...view, defi }) });
  }
  return stages;
}

function accrueReserve(reserve: ReserveView, next: ReserveView): ReserveView {
  const debt = scale(reserve.debt, next.borrowIndex, reserve.borrowIndex);
  const others = reserve.supplied - reserve.treasury;
  const grown = scale(others, next.liquidityIndex, reserve.liquidityIndex);
  const rest = debt - reserve.debt - (grown - others);
  const treasury = rest > 0n ? reserve.treasury + rest : reserve.treasury;
  // What claims grew beyond debts came in as cash: fees of flash loans.
  const cash = rest < 0n ? reserve.cash - rest : reserve.cash;
  return { ...reserve, debt, treasury, cash, supplied: grown + treasury };
}

/** Interest of a pooled market between two views: everybody's claims and debts by the reserves' indexes. */
function accrueMarket(now: DefiView, after: DefiView, id: string): DefiView {
  const [market, next] = [now.lending[id], after.lending[id]];
  if (market === undefined || next === undefined) return now;
  const grow = (kind: "liquidityIndex" | "borrowIndex") => (amount: bigint, token: string) =>
    scale(amount, next.reserves[token]?.[kind] ?? 1n, market.reserves[token]?.[kind] ?? 1n);
  const [claims, debts] = [grow("liquidityIndex"), grow("borrowIndex")];
  const accounts = mapValues(market.accounts, (account) => ({
    ...account,
    supplied: mapValues(account.supplied, claims),
    borrowed: mapValues(account.borrowed, debts),
  }));
  const insurance = mapValues(market.insurance, (item, token) => ({
    ...item,
    assets: claims(item.assets, token),
    stakers: mapValues(item.stakers, (staker) => ({ ...staker, assets: claims(staker.assets, token) })),
  }));
  const reserves = mapValues(market.reserves, (reserve, token) =>
    accrueReserve(reserve, next.reserves[token] ?? reserve),
  );
  return { ...now, lending: { ...now.lending, [id]: { ...market, reserves, accounts, insurance } } };
}

/** What a vault over isolated markets has in one of them grows with it. */
function accrueVault(vault: MarketVaultView, market: string, [now, then]: readonly [bigint, bigint]): MarketVaultView {
  const place = vault.markets[market];
  if (place === undefined || place.supplied === 0n) return vault;
  const supplied = scale(place.supplied, now, then);
  const gain = supplied - place.supplied;
  const markets = { ...vault.markets, [market]: { ...place, supplied } };
  return { ...vault, markets, atPar: vault.atPar + gain, assets: vault.assets + gain };
}

/**
 * Interest of an isolated market: debts by value per share, and suppliers by what debts grew, less the market's fee,
 * which nobody's position shows.
 */
function accrueIsolated(fee: Wad): typeof accrueMarket {
  return (now, after, id) => {
    const [market, next] = [now.isolated[id], after.isolated[id]];
    if (market === undefined || next === undefined || market.totalBorrow === 0n || next.totalBorrow === 0n) return now;
    const [a, b] = [next.totalBorrow * market.totalBorrowShares, market.totalBorrow * next.totalBorrowShares];
    const totalBorrow = a > b ? scale(market.totalBorrow, a, b) : market.totalBorrow;
    const interest = totalBorrow - market.totalBorrow;
    const totalSupply = market.totalSupply + interest;
    const growth = [totalSupply - (interest * fee) / WAD, market.totalSupply] as const;
    const positions = mapValues(market.positions, (position) => ({
      ...position,
      supplied: scale(position.supplied, ...growth),
      borrowed: scale(position.borrowed, totalBorrow, market.totalBorrow),
    }));
    const isolated = { ...now.isolated, [id]: { ...market, totalBorrow, totalSupply, positions } };
    return { ...now, isolated, marketVaults: mapValues(now.marketVaults, (vault) => accrueVault(vault, id, growth)) };
  };
}

function interestStages(spec: WorldSpec, now: WorldView, after: WorldView): readonly HoldingStage[] {
  if (now.time === after.time) return [];
  const stages: HoldingStage[] = [];
  // Shares of vaults over markets are worth what these owe them.
  const isAnew = Object.keys(now.defi.marketVaults).length > 0;
  const valued = (view: WorldView): WorldView => (isAnew ? revalue(spec, view) : view);
  const add = (id: string, accrue: typeof accrueMarket): void => {
    const view = stages.at(-1)?.view ?? now;
    const defi = accrue(view.defi, after.defi, id);
    if (defi !== view.defi) stages.push({ channel: "interest", with: id, view: valued({ ...view, defi }) });
  };
  for (const id of Object.keys(now.defi.lending)) add(id, accrueMarket);
  for (const id of Object.keys(now.defi.isolated)) {
    add(id, accrueIsolated(spec.defi?.isolated.find((market) => market.id === id)?.fee ?? 0n));
  }
  return stages;
}

/**
 * What holding brought between two views, cause by cause: each stage is the world of the stage before with one more thing
 * changed. Positions are those of the first view; what actions did is not in it.
 */
export function holdingStages(
  spec: WorldSpec,
  views: { readonly before: WorldView; readonly after: WorldView },
  facts: readonly Fact[],
): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  const now = (): WorldView => stages.at(-1)?.view ?? views.before;
  const add = (next: HoldingStage | null): void => {
    if (next !== null) stages.push(next);
  };
  stages.push(...interestStages(spec, now(), views.after));
  add(stakingStage(spec, now(), views.after));
  add(priceStage(spec, now(), views.after));
  stages.push(...slashStages(spec, now(), facts));
  stages.push(...reserveStages(spec, now(), views.after));
  return stages;
}
