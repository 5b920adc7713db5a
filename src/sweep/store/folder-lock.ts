import { link, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";

import { SweepConflictError } from "../../errors/sweep-conflict-error.ts";
import { toOutputError } from "../../report/files/write-files.ts";
import { NAMES } from "./sweep-folder.ts";

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Whether a process still runs, on this machine. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Says who holds a lock, unless its holder is gone, or the lock says nothing. */
function holderOf(text: string): string | undefined {
  const [host = "", pid = ""] = text.split(" ");
  if (host === "") return undefined;
  return host === hostname() && !isAlive(Number(pid)) ? undefined : `process ${pid.trim()} on ${host}`;
}

/** Puts a lock in its place, whole from its first instant; false where there is one already. */
async function place(file: string, own: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // Some file systems have no links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(codeOf(error) ?? "")) throw error;
  }
  try {
    await writeFile(file, await readFile(own, "utf8"), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function readLock(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function refuse(folder: string, file: string, holder: string): never {
  throw new SweepConflictError(
    `The sweep in ${folder} is being run by ${holder}.`,
    `Wait for it, or remove ${file} if that process is gone.`,
  );
}

/** Removes the lock of a process that is gone: one process at a time, which looks at it again before it does. */
async function clear(folder: string, { file, own, gone }: { file: string; own: string; gone: string }): Promise<void> {
  const guard = `${file}.clearing`;
  if (!(await place(guard, own))) {
    const text = await readLock(guard);
    if (text === undefined) return;
    const [host = "", pid = ""] = text.split(" ");
    refuse(folder, guard, `process ${pid.trim()} on ${host}`);
  }
  try {
    if ((await readLock(file)) === gone) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * Takes a folder for one writer.
 *
 * @returns What gives it back.
 * @throws {@link SweepConflictError} while another process has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, NAMES.lock);
  const own = `${file}.${process.pid}`;
  try {
    await writeFile(own, `${hostname()} ${process.pid}`);
    while (!(await place(file, own))) {
      const text = await readLock(file);
      if (text === undefined) continue;
      const holder = holderOf(text);
      if (holder !== undefined) refuse(folder, file, holder);
      await clear(folder, { file, own, gone: text });
    }
  } catch (error) {
    throw toOutputError(error, file);
  } finally {
    await rm(own, { force: true });
  }
  return async () => {
    await rm(file, { force: true });
  };
}
