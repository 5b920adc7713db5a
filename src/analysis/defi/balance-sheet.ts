import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Wei } from "../../units/units.ts";
import { addTo } from "../yield-attribution.ts";
import { minus, settle, type AccountBook, type PassedLoss } from "./account-book.ts";
import { betweenKind, ROUNDING_ACCOUNT, surplusOf, unpaidBy } from "./accounts.ts";
import { bookAdapterVaults } from "./adapter-holdings.ts";
import { bookCdps } from "./cdp-holdings.ts";
import { bookCore, bookNobody } from "./core-holdings.ts";
import { bookDollarLayers, bookDollars, bookFundOrders } from "./dollar-holdings.ts";
import { bookEpochVaults } from "./epoch-holdings.ts";
import { openSheet } from "./holdings.ts";
import { bookIsolated, bookLending } from "./lending-holdings.ts";
import { bookOwnedPools, bookPools } from "./pool-holdings.ts";
import { realAssets } from "./real-assets.ts";
import { bookVaults } from "./vault-holdings.ts";

/** Who owns what at one instant, looked through every layer, at what things are truly worth. */
export interface BalanceSheet {
  /** Equity of every party [wei]: participants, institutions, `nobody`, `rounding`; sums to `total`. */
  readonly equity: ReadonlyMap<string, Wei>;
  readonly total: Wei;
  /** Losses that positions, reserves and the like could not bear and passed on, in order. */
  readonly passed: readonly PassedLoss[];
  /** Most that rounding can come to [wei]. */
  readonly slack: Wei;
  /** The accounts behind it, those in between included. */
  readonly book: AccountBook;
}

/**
 * Draws up the balance sheet: equity of every party, to the wei.
 *
 * Everything is valued at its true worth, whatever markets and oracles say. A position is worth nothing at least; what it
 * cannot pay falls on its lenders: the reserve's insurance first, then its suppliers and the treasury in proportion; in
 * a branch of debt the stability pool, the other troves, the holders of its dollar. A dollar's losses fall on buffer,
 * junior tranche, backstop, holders. Source: docs/report.md, "Who owns what".
 */
export function balanceSheet(spec: WorldSpec, view: WorldView): BalanceSheet {
  const at = openSheet(spec, view);
  bookCore(at);
  const waiting = new Map([...bookVaults(at), ...bookDollars(at), ...bookFundOrders(at)]);
  bookPools(at);
  bookLending(at);
  bookIsolated(at);
  bookCdps(at);
  bookEpochVaults(at);
  bookAdapterVaults(at);
  bookNobody(at, waiting);
  bookOwnedPools(at);
  bookDollarLayers(at);
  const slack = (account: string): Wei => at.book.slacks.get(account) ?? 0n;
  const passed = settle(at.book, (account) => betweenKind(account) !== null, slack);
  const total = realAssets(spec, view);
  const { equity, slack: most } = close(at.book, slack);
  // Counted from the other side: what the two counts differ by is rounding, and its size is a law.
  addTo(equity, ROUNDING_ACCOUNT, total - at.book.brought);
  return { equity, total, passed, slack: most + slack(ROUNDING_ACCOUNT), book: at.book };
}

/** What is wrong with a sheet; null where parties own exactly what is there and rounding stays rounding. */
export function checkBalanceSheet({ equity, total, slack }: BalanceSheet): Readonly<Record<string, bigint>> | null {
  const owned = [...equity.values()].reduce((sum, value) => sum + value, 0n);
  const rounding = equity.get(ROUNDING_ACCOUNT) ?? 0n;
  const size = rounding < 0n ? minus(rounding) : rounding;
  return owned === total && size <= slack ? null : { owned, total, rounding, slack };
}

/** What accounts in between have left is rounding, or, beyond it, their own surplus. */
function close(book: AccountBook, slack: (account: string) => Wei): { equity: Map<string, Wei>; slack: Wei } {
  const equity = new Map<string, Wei>();
  let most = 0n;
  for (const [account, value] of book.balances) {
    if (betweenKind(account) === null) {
      addTo(equity, account, value);
      continue;
    }
    const small = value <= slack(account) && minus(value) <= slack(account);
    if (small) most += slack(account);
    const own = value < 0n ? unpaidBy(account) : surplusOf(account);
    addTo(equity, small ? ROUNDING_ACCOUNT : own, value);
  }
  return { equity, slack: most };
}
