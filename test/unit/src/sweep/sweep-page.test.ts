import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { answerSweep } from "../../../../src/sweep/answers/answer-sweep.ts";
import { readResults } from "../../../../src/sweep/answers/read-results.ts";
import { writeSweepPage } from "../../../../src/sweep/page/sweep-page.ts";
import { slipsOf } from "../../../helpers/plain-pages.ts";
import { paperSweep, temporaryFolder } from "../../../helpers/sweep-fixture.ts";

describe("the page of a sweep", () => {
  let page = "";
  let again = "";
  before(async () => {
    const { folder, remove } = await temporaryFolder();
    try {
      await paperSweep({ set: { "lst.fee": ["5%", "10%"], "clock.steps": ["10", "20"] }, seeds: "1..10" }).start(
        folder,
      );
      const results = await readResults(folder);
      const write = async (): Promise<string> =>
        await readFile((await writeSweepPage(folder, results, answerSweep(results))) ?? "", "utf8");
      page = await write();
      again = await write();
    } finally {
      await remove();
    }
  });

  it("shows distribution, fan, tornado and a map of two parameters", () => {
    for (const id of ["distribution", "fan", "tornado", "heat"]) expect(page).to.contain(`<figure id="${id}">`);
    expect(page).to.contain("40 runs, 8 failed");
  });

  it("shares out the variance, says how sure that is, and what more runs would give", () => {
    expect(page)
      .to.contain("First-order Sobol indices")
      .and.to.contain("] at the lowest and the highest values of each parameter");
    expect(page)
      .to.contain("95 % from")
      .and.to.match(/From 32 runs as they are\. With a hundred the error is about/);
  });

  it("lists failed runs with the commands that replay them", () => {
    expect(page).to.contain("npm run simulate -- my --seed 3");
  });

  it("says what it means", () => {
    expect(slipsOf(page)).to.deep.equal([]);
  });

  it("stands alone, and is the same each time", () => {
    expect(page).to.not.match(/(?:src|href)="https?:/);
    expect(again).to.equal(page);
  });
});
