import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What can change a row, besides the scenario: the rooms that make it, the contracts, the versions of packages. */
const ROOMS = ["contracts", "deploy", "src/units", "src/errors", "src/maths", "src/model", "src/chain", "src/world"];
const FILES = ["package-lock.json", "hardhat.config.ts"];
const OWN_ROOMS = ["src/engine", "src/analysis", "src/sweep/run", "src/sweep/definition"];

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|sol)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Files of a scenario: itself, and where it has a folder of its own, all in there. */
async function filesOfScenario(file: string): Promise<readonly string[]> {
  return path.basename(file) === "scenario.ts" ? await filesBelow(path.dirname(file)) : [file];
}

/** Files by the names under which they are hashed. */
type Named = readonly (readonly [name: string, file: string])[];

async function filesOfProject(root: string): Promise<Named> {
  const rooms = await Promise.all(
    [...ROOMS, ...OWN_ROOMS].map(async (room) => await filesBelow(path.join(root, room))),
  );
  const files = [...rooms.flat(), ...FILES.map((file) => path.join(root, file))];
  return files.map((file) => [path.relative(root, file), file]);
}

async function hashFiles(files: Named): Promise<string> {
  const named = files.map(([name, file]) => [name.split(path.sep).join("/"), file] as const);
  const hash = createHash("sha256");
  for (const [name, file] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const content = await readFile(file);
    hash.update(`${name}\n${createHash("sha256").update(content).digest("hex")}\n`);
  }
  return `sha256:${hash.digest("hex")}`;
}

/**
 * Hash of everything that can change a row of any scenario: two machines with the same one can share a sweep.
 *
 * @param root - Project folder.
 */
export async function hashProject(root: string): Promise<string> {
  return await hashFiles(await filesOfProject(root));
}

/**
 * Hash of everything that can change a row of a scenario: two machines with the same one make the same rows.
 *
 * @param root - Project folder.
 * @param scenario - The scenario's file.
 */
export async function hashCode(root: string, scenario: string): Promise<string> {
  // A scenario may lie outside of the project: its files are named from where it lies.
  const folder = path.dirname(scenario);
  const own = (await filesOfScenario(scenario)).map(
    (file) => [`scenario/${path.relative(folder, file)}`, file] as const,
  );
  return await hashFiles([...(await filesOfProject(root)), ...own]);
}
