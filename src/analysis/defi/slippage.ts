import type { DefiView } from "../../model/defi/defi.ts";
import { sellFunction, spotOf } from "../../model/defi/quotes.ts";
import { worthOf } from "../../model/defi/worth.ts";
import { WAD, type Wei } from "../../units/units.ts";

const BPS = 10_000n;

/** A sale of some size on a pool, at once. */
export interface Sale {
  /** What is sold, and what it fetches, at true worth; what it would fetch at the pool's price before it [wei]. */
  readonly size: Wei;
  readonly proceeds: Wei;
  readonly ideal: Wei;
  /** How far its price lies below the price before it, fees included [WAD]. */
  readonly impact: bigint;
}

/** Price that a sale moves away from, by its size. */
export interface SlippageCurve {
  readonly pool: string;
  readonly sell: string;
  readonly buy: string;
  readonly bonus: bigint;
  readonly points: readonly Sale[];
}

/** Sizes of a sale, in thousandths of what the pool holds of the token: dense where pools are deep, up to twice all. */
const SIZES = [
  ...[1, 5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800, 825, 850, 875],
  ...[900, 925, 950, 975, 1000, 1050, 1100, 1250, 1500, 1750, 2000],
].map(BigInt);

/** Largest bonus that any market pays for seizing a token, in its e-mode where it has one [basis points above par]. */
function bonusOf(view: DefiView, token: string): bigint | null {
  const pooled = Object.values(view.lending).flatMap(({ reserves, eModes }) => {
    const modes = eModes.filter(({ collateral }) => collateral.includes(token)).map(({ bonus }) => bonus);
    return modes.length > 0 || reserves[token] === undefined ? modes : [reserves[token].bonus];
  });
  const isolated = Object.values(view.isolated).flatMap(({ collateral, lif }) =>
    collateral === token ? [(lif * BPS) / WAD] : [],
  );
  const all = [...pooled, ...isolated].filter((bonus) => bonus > BPS);
  return all.length === 0 ? null : all.reduce((most, one) => (one > most ? one : most), 0n) - BPS;
}

/** What is owed upon a token as collateral, by the token that is owed [wei at true worth]. */
function owedUpon(view: DefiView, collateral: string): ReadonlyMap<string, Wei> {
  const owed = new Map<string, Wei>();
  const add = (token: string, amount: bigint): void => {
    owed.set(token, (owed.get(token) ?? 0n) + worthOf(view, token, amount));
  };
  for (const { accounts } of Object.values(view.lending)) {
    for (const { asCollateral, borrowed } of Object.values(accounts)) {
      if (!asCollateral.includes(collateral)) continue;
      for (const [token, amount] of Object.entries(borrowed)) add(token, amount);
    }
  }
  for (const market of Object.values(view.isolated)) {
    if (market.collateral === collateral) add(market.loan, market.totalBorrow);
  }
  return owed;
}

/** What a liquidator needs of a pool for `sell`: the coin that most is owed in; the first other where nothing is owed. */
function boughtFor(view: DefiView, tokens: readonly string[], sell: string): string | undefined {
  const owed = owedUpon(view, sell);
  return tokens
    .filter((token) => token !== sell)
    .reduce<string | undefined>((best, token) => {
      return best === undefined || (owed.get(token) ?? 0n) > (owed.get(best) ?? 0n) ? token : best;
    }, undefined);
}

function curveOf(view: DefiView, pool: string, sell: string): SlippageCurve[] {
  const { tokens = [], balances = [] } = view.pools[pool] ?? {};
  const [bonus, buy] = [bonusOf(view, sell), boughtFor(view, tokens, sell)];
  if (bonus === null || buy === undefined) return [];
  const quote = sellFunction(view, pool, [sell, buy]);
  const spot = spotOf(view, pool, [sell, buy]);
  if (quote === undefined || spot === 0n) return [];
  const unit = (token: string): bigint => 10n ** BigInt(view.tokens[token]?.decimals ?? 18);
  const points = SIZES.map((part): Sale => {
    const amount = ((balances[tokens.indexOf(sell)] ?? 0n) * part) / 1000n;
    const [fetched, ideal] = [quote(amount), (amount * spot * unit(buy)) / WAD / unit(sell)];
    const impact = ideal === 0n ? 0n : WAD - (fetched * WAD) / ideal;
    return {
      size: worthOf(view, sell, amount),
      proceeds: worthOf(view, buy, fetched),
      ideal: worthOf(view, buy, ideal),
      impact,
    };
  });
  return [{ pool, sell, buy, bonus, points }];
}

/** For each pool and each token that a market takes as collateral, what selling it for what is owed costs. */
export function slippageCurves(view: DefiView): readonly SlippageCurve[] {
  return Object.entries(view.pools).flatMap(([pool, { tokens }]) =>
    tokens.flatMap((sell) => curveOf(view, pool, sell)),
  );
}
