import mocha from "mocha";

/** What the last run of this process came to, by the runner's own count. */
export const counts = { passed: 0, failed: 0, skipped: 0, todo: 0 };

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
    runner.once("end", () => {
      const { passes = 0, failures = 0, pending = 0 } = this.stats ?? {};
      Object.assign(counts, { passed: passes, failed: failures, skipped: pending });
    });
  }
}

// Mocha asks for a reporter by `require`, which gives what a module exports under this name.
export { CountingReporter as "module.exports" };
