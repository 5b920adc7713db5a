import path from "node:path";

import mocha from "mocha";

/** What the last run of this process came to, by the runner's own count. */
export const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };

/** So many of the slowest files are named where nobody watches the run. */
const NAMED = 12;

/** Names the files whose tests took longest [s]. @param {Map<string, number>} spent - By file, in milliseconds. */
function nameSlowest(spent) {
  const slowest = [...spent].sort(([, a], [, b]) => b - a).slice(0, NAMED);
  const rows = slowest.map(([file, time]) => {
    return `    ${String(Math.round(time / 1000)).padStart(5)} s  ${path.relative(process.cwd(), file)}`;
  });
  console.log(["  The slowest files:", ...rows, ""].join("\n"));
}

/**
 * Prints as `spec` does and keeps the counts: test files that run in processes of their own are not known when
 * Hardhat adds them up.
 */
class CountingReporter extends mocha.reporters.Spec {
  /**
   * @param {import("mocha").Runner} runner - The runner that is about to start.
   * @param {import("mocha").MochaOptions} options - Its options.
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {Map<string, number>} */
    const spent = new Map();
    const add = (/** @type {{ file?: string, duration?: number }} */ { file, duration = 0 }) => {
      if (file !== undefined) spent.set(file, (spent.get(file) ?? 0) + duration);
    };
    runner.on("test end", add);
    runner.on("hook end", add);
    runner.once("end", () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats ?? {};
      Object.assign(counts, { passed: passes, failed: failures, skipped: pending });
      if (process.env["CI"] === "true") nameSlowest(spent);
    });
  }
}

// Mocha asks for a reporter by `require`, which gives what a module exports under this name.
export { CountingReporter as "module.exports" };
