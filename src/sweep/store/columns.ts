import type { RunLine } from "../run/run-line.ts";

/** Columns of every run, before its parameters and measures. */
export const RUN_COLUMNS = [
  ["run", "INTEGER"],
  ["point", "INTEGER"],
  ["seed", "BIGINT"],
  ["status", "VARCHAR"],
  ["error", "VARCHAR"],
  ["message", "VARCHAR"],
  ["scenario", "VARCHAR"],
  ["scenario_hash", "VARCHAR"],
  ["contracts_hash", "VARCHAR"],
  ["version", "VARCHAR"],
  ["code", "VARCHAR"],
  ["replay", "VARCHAR"],
] as const;

/** Gives each name a column of its own: SQL does not tell capitals apart, so a second one gets a number. */
export function nameColumns(names: readonly string[], taken: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const columns = new Map<string, string>();
  for (const name of names) {
    const plain = name.replace(/^metrics\./, "");
    let column = plain;
    for (let at = 2; used.has(column.toLowerCase()); at++) column = `${plain}_${at}`;
    used.add(column.toLowerCase());
    columns.set(name, column);
  }
  return columns;
}

/** Whole numbers up to here are kept as such; a column with a larger one is kept as text, exactly. */
const LIMIT = 10n ** 38n;

/** Whether a whole number's text fits DECIMAL(38, 0). */
export function fitsDecimal(text: string): boolean {
  if (text.length < 38) return true;
  const value = BigInt(text);
  return value < LIMIT && value > -LIMIT;
}

/** What a sweep's lines hold, seen before they are written: names in the order of the runs, and what is too large. */
export class ColumnSurvey {
  readonly #outcomes = new Map<string, number>();
  readonly #steps = new Map<string, number>();
  readonly largeOutcomes = new Set<string>();
  readonly largeSteps = new Set<string>();

  add(line: RunLine): void {
    for (const [at, [name, value]] of Object.entries(line.outcomes).entries()) {
      note(this.#outcomes, name, placeOf(line.run, at));
      if (!fitsDecimal(value)) this.largeOutcomes.add(name);
    }
    line.steps.columns.forEach((name, at) => {
      note(this.#steps, name, placeOf(line.run, at));
      if (this.largeSteps.has(name)) return;
      if (line.steps.rows.some((row) => !fitsDecimal(row[at] ?? "0"))) this.largeSteps.add(name);
    });
  }

  /** Names of outcomes: by the first run that has them, so that no order of work changes them. */
  get outcomes(): readonly string[] {
    return inOrder(this.#outcomes);
  }

  get steps(): readonly string[] {
    return inOrder(this.#steps);
  }
}

/** Names of the same run stand as it has them. */
function placeOf(run: number, at: number): number {
  return run * 4096 + Math.min(at, 4095);
}

/** Remembers the first place that has a name. */
function note(names: Map<string, number>, name: string, place: number): void {
  names.set(name, Math.min(names.get(name) ?? place, place));
}

function inOrder(names: ReadonlyMap<string, number>): readonly string[] {
  return [...names].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([name]) => name);
}
