import { readFileSync } from "node:fs";

import { expect } from "chai";

import type { RunRecord } from "../../src/report/run-record.ts";
import myScenario from "../helpers/my-scenario.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { quickRun } from "../helpers/quick-run.ts";

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
const sum = (amounts: readonly string[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

describe("the scenario of docs/writing-a-scenario.md", () => {
  let record: RunRecord;

  before(async () => {
    ({ record } = await quickRun(myScenario));
  });

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("stands in the page as it is run here", () => {
    const page = /```ts\n([\s\S]*?)```/.exec(read("docs/writing-a-scenario.md"))?.[1];
    expect(page).to.equal(read("test/helpers/my-scenario.ts").replace("../../src/", "./src/"));
  });

  it("runs and meets its expectation", () => {
    expect(record.passed).to.equal(true);
    expect(record.slashes).to.have.length(1);
  });

  it("attributes every slash to bearers who take part, and to a destination, without a remainder", () => {
    const participants = new Set(record.participants.map(({ id }) => id));
    for (const { bearers, shares, value, destination } of record.slashes) {
      expect(sum(bearers.map((bearer) => bearer.shares))).to.equal(BigInt(shares.total));
      expect(sum(bearers.map((bearer) => bearer.value))).to.equal(BigInt(value));
      expect(sum([shares.operator, shares.queue])).to.equal(BigInt(shares.total));
      expect(sum([destination.burned, destination.redistributed, destination.escrow])).to.equal(BigInt(shares.total));
      expect(bearers.filter(({ holder, layer }) => layer !== "dust" && !participants.has(holder))).to.deep.equal([]);
    }
  });

  it("pays each exit what it asked for less what it lost, and each participant its income less its losses", () => {
    const lost = record.exits.map((exit) => exit.lost);
    expect(sum(lost)).to.equal(
      sum(
        record.slashes.flatMap(({ bearers }) =>
          bearers.filter(({ layer }) => layer === "withdrawal").map(({ value }) => value),
        ),
      ),
    );
    for (const exit of record.exits) {
      if (exit.received !== null) expect(sum([exit.received, exit.lost])).to.equal(BigInt(exit.requested));
    }
    expect(record.exits.filter(({ received }) => received !== null)).to.have.length(1);
    for (const { income, losses, net } of record.earnings) {
      const earned = sum(income.map(({ amount }) => amount));
      expect(earned - sum(losses.map(({ amount }) => amount))).to.equal(BigInt(net));
    }
  });
});
