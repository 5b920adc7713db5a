import type { RunRecord, RunRow } from "../../report/run-record.ts";
import type { RunLine } from "./run-line.ts";

/** Measures that every run has, whatever its scenario's metrics are; all in wei, but for the last. */
export const BUILT_IN = {
  slashedValue: { unit: "wei", description: "value of everything that was slashed, when it was slashed" },
  restakersLoss: { unit: "wei", description: "of it, what stakers bore, in their stake and in their withdrawals" },
  operatorsLoss: { unit: "wei", description: "of it, what operators bore in their own stake" },
  slashCount: { unit: "count", description: "slashes, one for each strategy" },
} as const;

/** What a run came to: built-in measures and, over them, the last values of the scenario's own metrics. */
export function outcomesOf({ slashes, rows }: RunRecord): RunLine["outcomes"] {
  const bearers = slashes.flatMap((slash) => slash.bearers);
  const borne = (...layers: readonly string[]): bigint =>
    bearers.filter(({ layer }) => layers.includes(layer)).reduce((sum, { value }) => sum + BigInt(value), 0n);
  return {
    slashedValue: slashes.reduce((sum, { value }) => sum + BigInt(value), 0n).toString(),
    restakersLoss: borne("staker", "withdrawal").toString(),
    operatorsLoss: borne("operator").toString(),
    slashCount: slashes.length.toString(),
    ...rows.at(-1)?.metrics,
  };
}

/** Whole numbers of a row by column: its own fields, the metrics by their names, other groups as `group.name`. */
function flatten(row: RunRow): readonly (readonly [string, string])[] {
  return Object.entries(row).flatMap(([field, value]): (readonly [string, string])[] => {
    if (typeof value === "string" || typeof value === "number") return [[field, String(value)]];
    const entries = Object.entries(value ?? {});
    return entries.map(([name, item]) => [field === "metrics" ? `metrics.${name}` : `${field}.${name}`, item]);
  });
}

/** Rows of a run as a table. */
export function stepsOf({ rows }: RunRecord): RunLine["steps"] {
  const flat = rows.map((row) => new Map(flatten(row)));
  const columns = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  return { columns, rows: flat.map((row) => columns.map((column) => row.get(column) ?? "0")) };
}
