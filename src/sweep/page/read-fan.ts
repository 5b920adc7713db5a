import path from "node:path";

import type { Measure } from "../answers/read-results.ts";
import { Database, quoteName } from "../store/database.ts";
import { NAMES } from "../store/sweep-folder.ts";
import type { FanStep } from "./sweep-charts.ts";

/** What a stored number is divided by, so that it stands as an axis has it. */
const SCALE: Readonly<Record<string, number>> = { wei: 1e18, wad: 1e18, shares: 1e18, seconds: 3600 };
const SHARES = [0.05, 0.25, 0.5, 0.75, 0.95, 1];

/** Percentiles of a measure after each step; none where steps do not have it. */
export async function readFan(folder: string, { name, unit }: Measure): Promise<readonly FanStep[]> {
  const database = await Database.open(path.join(folder, NAMES.database), "own");
  try {
    const { rows: columns } = await database.ask("SELECT column_name FROM (DESCRIBE steps)");
    const known = new Set(columns.flat());
    if (!known.has(name) || !known.has("step")) return [];
    const value = `${quoteName(name)}::DOUBLE`;
    const picks = SHARES.map((share) => `quantile_cont(${value}, ${share})`).join(", ");
    const { rows } = await database.ask(`SELECT step::INTEGER, ${picks} FROM steps GROUP BY 1 ORDER BY 1`);
    const scale = SCALE[unit] ?? 1;
    return rows.map(([step, ...cells]) => {
      const [p5 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0, most = 0] = cells.map((cell) => Number(cell) / scale);
      return { step: Number(step), p5, p25, p50, p75, p95, most };
    });
  } finally {
    database.close();
  }
}
