import { positive } from "../../maths/integer.ts";
import type { Wei } from "../../units/units.ts";
import type { DefiView } from "./defi.ts";
import type { LendingAccountView } from "./lending.ts";
import type { Amount } from "./tokens.ts";
import { worthOf } from "./worth.ts";

/** Worth of several amounts by their true worth [wei], each rounded down. */
function sumOf(view: DefiView, amounts: Readonly<Record<string, Amount>>): Wei {
  return Object.entries(amounts).reduce((sum, [token, amount]) => sum + worthOf(view, token, amount), 0n);
}

/** What an account owes beyond the true worth of its collateral [wei]; 0 where the collateral covers it. */
export function shortfallOf(view: DefiView, account: LendingAccountView): Wei {
  const held = Object.fromEntries(
    Object.entries(account.supplied).filter(([token]) => account.asCollateral.includes(token)),
  );
  return positive(sumOf(view, account.borrowed) - sumOf(view, held));
}

/** A market vault's part of what its markets hide [wei]. */
function hiddenInVault(view: DefiView, vault: string): Wei {
  return Object.entries(view.marketVaults[vault]?.markets ?? {}).reduce((sum, [market, { supplied }]) => {
    const all = view.isolated[market]?.totalSupply ?? 0n;
    return all === 0n ? sum : sum + (hiddenBadDebt(view, market) * supplied) / all;
  }, 0n);
}

/**
 * Debt beyond the true worth of collateral in one market, pooled or isolated, which nobody has booked yet; of a market
 * vault its part of its markets' [wei].
 */
export function hiddenBadDebt(view: DefiView, market: string): Wei {
  const pooled = view.lending[market];
  if (pooled !== undefined) {
    return Object.values(pooled.accounts).reduce((sum, account) => sum + shortfallOf(view, account), 0n);
  }
  const isolated = view.isolated[market];
  if (isolated === undefined) return hiddenInVault(view, market);
  return Object.values(isolated.positions).reduce((sum, { borrowed, collateral }) => {
    return sum + positive(worthOf(view, isolated.loan, borrowed) - worthOf(view, isolated.collateral, collateral));
  }, 0n);
}

/** Every pooled and isolated market of a layer. */
export function marketsOf(view: DefiView): readonly string[] {
  return [...Object.keys(view.lending), ...Object.keys(view.isolated)];
}
