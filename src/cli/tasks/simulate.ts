import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { applyOptions, type RunOptions } from "../../engine/run-options.ts";
import { InvariantBrokenError } from "../../errors/invariant-broken-error.ts";
import { parseAssignments } from "../../model/parameters/set-parameters.ts";
import { resolveScenario } from "../../model/resolve-scenario.ts";
import { toCanonicalJson } from "../../report/files/canonical-json.ts";
import { assertWritableFolder } from "../../report/files/write-files.ts";
import type { RunRecord } from "../../report/run-record.ts";
import { formatSummary } from "../../report/summary/format-summary.ts";
import { wantsColour } from "../../report/summary/paint.ts";
import { reportFolderName, writeReport } from "../../report/write-report.ts";
import { AUTO, parseChain, parseClock, parseOut, parseSeed, parseSteps } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { runWithProgress } from "../run-scenario.ts";
import { loadNamedScenario } from "../named-scenario.ts";
import { markBegun } from "../usage-guard.ts";

/** Folder below which reports go where none is named. */
const OUTPUT = "out";

interface SimulateArguments {
  readonly scenario: string | undefined;
  readonly seed: string;
  readonly steps: string;
  readonly clock: string;
  readonly chain: string;
  readonly set: string;
  readonly variant: string;
  readonly out: string;
  readonly json: boolean;
}

type RunChoices = Pick<RunOptions, "seed" | "steps" | "clock" | "set" | "variant">;

/** Folder that the report is checked to fit into before the run; none where only the record is printed. */
function readOutput({ json, out }: SimulateArguments): string | undefined {
  return parseOut(out) ?? (json ? undefined : OUTPUT);
}

/** What the command line says about the run; what it leaves out is the scenario's own. */
function readOptions(args: SimulateArguments): RunChoices {
  const seed = parseSeed(args.seed);
  const steps = parseSteps(args.steps);
  const clock = parseClock(args.clock);
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(steps === undefined ? {} : { steps }),
    ...(clock === undefined ? {} : { clock }),
    ...(args.variant === AUTO ? {} : { variant: args.variant }),
    ...(args.set === AUTO ? {} : { set: parseAssignments(args.set) }),
  };
}

/** Writes the report, unless only the record is wanted; then prints the record, or its summary. */
async function publish(record: RunRecord, { json, out }: SimulateArguments): Promise<void> {
  const folder = out === AUTO ? path.join(OUTPUT, reportFolderName(record)) : out;
  const files = json && out === AUTO ? undefined : await writeReport(record, folder);
  const colour = wantsColour(process.stdout, process.env);
  const summary = { colour, ...(files === undefined ? {} : { files }) };
  process.stdout.write(json ? toCanonicalJson(record) : formatSummary(record, summary));
}

/** Runs a scenario; writes its report and prints its summary, or prints its record as JSON. */
export default async function simulate(args: SimulateArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const options = readOptions(args);
    const chain = parseChain(args.chain);
    const output = readOutput(args);
    const scenario = await loadNamedScenario(args.scenario, hre.config.paths.root);
    // What cannot be is refused before anything is compiled, deployed or run.
    resolveScenario(applyOptions(scenario, options));
    if (output !== undefined) await assertWritableFolder(output);

    await ensureBuilt(hre, process.stderr);
    try {
      const { record } = await runWithProgress(scenario, { ...options, source: args.scenario ?? scenario.name }, chain);
      await publish(record, args);
      return record.passed ? EXIT.fine : EXIT.broken;
    } catch (error) {
      // What led to a broken law is worth reading: the report shows the run up to that step.
      if (error instanceof InvariantBrokenError && error.record !== undefined) {
        await publish(error.record as RunRecord, args);
      }
      throw error;
    }
  });
}
