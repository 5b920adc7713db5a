import type { LiquidationCase } from "../../../maths/liquidation/call.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import type { DefiView } from "../../defi/defi.ts";
import type { LendingAccountView, LendingView } from "../../defi/lending.ts";

/** An account that can be liquidated, with the pair that is worth most. */
export interface LiquidationTarget {
  readonly market: string;
  readonly borrower: string;
  readonly collateral: string;
  readonly debt: string;
  readonly single: LiquidationCase;
}

function unitOf(view: DefiView, token: string): bigint {
  return 10n ** BigInt(view.tokens[token]?.decimals ?? 18);
}

/** The token in which an account has most, by the market's prices. */
function largest(
  view: DefiView,
  market: LendingView,
  amounts: Readonly<Record<string, bigint>>,
): { readonly token: string; readonly amount: bigint } | undefined {
  let best: { token: string; amount: bigint; value: bigint } | undefined;
  for (const [token, amount] of Object.entries(amounts)) {
    const value = (amount * (market.reserves[token]?.price ?? 0n)) / unitOf(view, token);
    if (amount > 0n && (best === undefined || value > best.value)) best = { token, amount, value };
  }
  return best;
}

/** Bonus in force: the e-mode's where it holds for the collateral, else the reserve's. */
function bonusOf(market: LendingView, account: LendingAccountView, collateral: string): bigint {
  const eMode = market.eModes.find(({ id }) => id === account.eMode);
  if (eMode?.collateral.includes(collateral) === true) return eMode.bonus;
  return market.reserves[collateral]?.bonus ?? 10_000n;
}

function targetOf(view: DefiView, id: string, borrower: string): LiquidationTarget | undefined {
  const market = view.lending[id];
  const account = market?.accounts[borrower];
  if (market === undefined || account === undefined || account.health === null) return undefined;
  const pledged = Object.entries(account.supplied).filter(([token]) => account.asCollateral.includes(token));
  const collateral = largest(view, market, Object.fromEntries(pledged));
  const debt = largest(view, market, account.borrowed);
  if (collateral === undefined || debt === undefined) return undefined;
  const side = ({ token, amount }: { token: string; amount: bigint }) => {
    return { amount, price: market.reserves[token]?.price ?? 0n, unit: unitOf(view, token) };
  };
  const single: LiquidationCase = {
    collateral: side(collateral),
    debt: side(debt),
    health: account.health,
    totalDebtBase: account.debt + 0n,
    bonusBps: bonusOf(market, account, collateral.token),
    feeBps: market.reserves[collateral.token]?.bonusFee ?? 0n,
    closeFactor: market.closeFactor === "default",
  };
  return { market: id, borrower, collateral: collateral.token, debt: debt.token, single };
}

/** Accounts of pooled markets with a health factor below one, the worst first; ties by name. */
export function liquidationTargets(view: DefiView, markets: readonly string[]): readonly LiquidationTarget[] {
  const below: { readonly market: string; readonly borrower: string; readonly health: Wad }[] = [];
  for (const market of markets) {
    for (const [borrower, { health }] of Object.entries(view.lending[market]?.accounts ?? {})) {
      if (health !== null && health < WAD) below.push({ market, borrower, health });
    }
  }
  below.sort((a, b) => (a.health === b.health ? (a.borrower < b.borrower ? -1 : 1) : a.health < b.health ? -1 : 1));
  return below.flatMap(({ market, borrower }) => targetOf(view, market, borrower) ?? []);
}
