import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import { toOutputError } from "../../report/files/write-files.ts";
import { runLineSchema, type RunLine } from "../run/run-line.ts";
import { NAMES, settleFile } from "./sweep-folder.ts";

const PART = /^part-\d{8}-([0-9a-f]{24})\.jsonl\.gz$/;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 24);

/** Runs as the text of a part. */
export function toPartText(lines: readonly RunLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** Reads a part's text; what is no run's line is refused, not believed. */
export function fromPartText(text: string): readonly RunLine[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => runLineSchema.parse(JSON.parse(line)));
}

/**
 * Hands over finished runs as one file that is there whole or not at all, also after a crash.
 *
 * Its name is the hash of what it holds: the same runs handed over twice are one file.
 *
 * @throws {@link OutputUnwritableError} where the disk is full or the folder cannot be written.
 */
export async function writePart(folder: string, lines: readonly RunLine[]): Promise<void> {
  const [first] = lines;
  if (first === undefined) return;
  const text = toPartText(lines);
  const name = `part-${String(first.run).padStart(8, "0")}-${hashOf(text)}.jsonl.gz`;
  const target = path.join(folder, NAMES.parts, name);
  const partial = `${target}.${process.pid}.partial`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(partial, gzipSync(text));
    await settleFile(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw toOutputError(error, target);
  }
}

/** Names of a folder's parts, in order. */
export async function listParts(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(path.join(folder, NAMES.parts))).filter((name) => PART.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw toOutputError(error, folder);
  }
}

/** Runs of a part; undefined where it is damaged: then they are missing and will be run again. */
export async function readPart(folder: string, name: string): Promise<readonly RunLine[] | undefined> {
  const content = await readFile(path.join(folder, NAMES.parts, name));
  try {
    const text = gunzipSync(content).toString("utf8");
    return hashOf(text) === PART.exec(name)?.[1] ? fromPartText(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Removes all parts: their runs are in the store. */
export async function removeParts(folder: string): Promise<void> {
  await rm(path.join(folder, NAMES.parts), { recursive: true, force: true });
}
