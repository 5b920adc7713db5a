import { hostname } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { defineSweep } from "../../src/sweep/definition/define-sweep.ts";
import type { SweepDefinition } from "../../src/sweep/definition/sweep-definition.ts";
import { LocalEngine } from "../../src/sweep/local/local-engine.ts";
import { ChunkRunner, type OwnChain } from "../../src/sweep/run/chunk-runner.ts";
import { hashCode } from "../../src/sweep/run/code-hash.ts";
import { runSweep } from "../../src/sweep/run-sweep.ts";
import { hasAnvil } from "../helpers/anvil.ts";
import { exportedBytes, temporaryFolder } from "../helpers/sweep-fixture.ts";
import trapScenario from "../helpers/trap-scenario.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const file = path.join(root, "test/helpers/trap-scenario.ts");
const definition = defineSweep(trapScenario, {
  scenario: "test/helpers/trap-scenario.ts",
  set: { "populations.stakers.agent.params.trap": ["0%", "20%"], "avss.oracle.rule.slash": ["10%", "50%"] },
  seeds: "1..4",
});

interface How {
  readonly jobs: number;
  readonly chain?: OwnChain;
  readonly of?: SweepDefinition;
}

/** Sweeps with so many processes; returns how it ended, and what the results are exported as. */
async function sweepWith({ jobs, chain = "in-process", of = definition }: How) {
  const { folder, remove } = await temporaryFolder();
  try {
    const code = await hashCode(root, file);
    const task = { root, file, code, folder, definition: of, chain };
    const outcome = await runSweep(trapScenario, of, {
      ...{ folder, resume: false, code, version: "0", signal: new AbortController().signal },
      openEngine: async () => await Promise.resolve(new LocalEngine({ jobs, task, onRun: () => undefined })),
    });
    expect(outcome.missing).to.equal(0);
    return { outcome, bytes: await exportedBytes(folder) };
  } finally {
    await remove();
  }
}

const sweep = async (jobs: number, chain: OwnChain = "in-process") => (await sweepWith({ jobs, chain })).bytes;

describe("a sweep on the chain", () => {
  let two: Readonly<Record<string, string>> = {};
  before(async () => {
    two = await sweep(2);
  });

  it("gives the same bytes with one worker as with two", async () => {
    expect(await sweep(1)).to.deep.equal(two);
  });

  (hasAnvil() ? it : it.skip)("gives the same bytes on anvil as in process", async () => {
    expect(await sweep(1, "anvil")).to.deep.equal(two);
  });

  it("is ended by its stopping rule after the runs that the rule was judged by, and no others", async () => {
    const stopWhen = "ci(lost,mean) < 40%";
    const of = defineSweep(trapScenario, { scenario: definition.scenario, seeds: "1..400", stopWhen });
    const { outcome, bytes } = await sweepWith({ jobs: 2, of });
    expect(outcome).to.include({ stopped: true, runs: 100 });
    const runs = (bytes["runs.csv"] ?? "").trimEnd().split("\n").slice(1);
    expect(runs.map((row) => Number(row.split(",")[0]))).to.deep.equal(Array.from({ length: 100 }, (_, run) => run));
  });

  it("keeps a run that fails as a row with its error and the command that replays it", () => {
    const rows = (two["runs.csv"] ?? "").split("\n").filter((row) => row.includes("BEHAVIOUR"));
    expect(rows.length).to.be.greaterThan(0);
    for (const row of rows) {
      expect(row).to.match(/,failed,BEHAVIOUR,"The code of agent ""stakers-\d"" \(trapped-staker\) in step \d failed/);
      expect(row).to.match(/npm run simulate -- test\/helpers\/trap-scenario\.ts --seed \d --set ""populations/);
    }
  });

  it("gives each run what it gives by itself, on a chain of its own", async () => {
    const rows = (two["runs.csv"] ?? "").trimEnd().split("\n");
    const at = rows[0]?.split(",").indexOf("lost") ?? -1;
    for (const run of [0, 13]) {
      const runner = new ChunkRunner({ scenario: trapScenario, root, chain: "in-process" });
      const [line] = await runner.make({ definition, runs: [run] });
      await runner.close();
      const cells = rows[run + 1]?.split(",") ?? [];
      expect(line?.outcomes["lost"]).to.equal(cells.at(at - (rows[0]?.split(",").length ?? 0)));
    }
  });

  it("names nothing of this machine in its results", () => {
    const all = Object.values(two).join("\n");
    expect(all).to.not.contain(root);
    expect(all).to.not.contain(hostname());
  });
});
