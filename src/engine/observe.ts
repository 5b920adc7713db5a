import { BehaviourError, guarded } from "../errors/behaviour-error.ts";
import type { Metric, MetricContext, Unit } from "../model/metric.ts";
import type { View } from "../model/view.ts";
import { escrowValue, queuedValue, restakedValue } from "../model/view-values.ts";
import type { RunRow } from "../report/run-record.ts";
import type { Ledger } from "./books.ts";

const text = (values: Readonly<Record<string, bigint>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()]));

/** Values of all metrics after a step; each sees its own earlier value. */
export function readMetrics(
  metrics: Readonly<Record<string, Metric<Unit, string>>>,
  context: Omit<MetricContext, "previous">,
  previous: Readonly<Record<string, bigint>>,
): Record<string, bigint> {
  const values = Object.entries(metrics).map(([name, { read }]) => {
    const where = `metric "${name}" in step ${context.view.step}`;
    const value: unknown = guarded(where, () => read({ ...context, previous: previous[name] ?? 0n }));
    if (typeof value !== "bigint") throw new BehaviourError(where, `it returned ${typeof value}, which is no bigint`);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}

/** The row of a step. */
export function toRow(view: View, ledger: Ledger, metrics: Readonly<Record<string, bigint>>): RunRow {
  const security = Object.fromEntries(Object.entries(view.sets).map(([id, { slashable }]) => [id, slashable]));
  return {
    step: view.step,
    time: view.time.toString(),
    clock: view.clock.toString(),
    restaked: restakedValue(view).toString(),
    queued: queuedValue(view).toString(),
    escrow: escrowValue(view).toString(),
    burned: ledger.burned.toString(),
    redistributed: ledger.redistributed.toString(),
    lstRate: view.lst.rate.toString(),
    security: text(security),
    metrics: text(metrics),
  };
}
