import type { DefiView } from "../../model/defi/defi.ts";
import type { DollarView } from "../../model/defi/dollars.ts";
import { carryUp } from "../../model/defi/nesting.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { HoldingStage } from "./lines.ts";
import { revalue, scale } from "./view-changes.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type Amounts = Readonly<Record<string, bigint>>;

/** The same state with more, or less, of some tokens in somebody's wallet, or in a dollar's reserve. */
function give(defi: DefiView, holder: string, amounts: Amounts): DefiView {
  const dollar = defi.dollars[holder];
  if (dollar !== undefined) {
    const { [dollar.settlement]: money = 0n, ...shares } = amounts;
    const fundShares = Object.values(shares).reduce((sum, amount) => sum + amount, dollar.fundShares);
    return { ...defi, dollars: { ...defi.dollars, [holder]: { ...dollar, cash: dollar.cash + money, fundShares } } };
  }
  const held = { ...defi.balances[holder] };
  for (const [token, amount] of Object.entries(amounts)) held[token] = (held[token] ?? 0n) + amount;
  return { ...defi, balances: { ...defi.balances, [holder]: held } };
}

/** The same state with more, or less, of a token in somebody's wallet and in the world. */
function issue(defi: DefiView, holder: string, [id, amount]: readonly [string, bigint]): DefiView {
  const token = defi.tokens[id];
  if (token === undefined) return defi;
  const tokens = { ...defi.tokens, [id]: { ...token, supply: token.supply + amount } };
  return { ...give(defi, holder, { [id]: amount }), tokens };
}

/** Dollars, or shares of a vault, without anything behind them, in somebody's hands. */
function mintUnbacked(defi: DefiView, { token: id, to, amount }: FactOf<"unbackedMinted">): DefiView | null {
  const [dollar, vault] = [defi.dollars[id], defi.vaults[id]];
  if (dollar !== undefined) {
    const dollars = { ...defi.dollars, [id]: { ...dollar, supply: dollar.supply + amount } };
    return { ...issue(defi, to, [id, amount]), dollars };
  }
  if (vault === undefined) return null;
  const supply = vault.supply + amount;
  const diluted = { ...vault, supply, liveRate: scale(vault.liveRate, vault.supply, supply) };
  return { ...issue(defi, to, [id, amount]), vaults: { ...defi.vaults, [id]: diluted } };
}

/** Money against dollars, or dollars against money, at whatever they are worth; what is kept of it is the reserve's. */
function trade(defi: DefiView, fact: FactOf<"dollarMinted" | "dollarRedeemed">): DefiView | null {
  const { dollar: id, holder } = fact;
  const dollar = defi.dollars[id];
  if (dollar === undefined) return null;
  const isIn = fact.kind === "dollarMinted";
  const [dollars, money] = isIn ? [fact.amount, fact.paid] : [0n - fact.burned, 0n - fact.paid];
  const traded: DollarView = { ...dollar, supply: dollar.supply + dollars, cash: dollar.cash + money };
  const paid = give(defi, holder, { [dollar.settlement]: 0n - money });
  return { ...issue(paid, holder, [id, dollars]), dollars: { ...defi.dollars, [id]: traded } };
}

/** What an order at a fund came to, or shares paid at once; what a reserve had there is cash now. */
function settleOrder(
  defi: DefiView,
  { fund: id, holder, side, amount, ...fact }: FactOf<"fundSettled">,
): DefiView | null {
  const fund = defi.funds[id];
  if (fund === undefined) return null;
  const order = fund.orders.find((one) => one.id === fact.order);
  const orders = fund.orders.filter((one) => one !== order);
  const isPaid = side === "redeem";
  const settled = { ...fund, orders, liquidity: isPaid ? fund.liquidity - amount : fund.liquidity };
  const now = { ...defi, funds: { ...defi.funds, [id]: settled } };
  if (!isPaid) return issue(now, holder, [id, amount]);
  const paid = issue(give(now, holder, { [fund.settlement]: amount }), holder, [id, 0n - (fact.shares ?? 0n)]);
  const dollar = paid.dollars[holder];
  if (dollar === undefined) return paid;
  const worth = ((fact.shares ?? order?.amount ?? 0n) * fund.nav) / 1_000_000n;
  return { ...paid, dollars: { ...paid.dollars, [holder]: { ...dollar, fundMarked: dollar.fundMarked - worth } } };
}

/** Money that went from the cash to the pots, or back. */
function movePots(defi: DefiView, { dollar: id, buffer, junior, backstop }: FactOf<"potsMoved">): DefiView | null {
  const dollar = defi.dollars[id];
  if (dollar === undefined || (buffer === 0n && junior === 0n && backstop === 0n)) return null;
  const moved: DollarView = {
    ...dollar,
    cash: dollar.cash - buffer - junior - backstop,
    buffer: dollar.buffer + buffer,
    junior: dollar.junior + junior,
    backstop: dollar.backstop + backstop,
  };
  return { ...defi, dollars: { ...defi.dollars, [id]: moved } };
}

/** Somebody's money that became part of the junior tranche, or came out of it. */
function moveJunior(defi: DefiView, fact: FactOf<"juniorMoved">): DefiView | null {
  const dollar = defi.dollars[fact.dollar];
  if (dollar === undefined) return null;
  const { holder, assets, shares } = fact;
  const juniorHolders = { ...dollar.juniorHolders, [holder]: (dollar.juniorHolders[holder] ?? 0n) + shares };
  const moved = { ...dollar, junior: dollar.junior + assets, juniorHolders };
  const dollars = { ...defi.dollars, [fact.dollar]: moved };
  return { ...give(defi, holder, { [dollar.settlement]: 0n - assets }), dollars };
}

/** What a fact did, and by whom; null where it says nothing of dollars and unbacked shares. */
function change(defi: DefiView, fact: Fact): readonly [Omit<HoldingStage, "view">, DefiView | null] | null {
  if (fact.kind === "unbackedMinted") {
    return [{ channel: "unbackedMint", with: fact.token, by: fact.to }, mintUnbacked(defi, fact)];
  }
  if (fact.kind === "potsMoved") return [{ channel: "reserve", with: fact.dollar }, movePots(defi, fact)];
  if (fact.kind === "juniorMoved") {
    return [{ channel: "redemption", with: fact.dollar, by: fact.holder }, moveJunior(defi, fact)];
  }
  if (fact.kind === "fundSettled") return [{ channel: "fundIncome", with: fact.fund }, settleOrder(defi, fact)];
  if (fact.kind !== "dollarMinted" && fact.kind !== "dollarRedeemed") return null;
  return [{ channel: "redemption", with: fact.dollar, by: fact.holder }, trade(defi, fact)];
}

/**
 * What actions did to all who hold a dollar or shares of a vault, or stand behind them: each fact in its turn, as a world
 * in which nothing else has happened, so that its gain or loss falls on the tiers that bear it.
 */
export function dollarStages(spec: WorldSpec, now: WorldView, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  for (const fact of facts) {
    const view = stages.at(-1)?.view ?? now;
    const [cause, defi] = change(view.defi, fact) ?? [null, null];
    if (cause === null || defi === null) continue;
    const changed = carryUp(spec.strategies, { ...view, defi }, view);
    stages.push({ ...cause, view: revalue(spec, changed) });
  }
  return stages;
}
