import { expect } from "chai";

import { depthCurves } from "../../../../../src/analysis/defi/depth.ts";
import { slippageCurves, type SlippageCurve } from "../../../../../src/analysis/defi/slippage.ts";
import { constantProductOut } from "../../../../../src/maths/amm/constant-product.ts";
import { ETHER, paperDefi } from "../../../../helpers/defi-paper.ts";

const WAD = 10n ** 18n;
const { defi: view } = paperDefi();

/** A constant product pool without a fee, as a curve: par, `depth` on each side. */
function pool(name: string, depth: bigint, sizes: readonly bigint[]): SlippageCurve {
  const points = sizes.map((size) => {
    const proceeds = (depth * size) / (depth + size);
    return { size, proceeds, ideal: size, impact: WAD - (proceeds * WAD) / size };
  });
  return { pool: name, sell: "lrt", buy: "weth", bonus: 100n, points };
}

const sizes = Array.from({ length: 200 }, (_, at) => BigInt(at + 1) * ETHER);

describe("depthCurves", () => {
  it("is the pool's own curve where there is one pool", () => {
    const one = pool("a", 1_000n * ETHER, sizes);
    const [depth] = depthCurves(view, [one]);
    expect(depth?.points).to.deep.equal(one.points.map(({ size, impact }) => ({ size, impact })));
    expect(depth?.pools).to.deep.equal(["a"]);
  });

  it("is as deep as one pool of the sum of pools at the same price", () => {
    const [depth] = depthCurves(view, [pool("a", 1_000n * ETHER, sizes), pool("b", 3_000n * ETHER, sizes)]);
    for (const { size, impact } of depth?.points.filter((point) => point.size < 200n * ETHER) ?? []) {
      const whole = (4_000n * ETHER * size) / (4_000n * ETHER + size);
      const exact = WAD - (whole * WAD) / size;
      expect(impact >= exact - 1n && impact <= exact + WAD / 2_000n, `${size}`).to.equal(true);
    }
  });

  it("never fetches less than any split that is tried", () => {
    const [a, b] = [400n * ETHER, 900n * ETHER];
    const depth = depthCurves(view, [pool("a", a, sizes), pool("b", b, sizes)])[0];
    const out = (amount: bigint, side: bigint): bigint => constantProductOut(amount, { in: side, out: side });
    for (const { size, impact } of depth?.points ?? []) {
      const fetched = size - (size * impact) / WAD;
      for (let part = 0n; part <= 10n; part += 1n) {
        const first = (size * part) / 10n;
        if (first > 200n * ETHER || size - first > 200n * ETHER) continue;
        // What is laid out on whole sizes falls short of the best split by less than a part in five thousand.
        expect(fetched + size / 5_000n >= out(first, a) + out(size - first, b)).to.equal(true);
      }
    }
  });

  it("sends nothing to a dear pool before the cheap one has fallen to its price", () => {
    const dear = pool("dear", 1_000n * ETHER, sizes);
    const cheap = {
      ...dear,
      pool: "low",
      points: dear.points.map((one) => ({ ...one, proceeds: one.proceeds / 2n, ideal: one.ideal / 2n })),
    };
    const points = depthCurves(view, [cheap, dear])[0]?.points.slice(0, 100);
    expect(points).to.deep.equal(dear.points.slice(0, 100).map(({ size, impact }) => ({ size, impact })));
  });

  it("caps the supply at twice what sells within the bonus", () => {
    const depth = 990n * ETHER;
    const [one] = depthCurves(view, [pool("a", depth, sizes)]);
    // A sale of s moves the price by s / (depth + s): one percent at a ninety-ninth of the depth.
    expect(one?.room).to.equal(10n * ETHER);
    expect(one?.cap).to.equal(20n * ETHER);
  });

  it("has no room where even the smallest sale costs more, and no end where the largest does not", () => {
    const tight = depthCurves(view, [pool("a", 50n * ETHER, sizes)])[0];
    expect([tight?.room, tight?.cap]).to.deep.equal([0n, 0n]);
    const wide = depthCurves(view, [pool("a", 10n ** 6n * ETHER, sizes)])[0];
    expect([wide?.room, wide?.cap]).to.deep.equal([null, null]);
  });

  it("counts what stands as collateral, in every market", () => {
    const [lrt] = depthCurves(view, slippageCurves(view)).filter(({ sell }) => sell === "lrt");
    const worth = view.tokens["lrt"]?.worth ?? 0n;
    const pooled = view.lending["core"]?.accounts["loopers"]?.supplied["lrt"] ?? 0n;
    const isolated = Object.values(view.isolated)
      .filter(({ collateral }) => collateral === "lrt")
      .flatMap(({ positions }) => Object.values(positions).map(({ collateral }) => collateral));
    const all = isolated.reduce((sum, amount) => sum + amount, pooled);
    expect(pooled > 0n).to.equal(true);
    expect(lrt?.pledged).to.equal((all * worth) / WAD);
  });
});
