import { readdir, stat } from "node:fs/promises";
import path from "node:path";

import { UsageError } from "../errors/usage-error.ts";
import { NAMES, readManifest } from "../sweep/store/sweep-folder.ts";
import { AUTO } from "./arguments.ts";

/** Folder below which sweeps go where none is named. */
export const OUTPUT = "out";

async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return Number.NaN;
  }
}

/** The sweep in `out/` whose results are the newest. */
async function newestSweep(): Promise<string | undefined> {
  const names = await readdir(OUTPUT).catch(() => []);
  const folders = names.map((name) => path.join(OUTPUT, name));
  const times = await Promise.all(folders.map(async (folder) => await changedAt(path.join(folder, NAMES.database))));
  const [newest] = folders
    .map((folder, at) => ({ folder, time: times[at] ?? Number.NaN }))
    .filter(({ time }) => !Number.isNaN(time))
    .sort((a, b) => b.time - a.time);
  return newest?.folder;
}

/**
 * Folder of the results that a command is about: the one that is named, or the newest in `out/`.
 *
 * @throws {@link UsageError} where it holds no results.
 */
export async function findSweepFolder(named: string): Promise<string> {
  const folder = named === AUTO ? await newestSweep() : named;
  if (folder === undefined) throw new UsageError(`${OUTPUT} holds no sweep.`, "Run one, or name its folder with --in.");
  if (!Number.isNaN(await changedAt(path.join(folder, NAMES.database)))) return folder;
  const begun = (await readManifest(folder).catch(() => undefined)) !== undefined;
  throw new UsageError(
    `${folder} holds no results of a sweep${begun ? " yet" : ""}.`,
    begun
      ? `Put them there with: npx hardhat sweep --resume --out ${folder}`
      : "Name the folder of one that has been run.",
  );
}
