import { expect } from "chai";

import { besides } from "../../../../src/cli/columns.ts";

describe("besides", () => {
  it("folds at spaces to 80 columns, and keeps what stands left there", () => {
    const lines = besides(
      "dollar-friday      passed  ",
      "a dollar's reserve fails on a Friday evening; all are paid alike",
    );
    expect(lines).to.deep.equal([
      "dollar-friday      passed  a dollar's reserve fails on a Friday evening; all are",
      "                           paid alike",
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).to.be.at.most(80);
  });

  it("leaves short text alone, and cuts a word that no line could hold", () => {
    expect(besides("a  ", "short")).to.deep.equal(["a  short"]);
    expect(besides("a  ", "x".repeat(90))).to.deep.equal([`a  ${"x".repeat(77)}`, `   ${"x".repeat(13)}`]);
  });
});
