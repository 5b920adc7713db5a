import { expect } from "chai";

import { streamFor } from "../../../../src/engine/random.ts";

describe("a participant's stream", () => {
  it("gives the same whole numbers by number as by bigint, whatever the bound", () => {
    for (const below of [
      1,
      2,
      3,
      7,
      1_000,
      65_536,
      1_000_001,
      2 ** 31 + 1,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 32 + 1,
      2 ** 53 - 1,
    ]) {
      const [a, b] = [streamFor(5, "twins", 1), streamFor(5, "twins", 1)];
      for (let turn = 0; turn < 200; turn++) expect(BigInt(a.integer(below))).to.equal(b.bigint(BigInt(below)));
    }
  });

  it("stays below the bound, reaches all of a small one, and takes no draw for nothing to choose", () => {
    const stream = streamFor(1, "dice", 0);
    const seen = new Set(Array.from({ length: 200 }, () => stream.integer(6)));
    expect([...seen].sort()).to.deep.equal([0, 1, 2, 3, 4, 5]);
    const [a, b] = [streamFor(2, "idle", 0), streamFor(2, "idle", 0)];
    expect([a.integer(1), a.integer(0)]).to.deep.equal([0, 0]);
    expect(a.integer(1_000)).to.equal(b.integer(1_000));
  });

  it("is another for another seed, participant or step", () => {
    const firsts = [streamFor(1, "a", 0), streamFor(2, "a", 0), streamFor(1, "b", 0), streamFor(1, "a", 1)];
    expect(new Set(firsts.map((stream) => stream.bigint(10n ** 30n))).size).to.equal(4);
  });

  it("refuses a bound that is no whole number", () => {
    expect(() => streamFor(1, "a", 0).integer(1.5)).to.throw(RangeError);
  });
});
