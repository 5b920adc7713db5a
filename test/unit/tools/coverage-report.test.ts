import { expect } from "chai";

import { probe } from "../../../tools/branch-probes.mjs";
import { isEnough, layOut, readLcov, summarise, totalOf } from "../../../tools/coverage-report.mjs";

const GATE = `contract Gate {
    uint256 public passed;
    function pass(uint256 given) external {
        if (given > 10) passed += given;
        passed += 1;
    }
    function never() external {
        passed = 0;
        delete passed;
    }
}
`;
const FILE = "contracts/Gate.sol";
const gate = probe(GATE);
const [branch] = gate.branches;

/** What Hardhat reports when `pass` was called with 11 alone: it names the probes' lines too, which are no lines of ours. */
const LCOV = [
  "TN:",
  "SF:contracts\\Gate.sol",
  ...["DA:4,1", "DA:5,1", "DA:8,0", "DA:9,0"],
  ...[`DA:${branch?.whenTrue},1`, `DA:${branch?.whenFalse},0`],
  "LH:3\nLF:6\nend_of_record\n",
].join("\n");

const summary = (counts = readLcov(LCOV)) => summarise(FILE, gate, counts.get(FILE));
const covered = (lines: [number, number], branches: [number, number]) => ({
  ...{ file: FILE, missedLines: [], missedBranches: [] },
  ...{ lines, branches },
});

describe("the coverage report", () => {
  it("counts a function that nobody called, and the way that a condition never went, as missed", () => {
    expect(summary()).to.deep.equal({
      file: FILE,
      lines: [2, 4],
      branches: [1, 2],
      missedLines: [8, 9],
      missedBranches: ["4 if false"],
    });
  });

  it("throws for code that nobody measured, and expects nothing of an interface", () => {
    expect(() => summary(new Map())).to.throw(RangeError);
    const asked = probe("interface A { function b() external; }\n");
    expect(summarise("contracts/A.sol", asked, undefined).lines).to.deep.equal([0, 0]);
  });

  it("reaches a floor exactly, and misses it by one line or branch", () => {
    const enough = (...pairs: Parameters<typeof covered>) => isEnough(totalOf([covered(...pairs)]));
    expect(enough([98, 100], [95, 100])).to.equal(true);
    expect(enough([9_799, 10_000], [95, 100])).to.equal(false);
    expect(enough([98, 100], [949, 1_000])).to.equal(false);
    expect(isEnough(totalOf([]))).to.equal(false);
  });

  it("weighs files by their size", () => {
    expect(totalOf([covered([1, 1], [0, 0]), covered([0, 99], [3, 4])])).to.deep.equal({
      lines: [1, 100],
      branches: [3, 4],
    });
  });

  it("prints what was missed and never rounds up to a floor", () => {
    const text = layOut([summary(), covered([97_999, 100_000], [0, 0])]);
    expect(text).to.match(/^Gate\.sol +50\.00 % +2\/4 +50\.00 % +1\/2$/m);
    expect(text).to.contain("    lines missed: 8-9\n    branches missed: 4 if false\n");
    expect(text).to.match(/^Gate\.sol +97\.99 % 97999\/100000 +-$/m);
    expect(text).to.match(/^floor +98\.00 % +95\.00 %$/m);
  });

  it("fits into 80 columns, however much was missed", () => {
    const lines = Array.from({ length: 60 }, (_, index) => 3 * index + 100);
    const file = "contracts/avs/DataAvailabilityCommittee.sol";
    const missedBranches = lines.map((line) => `${line} require false`);
    const text = layOut([{ ...covered([2_000, 2_092], [700, 740]), file, missedLines: lines, missedBranches }]);
    const rows = text.split("\n");
    expect(rows.length).to.be.above(20);
    expect(Math.max(...rows.map((row) => row.length))).to.be.at.most(80);
    for (const line of lines) expect(text).to.contain(`${line} require false`);
  });
});
