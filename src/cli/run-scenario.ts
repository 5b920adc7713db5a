import path from "node:path";

import { openChain, type ChainChoice } from "../chain/open-chain.ts";
import type { RunOptions } from "../engine/run-options.ts";
import { run } from "../engine/run.ts";
import type { Scenario } from "../model/scenario.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { RunRecord } from "../report/run-record.ts";
import { reportFolderName, writeReport } from "../report/write-report.ts";
import { createWorld } from "../world/create-world.ts";
import { startProgress } from "./progress.ts";

/** Runs a scenario on a chain of its own, with progress on stderr. */
export async function runWithProgress(scenario: Scenario, options: RunOptions, chain: ChainChoice) {
  const { variant } = options;
  const label = variant === undefined ? scenario.name : `${scenario.name} (${variant})`;
  const progress = startProgress(label, process.stderr);
  const backend = await openChain(chain);
  try {
    const make = async (spec: WorldSpec) => await createWorld(spec, { backend });
    return await run(scenario, { ...options, createWorld: make, onStep: progress.update });
  } finally {
    progress.stop();
    await backend.close();
  }
}

/** Writes a run's report below `folder`, in a folder of its own. */
export async function writeOwnReport(record: RunRecord, folder: string): Promise<string> {
  const own = reportFolderName(record);
  await writeReport(record, path.join(folder, own));
  return own;
}
