import { positive } from "../../maths/integer.ts";
import { formatDecimal } from "../../units/format.ts";
import { WAD, type Wad } from "../../units/units.ts";
import type { DefiView } from "../defi/defi.ts";
import { hiddenBadDebt, marketsOf } from "../defi/solvency.ts";
import { worthOf } from "../defi/worth.ts";
import type { ActionResult, Fact } from "../fact.ts";
import { defineMetric, type Metric } from "../metric.ts";

const HOUR = 3_600n;

/** Which markets a measure looks at; default: all. */
interface Where {
  readonly market?: string;
}

const chosen = (view: DefiView, { market }: Where): readonly string[] =>
  market === undefined ? marketsOf(view) : [market];
const inMarket = ({ market }: Where, name: string): boolean => market === undefined || market === name;
const of = ({ market }: Where): string => market ?? "all markets";

/** Booked deficits of pooled markets, at true worth [wei]. */
function deficitOf(view: DefiView, where: Where): bigint {
  return chosen(view, where).reduce((sum, market) => {
    const reserves = Object.entries(view.lending[market]?.reserves ?? {});
    return reserves.reduce((all, [token, reserve]) => all + worthOf(view, token, reserve.deficit), sum);
  }, 0n);
}

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

function factsOf<K extends Fact["kind"]>(results: readonly ActionResult[], kind: K): readonly FactOf<K>[] {
  return results.flatMap(({ facts }) => facts.filter((fact): fact is FactOf<K> => fact.kind === kind));
}

/** Bad debt that nobody has covered yet: booked deficits, and what accounts owe beyond the true worth of collateral. */
export function badDebt(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `bad debt in ${of(where)}, booked or hidden, at true worth`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi } }) =>
      chosen(defi, where).reduce((sum, market) => sum + hiddenBadDebt(defi, market), deficitOf(defi, where)),
  });
}

/** Deficits that pooled markets have booked and nobody has covered. */
export function deficit(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `booked deficit in ${of(where)}`,
    parts: () => ({ market: where.market }),
    read: ({ view }) => deficitOf(view.defi, where),
  });
}

/** Bad debt that was recognised so far, by booking a deficit or by spreading it over suppliers. */
export function recognisedBadDebt(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `bad debt recognised in ${of(where)} so far`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi }, results, previous }) => {
      const booked = factsOf(results, "liquidated")
        .filter(({ market }) => inMarket(where, market) && market in defi.lending)
        .flatMap(({ badDebt: lost }) => Object.entries(lost))
        .reduce((sum, [token, amount]) => sum + worthOf(defi, token, amount), 0n);
      const spread = factsOf(results, "socialised")
        .filter(({ market }) => inMarket(where, market))
        .reduce((sum, { market, amount }) => sum + worthOf(defi, defi.isolated[market]?.loan ?? "", amount), 0n);
      return previous + booked + spread;
    },
  });
}

/** Collateral that liquidations have taken so far, at true worth when it happened. */
export function liquidatedValue(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `collateral liquidated in ${of(where)} so far`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi }, results, previous }) =>
      factsOf(results, "liquidated")
        .filter(({ market }) => inMarket(where, market))
        .reduce((sum, { collateral, seized }) => sum + worthOf(defi, collateral, seized), previous),
  });
}

/** What liquidators have earned so far: their sales' profit, or what they seized less what they repaid. */
export function liquidatorProfit(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `profit of liquidators in ${of(where)} so far, what they keep at true worth`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi }, results, previous }) =>
      factsOf(results, "liquidated")
        .filter(({ market }) => inMarket(where, market))
        .reduce((sum, { debt, collateral, seized, fee, repaid, profit }) => {
          if (profit === null) return sum + worthOf(defi, collateral, seized - fee) - worthOf(defi, debt, repaid);
          return sum + (profit < 0n ? 0n - worthOf(defi, debt, -profit) : worthOf(defi, debt, profit));
        }, previous),
  });
}

interface Debtor {
  readonly health: Wad | null;
  /** At true worth [wei]. */
  readonly debt: bigint;
}

function debtorsOf(view: DefiView, where: Where): readonly Debtor[] {
  return chosen(view, where).flatMap((market): readonly Debtor[] => {
    const isolated = view.isolated[market];
    if (isolated !== undefined) {
      return Object.values(isolated.positions).map(({ health, borrowed }) => {
        return { health, debt: worthOf(view, isolated.loan, borrowed) };
      });
    }
    return Object.values(view.lending[market]?.accounts ?? {}).map(({ health, borrowed }) => {
      const debt = Object.entries(borrowed).reduce((sum, [token, amount]) => sum + worthOf(view, token, amount), 0n);
      return { health, debt };
    });
  });
}

/** Debts of a market, largest first [wei]. */
function debtsOf(view: DefiView, where: Where): readonly bigint[] {
  const debts = debtorsOf(view, where).map(({ debt }) => debt);
  return debts.filter((debt) => debt > 0n).sort((a, b) => (a === b ? 0 : a > b ? -1 : 1));
}

/** Debt that could be liquidated and was not, summed over time: wei times hours. */
export function underwaterDebtHours(where: Where = {}): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `debt with a health below one in ${of(where)}, times the hours that it stood so`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi }, previous, elapsed = 0n }) => {
      const below = debtorsOf(defi, where).filter(({ health }) => health !== null && health < WAD);
      return previous + (below.reduce((sum, { debt }) => sum + debt, 0n) * elapsed) / HOUR;
    },
  });
}

/** Part of the debt whose health is below a limit. */
export function healthBelow(options: Where & { readonly limit: Wad }): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `part of the debt in ${of(options)} with a health below ${formatDecimal(options.limit, 18)}`,
    parts: () => ({ market: options.market }),
    read: ({ view: { defi } }) => {
      const all = debtorsOf(defi, options);
      const total = all.reduce((sum, { debt }) => sum + debt, 0n);
      const below = all.filter(({ health }) => health !== null && health < options.limit);
      return total === 0n ? 0n : (below.reduce((sum, { debt }) => sum + debt, 0n) * WAD) / total;
    },
  });
}

/** Herfindahl index of debtors: the sum of the squares of their shares; WAD is one debtor. */
export function hhi(where: Where = {}): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `concentration of debt in ${of(where)} (Herfindahl)`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi } }) => {
      const debts = debtsOf(defi, where);
      const total = debts.reduce((sum, debt) => sum + debt, 0n);
      return total === 0n ? 0n : (debts.reduce((sum, debt) => sum + debt * debt, 0n) * WAD) / (total * total);
    },
  });
}

/** Share of the ten largest debtors. */
export function top10Share(where: Where = {}): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `share of the ten largest debts in ${of(where)}`,
    parts: () => ({ market: where.market }),
    read: ({ view: { defi } }) => {
      const debts = debtsOf(defi, where);
      const total = debts.reduce((sum, debt) => sum + debt, 0n);
      const largest = debts.slice(0, 10).reduce((sum, debt) => sum + debt, 0n);
      return total === 0n ? 0n : (largest * WAD) / total;
    },
  });
}

/** Part of the suppliers' claims on a reserve that its cash could pay now. */
export function withdrawableShare(options: { readonly market: string; readonly token: string }): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `part of the claims on ${options.token} in ${options.market} that could leave now`,
    parts: () => ({ market: options.market, token: options.token }),
    read: ({ view: { defi } }) => {
      const reserve = defi.lending[options.market]?.reserves[options.token];
      if (reserve === undefined || reserve.supplied === 0n) return 0n;
      const part = (positive(reserve.cash) * WAD) / reserve.supplied;
      return part > WAD ? WAD : part;
    },
  });
}
