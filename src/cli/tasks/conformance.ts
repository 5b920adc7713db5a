import { UsageError } from "../../errors/usage-error.ts";
import { ConformanceRunner, type CaseResult } from "../../world/conformance/conformance.ts";
import { parseClock } from "../arguments.ts";
import { readConformanceFiles } from "../conformance-files.ts";
import { EXIT, runCommand } from "../failure.ts";
import { markBegun } from "../usage-guard.ts";

interface ConformanceArguments {
  readonly paths: readonly string[];
  readonly clock: string;
  readonly json: boolean;
}

/** One line for a case; for one that failed, also the first difference. */
export function formatCase(result: CaseResult): string {
  if (result.passed) return `ok    ${result.name}\n`;
  if (result.difference === undefined) return `FAIL  ${result.name}\n      ${result.reason ?? "no reason"}\n`;
  const { step, field, expected, got } = result.difference;
  const place = step < 0 ? "after the last step" : `step ${step}`;
  return `FAIL  ${result.name}\n      ${place}, ${field}: expected ${expected}, got ${got}\n`;
}

/** Runs conformance files against the deployed contracts. */
export default async function conformance({ paths, clock, json }: ConformanceArguments): Promise<void> {
  markBegun();
  await runCommand(json, async () => {
    const mode = parseClock(clock) ?? "blocknumber";
    if (paths.length === 0) {
      throw new UsageError("No file is given.", "Give files or folders, for example test/conformance/vectors.");
    }
    const { cases, others } = readConformanceFiles(paths);
    for (const file of others) process.stderr.write(`note: ${file} is of another format and is not run\n`);

    const results: CaseResult[] = [];
    const runner = new ConformanceRunner(mode);
    try {
      for (const single of cases) {
        const result = await runner.run(single);
        results.push(result);
        if (!json) process.stdout.write(formatCase(result));
      }
    } finally {
      await runner.close();
    }

    const passed = results.filter((result) => result.passed).length;
    const failed = results.length - passed;
    const summary = { clock: mode, passed, failed, cases: results };
    process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${passed} passed, ${failed} failed\n`);
    return failed === 0 ? EXIT.fine : EXIT.broken;
  });
}
