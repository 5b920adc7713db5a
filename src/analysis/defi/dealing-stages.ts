import { carryUp } from "../../model/defi/nesting.ts";
import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { ADAPTER_DEALINGS } from "./adapter-stages.ts";
import { EPOCH_DEALINGS } from "./epoch-stages.ts";
import { STAKE_DEALINGS } from "./donation-stages.ts";
import { DOLLAR_DEALINGS } from "./dollar-stages.ts";
import { LENDING_DEALINGS } from "./lending-stages.ts";
import type { Dealing, Dealings, HoldingStage } from "./lines.ts";
import { VAULT_DEALINGS } from "./vault-stages.ts";
import { revalue } from "./view-changes.ts";

type Cause = Omit<HoldingStage, "view">;

/** What is told of facts, in the order in which one fact's tellings follow each other. */
const TOLD: readonly Dealings[] = [
  DOLLAR_DEALINGS,
  VAULT_DEALINGS,
  LENDING_DEALINGS,
  STAKE_DEALINGS,
  EPOCH_DEALINGS,
  ADAPTER_DEALINGS,
];

function dealingsOf(fact: Fact): readonly Dealing[] {
  return TOLD.flatMap((dealings) => {
    const tell = dealings[fact.kind] as ((fact: Fact) => readonly Dealing[]) | undefined;
    return tell?.(fact) ?? [];
  });
}

const isSame = (a: Cause, b: Cause): boolean => a.channel === b.channel && a.with === b.with && a.by === b.by;

/**
 * What actions did to all who hold a dollar or shares of a vault, or stand behind them, to who bears a deficit, and to who
 * has stake that somebody gave to: each fact in its turn, as a world in which nothing else has happened, so that its gain or loss falls on whoever bears it.
 * What follows each other by one cause is one stage.
 */
export function dealingStages(spec: WorldSpec, now: WorldView, facts: readonly Fact[]): readonly HoldingStage[] {
  const stages: HoldingStage[] = [];
  let view = now;
  for (const fact of facts) {
    for (const { change, ...cause } of dealingsOf(fact)) {
      const changed = change(spec, view);
      if (changed === null) continue;
      view = revalue(spec, carryUp(spec.strategies, changed, view));
      const last = stages.at(-1);
      if (last !== undefined && isSame(last, cause)) stages.pop();
      stages.push({ ...cause, view });
    }
  }
  return stages;
}
