import { expect } from "chai";

import { ActionInvalidError } from "../../../../src/errors/action-invalid-error.ts";
import { ChainError } from "../../../../src/errors/chain-error.ts";
import { InvariantBrokenError } from "../../../../src/errors/invariant-broken-error.ts";
import { OutputUnwritableError } from "../../../../src/errors/output-unwritable-error.ts";
import { RecordInvalidError } from "../../../../src/errors/record-invalid-error.ts";
import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { isSimError } from "../../../../src/errors/sim-error.ts";
import { WorldImpossibleError } from "../../../../src/errors/world-impossible-error.ts";

describe("errors", () => {
  const cause = new RangeError("below");
  const breach = { name: "I6", step: 4, values: { balance: 1n }, replay: "npm run simulate -- x --seed 1" };
  const all = [
    new ActionInvalidError("deposit", "strategy", "gold"),
    new ChainError("eth_call", "no answer", cause),
    new InvariantBrokenError(breach),
    new OutputUnwritableError("/no/where", "no such folder", cause),
    new RecordInvalidError("run.json", "rows[0].time", "expected a whole number"),
    new ScenarioInvalidError("populations.stakers.count", -1, "Use a whole number of 1 or more."),
    new WorldImpossibleError("operator a", "over-allocated", "Lower it."),
  ];

  for (const error of all) {
    it(`${error.name} carries a code, its values and what to do`, () => {
      expect(isSimError(error)).to.equal(true);
      expect(error.code).to.match(/^[A-Z_]+$/);
      expect(error.hint).not.to.equal("");
      expect(error.message).to.equal(`${error.shortMessage} ${error.hint}`);
      expect(Object.keys(error.details)).not.to.have.length(0);
    });
  }

  it("keep their cause", () => {
    expect(new ChainError("eth_call", "no answer", cause).cause).to.equal(cause);
    expect(isSimError(cause)).to.equal(false);
  });
});
