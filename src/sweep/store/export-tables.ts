import { mkdir, rm } from "node:fs/promises";
import path from "node:path";

import { toOutputError } from "../../report/files/write-files.ts";
import { Database, quoteText } from "./database.ts";
import { exists, NAMES, settleFile } from "./sweep-folder.ts";

/** Tables that are exported; each holds its rows in their order already. */
export const TABLES = ["runs", "steps", "measures", "parameters"] as const;
const FORMATS = { csv: "FORMAT csv, HEADER", parquet: "FORMAT parquet, COMPRESSION zstd" } as const;

/** Whether a folder has the Parquet files of a finished sweep. */
export async function hasExports(folder: string): Promise<boolean> {
  const found = await Promise.all(TABLES.map(async (table) => await exists(path.join(folder, `${table}.parquet`))));
  return found.every(Boolean);
}

/** What to write, and where. */
export interface ExportOptions {
  readonly format: keyof typeof FORMATS;
  readonly into: string;
}

/**
 * Writes the tables of a sweep as files, one each; the same results give the same bytes.
 *
 * @returns Their paths.
 */
export async function exportTables(folder: string, { format, into }: ExportOptions): Promise<readonly string[]> {
  const written: string[] = [];
  let database: Database | undefined;
  try {
    await mkdir(into, { recursive: true });
    database = await Database.open(path.join(folder, NAMES.database), "own");
    for (const table of TABLES) {
      const target = path.join(into, `${table}.${format}`);
      const partial = `${target}.partial`;
      try {
        await database.ask(`COPY ${table} TO ${quoteText(partial)} (${FORMATS[format]})`);
        await settleFile(partial, target);
      } finally {
        await rm(partial, { force: true });
      }
      written.push(target);
    }
  } catch (error) {
    throw toOutputError(error, into);
  } finally {
    database?.close();
  }
  return written;
}
