import { expect } from "chai";

import { run } from "../../../../src/engine/run.ts";
import { InvariantBrokenError } from "../../../../src/errors/invariant-broken-error.ts";
import { each } from "../../../../src/model/distribution.ts";
import type { WorldView } from "../../../../src/model/view.ts";
import { runRecordSchema, type RunRecord } from "../../../../src/report/run-record.ts";
import { ether } from "../../../../src/units/amounts.ts";
import { days } from "../../../../src/units/durations.ts";
import { PaperWorld, type PaperWorldOptions } from "../../../helpers/paper-world.ts";
import { gambler, lastBlock, twoSlashes } from "../../../helpers/two-slashes.ts";

const scenario = twoSlashes;
const paper = (options: PaperWorldOptions = {}) => ({
  createWorld: async (spec: ConstructorParameters<typeof PaperWorld>[0]) =>
    await Promise.resolve(new PaperWorld(spec, options)),
});

const sum = (values: readonly string[]): bigint => values.reduce((total, value) => total + BigInt(value), 0n);

describe("run", () => {
  let record: RunRecord;
  before(async () => {
    record = (await run(scenario, paper())).record;
  });

  it("makes a record of the schema", () => {
    expect(() => runRecordSchema.parse(record)).not.to.throw();
    expect(record.passed).to.equal(true);
  });

  it("makes a step for each time of the grid and of the timeline", () => {
    const times = record.rows.map(({ time }) => BigInt(time));
    expect(times).to.have.length(1 + 16 + 1);
    expect(times).to.include(lastBlock);
    expect(times).to.include(lastBlock + 12n);
  });

  it("attributes every share and every wei of a slash", () => {
    expect(record.slashes.map(({ id }) => id)).to.deep.equal(["oracle#1", "availability#1"]);
    for (const { bearers, shares, value } of record.slashes) {
      expect(sum(bearers.map((bearer) => bearer.shares))).to.equal(BigInt(shares.total));
      expect(sum(bearers.map((bearer) => bearer.value))).to.equal(BigInt(value));
    }
  });

  it("hits an exit in its last slashable block and lets it go one block later", () => {
    const [exit] = record.exits.filter(({ holder }) => holder === "early");
    expect(exit?.hitBy).to.deep.equal(["oracle#1"]);
    expect(exit?.lost).to.equal(ether(6).toString());
    expect(exit?.escaped).to.deep.equal([
      { slash: "availability#1", why: "queued 14 d 12 s before the slash; its window ended 12 s earlier" },
    ]);
  });

  it("reads the case of a report", () => {
    expect(record.cases).to.have.length(1);
    expect(record.cases[0]).to.include({ result: "slashed", slash: "oracle#1", faultAt: days(2).toString() });
  });

  it("records a reverted action as an outcome", () => {
    const zero = record.actions.filter(({ outcome }) => outcome.status === "reverted");
    expect(zero).not.to.have.length(0);
    expect(zero.every(({ agent }) => agent.startsWith("gamblers"))).to.equal(true);
    expect(record.rows.at(-1)?.metrics["reverted"]).to.equal(zero.length.toString());
  });

  it("keeps every law, checked after every step", () => {
    expect(record.invariants).to.have.length(8);
    expect(record.invariants.every(({ checks, broken }) => checks === 17 && broken === null)).to.equal(true);
  });

  it("writes the same bytes for the same seed", async () => {
    const again = (await run(scenario, paper())).record;
    expect(JSON.stringify(again)).to.equal(JSON.stringify(record));
  });

  it("draws differently for another seed", async () => {
    const other = (await run(scenario, { ...paper(), seed: 6 })).record;
    expect(other.actions).not.to.deep.equal(record.actions);
    expect(other.scenario.hash).to.equal(record.scenario.hash);
  });

  it("keeps its rows whatever order the populations are declared in", async () => {
    const populations = Object.fromEntries(Object.entries(scenario.populations).reverse());
    const turned = (await run({ ...scenario, populations }, paper())).record;
    expect(turned.rows).to.deep.equal(record.rows);
    expect(turned.actions).to.deep.equal(record.actions);
  });

  it("keeps the others' draws when a population is added", async () => {
    const populations = {
      ...scenario.populations,
      more: { count: 1, agent: gambler({}), stake: each(ether(1)), delegateTo: "operators-2" },
    };
    const grown = (await run({ ...scenario, populations }, paper())).record;
    const drawn = ({ actions }: RunRecord): unknown =>
      actions
        .filter(({ agent }) => agent.startsWith("gamblers"))
        .map(({ step, agent, args }) => ({ step, agent, args }));
    expect(drawn(grown)).to.deep.equal(drawn(record));
  });

  it("gives the same rows in both clock modes, the clock's own column aside", async () => {
    const inBlocks = (await run(scenario, { ...paper({ secondsPerUnit: 12 }), clock: "blocknumber" })).record;
    const rows = (from: RunRecord): unknown => from.rows.map((row) => ({ ...row, clock: "" }));
    expect(rows(inBlocks)).to.deep.equal(rows(record));
  });

  it("stops at a broken law with the step, the values and the replay, and keeps the record so far", async () => {
    const inflate = (view: WorldView): WorldView => {
      if (view.time < days(3)) return view;
      const lst = { totalShares: 1n, balance: 1n, etherPerToken: 10n ** 18n, native: false };
      return { ...view, strategies: { ...view.strategies, lst } };
    };
    const error: unknown = await run(scenario, paper({ distort: inflate })).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(InvariantBrokenError);
    if (!(error instanceof InvariantBrokenError)) return;
    expect(error.code).to.equal("INVARIANT_BROKEN");
    expect(error.step).to.equal(3);
    expect(error.message).to.include("npm run simulate -- two-slashes --seed 5");
    const partial = runRecordSchema.parse(error.record);
    expect(partial.rows).to.have.length(4);
    expect(partial.passed).to.equal(false);
  });
});
