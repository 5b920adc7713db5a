import type { History, HistoryOutcome } from "../model/history.ts";
import type { Metric, Unit } from "../model/metric.ts";
import type { RunRecord, RunRow } from "../report/run-record.ts";
import { WAD } from "../units/units.ts";

/** The metric's value that an outcome is compared with. */
function replayed({ metric, when }: HistoryOutcome, rows: readonly RunRow[]): bigint {
  const values = rows.map((row) => BigInt(row.metrics[metric] ?? "0"));
  const first = values[0] ?? 0n;
  if (when === "end") return values.at(-1) ?? 0n;
  return values.reduce((best, value) => ((when === "peak" ? value > best : value < best) ? value : best), first);
}

/**
 * Lays history and replay side by side: `error = (replay - history) / history`, rounded towards zero [WAD]; null where
 * nothing happened and there is nothing to divide by.
 */
export function compareHistory(
  history: History,
  metrics: Readonly<Record<string, Metric<Unit, string>>>,
  rows: readonly RunRow[],
): NonNullable<RunRecord["history"]> {
  const outcomes = history.outcomes.map((outcome) => {
    const replay = replayed(outcome, rows);
    const error = outcome.history === 0n ? null : (((replay - outcome.history) * WAD) / outcome.history).toString();
    const { name, metric, when, source } = outcome;
    const unit = metrics[metric]?.unit ?? "count";
    return { name, metric, when, unit, history: outcome.history.toString(), replay: replay.toString(), error, source };
  });
  return { inputs: history.inputs.map((input) => ({ ...input })), outcomes, sources: [...history.sources] };
}
