import path from "node:path";

import { z } from "zod";

import { toMetricNumber } from "../../report/format/metric.ts";
import { Database, quoteName, type Cell } from "../store/database.ts";
import { NAMES } from "../store/sweep-folder.ts";

/** A measure of every run. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

/** One run's row, its measures in the unit that an axis has: ether for wei. */
export interface ResultRow {
  readonly run: number;
  readonly seed: string;
  readonly status: string;
  readonly message: string;
  readonly replay: string;
  /** Values of the swept parameters. */
  readonly set: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, number>;
}

/** What a sweep came to. */
export interface SweepResults {
  /** Its name, and that of the twin in brackets. */
  readonly scenario: string;
  readonly question: string;
  /** The sweep's own: it fixes the resampling. */
  readonly sweepSeed: number;
  readonly measures: readonly Measure[];
  readonly parameters: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly ResultRow[];
}

const definitionPart = z.object({ seed: z.number(), variant: z.string().optional() });

const text = (cell: Cell | undefined): string =>
  typeof cell === "string" || typeof cell === "number" ? String(cell) : "";

/** Reads a sweep's results from its store. */
export async function readResults(folder: string): Promise<SweepResults> {
  const database = await Database.open(path.join(folder, NAMES.database), "own");
  try {
    const told = await database.ask('SELECT "column", unit, description FROM measures');
    const measures = told.rows.map(([name, unit, description]): Measure => ({
      name: text(name),
      unit: text(unit),
      description: text(description),
    }));
    const swept = (await database.ask('SELECT "column", unit FROM parameters')).rows.map(([name, unit]) => ({
      name: text(name),
      unit: text(unit),
    }));
    const [about] = (await database.ask("SELECT scenario, question, definition FROM sweep")).rows;
    const columns = [...swept, ...measures].map(({ name }) => quoteName(name));
    const { rows } = await database.ask(
      `SELECT ${["run", "seed", "status", "message", "replay", ...columns].join(", ")} FROM runs ORDER BY run`,
    );
    const toRow = ([run, seed, status, message, replay, ...cells]: readonly Cell[]): ResultRow => ({
      run: Number(run),
      seed: text(seed),
      status: text(status),
      message: text(message),
      replay: text(replay),
      set: new Map(swept.map(({ name }, at) => [name, text(cells[at])])),
      values: new Map(
        measures.flatMap(({ name, unit }, at) => {
          const cell = cells[swept.length + at];
          return cell === null || cell === undefined ? [] : [[name, toMetricNumber(text(cell), unit)] as const];
        }),
      ),
    });
    const { seed: sweepSeed, variant } = definitionPart.parse(JSON.parse(text(about?.[2])));
    const twin = variant === undefined ? "" : ` (${variant})`;
    return {
      scenario: `${text(about?.[0])}${twin}`,
      question: text(about?.[1]),
      sweepSeed,
      measures,
      parameters: swept,
      rows: rows.map(toRow),
    };
  } finally {
    database.close();
  }
}

/** Values of a measure over all runs that have it, in the order of the runs, and the seed that each is of. */
export function valuesOf({ rows }: SweepResults, measure: string): { values: number[]; seeds: string[] } {
  const found = rows.flatMap(({ seed, values }) => {
    const value = values.get(measure);
    return value === undefined ? [] : [{ seed, value }];
  });
  return { values: found.map(({ value }) => value), seeds: found.map(({ seed }) => seed) };
}
