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

/**
 * Hash of everything that can change a row of a scenario: two machines with the same one make the same rows.
 *
 * @param root - Project folder.
 * @param scenario - The scenario's file.
 */
export async function hashCode(root: string, scenario: string): Promise<string> {
  const rooms = await Promise.all(
    [...ROOMS, ...OWN_ROOMS].map(async (room) => await filesBelow(path.join(root, room))),
  );
  const own = await filesOfScenario(scenario);
  const shared = [...rooms.flat(), ...FILES.map((file) => path.join(root, file))];
  // A scenario may lie outside of the project: its files are named from where it lies.
  const named = [
    ...shared.map((file) => [path.relative(root, file), file] as const),
    ...own.map((file) => [`scenario/${path.relative(path.dirname(scenario), file)}`, file] as const),
  ].map(([name, file]) => [name.split(path.sep).join("/"), file] as const);
  const hash = createHash("sha256");
  for (const [name, file] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const content = await readFile(file);
    hash.update(`${name}\n${createHash("sha256").update(content).digest("hex")}\n`);
  }
  return `sha256:${hash.digest("hex")}`;
}
