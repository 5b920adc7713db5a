import { expect } from "chai";

import { streamFor } from "../../../../src/engine/random.ts";
import { expWad, logisticWad } from "../../../../src/maths/exponential.ts";
import { lnWad } from "../../../../src/maths/integer.ts";
import { drawNormal } from "../../../../src/maths/normal.ts";
import { percent } from "../../../../src/units/amounts.ts";
import { WAD } from "../../../../src/units/units.ts";

const near = (actual: bigint, expected: bigint, within: bigint): void => {
  expect(actual >= expected - within && actual <= expected + within, `${actual} near ${expected}`).to.equal(true);
};

describe("expWad", () => {
  it("agrees with published digits of e, on both sides of zero", () => {
    near(expWad(WAD), 2_718_281_828_459_045_235n, 1n);
    near(expWad(0n - WAD), 367_879_441_171_442_321n, 1n);
    near(expWad(10n * WAD), 22_026_465_794_806_716_516_957n, 10n ** 6n);
    expect(expWad(0n)).to.equal(WAD);
    expect(expWad(-50n * WAD)).to.equal(0n);
  });

  it("is undone by the logarithm", () => {
    for (const x of [percent(3), percent(70), 3n * WAD, 0n - percent(40)]) near(lnWad(expWad(x)), x, 10n);
  });
});

describe("logisticWad", () => {
  it("is a half at zero, mirrors itself, and rises", () => {
    expect(logisticWad(0n)).to.equal(WAD / 2n);
    for (const x of [percent(1), WAD, 5n * WAD]) near(logisticWad(x) + logisticWad(0n - x), WAD, 2n);
    expect(logisticWad(2n * WAD) > logisticWad(WAD)).to.equal(true);
    near(logisticWad(WAD), 731_058_578_630_004_879n, 2n);
  });
});

describe("drawNormal", () => {
  const draws = Array.from({ length: 4_000 }, (_, at) => {
    const random = streamFor(9, "normal", at);
    return drawNormal((below) => random.bigint(below));
  });

  it("has mean zero and variance one", () => {
    const mean = draws.reduce((sum, z) => sum + z, 0n) / BigInt(draws.length);
    const variance = draws.reduce((sum, z) => sum + (z * z) / WAD, 0n) / BigInt(draws.length);
    near(mean, 0n, percent(5));
    near(variance, WAD, percent(8));
  });

  it("stays within one deviation two times in three", () => {
    const inside = draws.filter((z) => z < WAD && z > 0n - WAD).length / draws.length;
    expect(inside).to.be.within(0.65, 0.715);
  });
});
