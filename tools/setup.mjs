/**
 * Set-up from a fresh clone: what is missing, and how it gets there.
 *
 * Plain ECMAScript without dependencies: it runs before anything is installed, on Node 20 or later. npm on a Node
 * older than 22 leaves out Hardhat's EVM without a word, so the packages made for this machine are checked one by one.
 * Source: docs/decisions/0007-bootstrap.md.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import path from "node:path";

import { missingPackages, readLock, thisMachine } from "./lock.mjs";

/** Node's major version that Faultline runs on. */
export const NODE_MAJOR = 24;
/** Oldest major version that can set the project up. */
const OLDEST_MAJOR = 20;
/** How often npm is asked before a registry that breaks off counts as out of reach; what has come is kept. */
const ATTEMPTS = 3;
/** Longest silence of the registry [ms]; npm itself would wait five minutes. */
const SILENCE = 90_000;
/** npm's words for a registry that cannot be reached, breaks off or is busy. */
const UNREACHED =
  /\b(?:E(?:IDLE|CONNECTION|RESPONSE|TRANSFER)TIMEOUT|ETIMEDOUT|ECONN\w+|EAI_AGAIN|ENOTFOUND|EPIPE|ERR_SOCKET_TIMEOUT|E429|E5\d\d|EINTEGRITY)\b/u;
/** Tests and the EVM are needed whatever NODE_ENV or npm's configuration leaves out. */
const EVERYTHING = ["--include=dev", "--include=optional"];

/** Set-up cannot go on: says what is missing and what to do. */
export class SetupError extends Error {
  /**
   * @param {string} missing - What is missing.
   * @param {string} remedy - What to do about it.
   */
  constructor(missing, remedy) {
    super(`faultline: set-up cannot go on.\n  Missing: ${missing}\n  To do:   ${remedy}`);
    this.name = "SetupError";
  }
}

/**
 * Compares `node_modules` with the lock file.
 *
 * @param {string} root - Project root.
 * @returns {{ required: string[], optional: string[] } | undefined} What is missing; nothing when all is.
 * @throws {SetupError} When the lock file is missing.
 */
function missingIn(root) {
  const wanted = readLock(path.join(root, "package-lock.json"));
  if (wanted === undefined) {
    throw new SetupError(
      "package-lock.json (absent or not readable), which fixes every version",
      "restore it with `git checkout -- package-lock.json`, then run the same command again.",
    );
  }
  const installed = readLock(path.join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return undefined;
  const onDisk = Object.fromEntries(
    Object.entries(installed).filter(([place]) => existsSync(path.join(root, place, "package.json"))),
  );
  return missingPackages(wanted, onDisk, thisMachine());
}

/**
 * Tells what a project needs before it can run.
 *
 * @param {string} root - Project root.
 * @returns {"ready" | "repair" | "install"} What is left to do.
 * @throws {SetupError} When the lock file is missing.
 */
export function stateOf(root) {
  const missing = missingIn(root);
  if (missing === undefined || missing.required.length > 0) return "install";
  return missing.optional.length > 0 ? "repair" : "ready";
}

/**
 * Finds a Node that Faultline runs on: this one, or the one that came with the dependencies.
 *
 * @param {string} root - Project root.
 * @returns {string | undefined} Path of the executable.
 */
export function findNode(root) {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  const system = process.platform === "win32" ? "win" : process.platform;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const local = path.join(root, "node_modules", `node-${system}-${process.arch}`, "bin", file);
  const works = existsSync(local) && spawnSync(local, ["--version"]).status === 0;
  return works ? local : undefined;
}

/**
 * Runs npm in the project once, on a given Node, with its messages on stderr.
 *
 * @param {string} root - Project root.
 * @param {string} node - Node's executable.
 * @param {string[]} args - npm's arguments.
 * @returns {{ ok: boolean, why: string, unreached: boolean }} Whether it worked, how it ended, whether the registry was
 *   why.
 */
function runNpmOnce(root, node, args) {
  const own = process.env["npm_execpath"];
  const [command, ...before] = own?.endsWith("npm-cli.js") ? [node, own] : ["npm"];
  const options = ["--ignore-scripts", "--loglevel=error", `--fetch-timeout=${SILENCE}`];
  const result = spawnSync(command, [...before, ...args, ...options], {
    cwd: root,
    encoding: "utf8",
    env: environment(root),
    shell: command === "npm" && process.platform === "win32",
    stdio: ["ignore", 2, "pipe"],
  });
  process.stderr.write(result.stderr ?? "");
  const why = result.error === undefined ? `npm ended with code ${result.status}` : result.error.message;
  return { ok: result.status === 0, why, unreached: UNREACHED.test(result.stderr ?? "") };
}

/**
 * Runs npm in the project, again where the registry broke off.
 *
 * @param {string} root - Project root.
 * @param {string} node - Node's executable.
 * @param {string[]} args - npm's arguments.
 * @returns {{ ok: boolean, why: string }} Whether it worked, and how it ended.
 */
function runNpm(root, node, args) {
  let result = runNpmOnce(root, node, args);
  for (let attempt = 2; attempt <= ATTEMPTS && !result.ok && result.unreached; attempt += 1) {
    console.error(`faultline: the npm registry broke off; asking again (${attempt} of ${ATTEMPTS}) …`);
    result = runNpmOnce(root, node, args);
  }
  return result;
}

/**
 * Makes the environment for a child: the project's own tools first, and no question asked.
 *
 * @param {string} root - Project root.
 * @returns {NodeJS.ProcessEnv} Environment.
 */
export function environment(root) {
  const tools = path.join(root, "node_modules", ".bin");
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const rest = process.env[name];
  return {
    ...process.env,
    [name]: rest === undefined ? tools : `${tools}${path.delimiter}${rest}`,
    HARDHAT_DISABLE_TELEMETRY: "true",
  };
}

/**
 * Fetches what npm left out because it ran on an older Node, most of all Hardhat's EVM.
 *
 * @param {string} root - Project root.
 * @param {string[]} [include] - Kinds of packages to keep whatever the environment says, as npm's options.
 * @throws {SetupError} When a package for this machine is still missing afterwards.
 */
export function repair(root, include = ["--include=optional"]) {
  // The Node that comes along is built for glibc; on musl it would only stand in the host's way.
  if (thisMachine().libc === "musl") rmSync(path.join(root, "node_modules", ".bin", "node"), { force: true });
  if (missingIn(root)?.optional.length === 0) return;
  const { why } = runNpm(root, requireNode(root), ["install", "--no-save", ...include]);
  const left = missingIn(root)?.optional ?? ["node_modules"];
  if (left.length === 0) return;
  throw new SetupError(
    `packages made for ${process.platform}-${process.arch}: ${left.join(", ")} (${why})`,
    "check that the npm registry can be reached (`npm ping`), then run the same command again.",
  );
}

/**
 * Finds a fitting Node or says how to get one.
 *
 * @param {string} root - Project root.
 * @returns {string} Path of the executable.
 * @throws {SetupError} When there is none.
 */
export function requireNode(root) {
  const node = findNode(root);
  if (node !== undefined) return node;
  throw new SetupError(
    `Node ${NODE_MAJOR}: this is Node ${process.versions.node}, and no Node comes along for ` +
      `${process.platform}-${process.arch}`,
    `install Node ${NODE_MAJOR} or later (https://nodejs.org), then run the same command again.`,
  );
}

/**
 * Installs every package of the lock file.
 *
 * @param {string} root - Project root.
 * @throws {SetupError} When npm fails.
 */
function install(root) {
  console.error("faultline: installing the dependencies, once; this takes a minute or two …");
  const { ok, why } = runNpm(root, process.execPath, ["ci", ...EVERYTHING]);
  if (ok) return;
  throw new SetupError(
    `packages named by package-lock.json (${why}, its message stands above)`,
    "check that the npm registry can be reached (`npm ping`), that this folder can be written and has 600 MB to " +
      "spare; then run the same command again.",
  );
}

/**
 * Brings the project from wherever it is to ready; does nothing when it is.
 *
 * @param {string} root - Project root.
 * @returns {string} Node's executable to run Faultline on.
 * @throws {SetupError} When that cannot be done.
 */
export function setUp(root) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) {
    throw new SetupError(
      `Node ${OLDEST_MAJOR} or later: this is Node ${process.versions.node}`,
      `install Node ${NODE_MAJOR} (https://nodejs.org), then run the same command again.`,
    );
  }
  const state = stateOf(root);
  if (state === "install") install(root);
  if (state !== "ready") repair(root, EVERYTHING);
  return requireNode(root);
}
