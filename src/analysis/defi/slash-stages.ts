import type { DefiView } from "../../model/defi/defi.ts";
import { carryUp } from "../../model/defi/nesting.ts";
import type { Fact } from "../../model/fact.ts";
import { slashName } from "../../model/names.ts";
import { tokensOf } from "../../model/view-values.ts";
import type { StakerView, WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { HoldingStage } from "./lines.ts";
import { mapValues, revalue, scale } from "./view-changes.ts";

type Slash = Extract<Fact, { kind: "slash" }>;

function slashedStaker(staker: StakerView, lost: ReadonlyMap<string, bigint>): StakerView {
  const stakes = mapValues(staker.stakes, (stake, strategy) => {
    return { ...stake, withdrawable: stake.withdrawable - (lost.get(strategy) ?? 0n) };
  });
  return { ...staker, stakes };
}

/** What a slash took of a strategy from participants, and what of it was the vaults'. */
function slashStrategy(spec: WorldSpec, now: WorldView, { fact, at }: { fact: Slash; at: number }): WorldView {
  const slashed = fact.strategies[at];
  if (slashed === undefined) return now;
  const { strategy, losses } = slashed;
  const lost = (id: string): bigint =>
    losses
      .filter(({ layer, holder }) => layer !== "withdrawal" && holder === id)
      .reduce((sum, { before, after }) => sum + before - after, 0n);
  const stakers = mapValues(now.stakers, (staker, id) => slashedStaker(staker, new Map([[strategy, lost(id)]])));
  const withdrawals = now.withdrawals.map((withdrawal) => {
    const loss = losses.find(({ layer, position }) => layer === "withdrawal" && position === withdrawal.id);
    return loss === undefined ? withdrawal : { ...withdrawal, shares: withdrawal.shares - (loss.before - loss.after) };
  });
  const total = slashed.operatorShares + slashed.queueShares;
  const own = losses.filter(({ holder }) => holder in now.stakers).reduce((sum, l) => sum + l.before - l.after, 0n);
  const escrow = { set: fact.set, slashId: fact.slashId, strategy, shares: total, releasableAt: fact.releasableAt };
  const defi = slashVaults(spec, now, { operator: fact.operator, strategy, shares: total - own });
  const view = { ...now, stakers, withdrawals, escrows: [...now.escrows, escrow], defi };
  return carryUp(spec.strategies, view, now);
}

/** Vaults that restake with the operator lose what no participant lost, in proportion to what they delegated. */
function slashVaults(
  spec: WorldSpec,
  now: WorldView,
  slash: { readonly operator: string; readonly strategy: string; readonly shares: bigint },
): DefiView {
  const hit = new Set((spec.defi?.vaults ?? []).filter(({ strategy }) => strategy === slash.strategy).map((v) => v.id));
  const at = (id: string): bigint => (hit.has(id) ? (now.defi.vaults[id]?.delegated[slash.operator] ?? 0n) : 0n);
  const all = Object.keys(now.defi.vaults).reduce((sum, id) => sum + at(id), 0n);
  if (all === 0n || slash.shares <= 0n) return now.defi;
  const tokens = tokensOf(now, slash.strategy, slash.shares);
  const vaults = mapValues(now.defi.vaults, (vault, id) => {
    const share = scale(tokens, at(id), all);
    const delegated = vault.delegated[slash.operator] ?? 0n;
    const loss = share < delegated ? share : delegated;
    if (loss === 0n) return vault;
    const assets = vault.assets - loss;
    return {
      ...vault,
      assets,
      delegated: { ...vault.delegated, [slash.operator]: delegated - loss },
      liveRate: scale(vault.liveRate, assets, vault.assets),
    };
  });
  return { ...now.defi, vaults };
}

/** What slashes took of what was held, one after the other. */
export function slashStages(spec: WorldSpec, now: WorldView, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  for (const fact of facts) {
    if (fact.kind !== "slash") continue;
    let view = stages.at(-1)?.view ?? now;
    for (const at of fact.strategies.keys()) view = slashStrategy(spec, view, { fact, at });
    stages.push({ channel: "slash", with: slashName(fact.set, fact.slashId), view: revalue(spec, view) });
  }
  return stages;
}
