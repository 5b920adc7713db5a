import type { DefiView } from "../../model/defi/defi.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";

type Amounts = Readonly<Record<string, bigint>>;

/** The same state with more, or less, of some tokens in somebody's wallet, or in a dollar's reserve. */
export function give(defi: DefiView, holder: string, amounts: Amounts): DefiView {
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

/** The same state with more, or less, of a token in the world, and in nobody's wallet yet. */
export function supply(defi: DefiView, id: string, amount: bigint): DefiView {
  const token = defi.tokens[id];
  if (token === undefined) return defi;
  return { ...defi, tokens: { ...defi.tokens, [id]: { ...token, supply: token.supply + amount } } };
}

/** The same state with more, or less, of a token in somebody's wallet and in the world. */
export function issue(defi: DefiView, holder: string, [id, amount]: readonly [string, bigint]): DefiView {
  return id in defi.tokens ? supply(give(defi, holder, { [id]: amount }), id, amount) : defi;
}

/** The same state with another DeFi layer. */
export const withDefi = (view: WorldView, change: (defi: DefiView) => DefiView): WorldView => {
  return { ...view, defi: change(view.defi) };
};

/** The same state with more, or less, wrapped LST in a wallet, which counts it among its liquid staking tokens. */
export function giveWrapped(spec: WorldSpec, view: WorldView, [holder, amount]: readonly [string, bigint]): WorldView {
  const wrapped = spec.defi?.tokens.find(({ kind }) => kind === "wrappedLst")?.id;
  const given = wrapped === undefined ? view : withDefi(view, (defi) => give(defi, holder, { [wrapped]: amount }));
  const staker = view.stakers[holder];
  if (staker === undefined) return given;
  const held = ({ defi }: WorldView): bigint =>
    worthOf(defi, wrapped ?? "", defi.balances[holder]?.[wrapped ?? ""] ?? 0n);
  const value = wrapped === undefined ? (amount * view.lst.rate) / WAD : held(given) - held(view);
  return { ...given, stakers: { ...view.stakers, [holder]: { ...staker, lst: staker.lst + value } } };
}

/** The same state with more, or less, of any token in somebody's wallet. */
export function giveToken(
  spec: WorldSpec,
  view: WorldView,
  [holder, token, amount]: readonly [string, string, bigint],
): WorldView {
  const wrapped = spec.defi?.tokens.find(({ kind }) => kind === "wrappedLst")?.id;
  if (token === wrapped) return giveWrapped(spec, view, [holder, amount]);
  return withDefi(view, (defi) => give(defi, holder, { [token]: amount }));
}
