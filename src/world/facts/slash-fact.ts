import type { Fact, HolderLoss, SlashedStrategy } from "../../model/fact.ts";
import { setName } from "../address-book.ts";
import { asText, type DecodedEvent } from "../codec/prepared-contract.ts";
import { contracts } from "../contracts.ts";
import { nameOf, strategyName, type FactContext } from "./fact-context.ts";

interface StrategySlash {
  readonly strategy: string;
  readonly slashedMagnitude: bigint;
  readonly previousMax: bigint;
  readonly newMax: bigint;
  readonly wadSlashed: bigint;
  readonly fromOperator: bigint;
  readonly fromQueue: bigint;
}

interface Loss {
  readonly staker: string;
  readonly strategy: string;
  readonly sharesBefore: bigint;
  readonly sharesAfter: bigint;
}

/** A preview as the slasher returns it. */
export interface Preview {
  readonly totals: readonly StrategySlash[];
  readonly stakers: readonly Loss[];
  readonly withdrawals: readonly (Loss & { readonly id: bigint })[];
}

/** Reads a probe's answer. */
export function readPreview(
  kind: "preview" | "verdict",
  answer: string,
): { preview: Preview; wads: readonly bigint[] } {
  if (kind === "preview") {
    const decoded = contracts.slasher.decode("previewSlash", answer);
    return { preview: decoded["0"] as unknown as Preview, wads: [] };
  }
  const decoded = contracts.slashLens.decode("previewExecute", answer);
  const verdict = decoded["verdict"] as unknown as { readonly fractions: readonly bigint[] };
  return { preview: decoded["preview"] as unknown as Preview, wads: verdict.fractions };
}

/** Everybody's loss in one strategy, operators' own stake named as such. */
export function lossesIn(
  context: Pick<FactContext, "world" | "journal">,
  preview: Preview,
  at: { strategy: string; operator: string },
): readonly HolderLoss[] {
  const { world, journal } = context;
  const own = preview.stakers.filter(({ strategy }) => strategy === at.strategy);
  const stakers = own.map(({ staker, sharesBefore: before, sharesAfter: after }): HolderLoss => {
    const layer = staker === at.operator ? "operator" : "staker";
    return { layer, holder: nameOf(world, staker), position: null, before, after };
  });
  const queued = preview.withdrawals.filter(({ strategy }) => strategy === at.strategy);
  const withdrawals = queued.map(({ id, staker, sharesBefore: before, sharesAfter: after }): HolderLoss => {
    const position = journal.withdrawals.get(id)?.id ?? id.toString();
    return { layer: "withdrawal", holder: nameOf(world, staker), position, before, after };
  });
  return [...stakers, ...withdrawals].filter(({ before, after }) => before !== after);
}

/** Magnitude that a slash left of an allocation: the last one the manager announced before the slash. */
function magnitudeAfter(context: FactContext, event: DecodedEvent, strategy: string): bigint {
  const upTo = context.events.slice(0, context.events.indexOf(event));
  const set = event.args["set"] as unknown as { readonly avs: string; readonly id: bigint };
  const updated = upTo.findLast(({ name, args }) => {
    if (name !== "AllocationUpdated" || args["strategy"] !== strategy) return false;
    const of = args["set"] as unknown as { readonly avs: string; readonly id: bigint };
    return of.avs === set.avs && of.id === set.id;
  });
  return (updated?.args["magnitude"] as bigint | undefined) ?? 0n;
}

function slashedStrategy(context: FactContext, event: DecodedEvent, slash: StrategySlash): SlashedStrategy {
  const { world, prepared, outcome } = context;
  const operator = asText(event.args["operator"]);
  const after = magnitudeAfter(context, event, slash.strategy);
  const { probeKind } = prepared;
  const known =
    probeKind === undefined || outcome.probe === null ? null : readPreview(probeKind, outcome.probe).preview;
  return {
    strategy: strategyName(world, slash.strategy),
    wadSlashed: slash.wadSlashed,
    magnitude: { before: after + slash.slashedMagnitude, after },
    maxMagnitude: { before: slash.previousMax, after: slash.newMax },
    operatorShares: slash.fromOperator,
    queueShares: slash.fromQueue,
    losses: known === null ? [] : lossesIn(context, known, { strategy: slash.strategy, operator }),
  };
}

/** Fractions asked for: the action's own, or the verdict's, one of which may stand for every strategy. */
function wadsOf(context: FactContext, count: number): readonly bigint[] {
  const { prepared, outcome } = context;
  if (prepared.wads !== undefined) return prepared.wads;
  const wads =
    prepared.probeKind === undefined || outcome.probe === null
      ? []
      : readPreview(prepared.probeKind, outcome.probe).wads;
  return wads.length === count ? wads : Array.from({ length: count }, () => wads[0] ?? 0n);
}

/** What the slasher said it did, with every holder's exact loss; strategies without an allocation are left out. */
export function slashFact(context: FactContext, event: DecodedEvent): Fact {
  const { world, journal, planned } = context;
  const { action } = planned;
  const set = event.args["set"] as unknown as { readonly avs: string; readonly id: bigint };
  const slashes = event.args["slashes"] as unknown as readonly StrategySlash[];
  const wads = wadsOf(context, slashes.length);
  return {
    kind: "slash",
    set: setName(world.book, set.avs, set.id) ?? set.avs,
    slashId: event.args["slashId"] as bigint,
    operator: nameOf(world, event.args["operator"]),
    cause: asText(event.args["description"]),
    wads: wads.filter((_, index) => (slashes[index]?.slashedMagnitude ?? 0n) > 0n),
    strategies: slashes
      .filter(({ slashedMagnitude }) => slashedMagnitude > 0n)
      .map((slash) => slashedStrategy(context, event, slash)),
    releasableAt: world.clock.time(journal.clock) + world.spec.delays.release,
    case: action.type === "executeCase" ? action.case : null,
  };
}
