import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { UsageError } from "../../errors/usage-error.ts";
import type { VectorInvalidError } from "../../errors/vector-invalid-error.ts";
import { ConformanceRunner, type CaseResult } from "../../world/conformance/conformance.ts";
import type { ConformanceCase } from "../../world/conformance/parse.ts";
import { parseClock } from "../arguments.ts";
import { readConformanceFiles } from "../conformance-files.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, formatFailure, runCommand } from "../failure.ts";
import { markBegun } from "../usage-guard.ts";

interface ConformanceArguments {
  readonly paths: readonly string[];
  readonly clock: string;
  readonly json: boolean;
}

/** One line for a case; for one that failed, also the first difference. */
export function formatCase(result: CaseResult): string {
  if (result.passed) return `ok    ${result.name}\n`;
  const unasked = result.unasked === undefined ? "" : `      nothing asked for ${result.unasked.join(", ")}\n`;
  if (result.difference === undefined) return `FAIL  ${result.name}\n      ${result.reason ?? "no reason"}\n${unasked}`;
  const { step, field, expected, got } = result.difference;
  // What is expected of a case as a whole says so itself.
  const place = step < 0 ? field : `step ${step}, ${field}`;
  return `FAIL  ${result.name}\n      ${place}: expected ${expected}, got ${got}\n${unasked}`;
}

async function runCases(
  runner: ConformanceRunner,
  cases: readonly ConformanceCase[],
  onResult: (result: CaseResult) => void,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  try {
    for (const single of cases) {
      const result = await runner.run(single);
      results.push(result);
      onResult(result);
    }
  } finally {
    await runner.close();
  }
  return results;
}

/** Malformed files are usage; a case that fails weighs more. */
function exitCode(failed: number, malformed: number): number {
  if (failed > 0) return EXIT.broken;
  return malformed > 0 ? EXIT.usage : EXIT.fine;
}

function toJson(mode: string, results: readonly CaseResult[], malformed: readonly VectorInvalidError[]): string {
  const passed = results.filter((result) => result.passed).length;
  const failed = results.length - passed + malformed.length;
  const files = malformed.map(({ details }) => details);
  const summary = { clock: mode, passed, failed, cases: results, malformed: files };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** Runs conformance files against the deployed contracts; a malformed one is named and does not stop the others. */
export default async function conformance(args: ConformanceArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const { paths, clock, json } = args;
  markBegun();
  await runCommand(json, async () => {
    const mode = parseClock(clock) ?? "blocknumber";
    if (paths.length === 0) {
      throw new UsageError("No file is given.", "Give files or folders, for example test/conformance/vectors.");
    }
    const { cases, others, malformed } = readConformanceFiles(paths);
    for (const file of others) process.stderr.write(`note: ${file} is of another format and is not run\n`);
    for (const error of malformed) process.stderr.write(formatFailure(error, json));
    if (cases.length === 0) return EXIT.usage;

    await ensureBuilt(hre, process.stderr);
    const results = await runCases(new ConformanceRunner(mode), cases, (result) => {
      if (!json) process.stdout.write(formatCase(result));
    });
    const failed = results.filter((result) => !result.passed).length;
    // A malformed file was asked for and did not pass.
    const counts = `${results.length - failed} passed, ${failed + malformed.length} failed\n`;
    process.stdout.write(json ? toJson(mode, results, malformed) : counts);
    return exitCode(failed, malformed.length);
  });
}
