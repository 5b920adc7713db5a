import { expect } from "chai";

import { findNegativeValue } from "../../../../src/cli/usage-guard.ts";

describe("findNegativeValue", () => {
  it("finds an option whose value is a negative number", () => {
    expect(findNegativeValue(["simulate", "alex", "--seed", "-12"])).to.deep.equal({ option: "--seed", value: "-12" });
  });

  it("leaves short options and positive values alone", () => {
    expect(findNegativeValue(["simulate", "alex", "--seed", "12", "-v"])).to.equal(undefined);
    expect(findNegativeValue([])).to.equal(undefined);
  });
});
