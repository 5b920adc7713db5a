/**
 * One at a time: a lock between processes of one machine, held for as long as its holder lives.
 *
 * Plain ECMAScript without dependencies: it runs before anything is installed, on Node 20 or later.
 */
import { createHash } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** How often a lock that somebody holds is looked at again, and how long at most it is waited for [ms]. */
const PAUSE = 100;
const PATIENCE = 30 * 60_000;
/** Age from which a lock without a holder's name is nobody's: naming it takes no time [ms]. */
const NAMELESS = 10_000;

/** Locks that this process holds: who has one already does not wait for itself. @type {Map<string, number>} */
const held = new Map();

/** Somebody else kept a lock for longer than anybody should. */
export class LockedError extends Error {
  /**
   * @param {string} what - What is locked.
   * @param {{ file: string, holder: string }} lock - Where the lock is, and whose.
   */
  constructor(what, { file, holder }) {
    super(`faultline: ${what} is kept by process ${holder} for too long. End it, or remove ${file}.`);
    this.name = "LockedError";
  }
}

/**
 * Names the lock for something that is done in a folder; it lies outside of it, so that no cleaning takes it away.
 *
 * @param {string} folder - Folder.
 * @param {string} what - What is done there, in one word.
 * @returns {string} Path of the lock.
 */
export function lockFile(folder, what) {
  // Of one user: nobody can take away what another has left in a folder for all.
  const name = `${process.getuid?.() ?? ""} ${path.resolve(folder)}`;
  const place = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return path.join(tmpdir(), `faultline-${what}-${place}.lock`);
}

/** Whether a process lives, as far as one may know. @param {string} pid - Its number. */
function lives(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** Writes the lock; false where somebody else has. @param {string} file - Lock. */
function write(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  }
}

/**
 * Tells who holds a lock.
 *
 * @param {string} file - Lock.
 * @returns {{ holder: string, isLost: boolean } | undefined} Holder, and whether it is gone; nothing where it is free.
 */
function holderOf(file) {
  try {
    const holder = readFileSync(file, "utf8");
    if (holder === "") return { holder, isLost: Date.now() - statSync(file).mtimeMs > NAMELESS };
    return { holder, isLost: !/^[1-9]\d*$/.test(holder) || !lives(holder) };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
    return undefined;
  }
}

/** Takes a lock away whose holder is gone. @param {string} file - Lock. @param {string} holder - Whose it was. */
function clear(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    // Another one was quicker and holds it by now: it gets it back.
    if (readFileSync(aside, "utf8") !== holder) linkSync(aside, file);
  } catch {
    // Somebody else cleared it.
  }
  rmSync(aside, { force: true });
}

/**
 * Waits until nobody else holds a lock, and holds it.
 *
 * @param {string} file - Lock, see {@link lockFile}.
 * @param {{ what: string, patience?: number, onWait?: (holder: string) => void }} terms - What is locked, in words; how
 *   long it may take [ms]; what to do when it has to wait.
 * @returns {() => void} Lets go of it.
 * @throws {LockedError} When it took too long.
 */
export function takeLock(file, { what, patience = PATIENCE, onWait = () => undefined }) {
  const times = held.get(file) ?? 0;
  held.set(file, times + 1);
  for (let waited = 0; times === 0 && !write(file); waited += PAUSE) {
    const found = holderOf(file);
    if (found?.isLost === true) clear(file, found.holder);
    if (found === undefined) continue;
    if (waited === 0 && !found.isLost) onWait(found.holder);
    if (waited >= patience) {
      held.delete(file);
      throw new LockedError(what, { file, holder: found.holder });
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  return () => {
    const left = (held.get(file) ?? 1) - 1;
    held.set(file, left);
    if (left > 0) return;
    held.delete(file);
    rmSync(file, { force: true });
  };
}
