import { maximum } from "../../../maths/integer.ts";
import { WAD } from "../../../units/units.ts";
import type { DefiView } from "../../defi/defi.ts";
import type { Fact } from "../../fact.ts";
import type { Breach, Invariant, InvariantContext } from "../../invariant.ts";
import { factsOf } from "./facts.ts";

const BPS = 10_000n;
const RAY = 10n ** 27n;
const RATIO = 10n ** 36n;
const YEAR = 31_536_000n;

type Liquidated = Extract<Fact, { kind: "liquidated" }>;

/** Nobody can be liquidated whose debt is covered: so no liquidation lifts a healthy account's health. */
export const onlyUnhealthyAreLiquidated: Invariant = {
  name: "Only unhealthy accounts are liquidated",
  sentence: "A liquidation succeeds only on an account whose health was below one.",
  check: ({ results }) => {
    const broken = factsOf(results, "liquidated").find(({ healthBefore }) => healthBefore >= WAD);
    return broken === undefined
      ? null
      : { market: broken.market, borrower: broken.borrower, health: broken.healthBefore };
  },
};

const unitOf = (view: DefiView, token: string): bigint => 10n ** BigInt(view.tokens[token]?.decimals ?? 18);

/** Bonus that may have held: the reserve's or an e-mode's over the collateral, the higher [basis points]. */
function bonusOf(view: DefiView, { market, collateral }: Liquidated): bigint {
  const pooled = view.lending[market];
  const eModes = pooled?.eModes.filter((one) => one.collateral.includes(collateral)).map(({ bonus }) => bonus) ?? [];
  return [pooled?.reserves[collateral]?.bonus ?? BPS, ...eModes].reduce(maximum, 0n);
}

/** Whether a liquidation took more collateral than debt repaid and bonus allow, beyond a unit of either token. */
function tookTooMuch(view: DefiView, fact: Liquidated): boolean {
  const { seized, repaid, collateralPrice, debtPrice, market, collateral, debt } = fact;
  const isolated = view.isolated[market];
  if (isolated !== undefined) {
    const worth = (seized * debtPrice) / RATIO;
    return worth > ((repaid + 1n) * isolated.lif) / WAD + 1n;
  }
  const bonus = bonusOf(view, fact);
  const taken = (seized - 1n) * collateralPrice * unitOf(view, debt) * BPS;
  return taken > (repaid + 1n) * debtPrice * unitOf(view, collateral) * bonus;
}

/** I10, second half. */
export const seizuresStayWithinBonus: Invariant = {
  name: "I10 seizures stay within the bonus",
  sentence: "A liquidation takes collateral worth at most the debt repaid times one plus the bonus, and a unit.",
  check: ({ before, results }) => {
    const broken = factsOf(results, "liquidated").find((fact) => tookTooMuch(before.defi, fact));
    if (broken === undefined) return null;
    const { market, borrower, seized, repaid } = broken;
    return { market, borrower, seized, repaid };
  },
};

interface Debt {
  readonly market: string;
  readonly borrower: string;
  readonly token: string;
}

/** Debts that liquidations of this step touched. */
function touchedDebts(results: InvariantContext["results"], view: DefiView): readonly Debt[] {
  const touched = new Map<string, Debt>();
  for (const { market, borrower, debt, badDebt } of factsOf(results, "liquidated")) {
    if (!(market in view.lending)) continue;
    for (const token of [debt, ...Object.keys(badDebt)]) {
      touched.set([market, borrower, token].join("\n"), { market, borrower, token });
    }
  }
  return [...touched.values()];
}

/** What the facts say that left a debt, and what its borrower added or repaid itself. */
function changeOf(
  results: InvariantContext["results"],
  { market, borrower, token }: Debt,
): { change: bigint; count: bigint } {
  let [change, count] = [0n, 0n];
  for (const fact of factsOf(results, "liquidated")) {
    if (fact.market !== market || fact.borrower !== borrower) continue;
    change -= (fact.debt === token ? fact.repaid : 0n) + (fact.badDebt[token] ?? 0n);
    count += 2n;
  }
  for (const fact of factsOf(results, "lendingMoved")) {
    if (fact.market !== market || fact.who !== borrower || fact.token !== token) continue;
    if (fact.move === "borrow") change += fact.amount;
    if (fact.move === "repay") change -= fact.amount;
    count += 1n;
  }
  return { change, count };
}

function debtGap(context: InvariantContext, at: Debt): Breach | null {
  const { before, after, results } = context;
  const [was, is] = [before, after].map(({ defi }) => defi.lending[at.market]);
  const [old, now] = [was?.reserves[at.token]?.borrowIndex, is?.reserves[at.token]?.borrowIndex];
  if (old === undefined || now === undefined || old === 0n) return null;
  const { change, count } = changeOf(results, at);
  const grown = ((was?.accounts[at.borrower]?.borrowed[at.token] ?? 0n) * now) / old;
  const expected = grown + change;
  const actual = is?.accounts[at.borrower]?.borrowed[at.token] ?? 0n;
  // Scaled debts are rounded to a part of 1 / index, each time.
  const dust = 4n + count * (2n + now / RAY);
  const apart = actual > expected ? actual - expected : expected - actual;
  return apart <= dust ? null : { ...at, expected, actual, dust };
}

/** I10, first half. */
export const removedDebtIsAccountedFor: Invariant = {
  name: "I10 removed debt is accounted for",
  sentence: "What a liquidation removes of a debt is what was repaid and what was booked as bad, to the rounding.",
  check: (context) => {
    for (const debt of touchedDebts(context.results, context.after.defi)) {
      const breach = debtGap(context, debt);
      if (breach !== null) return breach;
    }
    return null;
  },
};

/** What a reserve has behind its suppliers' claims, less the claims. */
function surplusOf(view: DefiView, market: string, token: string): bigint | undefined {
  const reserve = view.lending[market]?.reserves[token];
  return reserve === undefined ? undefined : reserve.debt + reserve.cash + reserve.deficit - reserve.supplied;
}

/**
 * Claims of suppliers, the treasury's among them, are covered by debts, cash and deficit. Interest compounds on debts
 * and not on claims, so the cover may grow by a part of the interest; by nothing else.
 */
export const claimsAreCovered: Invariant = {
  name: "Lending claims are covered",
  sentence: "A reserve's debts, cash and deficit are its suppliers' claims, the treasury's included, to the rounding.",
  check: ({ before, after, results, actionsSoFar }) => {
    for (const [market, { reserves, accounts }] of Object.entries(after.defi.lending)) {
      for (const [token, { debt, borrowRate, supplied }] of Object.entries(reserves)) {
        const surplus = surplusOf(after.defi, market, token) ?? 0n;
        const earlier = surplusOf(before.defi, market, token) ?? 0n;
        const dust = 4n * BigInt(Object.keys(accounts).length + actionsSoFar + 1);
        if (surplus < -dust) return { market, token, missing: -surplus, dust };
        const old = before.defi.lending[market]?.reserves[token];
        const [rate, owed] = [maximum(borrowRate, old?.borrowRate ?? 0n), maximum(debt, old?.debt ?? 0n)];
        const interest = (2n * owed * rate * (after.time - before.time)) / YEAR / RAY;
        const step = 4n * BigInt(results.length + 1) + dust;
        if (surplus > earlier + interest + step) return { market, token, surplus, surplusBefore: earlier, supplied };
      }
    }
    return null;
  },
};

/** The same for isolated markets: nobody owes more than is supplied. */
export const isolatedDebtsAreSupplied: Invariant = {
  name: "Isolated debts are supplied",
  sentence: "What an isolated market has lent is at most what is supplied to it, bad debt having been spread at once.",
  check: ({ after }) => {
    for (const [market, { totalBorrow, totalSupply }] of Object.entries(after.defi.isolated)) {
      if (totalBorrow > totalSupply) return { market, totalBorrow, totalSupply };
    }
    return null;
  },
};
