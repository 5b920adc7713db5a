import { openChain } from "../../src/chain/open-chain.ts";
import { run, toCanonicalJson, type RunOptions, type RunResult, type Scenario } from "../../src/index.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { quickestChain } from "./quickest-chain.ts";

/**
 * Runs a scenario on a chain of its own, where that is quickest. The bytes are the same on each ({@link bytesTwice}).
 */
export async function quickRun(scenario: Scenario, options: RunOptions = {}): Promise<RunResult> {
  const backend = await openChain(quickestChain());
  try {
    return await run(scenario, { ...options, createWorld: async (spec) => await createWorld(spec, { backend }) });
  } finally {
    await backend.close();
  }
}

/** The bytes of a run's record, and those of the same run once more, the second on a chain in this process. */
export async function bytesTwice(scenario: Scenario, options: RunOptions = {}): Promise<readonly [string, string]> {
  const { record } = await quickRun(scenario, options);
  return [toCanonicalJson(record), toCanonicalJson((await run(scenario, options)).record)];
}
