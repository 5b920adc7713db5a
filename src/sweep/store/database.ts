import { availableParallelism, totalmem } from "node:os";

import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";

import { FULL, OutputUnwritableError } from "../../errors/output-unwritable-error.ts";
import { StoreError } from "../../errors/store-error.ts";
import { assertReading } from "./reading-statement.ts";

/** A value as a query returns it: quantities as texts, so that none loses a digit. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/** Columns and rows of a query. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Says in one line what DuckDB threw. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n").find((line) => line.trim() !== "") ?? "it gives no reason")
    .replace(/^Failed to extract statements: /, "")
    .replace(/\.$/, "");
}

const TABLES = "The tables are runs, steps, measures, parameters and sweep; see docs/sweeps.md.";
/** What is left where the file itself is damaged. */
const BROKEN =
  "Where the file is damaged, `npx hardhat sweep --resume --out <its folder>` puts it together again from the .parquet files beside it.";

/** Failures of the store become this project's; a full disk says so. */
function toStoreError(error: unknown, file: string, [what, hint]: readonly [string, string]): Error {
  const reason = reasonOf(error);
  if (/out of memory/i.test(reason)) {
    return new StoreError(
      what,
      "it takes more memory than a query may have",
      "Ask for less: fewer columns, sums, a LIMIT.",
    );
  }
  if (/no space left|disk full|could not write/i.test(reason)) {
    return new OutputUnwritableError(file, FULL, error);
  }
  return new StoreError(what, reason, hint);
}

/** Nothing that DuckDB lacks is ever fetched. */
const OWN = { autoinstall_known_extensions: "false", autoload_known_extensions: "false" };
/** What takes every file, every extension and these settings themselves out of reach, in this order. */
const CLOSE = [
  "SET allow_community_extensions = false",
  "SET temp_directory = ''",
  "SET enable_external_access = false",
  "SET lock_configuration = true",
];

/** Most memory of a statement from outside [bytes], never more than half of the machine's; and most of its threads. */
const MOST_MEMORY = 4 * 2 ** 30;
const MOST_THREADS = 8;
/** Most rows that a statement from outside may answer with: they are held in memory until all are shown. */
const MOST_ROWS = 1_000_000;

type Access = "write" | "own" | "closed";

/** What a statement from outside may take of the machine. */
function limits(): Readonly<Record<string, string>> {
  const memory = Math.min(MOST_MEMORY, Math.floor(totalmem() / 2));
  return { memory_limit: `${memory}B`, threads: String(Math.min(MOST_THREADS, availableParallelism())) };
}

/** An open DuckDB file. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #file: string;
  readonly #access: Access;
  readonly connection: DuckDBConnection;

  private constructor(open: readonly [DuckDBInstance, DuckDBConnection], file: string, access: Access) {
    [this.#instance, this.connection] = open;
    this.#file = file;
    this.#access = access;
  }

  /**
   * Opens a file.
   *
   * @param access - `write` for the one writer; `own` to read with the project's own statements, which may write
   *   exports; `closed` for statements from outside, which can do nothing but read this file.
   */
  static async open(file: string, access: Access): Promise<Database> {
    const mode = access === "write" ? "AUTOMATIC" : "READ_ONLY";
    try {
      const settings = { ...OWN, ...(access === "closed" ? limits() : {}), access_mode: mode };
      const instance = await DuckDBInstance.create(file, settings);
      const connection = await instance.connect();
      for (const statement of access === "closed" ? CLOSE : []) await connection.run(statement);
      return new Database([instance, connection], file, access);
    } catch (error) {
      throw toStoreError(error, file, [`The store ${file} cannot be opened`, BROKEN]);
    }
  }

  /**
   * Runs one of the project's own statements, or one from outside in a closed database, which may only read.
   *
   * @throws {@link StoreError} for one from outside that does anything else.
   */
  async ask(sql: string): Promise<Answer> {
    try {
      if (this.#access === "closed") await assertReading(this.connection, sql);
      const reader =
        this.#access === "closed"
          ? await this.connection.streamAndReadUntil(sql, MOST_ROWS + 1)
          : await this.connection.runAndReadAll(sql);
      if (this.#access === "closed" && reader.currentRowCount > MOST_ROWS) {
        const hint = "Add a LIMIT, ask for sums, or write the tables as files: npx hardhat export --csv.";
        throw new StoreError("The store cannot do this", `the answer has more than ${MOST_ROWS} rows`, hint);
      }
      return { columns: reader.deduplicatedColumnNames(), rows: reader.getRowsJson() };
    } catch (error) {
      if (error instanceof StoreError) throw error;
      throw toStoreError(error, this.#file, ["The store cannot do this", TABLES]);
    }
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

/** An identifier between double quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text between single quotes. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
