import { WAD, type Wad } from "../../units/units.ts";
import type { WorldView } from "../view.ts";
import type { StrategySpec } from "../world-spec.ts";
import { refuse } from "./refuse.ts";
import type { VaultSpec } from "./vaults.ts";

/** Most vaults that may lie upon each other. */
const DEPTH = 4;

/** Vault whose shares a strategy takes; null where it takes something else. */
export function vaultOfStrategy(strategies: readonly StrategySpec[], strategy: string): string | null {
  const spec = strategies.find(({ id }) => id === strategy);
  return spec?.asset === "share" ? spec.vault : null;
}

/** How many vaults lie upon each other, at most; 1 where none lies upon another. */
export function vaultLayers(strategies: readonly StrategySpec[], vaults: readonly VaultSpec[]): number {
  const layers = new Map<string, number>();
  for (const { id, strategy } of vaults) {
    layers.set(id, 1 + (layers.get(vaultOfStrategy(strategies, strategy) ?? "") ?? 0));
  }
  return Math.max(1, ...layers.values());
}

/**
 * Refuses strategies that take shares of no vault, and vaults that lie upon one that is not declared before them: so
 * none lies upon itself.
 *
 * @throws {@link WorldImpossibleError} naming the part, what is wrong with it and what to do.
 */
export function assertNesting(strategies: readonly StrategySpec[], vaults: readonly VaultSpec[]): void {
  for (const strategy of strategies) {
    if (strategy.asset !== "share" || vaults.some(({ id }) => id === strategy.vault)) continue;
    refuse(`strategy ${strategy.id}`, `there is no vault ${strategy.vault}`, "Declare it under defi.vaults.");
  }
  for (const [at, { id, strategy }] of vaults.entries()) {
    const below = vaultOfStrategy(strategies, strategy);
    if (below === null || vaults.slice(0, at).some((one) => one.id === below)) continue;
    if (below === id) refuse(`vault ${id}`, "it lies upon itself", "Name a strategy that takes something else.");
    refuse(`vault ${id}`, `it lies upon ${below}, which is not declared before it`, `Declare ${below} first.`);
  }
  const layers = vaultLayers(strategies, vaults);
  if (layers > DEPTH) refuse("the vaults", `${layers} lie upon each other`, `Use ${DEPTH} layers at most.`);
}

/** Ether that one whole asset of a vault is truly worth: a wrapped LST, or a share of the vault that it lies upon. */
export function assetRateOf({ defi, lst }: Pick<WorldView, "defi" | "lst">, vault: string): Wad {
  const below = defi.vaults[vault]?.below;
  return below === undefined ? lst.rate : (defi.vaults[below]?.liveRate ?? 0n);
}

/**
 * Carries what happened to a vault's shares on to all that lies upon them: strategies that hold them, and vaults over
 * these, layer by layer.
 *
 * @param now - State in which vaults were changed one by one.
 * @param then - State before, in which every layer agrees with the one below.
 */
export function carryUp(strategies: readonly StrategySpec[], now: WorldView, then: WorldView): WorldView {
  let view = now;
  // From the lowest layer up: as vaults are declared.
  for (const id of Object.keys(now.defi.vaults)) {
    const [rate, was] = [view.defi.vaults[id]?.liveRate ?? 0n, then.defi.vaults[id]?.liveRate ?? 0n];
    for (const spec of strategies) {
      if (rate === was || spec.asset !== "share" || spec.vault !== id) continue;
      view = repriced(view, spec.id, { rate, was });
    }
  }
  return view;
}

/** The same state with another price of what a strategy takes. */
function repriced(view: WorldView, strategy: string, { rate, was }: { rate: Wad; was: Wad }): WorldView {
  const held = view.strategies[strategy];
  if (held === undefined) return view;
  const vaults = Object.entries(view.defi.vaults).map(([id, vault]) => {
    if (vault.strategy !== strategy || was === 0n) return [id, vault] as const;
    return [id, { ...vault, liveRate: (vault.liveRate * rate) / was }] as const;
  });
  const strategies = { ...view.strategies, [strategy]: { ...held, etherPerToken: rate } };
  return { ...view, strategies, defi: { ...view.defi, vaults: Object.fromEntries(vaults) } };
}

/** Ether per share [WAD], of assets per share and what one asset is worth. */
export const inEther = (assetsPerShare: Wad, assetRate: Wad): Wad => (assetsPerShare * assetRate) / WAD;
