import { expect } from "chai";

import { exitCodeOf, formatFailure } from "../../../../src/cli/failure.ts";
import { InvariantBrokenError } from "../../../../src/errors/invariant-broken-error.ts";
import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";

const usage = new UsageError('--seed is "x".', "Give a whole number.");
const broken = new InvariantBrokenError({
  name: "I2",
  step: 3,
  values: { backing: 1n },
  replay: "npx hardhat simulate x",
});

describe("failure", () => {
  it("ends with 2 for what was asked wrongly and with 1 for what broke", () => {
    expect(exitCodeOf(usage)).to.equal(2);
    expect(exitCodeOf(new ScenarioInvalidError("seed", -1, "Use 0 or more."))).to.equal(2);
    expect(exitCodeOf(broken)).to.equal(1);
    expect(exitCodeOf(new TypeError("x is undefined"))).to.equal(1);
  });

  it("prints message and remedy without a stack trace", () => {
    expect(formatFailure(usage, false)).to.equal('error: --seed is "x".\n  remedy: Give a whole number.\n');
  });

  it("prints one line of JSON, quantities as strings", () => {
    const text = formatFailure(broken, true);
    expect(text.match(/\n/g)).to.have.length(1);
    const { error } = JSON.parse(text) as { error: { code: string; details: unknown } };
    expect(error.code).to.equal("INVARIANT_BROKEN");
    expect(error.details).to.deep.equal({ backing: "1" });
  });

  it("shows where an unexpected error came from", () => {
    expect(formatFailure(new TypeError("x is undefined"), false)).to.include("failure.test.ts");
  });
});
