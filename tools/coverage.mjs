/**
 * Line and branch coverage of the contracts, mocks aside, and whether they are high enough.
 *
 * Run: `npm run coverage` (`-- <test files>` for some tests only). Copies the project to `cache/coverage/`, probes the
 * contracts there (tools/branch-probes.mjs), runs the tests with Hardhat's own coverage and reads its line counts.
 * Writes `coverage/branches.json`; ends with 1 when a total lies below its floor or a test fails.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { probe } from "./branch-probes.mjs";

const FLOOR = { lines: 98, branches: 95 };
const LEFT_OUT = new Set([".git", "artifacts", "cache", "coverage", "node_modules", "out", "typechain-types"]);

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const copy = path.join(root, "cache", "coverage");

/** @typedef {{ file: string, lines: [number, number], branches: [number, number], missed: string[] }} FileCoverage */

/** Copies the project and probes its contracts. @returns What was probed, by file. */
function prepare() {
  rmSync(copy, { recursive: true, force: true });
  for (const entry of globSync("*", { cwd: root }).filter((name) => !LEFT_OUT.has(name))) {
    cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  }
  const files = globSync("contracts/**/*.sol", { cwd: copy }).filter((file) => !file.startsWith("contracts/mocks/"));
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
 * Reads how often each line ran.
 *
 * @param {string} lcov - Hardhat's lcov report.
 * @returns {Map<string, Map<number, number>>} Counts by file and line.
 */
function readLcov(lcov) {
  const counts = new Map();
  for (const record of lcov.split("end_of_record")) {
    const file = /^SF:(.+)$/m.exec(record)?.[1];
    if (file === undefined) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map((hit) => [Number(hit[1]), Number(hit[2])]);
    counts.set(file, new Map(/** @type {[number, number][]} */ (lines)));
  }
  return counts;
}

/**
 * Sums one file up.
 *
 * @param {string} file - Contract's path.
 * @param {ReturnType<typeof probe>} probed - Its probes.
 * @param {Map<number, number>} counts - How often each line of the probed source ran.
 * @returns {FileCoverage} Covered and all, lines and branches, and what was missed.
 */
function summarise(file, probed, counts) {
  const own = [...counts].filter(([line]) => line <= probed.lines);
  const ways = probed.branches.flatMap(({ line, what, whenTrue, whenFalse }) => [
    { at: `${line} ${what} true`, hit: (counts.get(whenTrue) ?? 0) > 0 },
    { at: `${line} ${what} false`, hit: (counts.get(whenFalse) ?? 0) > 0 },
  ]);
  const missedLines = own.filter(([, count]) => count === 0).map(([line]) => `${line}`);
  return {
    file,
    lines: [own.length - missedLines.length, own.length],
    branches: [ways.filter(({ hit }) => hit).length, ways.length],
    missed: [...missedLines, ...ways.filter(({ hit }) => !hit).map(({ at }) => at)],
  };
}

/** Percentage of a pair. @param {[number, number]} pair - Covered and all. */
const percent = ([covered, all]) => (all === 0 ? 100 : (100 * covered) / all);
/** Lays a pair out. @param {[number, number]} pair - Covered and all. */
const format = (pair) => `${percent(pair).toFixed(2).padStart(6)} % (${pair.join("/")})`;

/** Adds pairs up. @param {[number, number][]} pairs - Covered and all. @returns {[number, number]} Their sum. */
const total = (pairs) => pairs.reduce((sum, pair) => [sum[0] + pair[0], sum[1] + pair[1]], [0, 0]);

/**
 * Runs the tests in the copy; shows what they print, but not Hardhat's own table, which counts the probes too.
 *
 * @param {string[]} args - Test files and options of `hardhat test`.
 * @returns {Promise<boolean>} Whether every test passed.
 */
async function runTests(args) {
  const hardhat = path.join(root, "node_modules", "hardhat", "dist", "src", "cli.js");
  const child = spawn(process.execPath, [hardhat, "test", "--coverage", ...args], {
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

const probes = prepare();
const passed = await runTests(process.argv.slice(2));
const counts = readLcov(readFileSync(path.join(copy, "coverage", "lcov.info"), "utf8"));

const files = [...probes]
  .map(([file, probed]) => summarise(file, probed, counts.get(file) ?? new Map()))
  .filter(({ lines, branches }) => lines[1] + branches[1] > 0);
const lines = total(files.map((file) => file.lines));
const branches = total(files.map((file) => file.branches));
mkdirSync(path.join(root, "coverage"), { recursive: true });
writeFileSync(path.join(root, "coverage", "branches.json"), `${JSON.stringify({ lines, branches, files }, null, 2)}\n`);

console.log("\nLine and branch coverage of contracts/, mocks aside\n");
for (const file of files) {
  console.log(`${file.file}\n  lines ${format(file.lines)}, branches ${format(file.branches)}`);
  if (file.missed.length > 0) console.log(`  missed: ${file.missed.join(", ")}`);
}
console.log(`\nlines    ${format(lines)}, floor ${FLOOR.lines} %`);
console.log(`branches ${format(branches)}, floor ${FLOOR.branches} %`);
const enough = percent(lines) >= FLOOR.lines && percent(branches) >= FLOOR.branches;
process.exitCode = passed && enough ? 0 : 1;
