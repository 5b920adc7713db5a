import type { CdpBranchView } from "../../model/defi/credit.ts";
import { balanceOf, bear, claim } from "./account-book.ts";
import { between } from "./accounts.ts";
import { hold, locate, worthIn, type Sheeting } from "./holdings.ts";
import { bookEquity } from "./lending-holdings.ts";

interface Branch {
  readonly id: string;
  readonly name: string;
  readonly view: CdpBranchView;
}

/** The stability pool bears first what a trove cannot pay. */
function bookStability(at: Sheeting, { id, name, view }: Branch): void {
  const pool = between("stability", id, name);
  // What the pool has pays for troves before any holder bears: as a holder it comes last.
  locate(at, id, view.pool.total);
  const capacity = worthIn(at, id, view.pool.total);
  claim(at.book, between("cdp", id), { by: pool, layer: "stability", tier: 1, capacity });
  hold(at, pool, [view.collateral, view.pool.collateral]);
  bear(at.book, between("branch", id, name), {
    by: pool,
    layer: "stability",
    tier: 0,
    capacity: balanceOf(at.book, pool),
  });
  for (const [by, { compounded, gain, income }] of Object.entries(view.pool.deposits)) {
    hold(at, by, [id, income]);
    const deposit = worthIn(at, id, compounded) + worthIn(at, view.collateral, gain);
    claim(at.book, pool, { by, layer: "stability", tier: 0, capacity: deposit });
  }
}

/** The other troves bear next, by what they are worth beyond their debts; then the holders of the dollar. */
function bookTroves(at: Sheeting, { id, name, view }: Branch): void {
  const branch = between("branch", id, name);
  let owed = 0n;
  for (const [who, { debt, collateral }] of Object.entries(view.troves)) {
    const position = between("position", id, name, who);
    hold(at, position, [view.collateral, collateral]);
    const capacity = worthIn(at, id, debt);
    claim(at.book, position, { by: branch, layer: "dollarHolder", tier: 1, capacity });
    owed += capacity;
    bear(at.book, branch, { by: position, layer: "borrower", tier: 1, capacity: balanceOf(at.book, position) });
    bookEquity(at, position, who);
  }
  claim(at.book, branch, { by: between("cdp", id), layer: "dollarHolder", tier: 2, capacity: owed });
}

/** Branches of debt: troves, stability pools, and the dollar that they make. */
export function bookCdps(at: Sheeting): void {
  for (const [id, { branches }] of Object.entries(at.defi.cdps)) {
    for (const [name, view] of Object.entries(branches)) {
      bookStability(at, { id, name, view });
      bookTroves(at, { id, name, view });
      for (const [who, surplus] of Object.entries(view.surplus)) hold(at, who, [view.collateral, surplus]);
    }
  }
}
