/**
 * Turns the closing lines of `hardhat test` into one: `N passed, M failed`, with `, K skipped` where some were.
 *
 * Run: `node tools/test-summary.mjs <log of the run>`. A log without closing lines is a run that broke off: one failure.
 */
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { pathToFileURL } from "node:url";

const CLOSING = /^(\d+) (passing|failing|skipped|todo) \(\d+ \w+(?:, \d+ \w+)*\)$/gm;

/**
 * Counts the tests of a run.
 *
 * @param {string} log - Everything that `hardhat test` printed.
 * @returns {{ passed: number, failed: number, skipped: number }} Tests over all runners.
 */
export function countTests(log) {
  const lines = [...stripVTControlCharacters(log).replaceAll("\r", "").matchAll(CLOSING)];
  if (lines.length === 0) return { passed: 0, failed: 1, skipped: 0 };
  const count = (/** @type {string} */ word) =>
    lines.filter((line) => line[2] === word).reduce((sum, line) => sum + Number(line[1]), 0);
  return { passed: count("passing"), failed: count("failing"), skipped: count("skipped") + count("todo") };
}

/**
 * Writes the counts as the closing line.
 *
 * @param {{ passed: number, failed: number, skipped: number }} counts - Tests over all runners.
 * @returns {string} One line.
 */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(formatCounts(countTests(readFileSync(process.argv[2] ?? "/dev/stdin", "utf8"))));
}
