import { expect } from "chai";
import { network } from "hardhat";

import { deployRestaking, WAD } from "../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const BEACON_SET = 9;
const VALIDATOR_GWEI = 32n * 10n ** 9n;

/** Alice restakes one validator of 32 ether with op1, which has allocated everything to a set of the beacon strategy. */
async function fixture() {
  const world = await deployRestaking({ network: connection });
  const beacon = await world.pods.beaconStrategy();
  const set = { avs: world.avs.address, id: BEACON_SET };
  await world.registry.connect(world.avs).createOperatorSet({
    id: BEACON_SET,
    strategies: [beacon],
    slasher: world.slasher,
    recipient: ethers.ZeroAddress,
    releaseDelay: 0,
    hook: ethers.ZeroAddress,
  });
  await world.join(world.op1, BEACON_SET);
  await world.allocations.connect(world.op1).modifyAllocations([{ set, strategies: [beacon], newMagnitudes: [WAD] }]);
  await world.delegate(world.alice, world.op1);
  const podFor = async (owner: typeof world.alice) => {
    await world.pods.connect(owner).createPod();
    return await ethers.getContractAt("MockPod", await world.pods.podOf(owner));
  };
  const pod = await podFor(world.alice);
  const verify = async (index: number) => {
    await pod.reportValidator(index, VALIDATOR_GWEI, false);
    await pod.connect(world.alice).verifyValidator(index);
  };
  await verify(1);
  return {
    ...{ ...world, beacon, pod, podFor, verify },
    slashBeacon: (wad: bigint) =>
      world.slashing
        .connect(world.slasher)
        .slash({ operator: world.op1, set, strategies: [beacon], wads: [wad], description: "failure path" }),
    /** The consensus layer takes 16 ether of validator 1; the owner checkpoints it. */
    lose: async () => {
      await pod.reportValidator(1, VALIDATOR_GWEI / 2n, true);
      await pod.connect(world.alice).checkpoint();
    },
    held: async () => (await world.delegation.withdrawableShares(world.alice, [beacon])).withdrawable[0],
    pool: () => world.delegation.operatorShares(world.op1, beacon),
  };
}

describe("failure path 13: an AVS slash and a beacon penalty on the same ether", () => {
  it("composes them as recorded: new validator before the penalty", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slashBeacon((WAD * 3n) / 4n);
    expect(await world.held()).to.equal(8n * WAD);
    await world.verify(2);
    expect(await world.held()).to.equal(40n * WAD);
    await world.lose();

    expect(await world.pods.beaconFactorOf(world.alice)).to.equal((WAD * 3n) / 4n);
    expect(await world.held()).to.equal(30n * WAD);
    expect(await world.pool()).to.equal(30n * WAD);
  });

  it("gives another result in the other order, and never takes more than there is", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slashBeacon((WAD * 3n) / 4n);
    await world.lose();
    expect(await world.held()).to.equal(4n * WAD);
    await world.verify(2);

    expect(await world.pods.beaconFactorOf(world.alice)).to.equal(WAD / 2n);
    expect(await world.held()).to.equal(36n * WAD);
    expect(await world.pool()).to.be.at.least(await world.held());
  });

  it("gives the same for a penalty and a slash of one validator, whichever is recorded first", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const snapshot = await networkHelpers.takeSnapshot();
    await world.slashBeacon(WAD / 2n);
    await world.lose();
    const slashFirst = await world.held();
    await snapshot.restore();
    await world.lose();
    await world.slashBeacon(WAD / 2n);

    expect(await world.held()).to.equal(slashFirst);
    expect(slashFirst).to.equal(8n * WAD);
  });

  it("bricks the pod when the whole balance is gone", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.pod.reportValidator(1, 0n, true);
    await world.pod.connect(world.alice).checkpoint();

    expect(await world.pods.beaconFactorOf(world.alice)).to.equal(0n);
    await world.pod.reportValidator(2, VALIDATOR_GWEI, false);
    await expect(world.pod.connect(world.alice).verifyValidator(2))
      .to.be.revertedWithCustomError(world.pod, "MockPodBricked")
      .withArgs(world.alice);
  });

  it("credits whole gwei of the pod's own ether, and leaves the rest", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.carol.sendTransaction({ to: world.pod, value: 5n * 10n ** 9n + 7n });

    await world.pod.connect(world.alice).checkpoint();

    expect(await world.held()).to.equal(32n * WAD + 5n * 10n ** 9n);
  });
});

describe("failure path 14: a stale checkpoint", () => {
  it("lets anyone checkpoint for a slashed validator, and for no other", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.pod.reportValidator(1, VALIDATOR_GWEI / 2n, false);
    await expect(world.pod.connect(world.carol).checkpointStale(1))
      .to.be.revertedWithCustomError(world.pod, "MockPodNotSlashed")
      .withArgs(1);

    await world.pod.reportValidator(1, VALIDATOR_GWEI / 2n, true);
    await world.pod.connect(world.carol).checkpointStale(1);

    expect(await world.held()).to.equal(16n * WAD);
  });
});

describe("failure path 2, native: an operator's own ether behind a maximum of zero", () => {
  it("cannot be restaked any more, and says so", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slashBeacon(WAD);
    const pod = await world.podFor(world.op1);
    await pod.reportValidator(7, VALIDATOR_GWEI, false);

    await expect(pod.connect(world.op1).verifyValidator(7)).to.be.revertedWithCustomError(
      world.delegation,
      "OperatorDelegationFullySlashed",
    );
  });
});
