import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Scenario } from "../../src/model/scenario.ts";
import { defineSweep } from "../../src/sweep/definition/define-sweep.ts";
import { planSweep, type PlannedRun } from "../../src/sweep/definition/plan-sweep.ts";
import type { SweepFile } from "../../src/sweep/definition/sweep-file-schema.ts";
import type { SweepEngine } from "../../src/sweep/engine.ts";
import type { RunLine } from "../../src/sweep/run/run-line.ts";
import { runSweep, type SweepOptions } from "../../src/sweep/run-sweep.ts";
import { exportTables } from "../../src/sweep/store/export-tables.ts";
import { writePart } from "../../src/sweep/store/part-files.ts";
import myScenario from "./my-scenario.ts";

/** A folder for one test; give it back with `remove`. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "faultline-sweep-"));
  return { folder, remove: async () => await rm(folder, { recursive: true, force: true }) };
}

/** A line as a run would make it, without a run: its numbers follow from the run's seed and parameters. */
export function makeLine({ run, point, seed, set }: PlannedRun): RunLine {
  const failed = seed % 7 === 3;
  const loss = (BigInt(seed * 2654435761) % 1000n) * 10n ** 18n + BigInt(point);
  const step = (at: number) => [String(at), String(at * 3600), (loss * BigInt(at)).toString(), String(seed)];
  return {
    ...{ run, point, seed, set: { ...set } },
    status: failed ? "failed" : "passed",
    error: failed ? { code: "BEHAVIOUR", message: `agent "x" failed with "${seed}", it's said` } : null,
    replay: `npm run simulate -- my --seed ${seed}`,
    scenarioHash: "sha256:00",
    contractsHash: failed ? null : "sha256:01",
    outcomes: failed ? {} : { loss: loss.toString(), huge: (2n ** 256n - BigInt(seed)).toString(), Loss: "1" },
    steps: failed
      ? { columns: [], rows: [] }
      : { columns: ["step", "time", "metrics.loss", "loss"], rows: [0, 1, 2].map(step) },
  };
}

/** What becomes of a chunk: the lines it hands over, or what it throws. */
export type Fate = (lines: readonly RunLine[]) => readonly RunLine[];

/** An engine in this process whose runs are made up. */
export class PaperEngine implements SweepEngine {
  readonly width: number;
  readonly made: number[] = [];
  readonly #folder: string;
  readonly #lineOf: (run: number) => RunLine;
  readonly #fate: Fate;
  readonly #size: number;
  closed = false;

  constructor(folder: string, lineOf: (run: number) => RunLine, how: { width?: number; size?: number; fate?: Fate }) {
    this.#folder = folder;
    this.#lineOf = lineOf;
    this.width = how.width ?? 2;
    this.#size = how.size ?? 3;
    this.#fate = how.fate ?? ((lines) => lines);
  }

  chunkSize(): number {
    return this.#size;
  }

  async make(runs: readonly number[]) {
    // Whoever comes first is not who began first.
    for (let turn = runs[0] ?? 0; turn % 5 > 0; turn--) await Promise.resolve();
    const lines = this.#fate(runs.map(this.#lineOf));
    await writePart(this.#folder, lines);
    this.made.push(...lines.map(({ run }) => run));
    return lines;
  }

  stop(): void {
    // Chunks are over at once.
  }

  async close(): Promise<void> {
    this.closed = await Promise.resolve(true);
  }
}

/** A sweep of the small scenario, or of another one, made on paper. */
export function paperSweep(
  file: Omit<SweepFile, "scenario">,
  how: ConstructorParameters<typeof PaperEngine>[2] & { readonly scenario?: Scenario } = {},
) {
  const scenario = how.scenario ?? myScenario;
  const definition = defineSweep(scenario, { scenario: "my", ...file });
  const plan = planSweep(scenario, definition);
  const engines: PaperEngine[] = [];
  const start = async (folder: string, over: Partial<SweepOptions> = {}) =>
    await runSweep(scenario, definition, {
      folder,
      resume: false,
      code: "sha256:02",
      version: "0",
      signal: new AbortController().signal,
      openEngine: async () => {
        engines.push(new PaperEngine(folder, (run) => makeLine(plan.runAt(run)), how));
        return await Promise.resolve(engines.at(-1) as PaperEngine);
      },
      ...over,
    });
  return { definition, plan, engines, start };
}

/** Everything that a sweep's results are exported as, by file: what must not depend on how they came about. */
export async function exportedBytes(folder: string): Promise<Readonly<Record<string, string>>> {
  const into = path.join(folder, "exported");
  const files = [
    ...(await exportTables(folder, { format: "csv", into })),
    ...(await exportTables(folder, { format: "parquet", into })),
  ];
  const contents = await Promise.all(files.map(async (file) => (await readFile(file)).toString("latin1")));
  await rm(into, { recursive: true });
  return Object.fromEntries(files.map((file, at) => [path.basename(file), contents[at] ?? ""]));
}
