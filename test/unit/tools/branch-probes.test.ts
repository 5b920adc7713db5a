import { expect } from "chai";

import { probe } from "../../../tools/branch-probes.mjs";

const SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

contract Gate {
    error GateClosed(uint256 given);

    // Ünïcode before the conditions shifts bytes against characters.
    function pass(uint256 given) external pure returns (uint256) {
        require(given > 0, GateClosed(given));
        if (given > 10 && given != 12) return given > 100 ? 2 : 1;
        return 0;
    }
}
`;

describe("branch probes", () => {
  it("finds every condition that decides something", () => {
    expect(probe(SOURCE).branches.map(({ line, what }) => `${line} ${what}`)).to.deep.equal([
      "9 require",
      "10 if",
      "10 ? :",
    ]);
  });

  it("changes no line of the original but its conditions", () => {
    const { source, lines } = probe(SOURCE);
    const before = SOURCE.split("\n").slice(0, lines);
    const after = source.split("\n").slice(0, lines);
    expect(after[8]?.trim()).to.equal("require(branch0(given > 0), GateClosed(given));");
    expect(after[9]?.trim()).to.equal("if (branch1(given > 10 && given != 12)) return branch2(given > 100) ? 2 : 1;");
    expect(after.filter((_, index) => index !== 8 && index !== 9)).to.deep.equal(
      before.filter((_, index) => index !== 8 && index !== 9),
    );
  });

  it("gives each outcome a line of its own", () => {
    const { source, branches } = probe(SOURCE);
    const text = source.split("\n");
    for (const { whenTrue, whenFalse } of branches) {
      expect([text[whenTrue - 1], text[whenFalse - 1]]).to.deep.equal(["assert(true);", "assert(true);"]);
      expect([text[whenTrue - 2], text[whenFalse - 2]]).to.deep.equal(["if (taken) {", "} else {"]);
    }
  });

  it("nests a condition inside a condition", () => {
    const nested = "contract A { function f(bool a, bool b) external pure { if (a ? b : a) a; } }\n";
    expect(probe(nested).source.split("\n")[0]).to.contain("if (branch0(branch1(a) ? b : a)) a;");
  });

  it("tells code from an interface", () => {
    const asked = "interface A { event B(uint256 c); function d(uint256 e) external returns (bool); }\n";
    expect([probe(SOURCE).hasCode, probe(asked).hasCode]).to.deep.equal([true, false]);
  });

  it("throws when the source is not Solidity", () => {
    expect(() => probe("contract {")).to.throw(SyntaxError);
  });
});
