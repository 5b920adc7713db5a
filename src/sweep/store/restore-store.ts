import { rm } from "node:fs/promises";
import path from "node:path";

import { StoreError } from "../../errors/store-error.ts";
import type { SweepPlan } from "../definition/plan-sweep.ts";
import { recordSweep } from "./build-store.ts";
import { Database, quoteText } from "./database.ts";
import { hasExports, TABLES } from "./export-tables.ts";
import { exists, NAMES, settleFile, type SweepManifest } from "./sweep-folder.ts";

/** How a folder's store stands: there is none, it cannot be read, its sweep goes on, or is over with so many runs. */
export type StoreState =
  { readonly state: "missing" | "damaged" | "open" } | { readonly state: "complete"; readonly runs: number };

/** Reasons for which a store cannot be opened though nothing is wrong with it. */
const NOT_DAMAGED = /\block\b|permission|too many open files|out of memory/i;

/** Reads every row of every table: whatever is damaged in the file is found here, and not in the middle of a query. */
async function readAll(database: Database): Promise<StoreState> {
  for (const table of TABLES) await database.ask(`SELECT count(*), bit_xor(hash(r)) FROM ${table} r`);
  const [row] = (await database.ask("SELECT runs, complete FROM sweep")).rows;
  return row?.[1] === true ? { state: "complete", runs: Number(row[0]) } : { state: "open" };
}

/**
 * Looks at a folder's store.
 *
 * @throws {@link StoreError} where somebody else has it open for writing, or this user may not read it.
 */
export async function inspectStore(folder: string): Promise<StoreState> {
  const file = path.join(folder, NAMES.database);
  if (!(await exists(file))) return { state: "missing" };
  let database: Database | undefined;
  try {
    database = await Database.open(file, "own");
    return await readAll(database);
  } catch (error) {
    if (error instanceof StoreError && !NOT_DAMAGED.test(error.message)) return { state: "damaged" };
    throw error;
  } finally {
    database?.close();
  }
}

/** Whether the rows are those of the plan: each run once, from the first on, all of them unless a rule ended the sweep. */
async function isWhole(database: Database, plan: SweepPlan, { version, code }: SweepManifest): Promise<boolean> {
  const { rows } = await database.ask("SELECT run, point, seed, version, code FROM runs ORDER BY run");
  const enough = plan.definition.stopWhen === null ? rows.length === plan.size : rows.length <= plan.size;
  if (!enough || rows.length === 0) return false;
  const strange = (await database.ask("SELECT 1 FROM steps WHERE run NOT IN (SELECT run FROM runs) LIMIT 1")).rows;
  return (
    strange.length === 0 &&
    rows.every((row, at) => {
      const { run, point, seed } = plan.runAt(at);
      return JSON.stringify(row) === JSON.stringify([run, point, String(seed), version, code]);
    })
  );
}

/** Copies the tables out of their files; the number of runs, or undefined where they are not this sweep's, or not whole. */
async function copyTables(folder: string, into: string, sweep: readonly [SweepPlan, SweepManifest]) {
  const [plan, manifest] = sweep;
  const database = await Database.open(into, "write");
  try {
    for (const table of TABLES) {
      const file = quoteText(path.join(folder, `${table}.parquet`));
      await database.ask(`CREATE TABLE ${table} AS FROM read_parquet(${file})`);
    }
    if (!(await isWhole(database, plan, manifest))) return undefined;
    const runs = Number((await database.ask("SELECT count(*) FROM runs")).rows[0]?.[0]);
    await recordSweep(database, manifest, { limit: runs, complete: true });
    return runs;
  } finally {
    database.close();
  }
}

/**
 * Puts a finished sweep's store together again from the Parquet files beside it.
 *
 * @returns The number of runs; undefined where a file is missing, damaged, or not this sweep's: nothing is changed then.
 * @throws {@link OutputUnwritableError} where the disk is full.
 */
export async function restoreStore(
  folder: string,
  plan: SweepPlan,
  manifest: SweepManifest,
): Promise<number | undefined> {
  if (!(await hasExports(folder))) return undefined;
  const target = path.join(folder, NAMES.database);
  const partial = `${target}.partial`;
  try {
    const runs = await copyTables(folder, partial, [plan, manifest]);
    if (runs !== undefined) await settleFile(partial, target);
    return runs;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  } finally {
    for (const left of [partial, `${partial}.wal`]) await rm(left, { force: true });
  }
}
