import { DuckDBDataChunk, type DuckDBAppender, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";

import type { Database } from "./database.ts";

/** Rows of one chunk: what DuckDB handles at a time. */
const CHUNK = 2048;

/** Appends rows to a table, many at a time. */
export class TableWriter {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];
  #columns: DuckDBValue[][];
  #rows = 0;

  private constructor(appender: DuckDBAppender, types: readonly DuckDBType[]) {
    this.#appender = appender;
    this.#types = types;
    this.#columns = types.map(() => []);
  }

  /** Opens a writer on a table whose columns have these types. */
  static async open(database: Database, table: string, types: readonly DuckDBType[]): Promise<TableWriter> {
    return new TableWriter(await database.connection.createAppender(table), types);
  }

  /** Adds a row, its values in the order of the columns. */
  add(values: readonly DuckDBValue[]): void {
    for (const [at, column] of this.#columns.entries()) column.push(values[at] ?? null);
    this.#rows += 1;
    if (this.#rows === CHUNK) this.#flush();
  }

  #flush(): void {
    if (this.#rows === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, this.#rows);
    for (const [at, column] of this.#columns.entries()) chunk.setColumnValues(at, column);
    this.#appender.appendDataChunk(chunk);
    this.#columns = this.#types.map(() => []);
    this.#rows = 0;
  }

  /** Writes what is left and ends. */
  close(): void {
    this.#flush();
    this.#appender.closeSync();
  }
}
