import { expect } from "chai";

import { run } from "../../src/engine/run.ts";
import type { RunRecord } from "../../src/report/run-record.ts";
import { PaperWorld } from "../helpers/paper-world.ts";
import { twoSlashes } from "../helpers/two-slashes.ts";

describe("a scenario on the chain", () => {
  let chain: RunRecord;
  let paper: RunRecord;
  before(async () => {
    chain = (await run(twoSlashes)).record;
    paper = (await run(twoSlashes, { createWorld: (spec) => Promise.resolve(new PaperWorld(spec)) })).record;
  });

  /** What must not depend on who keeps the ledger. */
  const rowsOf = ({ rows }: RunRecord): unknown => rows.map((row) => ({ ...row, clock: "" }));

  it("keeps every law and expectation", () => {
    expect(chain.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(chain.passed).to.equal(true);
  });

  it("gives the rows that the oracle gives on paper, to the wei", () => {
    expect(rowsOf(chain)).to.deep.equal(rowsOf(paper));
  });

  it("attributes the slashes as the oracle does on paper", () => {
    const told = ({ slashes }: RunRecord): unknown =>
      slashes.map(({ id, shares, value, bearers }) => ({ id, shares, value, bearers }));
    expect(told(chain)).to.deep.equal(told(paper));
  });

  it("tells the same exits and escapes", () => {
    expect(chain.exits).to.deep.equal(paper.exits);
  });

  it("gives the same rows where the clock counts blocks", async () => {
    const inBlocks = (await run(twoSlashes, { clock: "blocknumber" })).record;
    expect(rowsOf(inBlocks)).to.deep.equal(rowsOf(chain));
  });

  it("writes the same bytes again", async () => {
    const again = (await run(twoSlashes)).record;
    expect(JSON.stringify(again)).to.equal(JSON.stringify(chain));
  });
});
