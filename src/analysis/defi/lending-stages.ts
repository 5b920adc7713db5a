import type { DefiView } from "../../model/defi/defi.ts";
import type { LendingView, ReserveView } from "../../model/defi/lending.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import { flashFees, type FlashFees } from "./flash-fees.ts";
import { give, withDefi } from "./give-tokens.ts";
import type { Dealings } from "./lines.ts";
import { mapValues, scale } from "./view-changes.ts";

/** What time has made of a market between two views. */
export type Accrue = (now: DefiView, after: DefiView, id: string) => DefiView;

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type ByToken = Readonly<Record<string, FlashFees>>;

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((all, amount) => all + amount, 0n);

/** What the treasury's part of liquidations has added to its claims: that is for their facts to tell. */
function cutsOf(facts: readonly Fact[], market: string, token: string): bigint {
  return sum(
    facts.map((fact) =>
      fact.kind === "liquidated" && fact.market === market && fact.collateral === token ? fact.fee : 0n,
    ),
  );
}

interface Accrual {
  readonly next: ReserveView;
  readonly fees: FlashFees;
  readonly cuts: bigint;
}

/** Debts and claims grow by their indexes, the treasury by its part; fees of flash loans came in as cash. */
function accrueReserve(reserve: ReserveView, { next, fees, cuts }: Accrual): ReserveView {
  const debt = scale(reserve.debt, next.borrowIndex, reserve.borrowIndex);
  const others = scale(reserve.supplied - reserve.treasury, fees.index, reserve.liquidityIndex);
  const treasury = next.treasury - cuts;
  const cash = reserve.cash + sum(fees.loans.map(({ fee }) => fee));
  return { ...reserve, debt, treasury, cash, supplied: others + treasury + sum(fees.gains.values()) };
}

/** What suppliers have of the fees of flash loans: as claims, or, of who has come since, in the wallet. */
function payGains(defi: DefiView, id: string, fees: ByToken): DefiView {
  let paid = defi;
  for (const [token, { gains, loans }] of Object.entries(fees)) {
    for (const { who, fee } of loans) paid = give(paid, who, { [token]: 0n - fee });
    for (const [who, gain] of gains) {
      const market = paid.lending[id];
      const [account, reserve] = [market?.accounts[who], market?.reserves[token]];
      if (market === undefined || reserve === undefined) continue;
      if (account !== undefined) {
        const supplied = { ...account.supplied, [token]: (account.supplied[token] ?? 0n) + gain };
        paid = withMarket(paid, id, { ...market, accounts: { ...market.accounts, [who]: { ...account, supplied } } });
        continue;
      }
      const less = { ...reserve, cash: reserve.cash - gain, supplied: reserve.supplied - gain };
      const next = { ...market, reserves: { ...market.reserves, [token]: less } };
      paid = give(withMarket(paid, id, next), who, { [token]: gain });
    }
  }
  return paid;
}

const withMarket = (defi: DefiView, id: string, market: LendingView): DefiView => {
  return { ...defi, lending: { ...defi.lending, [id]: market } };
};

function feesOf(facts: readonly Fact[], id: string, [market, next]: readonly [LendingView, LendingView]): ByToken {
  return mapValues(market.reserves, ({ liquidityIndex }, token) => {
    const index = [liquidityIndex, next.reserves[token]?.liquidityIndex ?? liquidityIndex] as const;
    return flashFees({ market, id, token, facts, index });
  });
}

/** Everybody's claims and debts as interest has made them. */
function grow(market: LendingView, next: LendingView, fees: ByToken): LendingView {
  const claims = (amount: bigint, token: string): bigint =>
    scale(amount, fees[token]?.index ?? 1n, market.reserves[token]?.liquidityIndex ?? 1n);
  const debts = (amount: bigint, token: string): bigint =>
    scale(amount, next.reserves[token]?.borrowIndex ?? 1n, market.reserves[token]?.borrowIndex ?? 1n);
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
  return { ...market, accounts, insurance };
}

/**
 * Interest of a pooled market between two views: everybody's claims and debts by the reserves' indexes, the treasury's part
 * of it, and the fees of flash loans, which who lent them pays to all who have claims at that moment.
 */
export function accrueMarket(facts: readonly Fact[]): Accrue {
  return (now, after, id) => {
    const [market, next] = [now.lending[id], after.lending[id]];
    if (market === undefined || next === undefined) return now;
    const fees = feesOf(facts, id, [market, next]);
    const grown = grow(market, next, fees);
    const reserves = mapValues(grown.reserves, (reserve, token) => {
      const [own, accrued] = [fees[token], next.reserves[token]];
      if (own === undefined || accrued === undefined) return reserve;
      return accrueReserve(reserve, { next: accrued, fees: own, cuts: cutsOf(facts, id, token) });
    });
    return payGains(withMarket(now, id, { ...grown, reserves }), id, fees);
  };
}

/** Money that somebody gave against a deficit. */
function donate(view: WorldView, { market: id, token, amount, who }: FactOf<"deficitCovered">): WorldView | null {
  const market = view.defi.lending[id];
  const reserve = market?.reserves[token];
  if (market === undefined || reserve === undefined) return null;
  const reserves = { ...market.reserves, [token]: { ...reserve, cash: reserve.cash + amount } };
  return withDefi(view, (defi) => withMarket(give(defi, who, { [token]: 0n - amount }), id, { ...market, reserves }));
}

/** What facts did to those who bear a deficit: they are spared of what somebody gives against it. */
export const LENDING_DEALINGS: Dealings = {
  deficitCovered: (fact) =>
    fact.by === "donation"
      ? [{ channel: "cover", with: fact.market, by: fact.who, change: (_, view) => donate(view, fact) }]
      : [],
};
