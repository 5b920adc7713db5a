import type { IsolatedView } from "../../model/defi/credit.ts";
import type { MarketVaultView } from "../../model/defi/market-vaults.ts";
import { vaultOfStrategy } from "../../model/defi/nesting.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wad } from "../../units/units.ts";
import { accrueCdp, cdpStages } from "./cdp-stages.ts";
import { dealingStages } from "./dealing-stages.ts";
import { turnEpochs } from "./epoch-stages.ts";
import { accrueMarket, type Accrue } from "./lending-stages.ts";
import type { HoldingStage } from "./lines.ts";
import { slashStages } from "./slash-stages.ts";
import { mapValues, revalue, scale } from "./view-changes.ts";

interface Views {
  readonly before: WorldView;
  readonly after: WorldView;
}

/** The LST's rate moves: by what validators earn, or lose. */
function stakingStage(spec: WorldSpec, now: WorldView, after: WorldView): HoldingStage | null {
  const [then, rate] = [now.lst.rate, after.lst.rate];
  if (then === rate) return null;
  const stakers = mapValues(now.stakers, (staker) => ({ ...staker, lst: scale(staker.lst, rate, then) }));
  const strategies = mapValues(now.strategies, (strategy, id) => {
    // What shares of a vault lose for other reasons is for its slash to tell.
    const own = after.strategies[id]?.etherPerToken ?? strategy.etherPerToken;
    const isShare = vaultOfStrategy(spec.strategies, id) !== null;
    return { ...strategy, etherPerToken: isShare ? scale(strategy.etherPerToken, rate, then) : own };
  });
  const vaults = mapValues(now.defi.vaults, (vault) => {
    const [liveRate, reportedRate] = [scale(vault.liveRate, rate, then), scale(vault.reportedRate, rate, then)];
    return { ...vault, liveRate, reportedRate };
  });
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

/** Funds strike a NAV, and dollars' reserves are marked anew. */
function reserveStages(spec: WorldSpec, now: WorldView, after: WorldView): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  for (const [id, { nav }] of Object.entries(after.defi.funds)) {
    const view = stages.at(-1)?.view ?? now;
    const fund = view.defi.funds[id];
    if (fund === undefined || fund.nav === nav) continue;
    const held = new Set((spec.defi?.dollars ?? []).filter((one) => one.reserve.fund?.id === id).map((one) => one.id));
    const dollars = mapValues(view.defi.dollars, (dollar, name) =>
      held.has(name) ? { ...dollar, fundMarked: scale(dollar.fundMarked, nav, fund.nav) } : dollar,
    );
    const defi = { ...view.defi, dollars, funds: { ...view.defi.funds, [id]: { ...fund, nav } } };
    stages.push({ channel: "fundIncome", with: id, view: revalue(spec, { ...view, defi }) });
  }
  for (const [id, { termMarked }] of Object.entries(after.defi.dollars)) {
    const view = stages.at(-1)?.view ?? now;
    const dollar = view.defi.dollars[id];
    if (dollar === undefined || dollar.termMarked === termMarked) continue;
    const defi = { ...view.defi, dollars: { ...view.defi.dollars, [id]: { ...dollar, termMarked } } };
    stages.push({ channel: "reserve", with: id, view: revalue(spec, { ...view, defi }) });
  }
  return stages;
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

/** What an isolated market's debts have become by interest alone: without what was borrowed, repaid and written off. */
function grownBorrow({ totalBorrow, loan }: IsolatedView, market: string, facts: readonly Fact[]): bigint {
  return facts.reduce((sum, fact) => {
    if (fact.kind === "liquidated" && fact.market === market) return sum + fact.repaid + (fact.badDebt[loan] ?? 0n);
    if (fact.kind !== "isolatedMoved" || fact.market !== market) return sum;
    if (fact.move === "borrow") return sum - fact.amount;
    return fact.move === "repay" ? sum + fact.amount : sum;
  }, totalBorrow);
}

/**
 * Interest of an isolated market: debts together by what nothing else explains, and suppliers by what debts grew, less the
 * market's fee, which nobody's position shows.
 */
function accrueIsolated(fee: Wad, facts: readonly Fact[]): Accrue {
  return (now, after, id) => {
    const [market, next] = [now.isolated[id], after.isolated[id]];
    if (market === undefined || next === undefined || market.totalBorrow === 0n) return now;
    const grown = grownBorrow(next, id, facts);
    const totalBorrow = grown > market.totalBorrow ? grown : market.totalBorrow;
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

function interestStages(
  spec: WorldSpec,
  { before: now, after }: Views,
  facts: readonly Fact[],
): readonly HoldingStage[] {
  if (now.time === after.time) return [];
  const stages: HoldingStage[] = [];
  // Shares of vaults over markets are worth what these owe them.
  const isAnew = Object.keys(now.defi.marketVaults).length > 0;
  const valued = (view: WorldView): WorldView => (isAnew ? revalue(spec, view) : view);
  const add = (id: string, accrue: Accrue): void => {
    const view = stages.at(-1)?.view ?? now;
    const defi = accrue(view.defi, after.defi, id);
    if (defi !== view.defi) stages.push({ channel: "interest", with: id, view: valued({ ...view, defi }) });
  };
  for (const id of Object.keys(now.defi.lending)) add(id, accrueMarket(facts));
  for (const id of Object.keys(now.defi.isolated)) {
    add(id, accrueIsolated(spec.defi?.isolated.find((market) => market.id === id)?.fee ?? 0n, facts));
  }
  const elapsed = after.time - now.time;
  for (const id of Object.keys(now.defi.cdps)) add(id, (defi) => accrueCdp(defi, id, elapsed));
  return stages;
}

/**
 * What holding brought between two views, cause by cause: each stage is the world of the stage before with one more thing
 * changed. Positions are those of the first view; what actions did is not in it.
 */
export function holdingStages(spec: WorldSpec, views: Views, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  const now = (): WorldView => stages.at(-1)?.view ?? views.before;
  const add = (next: HoldingStage | null): void => {
    if (next !== null) stages.push(next);
  };
  stages.push(...interestStages(spec, views, facts));
  add(stakingStage(spec, now(), views.after));
  add(priceStage(spec, now(), views.after));
  stages.push(...slashStages(spec, now(), facts));
  stages.push(...reserveStages(spec, now(), views.after));
  stages.push(...dealingStages(spec, turnEpochs(now(), views.after), facts));
  stages.push(...cdpStages(now(), facts));
  return stages;
}
