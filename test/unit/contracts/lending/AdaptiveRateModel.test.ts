import { expect } from "chai";
import { network } from "hardhat";

import { vector, vectorsOf } from "../../../helpers/defi-vectors.ts";
import { deployIsolated } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const YEAR = 31_536_000n;
const INITIAL = (4n * WAD) / 100n / YEAR;
const LOWEST = WAD / 1_000n / YEAR;
const HIGHEST = (2n * WAD) / YEAR;

async function fixture() {
  return await deployIsolated(connection, { adaptive: true });
}

/** e^x by its series in whole numbers with forty digits: an independent witness [WAD]. */
function exponential(x: bigint): bigint {
  const scale = 10n ** 22n;
  const isNegative = x < 0n;
  const exponent = (isNegative ? -x : x) * scale;
  const one = WAD * scale;
  let [term, sum] = [one, one];
  for (let n = 1n; term > 0n; n += 1n) {
    term = (term * exponent) / (one * n);
    sum += term;
  }
  return isNegative ? (one * WAD) / sum : sum / scale;
}

describe("AdaptiveRateModel", () => {
  const cases = [
    ...vectorsOf("MORPHO-10"),
    ...vectorsOf("MORPHO-11"),
    ...vectorsOf("MORPHO-12"),
    ...vectorsOf("MORPHO-13"),
  ];
  for (const { id, title } of cases) {
    it(`answers as published: ${title} (${id})`, async () => {
      const { input, expected, raw } = vector(id);
      const { adaptiveModel } = await networkHelpers.loadFixture(fixture);
      const rates = await adaptiveModel.ratesOver(input("util"), input("startRateAtTarget"), input("elapsed"));

      expect([...rates]).to.deep.equal([expected("err"), expected("avgRatePerSec"), expected("endRateAtTarget")]);
      if ("maxRateAtTarget" in raw.expected) {
        expect([HIGHEST, LOWEST]).to.deep.equal([expected("maxRateAtTarget"), expected("minRateAtTarget")]);
      }
    });
  }

  it("begins a market at four percent, and drifts with the utilization that stood", async () => {
    const { adaptiveModel, markets, id, lender } = await networkHelpers.loadFixture(fixture);
    expect(await adaptiveModel.rateAtTarget(markets, id)).to.equal(INITIAL);
    await markets.connect(lender).supply(id, 1_000n * WAD, 0, lender);
    await markets.connect(lender).supplyCollateral(id, 10_000n * WAD, lender);
    await markets.connect(lender).borrow(id, 950n * WAD, 0, lender, lender);
    const before = await adaptiveModel.rateAtTarget(markets, id);
    const { lastUpdate, borrowAssets, supplyAssets } = await markets.totalsOf(id);
    const due = lastUpdate + 864_000n;
    await networkHelpers.time.setNextBlockTimestamp(due);
    await markets.accrue(id);

    const utilization = (borrowAssets * WAD) / supplyAssets;
    const [, mean, end] = await adaptiveModel.ratesOver(utilization, before, 864_000n);
    expect(await adaptiveModel.rateAtTarget(markets, id)).to.equal(end);
    expect(end).to.be.greaterThan(before);
    const growth = mean * 864_000n;
    const square = (growth * growth) / (2n * WAD);
    const interest = (borrowAssets * (growth + square + (square * growth) / (3n * WAD))) / WAD;
    expect((await markets.totalsOf(id)).borrowAssets).to.equal(borrowAssets + interest);
  });

  it("keeps its memory per contract: a stranger's calls change nothing", async () => {
    const { adaptiveModel, markets, id, lender } = await networkHelpers.loadFixture(fixture);
    const use = { supplyAssets: WAD, borrowAssets: WAD, lastUpdate: 0n };
    await adaptiveModel.connect(lender).borrowRate(id, use);

    expect(await adaptiveModel.rateAtTarget(markets, id)).to.equal(INITIAL);
    expect(await adaptiveModel.rateAtTarget(lender, id)).to.equal(INITIAL);
    expect(
      await adaptiveModel.previewBorrowRate(lender, id, { ...use, lastUpdate: await networkHelpers.time.latest() }),
    ).to.be.within(4n * INITIAL - 4n, 4n * INITIAL);
  });

  it("drifts as the exponential does, to six thousandths at the worst", async () => {
    const { adaptiveModel } = await networkHelpers.loadFixture(fixture);
    const speed = (50n * WAD) / YEAR;
    for (const [utilization, elapsed] of [
      [WAD, 100_000n],
      [WAD, 777_777n],
      [(97n * WAD) / 100n, 1_000_000n],
      [WAD / 2n, 500_000n],
      [0n, 600_000n],
    ] as const) {
      const [err, , end] = await adaptiveModel.ratesOver(utilization, INITIAL, elapsed);
      const drift = ((speed * err) / WAD) * elapsed;
      const exact = (INITIAL * exponential(drift)) / WAD;
      expect(end, `${utilization} for ${elapsed}`).to.be.within(exact - exact / 160n, exact + exact / 160n);
    }
  });

  it("stays within its bounds for any span", async () => {
    const { adaptiveModel } = await networkHelpers.loadFixture(fixture);

    expect((await adaptiveModel.ratesOver(WAD, INITIAL, 10n ** 12n)).endRateAtTarget).to.equal(HIGHEST);
    expect((await adaptiveModel.ratesOver(0n, INITIAL, 10n ** 12n)).endRateAtTarget).to.equal(LOWEST);
    expect((await adaptiveModel.ratesOver(0n, 0n, 10n ** 12n)).endRateAtTarget).to.equal(INITIAL);
    const market = await ethers.deployContract("AdaptiveRateModel");
    const empty = { supplyAssets: 0n, borrowAssets: 0n, lastUpdate: await networkHelpers.time.latest() };
    expect(await market.previewBorrowRate(market, ethers.ZeroHash, empty)).to.equal(INITIAL / 4n);
  });
});
