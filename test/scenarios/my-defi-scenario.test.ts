import { readFileSync } from "node:fs";

import { expect } from "chai";

import type { RunRecord } from "../../src/report/run-record.ts";
import myDefiScenario from "../helpers/my-defi-scenario.ts";
import { expectPlainPages } from "../helpers/plain-pages.ts";
import { quickRun } from "../helpers/quick-run.ts";

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

describe("the DeFi scenario of docs/writing-a-scenario.md", () => {
  let record: RunRecord;

  before(async () => {
    ({ record } = await quickRun(myDefiScenario));
  });

  it("says what it means on every page", () => {
    expectPlainPages([record]);
  });

  it("stands in the page as it is run here", () => {
    const pages = [...read("docs/writing-a-scenario.md").matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
    expect(pages[1]).to.equal(read("test/helpers/my-defi-scenario.ts").replace("../../src/", "./src/"));
  });

  it("runs, keeps every law and meets its expectations", () => {
    expect(record.passed).to.equal(true);
    expect(record.invariants.filter(({ checks, broken }) => checks === 0 || broken !== null)).to.deep.equal([]);
  });
});
