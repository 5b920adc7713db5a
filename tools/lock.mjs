/**
 * What the lock file wants on this machine and `node_modules` does not hold.
 *
 * Plain ECMAScript without dependencies: it runs before anything is installed, on Node 20 or later.
 */
import { readFileSync } from "node:fs";

/**
 * @typedef {{ platform: string, arch: string, libc: string | undefined }} Machine
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string | string[],
 *   cpu?: string | string[], libc?: string | string[] }} LockEntry
 * @typedef {Record<string, LockEntry>} LockEntries
 */

/**
 * Describes this machine in npm's words.
 *
 * @returns {Machine} Platform, processor and, on Linux, the C library.
 */
export function thisMachine() {
  const { platform, arch } = process;
  if (platform !== "linux") return { platform, arch, libc: undefined };
  Object.assign(process.report, { excludeNetwork: true });
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { platform, arch, libc: report.header.glibcVersionRuntime === undefined ? "musl" : "glibc" };
}

/**
 * Tells whether a package's `os`, `cpu` or `libc` field admits a value; npm writes one name, a list, or `!name`.
 *
 * @param {string | string[] | undefined} field - Field as the lock file has it.
 * @param {string | undefined} value - This machine's value.
 * @returns {boolean} Whether the package is made for it.
 */
function admits(field, value) {
  if (field === undefined || value === undefined) return true;
  const names = [field].flat();
  if (names.includes(`!${value}`)) return false;
  const wanted = names.filter((name) => !name.startsWith("!"));
  return wanted.length === 0 || wanted.includes(value) || wanted.includes("any");
}

/**
 * Lists the packages that the lock file wants on this machine and `node_modules` does not hold.
 *
 * @param {LockEntries} wanted - `packages` of package-lock.json.
 * @param {LockEntries} installed - `packages` of node_modules/.package-lock.json.
 * @param {Machine} machine - Where they shall run.
 * @returns {{ required: string[], optional: string[] }} Paths such as `node_modules/hardhat`.
 */
export function missingPackages(wanted, installed, machine) {
  const missing = Object.entries(wanted).filter(([place, entry]) => {
    // An optional package for every machine is left to npm: it belongs to another machine's package.
    if (place === "" || (entry.optional === true && entry.os === undefined && entry.cpu === undefined)) return false;
    if (!admits(entry.os, machine.platform) || !admits(entry.cpu, machine.arch)) return false;
    if (!admits(entry.libc, machine.libc)) return false;
    const found = installed[place];
    return found === undefined || found.version !== entry.version || found.integrity !== entry.integrity;
  });
  const places = (/** @type {boolean} */ optional) =>
    missing.filter(([, entry]) => (entry.optional ?? false) === optional).map(([place]) => place);
  return { required: places(false), optional: places(true) };
}

/**
 * Reads the `packages` of a lock file.
 *
 * @param {string} file - Lock file.
 * @returns {LockEntries | undefined} Entries, or nothing when the file is absent or broken.
 */
export function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}
