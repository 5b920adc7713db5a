import { compareBigint, compareText } from "../format/text.ts";
import type { RunBearer, RunRecord, RunSlash } from "../run-record.ts";

import { addTo, splitExactly, sum } from "./sums.ts";

/** Who stands behind a loss, from the first to bear it to the last. */
export type LossLayer = RunBearer["layer"];
/** Where slashed value went by the end of the run. */
export type LossDestination = "burned" | "redistributed" | "escrow";

export const LOSS_LAYERS: readonly LossLayer[] = ["operator", "staker", "withdrawal", "dust"];
export const LOSS_DESTINATIONS: readonly LossDestination[] = ["burned", "redistributed", "escrow"];

/** One holder's whole loss. */
export interface HolderLoss {
  readonly holder: string;
  readonly population: string;
  readonly capital: bigint;
  readonly byLayer: ReadonlyMap<LossLayer, bigint>;
  readonly total: bigint;
}

/** A stream of the waterfall: value that one layer lost to one slash and that went to one destination. */
export interface LossFlow {
  readonly slash: string;
  readonly layer: LossLayer;
  readonly destination: LossDestination;
  readonly value: bigint;
}

/** Every loss of a run, from each side; all three sides sum to `total`, exactly. */
export interface Losses {
  readonly total: bigint;
  readonly byLayer: ReadonlyMap<LossLayer, bigint>;
  readonly byDestination: ReadonlyMap<LossDestination, bigint>;
  readonly holders: readonly HolderLoss[];
  readonly flows: readonly LossFlow[];
}

/** Reads who lost what, through which layer, and where it went. */
export function readLosses(record: RunRecord): Losses {
  const flows = record.slashes.flatMap(flowsOf);
  const byLayer = new Map<LossLayer, bigint>(LOSS_LAYERS.map((layer) => [layer, 0n]));
  const byDestination = new Map<LossDestination, bigint>(LOSS_DESTINATIONS.map((kind) => [kind, 0n]));
  for (const flow of flows) {
    addTo(byLayer, flow.layer, flow.value);
    addTo(byDestination, flow.destination, flow.value);
  }
  return { total: sum(byLayer.values()), byLayer, byDestination, holders: readHolders(record), flows };
}

function flowsOf(slash: RunSlash): LossFlow[] {
  const { burned, redistributed, escrow } = slash.destination;
  const weights = [burned, redistributed, escrow].map(BigInt);
  const byLayer = new Map<LossLayer, bigint>();
  for (const bearer of slash.bearers) addTo(byLayer, bearer.layer, BigInt(bearer.value));
  return LOSS_LAYERS.flatMap((layer) => {
    const parts = splitExactly(byLayer.get(layer) ?? 0n, weights);
    return LOSS_DESTINATIONS.map((destination, place) => ({
      slash: slash.id,
      layer,
      destination,
      value: parts[place] ?? 0n,
    })).filter((flow) => flow.value !== 0n);
  });
}

function readHolders(record: RunRecord): HolderLoss[] {
  const losses = new Map<string, Map<LossLayer, bigint>>();
  for (const bearer of record.slashes.flatMap((slash) => slash.bearers)) {
    const byLayer = losses.get(bearer.holder) ?? new Map<LossLayer, bigint>();
    addTo(byLayer, bearer.layer, BigInt(bearer.value));
    losses.set(bearer.holder, byLayer);
  }
  const participants = new Map(record.participants.map((participant) => [participant.id, participant]));
  const capitals = new Map(record.earnings.map(({ participant, capital }) => [participant, capital]));
  return [...losses]
    .map(([holder, byLayer]) => ({
      holder,
      population: participants.get(holder)?.population ?? "",
      capital: BigInt(capitals.get(holder) ?? participants.get(holder)?.capital ?? 0),
      byLayer,
      total: sum(byLayer.values()),
    }))
    .sort((a, b) => compareBigint(b.total, a.total) || compareText(a.holder, b.holder));
}
