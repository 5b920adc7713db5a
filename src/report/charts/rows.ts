import type { RunRecord, RunRow } from "../run-record.ts";

const MOST_POINTS = 400;

/** Keeps at most a few hundred rows for a curve: evenly spaced ones, the ends, and those around each slash. */
export function thinRows(record: RunRecord): RunRow[] {
  const { rows } = record;
  if (rows.length <= MOST_POINTS) return [...rows];
  const stride = Math.ceil(rows.length / MOST_POINTS);
  const slashed = new Set(record.slashes.flatMap(({ step }) => [step - 1, step, step + 1]));
  return rows.filter((row, place) => place % stride === 0 || place === rows.length - 1 || slashed.has(row.step));
}
