import { expect } from "chai";

import { compareAnswer } from "../../../../../../src/world/conformance/defi/answer.ts";
import { isWithin, parseTolerance } from "../../../../../../src/world/conformance/defi/tolerance.ts";

/** Whether `got` is near enough to a million. */
function passes(tolerance: string, got: bigint): boolean {
  const parsed = parseTolerance(tolerance);
  if (parsed === undefined) return expect.fail(`${tolerance} is not understood`);
  return isWithin(1_000_000n, got, parsed);
}

describe("parseTolerance", () => {
  it("lets nothing through but the number itself when it is exact", () => {
    expect(passes("exact", 1_000_000n)).to.equal(true);
    expect(passes("exact", 999_999n)).to.equal(false);
  });

  for (const text of ["2", "2 wei", "±2 wei", "+-2 units", "<= 2"]) {
    it(`reads "${text}" as two units either way`, () => {
      expect([passes(text, 1_000_002n), passes(text, 999_998n)]).to.deep.equal([true, true]);
      expect([passes(text, 1_000_003n), passes(text, 999_997n)]).to.deep.equal([false, false]);
    });
  }

  for (const text of ["0.01 %", "1 bps", "1e-4", "1e-4 relative", "rel 0.0001"]) {
    it(`reads "${text}" as a ten-thousandth`, () => {
      expect([passes(text, 1_000_100n), passes(text, 1_000_101n)]).to.deep.equal([true, false]);
    });
  }

  it("refuses what is no bound", () => {
    expect(["about", "1.2.3", "two wei", "e-"].map(parseTolerance)).to.deep.equal(Array(4).fill(undefined));
  });
});

describe("compareAnswer", () => {
  const exact = { units: 0n, parts: 0n, of: 1n };
  const difference = (expected: unknown, got: unknown) => compareAnswer("expected", { expected, got }, exact);

  it("takes more than is asked for, and any spelling of a whole number", () => {
    const got = { debt: 5n, list: [1n, "2"], healthy: true, revert: null, more: 1n };
    expect(difference({ debt: "5", list: ["1", 2], healthy: true, revert: null }, got)).to.equal(undefined);
  });

  it("names the first place that differs, however deep", () => {
    expect(difference({ a: { b: ["1", "2"] } }, { a: { b: [1n, 3n] } })).to.deep.equal({
      field: "expected.a.b[1]",
      expected: "2",
      got: "3",
    });
  });

  it("fails what is not answered, and a list of another length", () => {
    expect(difference({ luck: "1" }, {})).to.have.property("field", "expected.luck");
    expect(difference(["1"], [1n, 2n])).to.deep.equal({ field: "expected", expected: '["1"]', got: '["1","2"]' });
    expect(difference({ a: { b: "1" } }, { a: 1n })).to.have.property("field", "expected.a");
  });

  it("bounds numbers only", () => {
    const bound = { units: 1n, parts: 0n, of: 1n };
    expect(compareAnswer("x", { expected: "5", got: 6n }, bound)).to.equal(undefined);
    expect(compareAnswer("x", { expected: "true", got: false }, bound)).to.have.property("got", "false");
  });
});
