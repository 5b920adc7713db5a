import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";

import { BIGINT, HUGEINT, INTEGER, VARCHAR, type DuckDBType } from "@duckdb/node-api";

import { canonicalJson, toParameter } from "../../engine/canonical-json.ts";
import { SweepConflictError } from "../../errors/sweep-conflict-error.ts";
import type { RunLine } from "../run/run-line.ts";
import { ColumnSurvey, nameColumns, RUN_COLUMNS } from "./columns.ts";
import { Database, quoteName, quoteText } from "./database.ts";
import { listParts, readPart } from "./part-files.ts";
import { NAMES, settleFile, type SweepManifest } from "./sweep-folder.ts";
import { TableWriter } from "./table-writer.ts";

/** How far a sweep has come. */
export interface Progress {
  /** Runs that count: those before this index. */
  readonly limit: number;
  /** Whether every one of them is there and the sweep is over. */
  readonly complete: boolean;
}

/** One column of a table that is being built. */
interface ColumnPlan {
  readonly column: string;
  /** Type while rows come in; whole numbers are narrowed at the end, because Parquet keeps decimals exactly. */
  readonly type: DuckDBType;
  readonly final: string;
}

const TYPES = { INTEGER, BIGINT, VARCHAR } as const;
const WHOLE = { type: HUGEINT, final: "DECIMAL(38,0)" };
const TEXT = { type: VARCHAR, final: "VARCHAR" };

interface TablePlan {
  readonly columns: readonly ColumnPlan[];
  readonly names: ReadonlyMap<string, string>;
}

/** Visits every run of a folder's parts once, part by part; the same run handed over twice must be the same. */
async function forEachRun(folder: string, limit: number, visit: (line: RunLine) => void): Promise<void> {
  const seen = new Map<number, string>();
  for (const name of await listParts(folder)) {
    for (const line of (await readPart(folder, name)) ?? []) {
      if (line.run >= limit) continue;
      const hash = createHash("sha256").update(JSON.stringify(line)).digest("base64").slice(0, 16);
      const known = seen.get(line.run);
      if (known === undefined) visit(line);
      else if (known !== hash) {
        throw new SweepConflictError(
          `Run ${line.run} was made twice, with different results.`,
          `Its scenario is not deterministic: compare two results of \`${line.replay} --json\`.`,
        );
      }
      seen.set(line.run, hash);
    }
  }
}

function planRuns(survey: ColumnSurvey, { definition }: SweepManifest): TablePlan {
  const fixed = RUN_COLUMNS.map(([column, type]): ColumnPlan => ({ column, type: TYPES[type], final: type }));
  const paths = definition.parameters.map((parameter) => parameter.path);
  const parameters = [
    ...nameColumns(
      paths,
      fixed.map(({ column }) => column),
    ).values(),
  ];
  const names = nameColumns(survey.outcomes, [...fixed.map(({ column }) => column), ...parameters]);
  const outcomes = survey.outcomes.map((name): ColumnPlan => {
    return { column: names.get(name) ?? name, ...(survey.largeOutcomes.has(name) ? TEXT : WHOLE) };
  });
  return { columns: [...fixed, ...parameters.map((column) => ({ column, ...TEXT })), ...outcomes], names };
}

function planSteps(survey: ColumnSurvey): TablePlan {
  // Metrics keep their names, as in the table of runs; a field of the same name gets a number.
  const isMetric = (name: string): boolean => name.startsWith("metrics.");
  const byClaim = [...survey.steps.filter(isMetric), ...survey.steps.filter((name) => !isMetric(name))];
  const names = nameColumns(byClaim, ["run"]);
  const steps = survey.steps.map((name): ColumnPlan => {
    return { column: names.get(name) ?? name, ...(survey.largeSteps.has(name) ? TEXT : WHOLE) };
  });
  return { columns: [{ column: "run", type: INTEGER, final: "INTEGER" }, ...steps], names };
}

async function createTable(database: Database, table: string, { columns }: TablePlan): Promise<TableWriter> {
  const fields = columns.map(({ column, type }) => `${quoteName(column)} ${type.toString()}`);
  await database.ask(`CREATE TABLE ${table} (${fields.join(", ")})`);
  return await TableWriter.open(
    database,
    table,
    columns.map(({ type }) => type),
  );
}

function toCell(text: string | undefined, isText: boolean): string | bigint | null {
  if (text === undefined) return null;
  return isText ? text : BigInt(text);
}

function runRow(line: RunLine, survey: ColumnSurvey, { definition, version, code }: SweepManifest) {
  const { run, point, seed, status, error, scenarioHash, contractsHash, replay, set, outcomes } = line;
  return [
    ...[run, point, BigInt(seed), status, error?.code ?? null, error?.message ?? null, definition.name],
    ...[scenarioHash, contractsHash, version, code, replay],
    ...definition.parameters.map((parameter) => set[parameter.path] ?? null),
    ...survey.outcomes.map((name) => toCell(outcomes[name], survey.largeOutcomes.has(name))),
  ];
}

function addSteps(writer: TableWriter, { run, steps }: RunLine, survey: ColumnSurvey): void {
  const places = survey.steps.map((name) => [steps.columns.indexOf(name), survey.largeSteps.has(name)] as const);
  for (const row of steps.rows) {
    writer.add([run, ...places.map(([at, isText]) => toCell(at < 0 ? undefined : row[at], isText))]);
  }
}

const selectOf = (table: string, { columns }: TablePlan, order: string): string =>
  `SELECT ${columns.map(({ column, final }) => `${quoteName(column)}::${final} AS ${quoteName(column)}`).join(", ")} FROM ${table} ORDER BY ${order}`;

/** What the columns mean, beside them. */
async function describe(database: Database, source: { manifest: SweepManifest; progress: Progress; runs: TablePlan }) {
  const { manifest, progress, runs } = source;
  const { definition, measures, units } = manifest;
  const values = (rows: readonly (readonly string[])[]): string =>
    rows.length === 0
      ? "(SELECT NULL, NULL, NULL, NULL WHERE false)"
      : `(VALUES ${rows.map((row) => `(${row.map(quoteText).join(", ")})`).join(", ")})`;
  const told = [...runs.names].map(([name, column]) => {
    const { unit, description } = measures[name] ?? { unit: "", description: "" };
    return [column, name, unit, description];
  });
  await database.ask(`CREATE TABLE store.measures AS FROM ${values(told)} t("column", name, unit, description)`);
  const swept = definition.parameters.map(({ path: name, values: given }) => [
    name,
    name,
    units[name] ?? "",
    Array.isArray(given) ? given.join(",") : `${given.from}..${given.to}`,
  ]);
  await database.ask(`CREATE TABLE store.parameters AS FROM ${values(swept)} t("column", name, unit, "values")`);
  await recordSweep(database, manifest, { ...progress, table: "store.sweep" });
}

/** Writes the table that says which sweep the store is of, and how far it has come. */
export async function recordSweep(
  database: Database,
  { id, definition, question, version, code }: SweepManifest,
  { limit, complete, table = "sweep" }: Progress & { readonly table?: string },
): Promise<void> {
  const text = quoteText(canonicalJson(toParameter(definition)));
  await database.ask(
    `CREATE TABLE ${table} AS SELECT ${quoteText(id)} AS id, ${quoteText(definition.name)} AS scenario, ` +
      `${quoteText(question)} AS question, ${quoteText(version)} AS version, ${quoteText(code)} AS code, ` +
      `${limit}::INTEGER AS runs, ${String(complete)} AS complete, ${text} AS definition`,
  );
}

/** Writes the rows of all runs into a scratch database, in the order in which they come. */
async function load(scratch: Database, source: { folder: string; manifest: SweepManifest; progress: Progress }) {
  const { folder, manifest, progress } = source;
  const survey = new ColumnSurvey();
  await forEachRun(folder, progress.limit, (line) => survey.add(line));
  const [runs, steps] = [planRuns(survey, manifest), planSteps(survey)];
  const runWriter = await createTable(scratch, "runs", runs);
  const stepWriter = await createTable(scratch, "steps", steps);
  await forEachRun(folder, progress.limit, (line) => {
    runWriter.add(runRow(line, survey, manifest));
    addSteps(stepWriter, line, survey);
  });
  runWriter.close();
  stepWriter.close();
  return { runs, steps };
}

/**
 * Puts the parts of a sweep together into its store, in the order of the runs.
 *
 * The store appears whole or not at all, and the same runs give the same tables whoever made them, and when.
 *
 * @throws {@link OutputUnwritableError} where the disk is full; the parts stay, so nothing is lost.
 */
export async function buildStore(folder: string, manifest: SweepManifest, progress: Progress): Promise<void> {
  const target = path.join(folder, NAMES.database);
  const [scratchFile, partial] = [`${target}.scratch.partial`, `${target}.partial`];
  const clean = async (): Promise<void> => {
    for (const file of [scratchFile, partial]) {
      for (const left of [file, `${file}.wal`, `${file}.tmp`]) await rm(left, { recursive: true, force: true });
    }
  };
  await clean();
  try {
    const scratch = await Database.open(scratchFile, "write");
    try {
      const { runs, steps } = await load(scratch, { folder, manifest, progress });
      await scratch.ask(`ATTACH ${quoteText(partial)} AS store`);
      await scratch.ask(`CREATE TABLE store.runs AS ${selectOf("runs", runs, "run")}`);
      // A run that has no rows has no steps.
      const order = steps.names.has("step") ? `run, ${quoteName(steps.names.get("step") ?? "step")}` : "run";
      await scratch.ask(`CREATE TABLE store.steps AS ${selectOf("steps", steps, order)}`);
      await describe(scratch, { manifest, progress, runs });
      await scratch.ask("DETACH store");
    } finally {
      scratch.close();
    }
    await settleFile(partial, target);
  } finally {
    await clean();
  }
}
