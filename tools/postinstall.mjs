/**
 * Runs after `npm ci` or `npm install`: fetches what npm left out on an older Node, and sets the git hooks.
 *
 * The hooks are a convenience for those who commit: without git, in CI or with `HUSKY=0` nothing happens.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { repair, SetupError } from "./setup.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

try {
  repair(root);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

if (process.env["CI"] === undefined && process.env["HUSKY"] !== "0" && existsSync(path.join(root, ".git"))) {
  try {
    const { default: husky } = await import("husky");
    husky();
  } catch {
    console.error("faultline: git hooks are not set (husky is not installed); nothing else depends on them.");
  }
}
