import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { applyOptions, type RunOptions } from "../../engine/run-options.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { resolveScenario } from "../../model/resolve-scenario.ts";
import type { Scenario } from "../../model/scenario.ts";
import { assertWritableFolder } from "../../report/files/write-files.ts";
import { writeTwins } from "../../report/write-report.ts";
import { AUTO, parseChain, parseOut, parseSeed, parseSteps } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { loadNamedScenario } from "../named-scenario.ts";
import { formatRunList, formatTwins } from "../run-list.ts";
import { runWithProgress, writeOwnReport } from "../run-scenario.ts";
import { markBegun } from "../usage-guard.ts";

interface TwinsArguments {
  readonly scenario: string | undefined;
  readonly only: string;
  readonly seed: string;
  readonly steps: string;
  readonly chain: string;
  readonly out: string;
  readonly json: boolean;
}

/** The scenario as written, and the variants that are asked for. */
function variantsOf(scenario: Scenario, only: string): readonly (string | undefined)[] {
  const known = Object.keys(scenario.variants ?? {});
  if (known.length === 0) {
    throw new UsageError(`Scenario ${scenario.name} has no variants.`, "Run it alone: npx hardhat simulate.");
  }
  return [undefined, ...(only === AUTO ? known : only.split(",").map((name) => name.trim()))];
}

function optionsOf(args: TwinsArguments, variant: string | undefined): RunOptions {
  const [seed, steps] = [parseSeed(args.seed), parseSteps(args.steps)];
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(steps === undefined ? {} : { steps }),
    ...(variant === undefined ? {} : { variant }),
    ...(args.scenario === undefined ? {} : { source: args.scenario }),
  };
}

/** Runs a scenario and its variants one after another, writes each report, and a page that lays them side by side. */
export default async function twins(args: TwinsArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const chain = parseChain(args.chain);
    const scenario = await loadNamedScenario(args.scenario, hre.config.paths.root);
    const wanted = variantsOf(scenario, args.only).map((variant) => ({ variant, options: optionsOf(args, variant) }));
    for (const { options } of wanted) resolveScenario(applyOptions(scenario, options));
    const folder = parseOut(args.out) ?? path.join("out", `${scenario.name}-twins`);
    await assertWritableFolder(folder);
    await ensureBuilt(hre, process.stderr);
    const entries = [];
    for (const { variant, options } of wanted) {
      const { record } = await runWithProgress(scenario, options, chain);
      const title = variant === undefined ? "as written" : (scenario.variants?.[variant]?.title ?? variant);
      entries.push({ name: variant ?? "base", title, record, folder: await writeOwnReport(record, folder) });
    }
    const page = await writeTwins(folder, entries);
    process.stdout.write(args.json ? formatRunList(page, entries) : formatTwins(page, entries));
    return entries.every(({ record }) => record.passed) ? EXIT.fine : EXIT.broken;
  });
}
