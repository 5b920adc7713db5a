import {
  access,
  constants,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

import { FULL, OutputUnwritableError } from "../../errors/output-unwritable-error.ts";
import { isSimError } from "../../errors/sim-error.ts";

/** A file to write: its path within the output folder, and what it holds. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files into a folder, all or nothing.
 *
 * Everything is written to a temporary folder beside its place and renamed into it only when all of it
 * is there; on failure nothing half-written stays, nor a folder that was made for it.
 *
 * @returns Absolute paths, in the order given.
 * @throws OutputUnwritableError naming the path when the folder cannot take the files, or a path leads out of it.
 */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<string[]> {
  const root = resolve(folder);
  for (const { path } of files) assertInside(root, path);
  const made: string[] = [];
  try {
    await makeFolder(root, made);
    await stageAndMove(await realpath(root), files);
  } catch (error) {
    if (made.includes(root)) await rm(root, { recursive: true, force: true });
    await removeMade(made.filter((path) => path !== root));
    throw toOutputError(error, root);
  }
  return files.map(({ path }) => join(root, path));
}

/** Fails early, before a long run, where results could not be written afterwards; leaves nothing behind. */
export async function assertWritableFolder(folder: string): Promise<void> {
  const root = resolve(folder);
  try {
    const missing = await firstMissing(root);
    const existing = missing === null ? root : dirname(missing);
    if (!(await stat(existing)).isDirectory()) throw new OutputUnwritableError(existing, "it is a file, not a folder");
    if (missing !== null && (await isLink(missing))) throw new OutputUnwritableError(missing, "a link leads nowhere");
    await access(existing, constants.W_OK | constants.X_OK);
    // Permission bits do not tell everything (/proc, read-only mounts): a folder is made there and removed.
    await rm(await mkdtemp(join(existing, ".faultline-partial-")), { recursive: true });
  } catch (error) {
    throw toOutputError(error, root);
  }
}

/** Makes a folder and those above it, one by one: Node's own recursive way never ends below /proc. Adds them to `made`. */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  if ((await kindOf(folder)) === "folder") return;
  await makeFolder(dirname(folder), made);
  try {
    await mkdir(folder);
    made.push(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (codeOf(error) !== "EEXIST" || (await kindOf(folder)) !== "folder") throw error;
  }
}

/** Removes folders that were made, the last one first, unless another run has put something there meanwhile. */
async function removeMade(made: readonly string[]): Promise<void> {
  for (const folder of [...made].reverse()) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error))) return;
      throw error;
    }
  }
}

async function stageAndMove(root: string, files: readonly OutputFile[]): Promise<void> {
  const stage = await mkdtemp(join(root, ".faultline-partial-"));
  try {
    for (const { path, content } of files) {
      await mkdir(dirname(join(stage, path)), { recursive: true });
      await writeFile(join(stage, path), content);
    }
    for (const { path } of files) await prepareTarget(root, path);
    for (const { path } of files) await rename(join(stage, path), join(root, path));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** A target's folder must exist and lie, links followed, inside the root; the target must not be a folder. */
async function prepareTarget(root: string, path: string): Promise<void> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  const real = await realpath(dirname(target));
  if (real !== root && !real.startsWith(root + sep)) {
    throw new OutputUnwritableError(target, `a link leads out of the output folder to ${real}`);
  }
  if ((await kindOf(target)) === "folder")
    throw new OutputUnwritableError(target, "a folder of that name is in the way");
}

function assertInside(root: string, path: string): void {
  const inside = relative(root, resolve(root, path));
  if (isAbsolute(path) || inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new OutputUnwritableError(resolve(root, path), `it lies outside the output folder ${root}`);
  }
}

/** The topmost folder of a path that does not exist yet. */
async function firstMissing(path: string): Promise<string | null> {
  if ((await kindOf(path)) !== "nothing") return null;
  const parent = dirname(path);
  return parent === path ? path : ((await firstMissing(parent)) ?? path);
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function kindOf(path: string): Promise<"nothing" | "file" | "folder"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "nothing";
    throw error;
  }
}

/** Failures of the file system become this project's, with the path; a bug stays what it is. */
export function toOutputError(error: unknown, root: string): unknown {
  if (isSimError(error) || codeOf(error) === "") return error;
  const path = error instanceof Error && "path" in error ? error.path : undefined;
  return new OutputUnwritableError(typeof path === "string" ? path : root, reasonOf(error), error);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOENT: "no folder can be made there",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a file is in the way",
  ENAMETOOLONG: "the name is too long",
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
