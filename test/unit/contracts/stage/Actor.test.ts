import { expect } from "chai";
import { network } from "hardhat";

const { ethers, networkHelpers } = await network.create();

async function fixture() {
  const [stage, stranger] = await ethers.getSigners();
  if (stage === undefined || stranger === undefined) throw new Error("no accounts");
  const actor = await ethers.deployContract("Actor");
  const target = await ethers.deployContract("Target__MockForStage");
  return { stage, stranger, actor, target };
}

describe("Actor", function () {
  it("accepts ether", async function () {
    const { stage, actor } = await networkHelpers.loadFixture(fixture);
    await expect(stage.sendTransaction({ to: actor.target, value: 5n })).to.changeEtherBalance(ethers, actor, 5n);
  });

  it("acts for its stage", async function () {
    const { actor, target } = await networkHelpers.loadFixture(fixture);
    await actor.perform([{ target, value: 0n, data: target.interface.encodeFunctionData("add", [2n]) }]);
    expect(await target.lastCaller()).to.equal(actor.target);
  });

  it("reverts when anybody else drives it", async function () {
    const { actor, stranger, target } = await networkHelpers.loadFixture(fixture);
    await expect(actor.connect(stranger).perform([{ target, value: 0n, data: "0x" }]))
      .to.be.revertedWithCustomError(actor, "ActorUnauthorized")
      .withArgs(stranger.address);
  });

  it("answers questions for anybody without touching state", async function () {
    const { actor, stranger, target } = await networkHelpers.loadFixture(fixture);
    const [success, answer] = await actor
      .connect(stranger)
      .inspect(target.target, target.interface.encodeFunctionData("peek"));
    expect(success).to.equal(true);
    expect(target.interface.decodeFunctionResult("peek", answer).toArray()).to.deep.equal([0n, actor.target]);
  });

  it("reports an answer that is too long as a failure", async function () {
    const { actor, target } = await networkHelpers.loadFixture(fixture);
    const [success, answer] = await actor.inspect(
      target.target,
      target.interface.encodeFunctionData("shout", [1n << 20n]),
    );
    expect(success).to.equal(false);
    expect(actor.interface.parseError(answer)?.name).to.equal("ActorOversizedReturn");
  });
});
