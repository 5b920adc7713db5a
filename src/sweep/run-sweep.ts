import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type { Scenario } from "../model/scenario.ts";
import { applyVariant } from "../model/variant.ts";
import { unitOf } from "../model/parameters/parameter-unit.ts";
import { parsePath } from "../model/parameters/parameter-path.ts";
import { SweepConflictError } from "../errors/sweep-conflict-error.ts";
import { toOutputError } from "../report/files/write-files.ts";
import { cutIntoChunks, inDealingOrder, planSweep, type SweepPlan } from "./definition/plan-sweep.ts";
import { parseStopRule } from "./definition/stop-rule.ts";
import type { SweepDefinition } from "./definition/sweep-definition.ts";
import { dealOut } from "./deal-out.ts";
import type { SweepEngine } from "./engine.ts";
import type { RunNotice } from "./local/messages.ts";
import { BUILT_IN } from "./run/outcomes.ts";
import { buildStore } from "./store/build-store.ts";
import { exportTables, hasExports } from "./store/export-tables.ts";
import { lockFolder } from "./store/folder-lock.ts";
import { listParts, readPart, removeParts } from "./store/part-files.ts";
import { inspectStore, restoreStore } from "./store/restore-store.ts";
import {
  assertNoLink,
  exists,
  NAMES,
  readManifest,
  removePartials,
  writeManifest,
  type SweepManifest,
} from "./store/sweep-folder.ts";
import { StopWatcher } from "./stop-watcher.ts";

/** What a sweep needs besides its definition. */
export interface SweepOptions {
  /** Folder of its results. */
  readonly folder: string;
  /** Whether the folder's own sweep goes on; otherwise the folder must hold none. */
  readonly resume: boolean;
  /** Hash of the code that can change a row. */
  readonly code: string;
  readonly version: string;
  /** Makes the engine when something is left to be run. */
  readonly openEngine: () => Promise<SweepEngine>;
  readonly onEvent?: (event: SweepEvent) => void;
  /** Ends the sweep early; what is made until then stays. */
  readonly signal: AbortSignal;
}

/** What a sweep tells while it runs. */
export type SweepEvent =
  | { readonly type: "start"; readonly runs: number; readonly done: number }
  | { readonly type: "handed-over"; readonly notices: readonly RunNotice[] }
  | { readonly type: "worker-lost"; readonly message: string }
  | { readonly type: "stopping-rule"; readonly runs: number }
  /** The store was missing or damaged: it stands again, or what it held is put together or made anew. */
  | { readonly type: "store-restored"; readonly runs: number }
  | { readonly type: "store-damaged" };

/** How a sweep ended. */
export interface SweepOutcome {
  readonly folder: string;
  readonly manifest: SweepManifest;
  /** Runs that the store holds. */
  readonly runs: number;
  /** Runs that are still missing. */
  readonly missing: number;
  /** Whether the stopping rule ended it. */
  readonly stopped: boolean;
}

function manifestOf(scenario: Scenario, plan: SweepPlan, { version, code }: SweepOptions): SweepManifest {
  const own = Object.entries(scenario.metrics).map(
    ([name, { unit, description }]) => [name, { unit, description }] as const,
  );
  const units = plan.definition.parameters.map(({ path }) => [path, unitOf(parsePath(path), scenario)] as const);
  return {
    id: plan.id,
    definition: plan.definition,
    question: scenario.question,
    version,
    code,
    measures: { ...BUILT_IN, ...Object.fromEntries(own) },
    units: Object.fromEntries(units),
  };
}

/** Whether a folder holds anything of a sweep that somebody could lose. */
async function isBegun(folder: string): Promise<boolean> {
  // One that came to no run yet, because its Redis was not there or its beginning was interrupted, has nothing to lose.
  const hasStore = (await exists(join(folder, NAMES.database))) || (await hasExports(folder));
  return hasStore || (await listParts(folder)).length > 0;
}

/**
 * Takes the folder over, or refuses it: what is in there must be this sweep.
 *
 * @returns What the folder says of it; whether the code is the same is not judged yet.
 */
async function claim(manifest: SweepManifest, { folder, resume }: SweepOptions): Promise<SweepManifest> {
  const known = await readManifest(folder);
  if (known === undefined || (!resume && !(await isBegun(folder)))) {
    await writeManifest(folder, manifest);
    return manifest;
  }
  if (!resume) {
    throw new SweepConflictError(
      `${folder} already holds a sweep of ${known.definition.name}.`,
      "Add --resume to finish it, or choose another folder with --out.",
    );
  }
  if (known.id === manifest.id) return known;
  throw new SweepConflictError(
    `${folder} holds another sweep (${known.id}) than this one (${manifest.id}).`,
    `Resume it with: npm run sweep -- --resume --out ${folder}`,
  );
}

/** Refuses to add runs of other code. */
function assertSameCode(known: SweepManifest, { code, folder }: SweepOptions): void {
  if (known.code === code) return;
  throw new SweepConflictError(
    `The code has changed since the sweep in ${folder} began: its runs would not belong together.`,
    "Go back to that code, or start again in another folder.",
  );
}

/**
 * Finds out whether the folder's sweep is over; of one that is, whatever is missing in the folder is put there again.
 *
 * @returns The number of its runs; undefined where it is not over.
 */
async function finishedRuns(plan: SweepPlan, known: SweepManifest, options: SweepOptions): Promise<number | undefined> {
  const { folder, onEvent } = options;
  const store = await inspectStore(folder);
  if (store.state === "missing" || store.state === "damaged") {
    // No run is made for it: what the files hold does not depend on the code of today.
    const runs = await restoreStore(folder, plan, known);
    if (runs !== undefined) onEvent?.({ type: "store-restored", runs });
    else if (store.state === "damaged") onEvent?.({ type: "store-damaged" });
    if (runs !== undefined) await removeParts(folder);
    else assertSameCode(known, options);
    return runs;
  }
  assertSameCode(known, options);
  if (store.state !== "complete") return undefined;
  // It was ended between its store and its files.
  if (!(await hasExports(folder))) await exportTables(folder, { format: "parquet", into: folder });
  await removeParts(folder);
  return store.runs;
}

/** Runs of the folder's parts, as they were when they ended. */
async function collect(folder: string, onRun: (notice: RunNotice) => void): Promise<void> {
  for (const name of await listParts(folder)) {
    for (const { run, status, outcomes } of (await readPart(folder, name)) ?? []) onRun({ run, status, outcomes });
  }
}

async function makeMissing(watcher: StopWatcher, plan: SweepPlan, options: SweepOptions): Promise<void> {
  const missing = inDealingOrder(plan, watcher.missing());
  options.onEvent?.({ type: "start", runs: plan.size, done: plan.size - missing.length });
  if (missing.length === 0) return;
  const engine = await options.openEngine();
  try {
    await dealOut(engine, {
      chunks: cutIntoChunks(missing, engine.chunkSize(missing.length)),
      isWanted: (runs) => runs.some((run) => run < watcher.limit),
      onDone: (notices) => {
        watcher.add(notices);
        options.onEvent?.({ type: "handed-over", notices });
        if (watcher.limit < plan.size) {
          options.onEvent?.({ type: "stopping-rule", runs: watcher.limit });
          engine.stop();
        }
      },
      onLost: ({ message }) => options.onEvent?.({ type: "worker-lost", message }),
      signal: options.signal,
    });
  } finally {
    await engine.close();
  }
}

async function runInFolder(plan: SweepPlan, manifest: SweepManifest, options: SweepOptions): Promise<SweepOutcome> {
  const { folder } = options;
  await assertNoLink(join(folder, NAMES.parts));
  const known = await claim(manifest, options);
  await removePartials(folder);
  const { stopWhen } = plan.definition;
  const rule = stopWhen === null ? undefined : parseStopRule(stopWhen, Object.keys(manifest.measures));
  const watcher = new StopWatcher(plan, rule);
  const told = (): SweepOutcome => ({
    folder,
    manifest,
    runs: watcher.made,
    missing: watcher.limit - watcher.made,
    stopped: watcher.limit < plan.size,
  });
  const finished = await finishedRuns(plan, known, options);
  if (finished !== undefined) return { folder, manifest, runs: finished, missing: 0, stopped: finished < plan.size };

  await collect(folder, (notice) => watcher.add([notice]));
  try {
    await makeMissing(watcher, plan, options);
  } finally {
    // Whatever ended it: what was handed over can be asked about.
    if (watcher.made > 0) {
      const complete = watcher.missing().length === 0;
      await buildStore(folder, manifest, { limit: watcher.limit, complete });
      if (complete) {
        await exportTables(folder, { format: "parquet", into: folder });
        await removeParts(folder);
      }
    }
  }
  return told();
}

/**
 * Runs a sweep: every run that the folder does not hold yet, in any order, by any number of workers.
 *
 * A run is determined by the sweep and its index alone, so the results do not depend on who made it, when, or how often
 * the sweep was interrupted.
 *
 * @param scenario - The scenario as loaded.
 * @param definition - As {@link defineSweep} made it.
 * @throws {@link SweepConflictError} when the folder belongs to another sweep, another code, or a running process.
 * @throws {@link OutputUnwritableError} when results cannot be written; what is written stays.
 */
export async function runSweep(
  scenario: Scenario,
  definition: SweepDefinition,
  options: SweepOptions,
): Promise<SweepOutcome> {
  const plan = planSweep(scenario, definition);
  const { folder } = options;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw toOutputError(error, folder);
  }
  const unlock = await lockFolder(folder);
  try {
    const manifest = manifestOf(applyVariant(scenario, definition.variant), plan, options);
    return await runInFolder(plan, manifest, options);
  } finally {
    await unlock();
  }
}
