import { expect } from "chai";

import { run } from "../../src/engine/run.ts";
import type { Scenario } from "../../src/model/scenario.ts";
import { lpExit } from "../../src/model/shocks/markets.ts";
import { percent } from "../../src/units/amounts.ts";
import { minutes } from "../../src/units/durations.ts";
import myDefiScenario from "../helpers/my-defi-scenario.ts";

describe("a pool whose providers all leave", () => {
  it("ends no run: whoever needs its price is refused, and the record says why", async () => {
    const { timeline = [], ...scenario } = myDefiScenario as Scenario;
    const leave = lpExit({ by: "makers", pool: "lrt-weth", fraction: percent(100) });
    const emptied = { ...scenario, timeline: [{ at: minutes(1), shock: leave }, ...timeline], expect: {} };
    const { record } = await run(emptied);
    expect(record.rows.at(-1)?.step).to.equal(12);
    expect(record.invariants.every(({ broken }) => broken === null)).to.equal(true);
    const tried = record.actions.filter(({ type }) => type === "liquidate").map(({ outcome }) => outcome);
    expect(tried.length).to.be.greaterThan(0);
    // Lenders run too: where they took all cash, there is none for a flash loan.
    const reasons = ["MarketEmpty", "LendingPoolInsufficientCash"];
    for (const outcome of tried) {
      expect(outcome.status).to.equal("reverted");
      expect("error" in outcome && outcome.error).to.be.oneOf(reasons);
    }
  });
});
