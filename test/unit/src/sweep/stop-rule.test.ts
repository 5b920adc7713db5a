import { expect } from "chai";
import fc from "fast-check";

import { UsageError } from "../../../../src/errors/usage-error.ts";
import { checkpointsOf, parseStopRule, ruleHolds } from "../../../../src/sweep/definition/stop-rule.ts";
import { StopWatcher } from "../../../../src/sweep/stop-watcher.ts";
import { makeLine, paperSweep } from "../../../helpers/sweep-fixture.ts";

const file = { set: { "lst.fee": ["5%", "10%"] }, seeds: "1..300", stopWhen: "ci(restakersLoss,mean) < 20%" };
const rule = parseStopRule("ci(loss,mean) < 20%", ["loss"]);
const { plan } = paperSweep(file);
const notices = Array.from({ length: plan.size }, (_, run) => makeLine(plan.runAt(run)));

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("the stopping rule", () => {
  it("reads measure, statistic and width", () => {
    const { measure, share, within } = parseStopRule(" ci( bad debt , p99.5 ) <2.5% ", ["bad debt"]);
    expect({ measure, share, within }).to.deep.equal({ measure: "bad debt", share: 0.995, within: 0.025 });
  });

  for (const text of [
    "",
    "ci(loss)",
    "ci(loss,p0) < 2%",
    "ci(loss,p100) < 2%",
    "ci(loss,p99) < 0%",
    "ci(gain,p99) < 2%",
  ]) {
    it(`refuses "${text}"`, () => {
      expect(() => parseStopRule(text, ["loss"])).to.throw(UsageError);
    });
  }

  it("is looked at after whole seeds, at least 100 runs, and each time a tenth more", () => {
    expect(checkpointsOf(200, 1)).to.deep.equal([100, 110, 121, 134, 148, 163, 180, 198]);
    expect(checkpointsOf(400, 120)).to.deep.equal([120, 240, 360]);
    expect(checkpointsOf(100, 1)).to.deep.equal([]);
  });

  it("needs enough values beyond a quantile, and values that differ", () => {
    const p99 = parseStopRule("ci(loss,p99) < 90%", ["loss"]);
    const values = Array.from({ length: 367 }, (_, at) => 1000 + at);
    const each = (sample: readonly number[]) => ({ values: sample, groups: sample.map((_, at) => at) });
    expect(ruleHolds(p99, each(values), 0)).to.equal(false);
    expect(ruleHolds(p99, each([...values, 1100]), 0)).to.equal(true);
    expect(ruleHolds(p99, each(Array<number>(500).fill(7)), 0)).to.equal(false);
    // Hundreds of values of five seeds are five: chance was asked five times.
    expect(ruleHolds(p99, { values: [...values, 1100], groups: upTo(368).map((at) => at % 5) }, 0)).to.equal(false);
    const es99 = parseStopRule("ci(loss,es99) < 90%", ["loss"]);
    expect(ruleHolds(es99, each(upTo(999)), 0)).to.equal(false);
    expect(ruleHolds(es99, each(upTo(1_000)), 0)).to.equal(true);
  });

  it("ends after the same run in whatever order runs come in", () => {
    const endOf = (order: readonly number[]): number => {
      const watcher = new StopWatcher(plan, rule);
      for (const at of order) watcher.add(notices.slice(at, at + 1));
      expect(watcher.missing()).to.deep.equal([]);
      expect(watcher.made).to.equal(watcher.limit);
      return watcher.limit;
    };
    const inOrder = [...notices.keys()];
    const end = endOf(inOrder);
    expect(end).to.be.within(100, plan.size - 1);
    fc.assert(
      fc.property(fc.shuffledSubarray(inOrder, { minLength: plan.size, maxLength: plan.size }), (order) => {
        expect(endOf(order)).to.equal(end);
      }),
      { numRuns: 20 },
    );
  });
});
