import { positive } from "../../maths/integer.ts";
import { WAD } from "../../units/units.ts";
import type { DefiView } from "../defi/defi.ts";
import { utilisationOfVault } from "../defi/market-vaults.ts";
import { worthOf } from "../defi/worth.ts";
import { defineMetric, type Metric } from "../metric.ts";

const YEAR = 31_536_000n;
/** A ray, 1e27, counts a WAD a billion times. */
const RAY_PER_WAD = 10n ** 9n;

/** A reserve of a pooled market; of an isolated market its loan token, of a market vault its asset. */
interface Reserve {
  readonly market: string;
  readonly token: string;
}

interface State {
  readonly cash: bigint;
  readonly debt: bigint;
  readonly rate: bigint;
  readonly utilisation: bigint;
}

function stateOf(view: DefiView, { market, token }: Reserve): State {
  const pooled = view.lending[market]?.reserves[token];
  if (pooled !== undefined) return { ...pooled, rate: pooled.borrowRate / RAY_PER_WAD };
  const isolated = view.isolated[market];
  if (isolated === undefined) return stateOfVault(view, market);
  const { totalSupply, totalBorrow } = isolated;
  return {
    cash: positive(totalSupply - totalBorrow),
    debt: totalBorrow,
    rate: isolated.borrowRate * YEAR,
    utilisation: totalSupply === 0n ? 0n : (totalBorrow * WAD) / totalSupply,
  };
}

/** A vault over isolated markets as one reserve: what of it is lent, at the mean of the rates that its parts earn from. */
function stateOfVault(view: DefiView, id: string): State {
  const vault = view.marketVaults[id];
  if (vault === undefined) return { cash: 0n, debt: 0n, rate: 0n, utilisation: 0n };
  const { atPar, liquidity, markets } = vault;
  const rates = Object.entries(markets).reduce((sum, [market, { supplied }]) => {
    return sum + supplied * (view.isolated[market]?.borrowRate ?? 0n) * YEAR;
  }, 0n);
  const rate = atPar === 0n ? 0n : rates / atPar;
  return { cash: liquidity, debt: atPar - liquidity, rate, utilisation: utilisationOfVault(vault) };
}

/** Debt over cash and debt of a reserve. */
export function utilisation(reserve: Reserve): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `utilisation of ${reserve.token} in ${reserve.market}`,
    parts: () => ({ market: reserve.market, token: reserve.token }),
    read: ({ view }) => stateOf(view.defi, reserve).utilisation,
  });
}

/** Yearly borrow rate of a reserve. */
export function borrowRate(reserve: Reserve): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `yearly borrow rate of ${reserve.token} in ${reserve.market}`,
    parts: () => ({ market: reserve.market, token: reserve.token }),
    read: ({ view }) => stateOf(view.defi, reserve).rate,
  });
}

/** Cash that suppliers could take out of a reserve now, at true worth. */
export function availableCash(reserve: Reserve): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `cash in ${reserve.token} of ${reserve.market}`,
    parts: () => ({ market: reserve.market, token: reserve.token }),
    read: ({ view: { defi } }) => worthOf(defi, reserve.token, stateOf(defi, reserve).cash),
  });
}

/** Debt of a reserve, at true worth. */
export function borrowed(reserve: Reserve): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `debt in ${reserve.token} of ${reserve.market}`,
    parts: () => ({ market: reserve.market, token: reserve.token }),
    read: ({ view: { defi } }) => worthOf(defi, reserve.token, stateOf(defi, reserve).debt),
  });
}
