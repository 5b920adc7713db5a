/**
 * Sets the project up where needed, then runs one of its tools on Node 24.
 *
 * Run: `node tools/bootstrap.mjs <tool> [arguments]`; the tool is a package's command such as `hardhat`, or `node`.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { LockedError, lockFile, takeLock } from "./alone.mjs";
import { environment, setUp, SetupError } from "./setup.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [tool = "hardhat", ...args] = process.argv.slice(2);

/** Finds the script behind a package's command, so that no shell shim is needed. @param {string} name - Command. */
function scriptOf(name) {
  const folder = path.join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[name]);
}

/** Runs the tool in the foreground and ends as it ends. @param {string} node - Node's executable. */
function run(node) {
  const script = tool === "node" ? [] : [scriptOf(tool)];
  const child = spawn(node, [...script, ...args], { cwd: root, env: environment(root), stdio: "inherit" });
  // The terminal sends an interrupt to both; the child decides when to stop.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}

/** Sets the project up once nobody else does: two installations at once would take each other's files away. */
function setUpAlone() {
  const onWait = (/** @type {string} */ holder) => console.error(`Process ${holder} sets up here; waiting for it.`);
  const release = takeLock(lockFile(root, "set-up"), { what: "the set-up of this folder", onWait });
  try {
    return setUp(root);
  } finally {
    release();
  }
}

try {
  run(setUpAlone());
} catch (error) {
  if (!(error instanceof SetupError || error instanceof LockedError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
