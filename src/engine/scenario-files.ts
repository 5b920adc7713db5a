import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { nearestNames } from "../errors/nearest-names.ts";
import { ScenarioFileError } from "../errors/scenario-file-error.ts";
import { isSimError } from "../errors/sim-error.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { Scenario } from "../model/scenario.ts";

/** A scenario that the project ships: `scenarios/<name>.ts` or `scenarios/<name>/scenario.ts`. */
export interface ScenarioFile {
  readonly name: string;
  readonly file: string;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Lists the scenarios of the folder `scenarios/` below `root`, by name. */
export async function listScenarioFiles(root: string): Promise<ScenarioFile[]> {
  const folder = path.join(root, "scenarios");
  const found: ScenarioFile[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(".ts")) found.push({ name: entry.name.slice(0, -".ts".length), file });
    const own = path.join(file, "scenario.ts");
    if (entry.isDirectory() && (await isFile(own))) found.push({ name: entry.name, file: own });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a scenario is named by a file rather than by its name. */
export function looksLikePath(text: string): boolean {
  return text.includes("/") || text.includes(path.sep) || /\.[cm]?[jt]s$/.test(text);
}

/** Finds the file of a scenario given by name or by path. */
export async function findScenarioFile(nameOrPath: string, root: string): Promise<string> {
  if (looksLikePath(nameOrPath)) {
    const file = path.resolve(nameOrPath);
    if (await isFile(file)) return file;
    throw new UsageError(
      `Scenario file "${nameOrPath}" does not exist.`,
      "Give the path of a .ts file whose default export is a scenario, or a name that `npx hardhat scenarios` lists.",
    );
  }
  const known = await listScenarioFiles(root);
  const match = known.find(({ name }) => name === nameOrPath);
  if (match !== undefined) return match.file;
  const near = nearestNames(
    nameOrPath,
    known.map(({ name }) => name),
  );
  throw new UsageError(
    `Scenario "${nameOrPath}" is unknown.`,
    `Did you mean ${near.join(", ")}? \`npx hardhat scenarios\` lists them all with their questions.`,
  );
}

/** A file's path as people want it: relative where it lies below the working folder. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") ? file : relative;
}

/** Where in `file` an error came from, as `file:line:column`; the file alone when its trace does not say. */
function placeOf(error: unknown, file: string): string {
  const shown = shownPath(file);
  const trace = error instanceof Error ? (error.stack ?? error.message) : "";
  const line = trace.split("\n").find((candidate) => candidate.includes(file));
  const place = line === undefined ? null : /:(\d+)(?::(\d+))?\)?:?\s*$/.exec(line.replace(/: ERROR:.*$/, ""));
  if (place === null) return shown;
  return [shown, place[1], place[2]].filter((part) => part !== undefined).join(":");
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.message.startsWith("require() cannot be used on an ESM graph")) {
    return 'its folder belongs to no package with "type": "module". Put it inside the project, or end its name in .mts.';
  }
  if (!(error instanceof Error)) return String(error);
  // A file that does not parse says what is wrong behind the transformer's own headline.
  return /: ERROR: (.*)/.exec(error.message)?.[1] ?? error.message.split("\n")[0] ?? error.name;
}

/** Whether a value has the outline of a scenario; the engine judges every field before a run. */
function isScenario(value: unknown): value is Scenario {
  if (typeof value !== "object" || value === null) return false;
  return ["name", "question", "seed", "clock", "avss", "populations", "metrics"].every((field) => field in value);
}

/** Imports a file's default export, which must be a scenario. */
export async function loadScenario(file: string): Promise<Scenario> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    if (isSimError(cause)) throw cause;
    throw new ScenarioFileError(placeOf(cause, file), reasonOf(cause), cause);
  }
  const found: unknown = typeof module === "object" && module !== null && "default" in module ? module.default : null;
  if (isScenario(found)) return found;
  throw new ScenarioFileError(shownPath(file), "its default export is no scenario.");
}
