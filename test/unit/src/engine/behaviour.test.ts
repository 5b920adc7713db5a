import { expect } from "chai";

import { BehaviourError } from "../../../../src/errors/behaviour-error.ts";
import { isSimError } from "../../../../src/errors/sim-error.ts";
import { readMetrics } from "../../../../src/engine/observe.ts";
import { planStep } from "../../../../src/engine/plan-step.ts";
import { replayOf } from "../../../../src/engine/run-options.ts";
import type { Agent } from "../../../../src/model/agent.ts";
import type { Metric, Unit } from "../../../../src/model/metric.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import type { View } from "../../../../src/model/view.ts";

const view = { step: 7, faults: [] } as unknown as View;

function planOf(decide: () => unknown): () => unknown {
  const agent = { name: "clumsy", decide } as unknown as Agent<string>;
  const member = (name: string): string => name;
  const cast = [{ id: "stakers-1", index: 0, agent }];
  return () => planStep({ seed: 1, step: 7, now: 0n, view, cast, due: [], order: "declared", member });
}

function failureOf(work: () => unknown): BehaviourError {
  try {
    work();
  } catch (error) {
    if (error instanceof BehaviourError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
}

describe("a scenario's own code", () => {
  const boom = (): never => {
    throw new RangeError("no stake left");
  };
  const decisions: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["throws", boom, /no stake left/],
    ["returns nothing", () => undefined, /undefined, which is no list/],
    ["returns a list with something else in it", () => [{ kind: "deposit" }], /something else/],
  ];
  for (const [what, decide, reason] of decisions) {
    it(`is named with its step when an agent ${what}`, () => {
      const failure = failureOf(planOf(decide));
      expect(isSimError(failure)).to.equal(true);
      expect(failure.details["where"]).to.equal('agent "stakers-1" (clumsy) in step 7');
      expect(failure.message).to.match(reason);
    });
  }

  const readings: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["throws", boom, /no stake left/],
    ["returns a number", () => 3, /number, which is no bigint/],
  ];
  for (const [what, read, reason] of readings) {
    it(`is named with its step when a metric ${what}`, () => {
      const metric = { unit: "wei", description: "", read } as unknown as Metric<Unit, string>;
      const context = { view } as unknown as Parameters<typeof readMetrics>[1];
      const failure = failureOf(() => readMetrics({ depth: metric }, context, {}));
      expect(failure.details["where"]).to.equal('metric "depth" in step 7');
      expect(failure.message).to.match(reason);
    });
  }

  it("is replayed by the path that it was run by", () => {
    const scenario = { name: "mine", seed: 3 } as unknown as Scenario;
    expect(replayOf(scenario, { source: "./mine.ts", steps: 4 })).to.equal(
      "npm run simulate -- ./mine.ts --seed 3 --steps 4",
    );
    expect(replayOf(scenario, {})).to.equal("npm run simulate -- mine --seed 3");
  });
});
