import { expect } from "chai";

import withdrawalRace from "../../scenarios/withdrawal-race.ts";
import { days, run, seconds, toCanonicalJson, type RunRecord } from "../../src/index.ts";
import { expectGolden } from "../helpers/golden.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { quickRun } from "../helpers/quick-run.ts";

const WINDOW = days(14);
const FAULT = days(1);
const slashTime = (latency: number): bigint => FAULT + (latency === 0 ? seconds(12) : days(latency));

describe("withdrawal-race", () => {
  let record: RunRecord;
  /** Exits from the operator that was reported after `latency` days, by their fate. */
  const exitsAt = (latency: number) => {
    const exits = record.exits.filter(({ operator }) => operator === `operators-${latency + 1}`);
    const slashedAt = slashTime(latency);
    return exits.map((exit) => ({ ...exit, queued: BigInt(exit.queuedAt), slashedAt }));
  };
  const escapeRate = (latency: number): number => {
    const holders = record.participants.filter(
      ({ operator, role }) => role === "staker" && operator === `operators-${latency + 1}`,
    );
    return exitsAt(latency).filter(({ escaped }) => escaped.length > 0).length / holders.length;
  };

  before(async () => {
    ({ record } = await quickRun(withdrawalRace));
  });

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("keeps every invariant and meets every expectation", () => {
    expect(record.invariants.filter(({ broken }) => broken !== null)).to.deep.equal([]);
    expect(record.passed).to.equal(true);
  });

  it("slashes every operator once, each a day later than the one before", () => {
    expect(record.slashes.map(({ operator, time }) => [operator, BigInt(time)])).to.deep.equal(
      Array.from({ length: 25 }, (_, latency) => [`operators-${latency + 1}`, slashTime(latency)]),
    );
  });

  it("lets nobody escape a fault that is reported within the window", () => {
    for (let latency = 0; latency <= 14; latency++) expect(escapeRate(latency), `${latency} days`).to.equal(0);
  });

  it("lets more escape, the later the report; most of them ten days past the window", () => {
    const mean = (from: number, to: number): number => {
      const rates = Array.from({ length: to - from + 1 }, (_, at) => escapeRate(from + at));
      return rates.reduce((total, rate) => total + rate, 0) / rates.length;
    };
    expect(mean(15, 17)).to.be.greaterThan(0).and.lessThan(mean(18, 20));
    expect(mean(18, 20)).to.be.lessThan(mean(22, 24));
    expect(mean(22, 24)).to.be.greaterThan(0.7);
  });

  it("decides each exit by one rule: hit up to and including the window's last moment", () => {
    for (let latency = 0; latency < 25; latency++) {
      for (const { id, queued, slashedAt, hitBy, escaped, lost } of exitsAt(latency)) {
        // What is queued in the slash's own block is hit or spared by the order within it.
        if (queued >= slashedAt) continue;
        const inReach = slashedAt <= queued + WINDOW;
        expect(hitBy.length > 0, id).to.equal(inReach);
        expect(escaped.length > 0, id).to.equal(!inReach);
        expect(BigInt(lost) > 0n, id).to.equal(inReach);
      }
    }
  });

  it("matches its golden metrics", async () => {
    await expectGolden("withdrawal-race", record);
  });

  it("gives the same bytes for the same seed, and other draws for another", async () => {
    const options = { seed: 7, steps: 8 };
    const once = await quickRun(withdrawalRace, options);
    const again = await run(withdrawalRace, options);
    const other = await quickRun(withdrawalRace, { ...options, seed: 8 });
    expect(toCanonicalJson(again.record)).to.equal(toCanonicalJson(once.record));
    expect(other.record.exits).to.not.deep.equal(once.record.exits);
  });
});
