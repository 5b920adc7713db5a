import type { RunRecord, RunRow } from "../run-record.ts";

/** Longest stretch of time whose payments tell how fast a queue is served [s]. */
const WINDOW = 86_400n;

/**
 * How long a queue takes to clear after each step: what waits, divided by its outflow capacity.
 *
 * The capacity is what left the queue within the last day, or since the run began where that is less.
 * Source: docs/measures.md, "Days to clear".
 *
 * @param subject - The queue.
 * @returns Seconds by step, rounded up; 0 where nobody waits, null where somebody waits and nobody was served.
 */
export function timesToClear({ rows }: RunRecord, subject: string): ReadonlyMap<number, bigint | null> {
  const number = (row: RunRow, name: string): bigint => BigInt(row.defi?.[`queue/${subject}/${name}`] ?? 0);
  let from = 0;
  return new Map(
    rows.map((row) => {
      const now = BigInt(row.time);
      // The last row that is at least a day old: what was served since then.
      while (BigInt(rows[from + 1]?.time ?? now) + WINDOW <= now && from + 1 < rows.length) from += 1;
      const since = rows[from] ?? row;
      const [depth, paid] = [number(row, "depth"), number(row, "served") - number(since, "served")];
      if (depth === 0n) return [row.step, 0n];
      return [row.step, paid <= 0n ? null : (depth * (now - BigInt(since.time)) + paid - 1n) / paid];
    }),
  );
}
