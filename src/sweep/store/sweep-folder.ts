import { lstat, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

import { z } from "zod";

import { OutputUnwritableError } from "../../errors/output-unwritable-error.ts";
import { StoreError } from "../../errors/store-error.ts";
import { toCanonicalJson } from "../../report/files/canonical-json.ts";
import { toOutputError, writeFiles } from "../../report/files/write-files.ts";
import { sweepDefinitionSchema, sweepIdOf } from "../definition/sweep-definition.ts";

/** Names within a sweep's folder. */
export const NAMES = {
  manifest: "sweep.json",
  parts: "parts",
  database: "results.duckdb",
  lock: "lock",
} as const;

const measure = z.strictObject({ unit: z.string(), description: z.string() });

const manifestSchema = z.strictObject({
  id: z.string(),
  definition: sweepDefinitionSchema,
  question: z.string(),
  /** Version of the project, and hash of the code that can change a row. */
  version: z.string(),
  code: z.string(),
  /** Measures of a run, by name, and units of the parameters, by path. */
  measures: z.record(z.string(), measure),
  units: z.record(z.string(), z.string()),
});

/** What a sweep's folder holds results of; written before its first run. */
export type SweepManifest = z.infer<typeof manifestSchema>;

/** Reads a folder's manifest; undefined where there is none. */
export async function readManifest(folder: string): Promise<SweepManifest | undefined> {
  const file = path.join(folder, NAMES.manifest);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw toOutputError(error, file);
  }
  const hint = "Give the folder of a sweep, or another --out.";
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new StoreError(file, "it is no JSON", hint);
  }
  const { success, data: manifest, error } = manifestSchema.safeParse(data);
  if (!success) throw new StoreError(file, `${error.issues[0]?.path.join(".") ?? ""} is not as it should be`, hint);
  if (manifest.id === sweepIdOf(manifest.definition)) return manifest;
  throw new StoreError(file, "its id is not the hash of its definition", hint);
}

/** Writes a folder's manifest. */
export async function writeManifest(folder: string, manifest: SweepManifest): Promise<void> {
  await writeFiles(folder, [{ path: NAMES.manifest, content: toCanonicalJson(manifest) }]);
}

/** What a writer of a sweep has under way; a folder may hold other people's files too. */
const PARTIAL =
  /^(results\.duckdb|(runs|steps|measures|parameters)\.(parquet|csv))(\.scratch)?\.partial(\.wal|\.tmp)?$/;

/** Removes what a writer that died left half-written. */
export async function removePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (PARTIAL.test(name)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Writes a folder's entries to the disk, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a finished file in its place for good: what is there after a crash is the old one or the new one, whole. */
export async function settleFile(partial: string, target: string): Promise<void> {
  const handle = await open(partial, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(partial, target);
  await syncFolder(path.dirname(target));
}

/**
 * Refuses a folder within a sweep's whose name is a link: results would be written elsewhere.
 *
 * @throws {@link OutputUnwritableError} naming the link.
 */
export async function assertNoLink(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isSymbolicLink() === true)
    throw new OutputUnwritableError(folder, "a link leads out of the sweep's folder");
}

/** Whether a path exists. */
export async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
