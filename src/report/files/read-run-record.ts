import { RecordInvalidError } from "../../errors/record-invalid-error.ts";
import { clean, shorten } from "../format/text.ts";
import { RUN_RECORD_FORMAT, runRecordSchema, type RunRecord } from "../run-record.ts";

/**
 * Reads a run record from JSON.
 *
 * @param text - The file's content.
 * @param source - What to call it in a message: the file's path.
 * @throws RecordInvalidError in one line, with the place and the value.
 */
export function readRunRecord(text: string, source = "The text"): RunRecord {
  const data = parse(text, source);
  const format = typeof data === "object" && data !== null && "format" in data ? data.format : undefined;
  if (format !== RUN_RECORD_FORMAT) {
    throw new RecordInvalidError(source, "format", `expected "${RUN_RECORD_FORMAT}", got ${show(format)}`);
  }
  const result = runRecordSchema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String) ?? [];
  throw new RecordInvalidError(
    source,
    clean(path.join(".")),
    `${oneLine(issue?.message ?? "invalid")}, got ${show(valueAt(data, path))}`,
  );
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecordInvalidError(source, "", oneLine(error instanceof Error ? error.message : "not JSON"));
  }
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.entries(value).find(([name]) => name === key)?.[1];
  }, data);
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : shorten(JSON.stringify(value), 60);
}

function oneLine(text: string): string {
  return shorten(text.replace(/\s+/g, " "), 160);
}
