import { expect } from "chai";

import { run } from "../../src/engine/run.ts";
import { stalledPositions } from "../../src/model/metrics/inactivity.ts";
import { healthBelow, underwaterDebtHours } from "../../src/model/metrics/debts.ts";
import type { Scenario } from "../../src/model/scenario.ts";
import { lpExit } from "../../src/model/shocks/markets.ts";
import { percent } from "../../src/units/amounts.ts";
import { minutes } from "../../src/units/durations.ts";
import { WAD } from "../../src/units/units.ts";
import myDefiScenario from "../helpers/my-defi-scenario.ts";

describe("a pool whose providers all leave", () => {
  it("ends no run: a health that needs its price is not known, so nobody is underwater, and nobody liquidated", async () => {
    const { timeline = [], ...scenario } = myDefiScenario as Scenario;
    const leave = lpExit({ by: "makers", pool: "lrt-weth", fraction: percent(100) });
    const metrics = {
      underwater: underwaterDebtHours({ market: "pooled" }),
      below: healthBelow({ market: "pooled", limit: WAD }),
      stalled: stalledPositions({ market: "pooled", longerThan: 0n }),
    };
    const emptied = { ...scenario, metrics, timeline: [{ at: minutes(1), shock: leave }, ...timeline], expect: {} };
    const { record } = await run(emptied);
    expect(record.rows.at(-1)?.step).to.equal(12);
    expect(record.invariants.every(({ broken }) => broken === null)).to.equal(true);
    expect(record.actions.filter(({ type }) => type === "liquidate")).to.deep.equal([]);
    for (const { metrics: row } of record.rows) expect(row).to.include({ underwater: "0", below: "0", stalled: "0" });
  });
});
