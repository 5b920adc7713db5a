import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deployRestaking({ network: connection });
  await world.join(world.op1, SETS.burning);
  return world;
}

describe("AllocationManager", () => {
  describe("modifyAllocations", () => {
    it("makes more usable at once without a delay, and less only after its wait", async () => {
      const { allocate, allocation, allocations, block, op1, setOf, strategy } =
        await networkHelpers.loadFixture(fixture);
      await allocate(op1, SETS.burning, WAD);
      expect(await allocation(op1, SETS.burning)).to.deep.equal([WAD, 0n, 0n]);
      await allocate(op1, SETS.burning, WAD / 4n);
      const effectAt = (await block()) + BigInt(DELAYS.deallocation) + 1n;
      expect(await allocation(op1, SETS.burning)).to.deep.equal([WAD, (-3n * WAD) / 4n, effectAt]);
      expect(await allocations.deallocationQueueOf(op1, strategy)).to.have.length(1);
      await networkHelpers.mine(DELAYS.deallocation + 1);
      expect(await allocation(op1, SETS.burning)).to.deep.equal([WAD / 4n, 0n, 0n]);
      expect(await allocations.encumberedMagnitude(op1, strategy)).to.equal(WAD / 4n);
      expect(await allocations.allocatedSetsOf(op1)).to.deep.equal([Object.values(setOf(SETS.burning))]);
      await allocations.clearDeallocationQueue(op1, [strategy], [1]);
      expect(await allocations.deallocationQueueOf(op1, strategy)).to.have.length(0);
    });

    it("waits for the allocation delay where there is one", async () => {
      const { alice, allocate, allocation, block, delegation } = await networkHelpers.loadFixture(fixture);
      await delegation.connect(alice).registerAsOperator(ethers.ZeroAddress, 5, "");
      await allocate(alice, SETS.burning, WAD);
      expect(await allocation(alice, SETS.burning)).to.deep.equal([0n, WAD, (await block()) + 5n]);
    });

    it("forgets a set once nothing is allocated to it", async () => {
      const { allocate, allocations, op2 } = await networkHelpers.loadFixture(fixture);
      await allocate(op2, SETS.burning, 5n);
      await allocate(op2, SETS.burning, 0n);
      expect(await allocations.allocatedSetsOf(op2)).to.deep.equal([]);
    });

    it("takes back at once what a set without the strategy cannot slash", async () => {
      const { allocate, allocation, avs, op1, registry, strategy } = await networkHelpers.loadFixture(fixture);
      await allocate(op1, SETS.burning, 5n);
      await registry.connect(avs).removeStrategies(SETS.burning, [strategy]);
      await allocate(op1, SETS.burning, 2n);
      expect(await allocation(op1, SETS.burning)).to.deep.equal([2n, 0n, 0n]);
    });

    it("reverts with the values that are in the way", async () => {
      const { alice, allocate, allocations, avs, op1, setOf, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(allocate(alice, SETS.burning, 1n))
        .to.be.revertedWithCustomError(allocations, "AllocationManagerNoAllocationDelay")
        .withArgs(alice);
      await expect(allocate(op1, SETS.burning, 0n))
        .to.be.revertedWithCustomError(allocations, "AllocationManagerSameMagnitude")
        .withArgs(op1, strategy, 0n);
      await expect(allocate(op1, SETS.burning, WAD + 1n))
        .to.be.revertedWithCustomError(allocations, "AllocationManagerInsufficientMagnitude")
        .withArgs(op1, WAD + 1n, WAD);
      await expect(allocate(op1, 77, 1n))
        .to.be.revertedWithCustomError(allocations, "AllocationManagerUnknownOperatorSet")
        .withArgs(avs, 77);
      const params = [{ set: setOf(SETS.burning), strategies: [strategy], newMagnitudes: [] }];
      await expect(allocations.connect(op1).modifyAllocations(params)).to.be.revertedWithCustomError(
        allocations,
        "AllocationManagerLengthMismatch",
      );
      await allocate(op1, SETS.burning, WAD);
      await allocate(op1, SETS.burning, 0n);
      await expect(allocate(op1, SETS.burning, 1n)).to.be.revertedWithCustomError(
        allocations,
        "AllocationManagerModificationAlreadyPending",
      );
    });
  });

  describe("clearDeallocationQueue", () => {
    it("leaves what is not due, and refuses lists that do not match", async () => {
      const { allocate, allocations, op1, strategy } = await networkHelpers.loadFixture(fixture);
      await allocate(op1, SETS.burning, WAD);
      await allocate(op1, SETS.burning, 0n);
      await allocations.clearDeallocationQueue(op1, [strategy], [9]);
      expect(await allocations.deallocationQueueOf(op1, strategy)).to.have.length(1);
      await expect(allocations.clearDeallocationQueue(op1, [strategy], [])).to.be.revertedWithCustomError(
        allocations,
        "AllocationManagerLengthMismatch",
      );
    });
  });

  describe("setAllocationDelay", () => {
    it("takes effect after its notice; a later call waits anew", async () => {
      const { alice, allocations, block, op1 } = await networkHelpers.loadFixture(fixture);
      await allocations.connect(op1).setAllocationDelay(3);
      await allocations.connect(op1).setAllocationDelay(4);
      const effectAt = (await block()) + BigInt(DELAYS.configuration) + 1n;
      expect(await allocations.pendingAllocationDelayOf(op1)).to.deep.equal([4n, effectAt]);
      await networkHelpers.mine(DELAYS.configuration);
      expect(await allocations.allocationDelayOf(op1)).to.deep.equal([true, 0n]);
      await networkHelpers.mine(1);
      expect(await allocations.allocationDelayOf(op1)).to.deep.equal([true, 4n]);
      expect(await allocations.pendingAllocationDelayOf(op1)).to.deep.equal([0n, 0n]);
      await expect(allocations.connect(alice).setAllocationDelay(1)).to.be.revertedWithCustomError(
        allocations,
        "AllocationManagerNoAllocationDelay",
      );
    });
  });

  it("remembers maxima by instant, and knows WAD before the first slash", async () => {
    const { allocate, allocations, block, op1, slash, strategy } = await networkHelpers.loadFixture(fixture);
    expect(await allocations.maxMagnitudeAt(op1, strategy, 1)).to.equal(WAD);
    await allocate(op1, SETS.burning, WAD);
    await slash(op1, SETS.burning, WAD / 10n);
    const at = await block();
    expect(await allocations.maxMagnitudeAt(op1, strategy, at - 1n)).to.equal(WAD);
    expect(await allocations.maxMagnitudeAt(op1, strategy, at)).to.equal((9n * WAD) / 10n);
  });

  it("lets nobody but the core initialise or slash, and nobody modify while paused", async () => {
    const { allocate, allocations, op1, setOf, strategy } = await networkHelpers.loadFixture(fixture);
    await expect(allocations.initialiseAllocationDelay(op1, 1)).to.be.revertedWithCustomError(
      allocations,
      "CoreComponentUnauthorized",
    );
    await expect(allocations.slashMagnitude(op1, setOf(SETS.burning), strategy, 1)).to.be.revertedWithCustomError(
      allocations,
      "CoreComponentUnauthorized",
    );
    await allocations.pause(3n);
    await expect(allocate(op1, SETS.burning, 1n)).to.be.revertedWithCustomError(allocations, "PausableFlagsPaused");
    await expect(allocations.clearDeallocationQueue(op1, [], [])).to.be.revertedWithCustomError(
      allocations,
      "PausableFlagsPaused",
    );
  });
});
