import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { RunOptions } from "../../engine/run-options.ts";
import { assertWritableFolder } from "../../report/files/write-files.ts";
import { formatSummary } from "../../report/summary/format-summary.ts";
import { wantsColour } from "../../report/summary/paint.ts";
import { writeReportIndex } from "../../report/write-report.ts";
import { parseOut, parseSeed } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { loadNamedScenario } from "../named-scenario.ts";
import { formatRunList } from "../run-list.ts";
import { runWithProgress, writeOwnReport } from "../run-scenario.ts";
import { markBegun } from "../usage-guard.ts";

/** The three stress scenarios, each cut to what shows its story in seconds. */
const STRESS: readonly { readonly name: string; readonly options: RunOptions }[] = [
  { name: "operator-fault", options: {} },
  { name: "depeg", options: {} },
  { name: "liquidation-cascade", options: {} },
];

interface StressArguments {
  readonly seed: string;
  readonly out: string;
  readonly json: boolean;
}

/** Runs the three stress scenarios and writes their reports, with one page that links them. */
export default async function stress(args: StressArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const seed = parseSeed(args.seed);
    const folder = parseOut(args.out) ?? path.join("out", "stress");
    await assertWritableFolder(folder);
    await ensureBuilt(hre, process.stderr);
    const entries = [];
    for (const { name, options } of STRESS) {
      const scenario = await loadNamedScenario(name, hre.config.paths.root);
      const seeded = { ...options, source: name, ...(seed === undefined ? {} : { seed }) };
      const { record } = await runWithProgress(scenario, seeded, "in-process");
      entries.push({ record, folder: await writeOwnReport(record, folder) });
      const summary = formatSummary(record, { colour: wantsColour(process.stdout, process.env) });
      if (!args.json) process.stdout.write(`${summary}\n`);
    }
    const page = await writeReportIndex(folder, entries);
    process.stdout.write(args.json ? formatRunList(page, entries) : `All three on one page: ${page}\n`);
    return entries.every(({ record }) => record.passed) ? EXIT.fine : EXIT.broken;
  });
}
