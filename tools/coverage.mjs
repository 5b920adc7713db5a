/**
 * Line and branch coverage of the contracts, mocks aside, and whether they are high enough.
 *
 * Run: `npm run coverage` (`-- <test files>` for some tests only). Copies the project to `cache/coverage/`, probes the
 * contracts there (tools/branch-probes.mjs), runs the tests with Hardhat's own coverage and reads its line counts.
 * Writes `coverage/branches.json`; ends with 1 when a total lies below its floor or a test fails.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { probe } from "./branch-probes.mjs";
import { isEnough, layOut, readLcov, summarise, totalOf } from "./coverage-report.mjs";

const LEFT_OUT = new Set([".git", "artifacts", "cache", "coverage", "node_modules", "out", "typechain-types"]);

/**
 * Tests of chains and commands that run as processes of their own: nobody counts there what ran, and what is probed does
 * not run without Hardhat's coverage, nor anything that is looked for beside the packages, which the copy has not.
 */
const APART = new RegExp(
  "/(integration/(anvil(-renewal)?|builds-at-once|command-line|sweep-\\w+)|unit/bench/measure|unit/docs/scale-out)\\.test\\.ts$",
);

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const copy = path.join(root, "cache", "coverage");

/** What opens a world's chain in the copy: the project's own networks, of which Hardhat knows which statements ran. */
const OWN_NETWORKS = `export async function openNetworks() { return (await import("hardhat")).default.network; }\n`;

/** Where scenarios run in the copy: nobody counts what runs on anvil. */
const OWN_CHAIN = `export const quickestChain = () => "in-process";\n`;

/** Copies the project and probes its contracts. @returns What was probed, by file. */
function prepare() {
  rmSync(copy, { recursive: true, force: true });
  for (const entry of globSync("*", { cwd: root }).filter((name) => !LEFT_OUT.has(name))) {
    cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  }
  writeFileSync(path.join(copy, "src", "chain", "open-networks.ts"), OWN_NETWORKS);
  writeFileSync(path.join(copy, "test", "helpers", "quickest-chain.ts"), OWN_CHAIN);
  const files = globSync("contracts/**/*.sol", { cwd: copy })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("contracts/mocks/"));
  return new Map(
    files.sort().map((file) => {
      const place = path.join(copy, file);
      const probed = probe(readFileSync(place, "utf8"));
      writeFileSync(place, probed.source);
      return [file, probed];
    }),
  );
}

/**
 * Runs Hardhat in the copy; shows what it prints, but not its own table of coverage, which counts the probes too.
 *
 * @param {string[]} args - Task, files and options.
 * @returns {Promise<boolean>} Whether it ended well.
 */
async function hardhat(args) {
  const cli = path.join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  let shown = true;
  for await (const line of createInterface({ input: child.stdout })) {
    shown &&= !line.startsWith("Saved html report");
    if (shown) console.log(line);
  }
  const [code] = await ended;
  return code === 0;
}

/**
 * Solidity files that are compiled at a time: all of them at once, probed and instrumented, need more memory than the
 * compiler has (2 GB of WASM).
 */
const AT_ONCE = 60;

/**
 * Compiles the copy part by part; the tests find everything compiled.
 *
 * @returns {Promise<boolean>} Whether every part could be compiled.
 */
async function compile() {
  const files = globSync(["contracts/**/*.sol", "test/property/**/*.sol"], { cwd: copy }).sort();
  for (let k = 0; k < files.length; k += AT_ONCE) {
    const part = files.slice(k, k + AT_ONCE);
    if (!(await hardhat(["build", "--coverage", "--no-typechain", ...part]))) return false;
  }
  return true;
}

/** All tests but those apart. @returns {string[]} Their files. */
const allTests = () =>
  globSync(["test/**/*.test.ts", "test/**/*.t.sol"], { cwd: copy })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !APART.test(file))
    .sort();

const probes = prepare();
const asked = process.argv.slice(2);
const passed =
  (await compile()) && (await hardhat(["test", "--coverage", ...(asked.length === 0 ? allTests() : asked)]));
const report = path.join(copy, "coverage", "lcov.info");
if (existsSync(report)) {
  const counts = readLcov(readFileSync(report, "utf8"));
  const files = [...probes]
    .map(([file, probed]) => summarise(file, probed, counts.get(file)))
    .filter(({ lines, branches }) => lines[1] + branches[1] > 0);
  const total = totalOf(files);
  mkdirSync(path.join(root, "coverage"), { recursive: true });
  writeFileSync(path.join(root, "coverage", "branches.json"), `${JSON.stringify({ ...total, files }, null, 2)}\n`);

  console.log(`\n${layOut(files)}`);
  if (!passed) console.log("\nSome tests failed: see above.");
  process.exitCode = passed && isEnough(total) ? 0 : 1;
} else {
  console.error("\nNothing was measured: the tests did not run.");
  process.exitCode = 1;
}
