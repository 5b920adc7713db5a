import { expect } from "chai";
import { network } from "hardhat";

import { CURVE } from "../../../helpers/lending.ts";
import { rates } from "../../../helpers/lending-oracle.ts";

const { ethers, networkHelpers } = await network.create();
const RAY = 10n ** 27n;

async function fixture() {
  const [owner, alice] = await ethers.getSigners();
  if (!owner || !alice) throw new RangeError("too few accounts");
  const model = await ethers.deployContract("KinkedRateModel", [owner, CURVE]);
  return { owner, alice, model };
}

describe("KinkedRateModel", () => {
  it("gives the rates of the rule's text, with and without deficit, cash and debt", async () => {
    const { model } = await networkHelpers.loadFixture(fixture);
    for (const debt of [0n, 1n, 450n, 900n, 950n, 1_000n]) {
      for (const cash of [0n, 1n, 50n, 1_000n]) {
        for (const deficit of [0n, 77n]) {
          const usage = { debt, cash, deficit, reserveFactorBps: 1_500n };
          const expected = rates(CURVE, usage);
          expect([...(await model.rates(usage))]).to.deep.equal([expected.borrow, expected.supply]);
        }
      }
    }
  });

  it("dilutes suppliers by a deficit, and asks nothing more of borrowers", async () => {
    const { model } = await networkHelpers.loadFixture(fixture);
    const usage = { debt: 900n, cash: 100n, deficit: 0n, reserveFactorBps: 0n };
    const [borrow, supply] = await model.rates(usage);
    const [same, less] = await model.rates({ ...usage, deficit: 1_000n });

    expect(same).to.equal(borrow);
    expect(less).to.equal(supply / 2n);
    expect(borrow).to.equal((27n * RAY) / 1_000n);
  });

  it("takes a new curve of its owner and tells of it", async () => {
    const { model } = await networkHelpers.loadFixture(fixture);
    const curve = { optimalBps: 100n, baseBps: 10_000n, slope1Bps: 45_000n, slope2Bps: 45_000n };

    await expect(model.setCurve(curve)).to.emit(model, "CurveSet");
    expect([...(await model.curve())]).to.deep.equal(Object.values(curve));
  });

  it("reverts out of bounds, and for anybody else", async () => {
    const { model, alice } = await networkHelpers.loadFixture(fixture);
    for (const wrong of [
      { ...CURVE, optimalBps: 99n },
      { ...CURVE, optimalBps: 9_901n },
      { ...CURVE, slope2Bps: 269n },
      { ...CURVE, baseBps: 100_000n - 8_269n },
      { ...CURVE, baseBps: 2n ** 256n - 1n },
      { ...CURVE, slope2Bps: 2n ** 256n - 1n },
    ]) {
      await expect(model.setCurve(wrong)).to.be.revertedWithCustomError(model, "KinkedRateModelInvalidCurve");
    }
    await model.setCurve({ ...CURVE, baseBps: 100_000n - 8_270n });
    await expect(model.connect(alice).setCurve(CURVE)).to.be.revertedWithCustomError(
      model,
      "OwnableUnauthorizedAccount",
    );
  });
});
