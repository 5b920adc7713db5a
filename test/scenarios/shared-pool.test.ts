import { expect } from "chai";

import sharedPool from "../../scenarios/shared-pool.ts";
import { days, ether, run, seconds, toCanonicalJson, type RunRecord } from "../../src/index.ts";
import { headlineOf } from "../../src/report/story/answers.ts";
import { toText } from "../../src/report/story/phrase.ts";
import { readStory } from "../../src/report/story/story.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { quickRun } from "../helpers/quick-run.ts";

describe("shared-pool", () => {
  let record: RunRecord;
  const at = (time: bigint) => record.rows.find((row) => BigInt(row.time) === time)?.metrics ?? {};

  before(async () => {
    ({ record } = await quickRun(sharedPool));
  });

  it("says what it means on every page, and that vaults were slashed", () => {
    expectPlainPages([record]);
    expect(toText(headlineOf(readStory(record)))).to.match(/^Slashes of vaults took 160(\.0+)? ETH, and nothing was/);
  });

  it("keeps every law and meets its expectations", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("pays the first network in full, and the second what is left of one pool", () => {
    const first = at(days(2) + seconds(12));
    const second = at(days(3) + seconds(12));
    expect(first["poolVictims"]).to.equal(ether(60).toString());
    expect(second["poolVictims"]).to.equal(ether(100).toString());
    // Isolated, each takes from capital of its own; both get what they were due.
    expect(first["isolatedVictims"]).to.equal(ether(30).toString());
    expect(second["isolatedVictims"]).to.equal(ether(60).toString());
  });

  it("lets who leaves after the first slash bear the second like who stays", () => {
    const { poolStayers, poolLeavers, isolatedStayers, isolatedLeavers } = record.rows.at(-1)?.metrics ?? {};
    expect([poolStayers, poolLeavers]).to.deep.equal(["0", "0"]);
    expect([isolatedStayers, isolatedLeavers]).to.deep.equal([ether(20).toString(), ether(20).toString()]);
  });

  it("tells each party's part of every slash to the wei", () => {
    const of = (population: string, source: string): bigint =>
      (record.defi?.parties ?? [])
        .filter((party) => party.population === population)
        .flatMap(({ lines }) => lines)
        .filter((line) => line.channel === "slash" && line.with === source)
        .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    const pool = ["pool-stayers", "pool-leavers", "pool-victims"].map((who) => of(who, "oracle on pool"));
    const isolated = ["isolated-stayers", "isolated-leavers", "isolated-victims"].map((who) =>
      of(who, "oracle of isolated"),
    );
    expect(pool).to.deep.equal([0n - ether(20), 0n - ether(20), ether(40)]);
    expect(isolated).to.deep.equal([0n - ether(15), 0n - ether(15), ether(30)]);
  });

  it("matches its golden metrics, and writes the same bytes again", async () => {
    await expectGolden("shared-pool", record);
    const again = await run(sharedPool);
    expect(toCanonicalJson(again.record)).to.equal(toCanonicalJson(record));
  });
});
