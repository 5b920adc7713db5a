import type { DefiView } from "../../model/defi/defi.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wei } from "../../units/units.ts";

const BPS = 10_000n;

/** A position as a fall of its collateral's price finds it; worths by the market's own prices [wei]. */
interface Exposed {
  readonly collateral: string;
  /** Worth of what falls, and of collateral that is the debt's own token and falls with it. */
  readonly falling: Wei;
  readonly firm: Wei;
  readonly debt: Wei;
  /** [basis points]. */
  readonly lt: bigint;
  readonly bonus: bigint;
}

/** What a fall by `drop` basis points would do, all at once. */
export interface DropPoint {
  readonly drop: bigint;
  /** Debt below health 1, by its largest collateral. */
  readonly liquidatable: Readonly<Record<string, Wei>>;
  /** Bad debt where the oracle follows: liquidators take all collateral, their bonus too. */
  readonly market: Wei;
  /** Bad debt where it does not: nobody is liquidated, what is not covered is lost. */
  readonly blind: Wei;
}

export interface DropCurve {
  readonly market: string;
  readonly oracle: string;
  readonly points: readonly DropPoint[];
}

/** Worth in ether by a price in dollars. */
function byPrice(view: DefiView, price: bigint, amount: { token: string; parts: bigint }): Wei {
  const unit = 10n ** BigInt(view.tokens[amount.token]?.decimals ?? 18);
  return view.etherPrice === 0n
    ? worthOf(view, amount.token, amount.parts)
    : (amount.parts * price * WAD) / unit / view.etherPrice;
}

function pooledPositions(view: DefiView, market: string): Exposed[] {
  const state = view.lending[market];
  return Object.values(state?.accounts ?? {}).flatMap((account): Exposed[] => {
    const value = (token: string, parts: bigint): Wei =>
      byPrice(view, state?.reserves[token]?.price ?? 0n, { token, parts });
    const held = Object.entries(account.supplied)
      .filter(([token]) => account.asCollateral.includes(token))
      .map(([token, parts]) => ({ token, worth: value(token, parts) }));
    const debts = Object.entries(account.borrowed).filter(([, parts]) => parts > 0n);
    const debt = debts.reduce((sum, [token, parts]) => sum + value(token, parts), 0n);
    const largest = held.reduce((best, one) => (one.worth > best.worth ? one : best), { token: "", worth: -1n });
    if (debt === 0n || largest.token === "") return [];
    const owed = new Set(debts.map(([token]) => token));
    const sum = (firm: boolean): Wei =>
      held.reduce((all, { token, worth }) => (owed.has(token) === firm ? all + worth : all), 0n);
    const mode = state?.eModes.find(({ id }) => id === account.eMode);
    const bonus = mode?.bonus ?? state?.reserves[largest.token]?.bonus ?? BPS;
    return [{ collateral: largest.token, falling: sum(false), firm: sum(true), debt, lt: account.lt, bonus }];
  });
}

function isolatedPositions(view: DefiView, market: string): Exposed[] {
  const state = view.isolated[market];
  if (state === undefined) return [];
  return Object.values(state.positions).flatMap(({ borrowed, collateral }): Exposed[] => {
    if (borrowed === 0n) return [];
    const falling = worthOf(view, state.loan, (collateral * state.price) / 10n ** 36n);
    const debt = worthOf(view, state.loan, borrowed);
    const [lt, bonus] = [(state.lltv * BPS) / WAD, (state.lif * BPS) / WAD];
    return [{ collateral: state.collateral, falling, firm: 0n, debt, lt, bonus }];
  });
}

const short = (debt: Wei, cover: Wei): Wei => (debt > cover ? debt - cover : 0n);

function pointAt(positions: readonly Exposed[], drop: bigint): DropPoint {
  const liquidatable: Record<string, Wei> = {};
  let [market, blind] = [0n, 0n];
  for (const { collateral, falling, firm, debt, lt, bonus } of positions) {
    const left = (falling * (BPS - drop)) / BPS + firm;
    blind += short(debt, left);
    if (left * lt >= debt * BPS) continue;
    liquidatable[collateral] = (liquidatable[collateral] ?? 0n) + debt;
    market += short(debt, (left * BPS) / bonus);
  }
  return { drop, liquidatable, market, blind };
}

/** Steps of a fall: every half percent up to 50 %. */
const DROPS = Array.from({ length: 101 }, (_, at) => BigInt(at) * 50n);

function oracleOf({ defi }: WorldSpec, market: string, collateral: ReadonlySet<string>): string {
  const kindOf = (feed: string | undefined): string => defi?.feeds.find(({ id }) => id === feed)?.kind ?? "none";
  const pooled = defi?.lending.find(({ id }) => id === market);
  const isolated = defi?.isolated.find(({ id }) => id === market);
  const feeds = pooled?.reserves.filter(({ token }) => collateral.has(token)).map(({ feed }) => feed) ?? [
    isolated?.collateralFeed,
  ];
  return [...new Set(feeds.map(kindOf))].join(", ");
}

/** For each market, what a fall of its collateral would do to the positions of a state. */
export function dropCurves(spec: WorldSpec, view: DefiView): readonly DropCurve[] {
  const markets = [
    ...Object.keys(view.lending).map((market) => ({ market, positions: pooledPositions(view, market) })),
    ...Object.keys(view.isolated).map((market) => ({ market, positions: isolatedPositions(view, market) })),
  ];
  return markets
    .filter(({ positions }) => positions.length > 0)
    .map(({ market, positions }) => ({
      market,
      oracle: oracleOf(spec, market, new Set(positions.map(({ collateral }) => collateral))),
      points: DROPS.map((drop) => pointAt(positions, drop)),
    }));
}
