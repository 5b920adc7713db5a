import type { DefiView } from "../../model/defi/defi.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD, type Wad, type Wei } from "../../units/units.ts";

/** A position with a debt. */
export interface Indebted {
  readonly market: string;
  readonly owner: string;
  /** By the market's own oracle [WAD]. */
  readonly health: Wad;
  /** At true worth [wei]. */
  readonly debt: Wei;
}

function pooled(view: DefiView): Indebted[] {
  return Object.entries(view.lending).flatMap(([market, { accounts }]) =>
    Object.entries(accounts).flatMap(([owner, { health, borrowed }]) => {
      const debt = Object.entries(borrowed).reduce((sum, [token, amount]) => sum + worthOf(view, token, amount), 0n);
      return health === null || debt === 0n ? [] : [{ market, owner, health, debt }];
    }),
  );
}

function isolated(view: DefiView): Indebted[] {
  return Object.entries(view.isolated).flatMap(([market, { loan, positions }]) =>
    Object.entries(positions).flatMap(([owner, { health, borrowed }]) => {
      const debt = worthOf(view, loan, borrowed);
      return health === null || debt === 0n ? [] : [{ market, owner, health, debt }];
    }),
  );
}

function troves(spec: WorldSpec, view: DefiView): Indebted[] {
  return Object.entries(view.cdps).flatMap(([cdp, { branches }]) =>
    Object.entries(branches).flatMap(([branch, state]) => {
      const terms = spec.defi?.cdps.find(({ id }) => id === cdp)?.branches.find(({ id }) => id === branch);
      const mcr = terms?.mcr ?? WAD;
      return Object.entries(state.troves).flatMap(([owner, { icr, debt: dollars }]) => {
        const debt = worthOf(view, cdp, dollars);
        return debt === 0n ? [] : [{ market: `${cdp}/${branch}`, owner, health: (icr * WAD) / mcr, debt }];
      });
    }),
  );
}

/** Every position with a debt, in all markets. */
export function indebted(spec: WorldSpec, view: DefiView): readonly Indebted[] {
  return [...pooled(view), ...isolated(view), ...troves(spec, view)];
}

/** Debt of positions below health 1 [wei]. */
export function underwaterDebt(positions: readonly Indebted[]): Wei {
  return positions.reduce((sum, { health, debt }) => (health < WAD ? sum + debt : sum), 0n);
}

/** Health below which a fraction of the debt lies, the fraction in hundredths; null without debt. */
export function healthQuantile(positions: readonly Indebted[], percent: bigint): Wad | null {
  const sorted = [...positions].sort((a, b) => (a.health < b.health ? -1 : 1));
  const total = sorted.reduce((sum, { debt }) => sum + debt, 0n);
  let below = 0n;
  for (const { health, debt } of sorted) {
    below += debt;
    if (below * 100n >= total * percent) return health;
  }
  return null;
}
