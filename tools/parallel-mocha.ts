import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import { overrideTask } from "hardhat/config";
import type { TestRunResult } from "hardhat/types/test";
import type { Result } from "hardhat/types/utils";

/** A process takes up to a gigabyte, and beyond this many the longest file decides. */
const MOST_PROCESSES = 8;

/** Test files run side by side, one process a core; a file's own tests run in their order. */
export const mochaInParallel = {
  parallel: true,
  jobs: Math.min(availableParallelism(), MOST_PROCESSES),
  reporter: fileURLToPath(import.meta.resolve("./counting-reporter.mjs")),
};

/**
 * Makes the closing line of `hardhat test` count Mocha's tests as they ended: Hardhat counts them before the first
 * file is loaded, which in parallel is before there are any.
 */
export const countedMocha = overrideTask(["test", "mocha"])
  .setInlineAction(async (args, _hre, runSuper) => {
    // It needs Mocha, which no other task should have to load.
    const { counts } = await import("./counting-reporter.mjs");
    const { success } = (await runSuper(args)) as Result<TestRunResult, TestRunResult>;
    const result: TestRunResult = { summary: { ...counts } };
    return success && counts.failed === 0 ? { success: true, value: result } : { success: false, error: result };
  })
  .build();
