import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** Where a build takes from and where it puts things. */
export interface BuildPlaces {
  /** Files and folders that decide what is built: their contents count. */
  readonly sources: readonly string[];
  /** Folders that a build writes: the times and sizes of their files count, so nobody else may have written there. */
  readonly outputs: readonly string[];
  /** The file that keeps the stamp. */
  readonly stamp: string;
}

async function filesBelow(place: string): Promise<readonly string[]> {
  const found = await statOf(place);
  if (found === undefined) return [];
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function allBelow(places: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(places.map(filesBelow))).flat();
}

/**
 * Tells what was built from what, in one hash: the contents of the sources, and of what was built the names, sizes and
 * times. Building anything again, or taking a file away, makes another one.
 */
async function stampOf({ sources, outputs }: BuildPlaces): Promise<string> {
  const read = (await allBelow(sources)).map(
    async (file) =>
      `${file}\n${createHash("sha256")
        .update(await readFile(file))
        .digest("hex")}`,
  );
  const looked = (await allBelow(outputs)).map(async (file) => {
    const found = await statOf(file);
    return `${file}\n${found?.size ?? ""} ${found?.mtimeMs ?? ""}`;
  });
  const hash = createHash("sha256");
  for (const line of await Promise.all([...read, ...looked])) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** Whether what lies there was built from what lies there, and nothing has been touched since. */
export async function isBuilt(places: BuildPlaces): Promise<boolean> {
  const kept = (await statOf(places.stamp)) === undefined ? "" : await readFile(places.stamp, "utf8");
  return kept !== "" && kept === (await stampOf(places));
}

/** Keeps the stamp of a build that has just ended, in one piece. */
export async function markBuilt(places: BuildPlaces): Promise<void> {
  const part = `${places.stamp}.${String(process.pid)}`;
  await mkdir(path.dirname(places.stamp), { recursive: true });
  await writeFile(part, await stampOf(places));
  await rename(part, places.stamp);
}
