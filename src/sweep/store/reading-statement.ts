import { StatementType, type DuckDBConnection, type DuckDBExtractedStatements } from "@duckdb/node-api";

import { StoreError } from "../../errors/store-error.ts";

/** First words of statements that read. */
const READS = ["SELECT", "FROM", "WITH", "VALUES", "TABLE", "DESCRIBE", "DESC", "SHOW", "SUMMARIZE", "EXPLAIN"];
const PIVOTS = ["PIVOT", "PIVOT_WIDER", "UNPIVOT", "PIVOT_LONGER"];
const HINT = "Ask with SELECT, FROM, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN.";

/** Spaces and comments before a statement's first word. */
const BEFORE = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|;)*/;
/** Functions that read nothing: they switch on a log or a profile, which the closed store cannot write. */
const SWITCHES =
  /\b(?:enable|disable|truncate)_(?:logging|logs|profiling|profile|peg_parser)\w*|\b(?:force_)?checkpoint\b/i;

function refuse(what: string, hint = HINT): never {
  throw new StoreError("query takes one statement that reads", what, hint);
}

/** What a statement is called: its first word. */
function wordOf(sql: string): string {
  return /^[\p{L}_]+/u.exec(sql.replace(BEFORE, "").replace(/^[(\s]+/, ""))?.[0].toUpperCase() ?? "";
}

/** Statements of a text; one that is refused for what it would touch is refused for what it is. */
async function extract(connection: DuckDBConnection, sql: string, word: string): Promise<DuckDBExtractedStatements> {
  try {
    return await connection.extractStatements(sql);
  } catch (error) {
    if (error instanceof Error && error.message.includes("Permission Error")) refuse(`this is ${word}`);
    throw error;
  }
}

async function typeOf(extracted: DuckDBExtractedStatements): Promise<StatementType> {
  const prepared = await extracted.prepare(0);
  try {
    return prepared.statementType;
  } finally {
    prepared.destroySync();
  }
}

/**
 * Refuses all but one statement that reads, before anything of it is run.
 *
 * The store is closed to the outside besides; this is so that nobody takes the "Success" of a statement that did nothing
 * here for an answer.
 *
 * @throws {@link StoreError} saying what the statement is; what DuckDB cannot read is its own error.
 */
export async function assertReading(connection: DuckDBConnection, sql: string): Promise<void> {
  // DuckDB would end the text there, and answer what stands before it.
  if (sql.includes("\0")) refuse("this holds a character NUL");
  if (sql.replace(BEFORE, "") === "") refuse("this is empty");
  const word = wordOf(sql);
  const extracted = await extract(connection, sql, word);
  if (extracted.count > 1 && PIVOTS.includes(word)) {
    refuse(
      `this ${word} makes a type of the values that it finds`,
      "Name them: PIVOT … ON status IN ('passed', 'failed').",
    );
  }
  if (extracted.count > 1) refuse(`these are ${extracted.count}`);
  if (![...READS, ...PIVOTS].includes(word)) refuse(`this is ${word}`);
  const switched = SWITCHES.exec(sql)?.[0];
  if (switched !== undefined) refuse(`${switched} reads nothing`);
  const type = await typeOf(extracted);
  if (type !== StatementType.SELECT && type !== StatementType.EXPLAIN) refuse(`this is ${StatementType[type]}`);
}
