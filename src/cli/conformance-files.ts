import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { UsageError } from "../errors/usage-error.ts";
import { VectorInvalidError } from "../errors/vector-invalid-error.ts";
import { CONFORMANCE_FORMATS, parseConformanceFile, type ConformanceCase } from "../world/conformance/parse.ts";

/** What was found under the paths given. */
export interface ConformanceFiles {
  readonly cases: readonly ConformanceCase[];
  /** Files of a folder that hold something else, with their format. */
  readonly others: readonly string[];
  /** What is wrong with files that cannot be read; they do not keep the sound ones from being run. */
  readonly malformed: readonly VectorInvalidError[];
}

const byNumber = new Intl.Collator("en", { numeric: true });

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort(byNumber.compare)
    .map((file) => path.join(folder, file));
}

/** Whether a file found in a folder is of a format that is run; one that cannot be told is, so that it is complained of. */
function isConformance(content: string): boolean {
  const format = /"format"\s*:\s*"([^"]*)"/.exec(content.slice(0, 4096))?.[1];
  return format === undefined ? !isWholeJson(content) : CONFORMANCE_FORMATS.includes(format);
}

function isWholeJson(content: string): boolean {
  try {
    JSON.parse(content);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads every conformance file under files and folders, before anything is run.
 *
 * @param paths - Files, which have to be conformance files, and folders, which may hold others too.
 * @throws {@link UsageError} for a path that is not there or a folder with nothing to run.
 */
export function readConformanceFiles(paths: readonly string[]): ConformanceFiles {
  const cases: ConformanceCase[] = [];
  const others: string[] = [];
  const malformed: VectorInvalidError[] = [];
  for (const given of paths) {
    const stats = statSync(given, { throwIfNoEntry: false });
    if (stats === undefined) {
      throw new UsageError(`There is no file or folder ${given}.`, "Give the path of a vector file or of a folder.");
    }
    const isFolder = stats.isDirectory();
    const before = cases.length + malformed.length;
    for (const file of isFolder ? filesUnder(given) : [given]) {
      try {
        const content = read(file);
        if (isFolder && !isConformance(content)) others.push(file);
        else cases.push(...parseConformanceFile(file, content));
      } catch (error) {
        if (!(error instanceof VectorInvalidError)) throw error;
        malformed.push(error);
      }
    }
    if (cases.length + malformed.length === before) {
      throw new UsageError(
        `${given} holds no conformance case.`,
        `Give files of format ${CONFORMANCE_FORMATS.join(" or ")}.`,
      );
    }
  }
  return { cases, others, malformed };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new VectorInvalidError({ file, place: "the whole file" }, "it cannot be read", error);
  }
}
