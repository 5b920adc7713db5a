/** What `npm run coverage` prints: how much of each contract ran, and what did not. */

export const FLOOR = { lines: 98, branches: 95 };
const WIDTH = 80;
const ROOT = "contracts/";

/** @typedef {[covered: number, all: number]} Pair */
/**
 * @typedef {{ file: string, lines: Pair, branches: Pair, missedLines: number[], missedBranches: string[] }} FileCoverage
 */

/**
 * Reads whether each line ran.
 *
 * @param {string} lcov - Hardhat's lcov report.
 * @returns {Map<string, Map<number, number>>} Counts by file and line.
 */
export function readLcov(lcov) {
  const counts = new Map();
  for (const record of lcov.split("end_of_record")) {
    const file = /^SF:(.+)$/m.exec(record)?.[1];
    if (file === undefined) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map((hit) => [Number(hit[1]), Number(hit[2])]);
    counts.set(file.replaceAll("\\", "/"), new Map(/** @type {[number, number][]} */ (lines)));
  }
  return counts;
}

/**
 * Sums one file up.
 *
 * @param {string} file - Contract's path.
 * @param {ReturnType<typeof import("./branch-probes.mjs").probe>} probed - Its probes.
 * @param {Map<number, number> | undefined} counts - How often each line of the probed source ran.
 * @returns {FileCoverage} Covered and all, lines and branches, and what was missed.
 * @throws {RangeError} When the file has code that nobody measured: it must not pass for a file without any.
 */
export function summarise(file, probed, counts) {
  if (counts === undefined && probed.hasCode) throw new RangeError(`${file} was not measured.`);
  const own = [...(counts ?? [])].filter(([line]) => line <= probed.lines).sort(([a], [b]) => a - b);
  const ways = probed.branches.flatMap(({ line, what, whenTrue, whenFalse }) => [
    { at: `${line} ${what} true`, hit: (counts?.get(whenTrue) ?? 0) > 0 },
    { at: `${line} ${what} false`, hit: (counts?.get(whenFalse) ?? 0) > 0 },
  ]);
  const missedLines = own.filter(([, count]) => count === 0).map(([line]) => line);
  const missedBranches = ways.filter(({ hit }) => !hit).map(({ at }) => at);
  return {
    file,
    lines: [own.length - missedLines.length, own.length],
    branches: [ways.length - missedBranches.length, ways.length],
    missedLines,
    missedBranches,
  };
}

/** Adds pairs up. @param {Pair[]} pairs - Covered and all. @returns {Pair} Their sum. */
const sum = (pairs) => pairs.reduce(([covered, all], pair) => [covered + pair[0], all + pair[1]], [0, 0]);

/**
 * Adds files up.
 *
 * @param {FileCoverage[]} files - Files.
 * @returns {{ lines: Pair, branches: Pair }} Covered and all.
 */
export const totalOf = (files) => ({
  lines: sum(files.map(({ lines }) => lines)),
  branches: sum(files.map(({ branches }) => branches)),
});

/**
 * Says whether a total reaches both floors. Nothing measured reaches none.
 *
 * @param {{ lines: Pair, branches: Pair }} total - Covered and all.
 * @returns {boolean} Whether it does.
 */
export function isEnough({ lines, branches }) {
  const reaches = (/** @type {Pair} */ [covered, all], /** @type {number} */ floor) =>
    all > 0 && 100 * covered >= floor * all;
  return reaches(lines, FLOOR.lines) && reaches(branches, FLOOR.branches);
}

/** Lays a pair out; the percentage is rounded down. @param {Pair} pair - Covered and all. */
function cell([covered, all]) {
  if (all === 0) return "-".padStart(18);
  const percentage = (Math.floor((10_000 * covered) / all) / 100).toFixed(2);
  return `${percentage.padStart(6)} % ${`${covered}/${all}`.padStart(9)}`;
}

/**
 * Joins line numbers, runs of them as ranges.
 *
 * @param {number[]} lines - Ascending line numbers.
 * @returns {string[]} Numbers and ranges.
 */
function ranges(lines) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
}

/**
 * Breaks a list into lines that fit.
 *
 * @param {string} title - What the list is of.
 * @param {string[]} items - Items.
 * @returns {string[]} Lines; none for an empty list.
 */
function listed(title, items) {
  if (items.length === 0) return [];
  const indent = "    ";
  const rows = [`${indent}${title}`];
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? item : `${item},`;
    const row = rows.at(-1) ?? "";
    if (row.length + 1 + text.length <= WIDTH) rows[rows.length - 1] = `${row} ${text}`;
    else rows.push(`${indent}  ${text}`);
  }
  return rows;
}

/**
 * Lays the files and their total out for a terminal of 80 columns.
 *
 * @param {FileCoverage[]} files - Files.
 * @returns {string} Text.
 */
export function layOut(files) {
  const total = totalOf(files);
  const name = (/** @type {string} */ file) => (file.startsWith(ROOT) ? file.slice(ROOT.length) : file);
  const width = Math.max(10, ...files.map(({ file }) => name(file).length));
  const row = (/** @type {string} */ label, /** @type {{ lines: Pair, branches: Pair }} */ { lines, branches }) =>
    `${label.padEnd(width)} ${cell(lines)}  ${cell(branches)}`;
  return [
    "Line and branch coverage of contracts/, mocks aside",
    "",
    `${" ".repeat(width)} ${"lines".padStart(18)}  ${"branches".padStart(18)}`,
    ...files.flatMap((file) => [
      row(name(file.file), file),
      ...listed("lines missed:", ranges(file.missedLines)),
      ...listed("branches missed:", file.missedBranches),
    ]),
    "",
    row("total", total),
    `${"floor".padEnd(width)} ${`${FLOOR.lines.toFixed(2)} %`.padStart(8)}${" ".repeat(12)}${`${FLOOR.branches.toFixed(2)} %`.padStart(8)}`,
  ].join("\n");
}
