import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import fc from "fast-check";

import type { ChainBackend, Eip1193Provider } from "../../src/chain/chain-backend.ts";
import { createEip1193Backend } from "../../src/chain/eip1193-backend.ts";
import { createInProcessBackend } from "../../src/chain/in-process.ts";
import { hardhatDialect } from "../../src/chain/rpc-dialect.ts";
import { defineSweep } from "../../src/sweep/definition/define-sweep.ts";
import { planSweep } from "../../src/sweep/definition/plan-sweep.ts";
import { ChunkRunner, type OwnChain } from "../../src/sweep/run/chunk-runner.ts";
import { executeRun } from "../../src/sweep/run/execute-run.ts";
import type { RunLine } from "../../src/sweep/run/run-line.ts";
import { WarmWorlds } from "../../src/sweep/run/warm-worlds.ts";
import { createWorld } from "../../src/world/create-world.ts";
import { hasAnvil } from "../helpers/anvil.ts";
import trapScenario from "../helpers/trap-scenario.ts";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const definition = defineSweep(trapScenario, {
  scenario: "test/helpers/trap-scenario.ts",
  set: { trap: ["0%", "25%"], slash: ["10%", "50%"] },
  seeds: "3..8",
});
const plan = planSweep(trapScenario, definition);
const RUNS = Array.from({ length: plan.size }, (_, run) => run);

/** A chain whose every second return to a snapshot brings back nothing, and says that it did. */
async function forgetful(): Promise<ChainBackend> {
  const inner = await createInProcessBackend();
  let returns = 0;
  const provider: Eip1193Provider = {
    request: async (call) => {
      if (call.method === "evm_revert" && ++returns % 2 === 0) return true;
      return await inner.provider.request(call);
    },
  };
  return await createEip1193Backend(provider, {
    dialect: hardhatDialect,
    close: async () => await inner.close(),
  });
}

describe("the rows of a sweep", () => {
  let expected: readonly RunLine[] = [];
  const runners: ChunkRunner[] = [];
  const chains: readonly OwnChain[] = hasAnvil() ? ["in-process", "in-process", "anvil"] : ["in-process", "in-process"];

  before(async () => {
    runners.push(...chains.map((chain) => new ChunkRunner({ scenario: trapScenario, root, chain })));
    expected = (await runners[0]?.make({ definition, runs: RUNS })) ?? [];
    expect(new Set(expected.map(({ status }) => status)))
      .to.include("failed")
      .and.include("passed");
  });

  after(async () => {
    await Promise.all(runners.map(async (runner) => await runner.close()));
  });

  it("do not depend on who makes them, on which chain, in which order, cut how", async () => {
    const deals = fc.record({
      order: fc.shuffledSubarray(RUNS, { minLength: 1, maxLength: 8 }),
      who: fc.array(fc.nat(chains.length - 1), { minLength: 1, maxLength: 6 }),
      size: fc.integer({ min: 1, max: 9 }),
    });
    const property = fc.asyncProperty(deals, async ({ order, who, size }) => {
      for (let at = 0; at < order.length; at += size) {
        const runner = runners[who[(at / size) % who.length] ?? 0];
        const runs = order.slice(at, at + size);
        expect(await runner?.make({ definition, runs })).to.deep.equal(runs.map((run) => expected[run]));
      }
    });
    await fc.assert(property, { numRuns: 6, seed: 4 });
  });

  it("do not depend on a world that does not come back as it was: a fresh one takes its place", async () => {
    let worlds = 0;
    const warm = new WarmWorlds(async (spec) => {
      worlds += 1;
      return await createWorld(spec, { backend: await forgetful() });
    });
    const context = { scenario: trapScenario, definition, worlds: warm, root };
    const runs = RUNS.slice(0, 5);
    const lines: RunLine[] = [];
    for (const run of runs) lines.push(await executeRun(context, plan.runAt(run)));
    await warm.close();
    expect(lines).to.deep.equal(runs.map((run) => expected[run]));
    expect(worlds).to.be.greaterThan(2);
  });
});
