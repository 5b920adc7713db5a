import { expect } from "chai";
import { network } from "hardhat";

import { deployRewards, WEEK } from "../../../helpers/rewards.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function fixture() {
  return await deployRewards(connection);
}

describe("OperatorSplits", () => {
  it("switches a week after the change, boundary inclusive, and refuses a second change until after it (EL-32)", async () => {
    const { coordinator, operator } = await networkHelpers.loadFixture(fixture);
    const at = BigInt(await time.latest()) + 1_000n;
    await time.setNextBlockTimestamp(at);
    await expect(coordinator.connect(operator).setOperatorSplit(500))
      .to.emit(coordinator, "OperatorSplitSet")
      .withArgs(operator, at + WEEK, 500);
    await time.increaseTo(at + WEEK - 1n);
    expect(await coordinator.getOperatorSplit(operator)).to.equal(1_000n);
    await time.setNextBlockTimestamp(at + WEEK);
    await networkHelpers.mine();
    expect(await coordinator.getOperatorSplit(operator)).to.equal(500n);
    expect((await coordinator.operatorSplitOf(operator)).activatedAt).to.equal(at + WEEK);

    await expect(coordinator.connect(operator).setOperatorSplit.staticCall(0, { blockTag: "latest" }))
      .to.be.revertedWithCustomError(coordinator, "OperatorSplitsPreviousSplitPending")
      .withArgs(operator, at + WEEK);
    await time.setNextBlockTimestamp(at + WEEK + 1n);
    await coordinator.connect(operator).setOperatorSplit(0);
    expect(await coordinator.getOperatorSplit(operator)).to.equal(500n);
  });

  it("answers from the narrowest level in force", async () => {
    const { coordinator, operator, avs, set } = await networkHelpers.loadFixture(fixture);
    const other = { avs: avs.address, id: 2 };
    await coordinator.connect(operator).setOperatorSplit(100);
    await expect(coordinator.connect(operator).setOperatorAVSSplit(avs, 200)).to.emit(
      coordinator,
      "OperatorAVSSplitSet",
    );
    await expect(coordinator.connect(operator).setOperatorSetSplit(set, 300)).to.emit(
      coordinator,
      "OperatorSetSplitSet",
    );
    expect(await coordinator.getOperatorSetSplit(operator, set)).to.equal(1_000n);
    await time.increase(WEEK);

    expect(await coordinator.getOperatorSetSplit(operator, set)).to.equal(300n);
    expect(await coordinator.getOperatorSetSplit(operator, other)).to.equal(200n);
    expect(await coordinator.getOperatorAVSSplit(operator, avs)).to.equal(200n);
    expect(await coordinator.getOperatorAVSSplit(operator, operator)).to.equal(100n);
    await coordinator.connect(operator).setOperatorSetSplit(set, 0);
    expect(await coordinator.getOperatorSetSplit(operator, set)).to.equal(300n);
    await time.increase(WEEK);
    expect(await coordinator.getOperatorSetSplit(operator, set)).to.equal(0n);
  });

  it("reverts above one hundred percent", async () => {
    const { coordinator, registry, settings, operator } = await networkHelpers.loadFixture(fixture);
    await coordinator.connect(operator).setOperatorSplit(10_000);

    await expect(coordinator.connect(operator).setOperatorSplit(10_001))
      .to.be.revertedWithCustomError(coordinator, "OperatorSplitsTooHigh")
      .withArgs(10_001, 10_000);
    await expect(
      ethers.deployContract("RewardsCoordinator", [registry, { ...settings, defaultSplitBips: 10_001 }, 1]),
    ).to.be.revertedWithCustomError(coordinator, "OperatorSplitsTooHigh");
  });
});
