import type { DefiView } from "../../model/defi/defi.ts";
import type { DollarView } from "../../model/defi/dollars.ts";
import type { Fact } from "../../model/fact.ts";
import { give, issue } from "./give-tokens.ts";
import type { Dealing, Dealings } from "./lines.ts";

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
/** Dollars without anything behind them, in somebody's hands. */
function mintUnbacked(defi: DefiView, { token: id, to, amount }: FactOf<"unbackedMinted">): DefiView | null {
  const dollar = defi.dollars[id];
  if (dollar === undefined) return null;
  const dollars = { ...defi.dollars, [id]: { ...dollar, supply: dollar.supply + amount } };
  return { ...issue(defi, to, [id, amount]), dollars };
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

const redeeming = ({ dollar, holder }: FactOf<"dollarMinted" | "dollarRedeemed" | "juniorMoved">) => {
  return { channel: "redemption", with: dollar, by: holder } as const;
};

const dealing = (cause: Omit<Dealing, "change">, change: (defi: DefiView) => DefiView | null): readonly Dealing[] => [
  {
    ...cause,
    change: (_, view) => {
      const defi = change(view.defi);
      return defi === null ? null : { ...view, defi };
    },
  },
];

/** What facts did to all who hold a dollar or stand behind it. */
export const DOLLAR_DEALINGS: Dealings = {
  unbackedMinted: (fact) =>
    dealing({ channel: "unbackedMint", with: fact.token, by: fact.to }, (defi) => mintUnbacked(defi, fact)),
  potsMoved: (fact) => dealing({ channel: "reserve", with: fact.dollar }, (defi) => movePots(defi, fact)),
  juniorMoved: (fact) => dealing(redeeming(fact), (defi) => moveJunior(defi, fact)),
  fundSettled: (fact) => dealing({ channel: "fundIncome", with: fact.fund }, (defi) => settleOrder(defi, fact)),
  dollarMinted: (fact) => dealing(redeeming(fact), (defi) => trade(defi, fact)),
  dollarRedeemed: (fact) => dealing(redeeming(fact), (defi) => trade(defi, fact)),
};
