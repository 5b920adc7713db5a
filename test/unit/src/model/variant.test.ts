import { expect } from "chai";

import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import { compareHistory } from "../../../../src/engine/compare-history.ts";
import { assertHistory } from "../../../../src/model/assert-history.ts";
import type { History } from "../../../../src/model/history.ts";
import type { Scenario } from "../../../../src/model/scenario.ts";
import { applyVariant } from "../../../../src/model/variant.ts";
import type { RunRow } from "../../../../src/report/run-record.ts";
import myScenario from "../../../helpers/my-scenario.ts";

const base: Scenario = {
  ...myScenario,
  variants: { longer: { title: "twice as long", make: (one) => ({ ...one, name: "other", seed: one.seed + 1 }) } },
};

describe("applyVariant", () => {
  it("makes the twin, which keeps the scenario's name and says which it is", () => {
    const twin = applyVariant(base, "longer");
    expect(twin).to.include({ name: base.name, variant: "longer", seed: base.seed + 1 });
    expect(applyVariant(base, undefined)).to.equal(base);
  });

  it("throws with the variants that there are", () => {
    expect(() => applyVariant(base, "shorter")).to.throw(UsageError, /no variant "shorter"/);
    expect(() => applyVariant(myScenario, "longer")).to.throw(UsageError);
  });
});

const history: History = {
  inputs: [{ name: "Pool", value: "4,000 ETH", kind: "historical", source: "a page" }],
  outcomes: [
    { name: "Bad debt", metric: "loss", when: "peak", history: 200n, source: "a page" },
    { name: "Nothing", metric: "loss", when: "lowest", history: 0n, source: "a page" },
    { name: "Rest", metric: "loss", when: "end", history: 100n, source: "a page" },
  ],
  sources: ["a page"],
};

describe("history", () => {
  const loss = { unit: "wei", description: "losses", read: () => 0n } as const;
  const rows = [3n, 250n, 75n].map((value) => ({ metrics: { loss: value.toString() } }) as unknown as RunRow);

  it("compares a replay with what happened, with its sign", () => {
    const { outcomes } = compareHistory(history, { loss }, rows);
    expect(outcomes.map(({ replay, error }) => [replay, error])).to.deep.equal([
      ["250", "250000000000000000"],
      ["3", null],
      ["75", "-250000000000000000"],
    ]);
  });

  it("refuses an outcome that is an input too, and one that nothing measures", () => {
    const metrics = { loss };
    const scenario = { ...myScenario, metrics, history } as Scenario;
    expect(() => {
      assertHistory(scenario);
    }).not.to.throw();
    const cheat = { ...history, inputs: [{ ...history.inputs[0], name: "bad debt" }] } as History;
    expect(() => {
      assertHistory({ ...scenario, history: cheat });
    }).to.throw(ScenarioInvalidError);
    expect(() => {
      assertHistory({ ...scenario, metrics: {} });
    }).to.throw(ScenarioInvalidError);
  });
});
