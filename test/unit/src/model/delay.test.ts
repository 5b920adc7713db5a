import { expect } from "chai";

import { streamFor } from "../../../../src/engine/random.ts";
import { drawDelay, exponential, negativeLog, uniform } from "../../../../src/model/delay.ts";

describe("drawDelay", () => {
  const draws = (delay: Parameters<typeof drawDelay>[0], count: number): readonly bigint[] =>
    Array.from({ length: count }, (_, at) => drawDelay(delay, streamFor(9, `member-${at}`, 0)));

  it("keeps a fixed delay", () => {
    expect(draws(5n, 3)).to.deep.equal([5n, 5n, 5n]);
  });

  it("stays between both ends of a uniform delay and reaches them", () => {
    const drawn = draws(uniform({ from: 3n, to: 5n }), 200);
    expect(new Set(drawn)).to.deep.equal(new Set([3n, 4n, 5n]));
  });

  it("has the mean of an exponential delay, and its quick majority", () => {
    const drawn = draws(exponential({ mean: 10_000n }), 4000);
    const mean = Number(drawn.reduce((a, b) => a + b, 0n)) / drawn.length;
    expect(mean).to.be.within(9500, 10_500);
    const quick = drawn.filter((delay) => delay < 6931n).length / drawn.length;
    expect(quick).to.be.within(0.47, 0.53);
  });

  it("takes logarithms exactly to 15 digits", () => {
    for (const part of [1n, 3n, 1n << 20n, (1n << 63n) + 12_345n, (1n << 64n) - 1n, 1n << 64n]) {
      const exact = -Math.log(Number(part) / 2 ** 64);
      const error = Math.abs(Number(negativeLog(part)) / 1e18 - exact);
      expect(error).to.be.at.most(1e-13 + exact * 1e-13);
    }
  });
});
