import { defineMetric, type Metric } from "../metric.ts";

/** Reverted actions so far. */
export function revertedActions(): Metric<"count"> {
  return defineMetric({
    unit: "count",
    description: "actions that reverted so far",
    read: ({ previous, results }) =>
      previous + BigInt(results.filter(({ outcome }) => outcome.status === "reverted").length),
  });
}

/** Slashes so far, one per operator set and slash id. */
export function slashesSoFar(): Metric<"count"> {
  return defineMetric({
    unit: "count",
    description: "slashes so far",
    read: ({ view }) => BigInt(new Set(view.slashes.map(({ id }) => id)).size),
  });
}

/** Seconds until the last open withdrawal is completable; 0 when none is open. */
export function timeToLastExit(): Metric<"seconds"> {
  return defineMetric({
    unit: "seconds",
    description: "seconds until the last open withdrawal can be completed",
    read: ({ view }) =>
      view.withdrawals.reduce((last, { completableAt }) => {
        const left = completableAt - view.time;
        return left > last ? left : last;
      }, 0n),
  });
}
