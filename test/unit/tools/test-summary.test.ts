import { expect } from "chai";

import { countTests, formatCounts } from "../../../tools/test-summary.mjs";

describe("the closing line of a test run", () => {
  it("adds nothing to what the runner counted, over all runners", () => {
    const log = "\n  3 passing (12ms)\n\n\u001b[32m10 passing\u001b[39m (7 solidity, 3 mocha)\n2 skipped (2 mocha)\n";
    expect(formatCounts(countTests(log))).to.equal("10 passed, 0 failed, 2 skipped");
  });

  it("counts failures", () => {
    const log = "4 passing (4 mocha)\n1 failing (1 solidity)\n\nTest run failed\n";
    expect(formatCounts(countTests(log))).to.equal("4 passed, 1 failed");
  });

  it("counts a run that broke off as a failure", () => {
    expect(formatCounts(countTests("HHE27: no EVM\n  3 passing (12ms)\n"))).to.equal("0 passed, 1 failed");
  });
});
