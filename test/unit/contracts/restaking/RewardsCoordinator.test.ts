import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { network } from "hardhat";

import { deployRewards, WEEK } from "../../../helpers/rewards.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function fixture() {
  const world = await deployRewards(connection);
  const start = BigInt(await time.latest()) - (BigInt(await time.latest()) % 10n);
  await world.coordinator.connect(world.avs).payOperatorSet(world.set, world.token, 1_000, start, 100);
  return world;
}

type World = Awaited<ReturnType<typeof fixture>>;

/** Publishes a root with `amount` for the earner beside a second leaf; returns how to claim it. */
async function publish({ coordinator, token, updater, earner, operator }: World, amount: bigint) {
  const address = await token.getAddress();
  const leaf: [string, string, bigint] = [earner.address, address, amount];
  const tree = StandardMerkleTree.of([leaf, [operator.address, address, 5n]], ["address", "address", "uint256"]);
  await time.increase(10);
  await coordinator.connect(updater).submitRoot(tree.root, (await time.latest()) - 1);
  const rootIndex = (await coordinator.rootCount()) - 1n;
  return { rootIndex, earner, token, cumulativeEarnings: amount, proof: tree.getProof(leaf) };
}

describe("RewardsCoordinator", () => {
  describe("claim", () => {
    it("pays what is new in a cumulative leaf, never twice (EL-31)", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, token, earner, operator } = world;
      const first = await publish(world, 100n);
      const second = await publish(world, 250n);
      await time.increase(WEEK);

      await expect(coordinator.connect(earner).claim(first, operator)).to.changeTokenBalance(
        ethers,
        token,
        operator,
        100n,
      );
      await expect(coordinator.connect(earner).claim(second, earner))
        .to.emit(coordinator, "RewardsClaimed")
        .withArgs(1, earner, token, earner, earner, 150);
      for (const [leaf, earned] of [
        [second, 250],
        [first, 100],
      ] as const) {
        await expect(coordinator.connect(earner).claim(leaf, earner))
          .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorEarningsNotGreaterThanClaimed")
          .withArgs(earner, token, earned, 250);
      }
      expect(await coordinator.cumulativeClaimed(earner, token)).to.equal(250n);
      expect(await coordinator.totalClaimed(token)).to.equal(250n);
    });

    it("opens at the activation delay, inclusive", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, earner } = world;
      const leaf = await publish(world, 100n);
      const { activatedAt } = await coordinator.getRoot(0);
      await time.increaseTo(activatedAt - 2n);
      await expect(coordinator.connect(earner).claim(leaf, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorRootNotActive")
        .withArgs(0, activatedAt);

      await time.setNextBlockTimestamp(activatedAt);
      await coordinator.connect(earner).claim(leaf, earner);
      expect(await coordinator.cumulativeClaimed(earner, leaf.token)).to.equal(100n);
    });

    it("reverts for a leaf the root does not hold", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, earner, operator } = world;
      const leaf = await publish(world, 100n);
      await time.increase(WEEK);

      await expect(coordinator.connect(earner).claim({ ...leaf, cumulativeEarnings: 101n }, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorInvalidProof")
        .withArgs(0, earner, 101);
      await expect(
        coordinator.connect(operator).claim({ ...leaf, earner: operator }, operator),
      ).to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorInvalidProof");
      await expect(coordinator.connect(earner).claim({ ...leaf, rootIndex: 1n }, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorUnknownRoot")
        .withArgs(1, 1);
    });

    it("reverts beyond what was paid in", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, token, earner } = world;
      await token.mint(coordinator, 10_000);
      const leaf = await publish(world, 1_001n);
      await time.increase(WEEK);

      await expect(coordinator.connect(earner).claim(leaf, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorInsufficientFunds")
        .withArgs(token, 1_001, 1_000);
    });

    it("pays through the claimer alone once one is set", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, token, earner, operator } = world;
      const leaf = await publish(world, 100n);
      await time.increase(WEEK);
      await expect(coordinator.connect(earner).setClaimerFor(operator))
        .to.emit(coordinator, "ClaimerSet")
        .withArgs(earner, operator);
      await expect(coordinator.connect(earner).claim(leaf, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorOnlyClaimer")
        .withArgs(earner, operator);

      await expect(coordinator.connect(operator).claim(leaf, earner)).to.changeTokenBalance(
        ethers,
        token,
        earner,
        100n,
      );
    });

    it("reverts for a zero recipient and when paused", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, earner, owner } = world;
      const leaf = await publish(world, 100n);
      await expect(coordinator.connect(earner).claim(leaf, ethers.ZeroAddress)).to.be.revertedWithCustomError(
        coordinator,
        "RewardsCoordinatorZeroAddress",
      );
      await coordinator.connect(owner).pause(4);
      await expect(coordinator.connect(earner).claim(leaf, earner))
        .to.be.revertedWithCustomError(coordinator, "PausableFlagsPaused")
        .withArgs(2);
    });
  });

  describe("submitRoot", () => {
    it("takes roots that rise and lie in the past", async () => {
      const { coordinator, updater } = await networkHelpers.loadFixture(fixture);
      const now = BigInt(await time.latest());
      await time.setNextBlockTimestamp(now + 10n);
      await expect(coordinator.connect(updater).submitRoot(ethers.ZeroHash, now))
        .to.emit(coordinator, "RootSubmitted")
        .withArgs(0, ethers.ZeroHash, now, now + 10n + WEEK);
      await expect(coordinator.connect(updater).submitRoot(ethers.ZeroHash, now))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorStaleRoot")
        .withArgs(now, now);
      await time.setNextBlockTimestamp(now + 100n);

      await expect(coordinator.connect(updater).submitRoot(ethers.ZeroHash, now + 100n))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorRootInFuture")
        .withArgs(now + 100n, now + 100n);
    });

    it("reverts for others and when paused", async () => {
      const { coordinator, updater, owner } = await networkHelpers.loadFixture(fixture);
      await expect(coordinator.connect(owner).submitRoot(ethers.ZeroHash, 1))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorOnlyUpdater")
        .withArgs(owner, updater);
      await expect(coordinator.connect(owner).setUpdater(owner)).to.emit(coordinator, "UpdaterSet").withArgs(owner);
      await coordinator.connect(owner).submitRoot(ethers.ZeroHash, 1);
      await coordinator.connect(owner).pause(2);
      await expect(coordinator.connect(owner).submitRoot(ethers.ZeroHash, 2))
        .to.be.revertedWithCustomError(coordinator, "PausableFlagsPaused")
        .withArgs(1);
      await expect(coordinator.connect(updater).setUpdater(owner)).to.be.revertedWithCustomError(
        coordinator,
        "OwnableUnauthorizedAccount",
      );
    });
  });

  describe("disableRoot", () => {
    it("takes a root out before it is active, so that it can be replaced", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, updater, earner } = world;
      const leaf = await publish(world, 100n);
      const { root, calculatedUntil } = await coordinator.getRoot(0);
      await expect(coordinator.connect(updater).disableRoot(0)).to.emit(coordinator, "RootDisabled").withArgs(0);
      await coordinator.connect(updater).submitRoot(root, calculatedUntil);
      await time.increase(WEEK);

      await expect(coordinator.connect(earner).claim(leaf, earner))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorRootDisabled")
        .withArgs(0);
      await coordinator.connect(earner).claim({ ...leaf, rootIndex: 1n }, earner);
    });

    it("reverts from the first active instant on", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, updater } = world;
      await publish(world, 100n);
      const { activatedAt } = await coordinator.getRoot(0);
      await time.setNextBlockTimestamp(activatedAt);

      await expect(coordinator.connect(updater).disableRoot(0))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorRootActive")
        .withArgs(0, activatedAt);
    });

    it("reverts the second time, for others and for no root", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { coordinator, updater, owner } = world;
      await publish(world, 100n);
      await coordinator.connect(updater).disableRoot(0);

      await expect(coordinator.connect(updater).disableRoot(0))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorRootDisabled")
        .withArgs(0);
      await expect(coordinator.connect(owner).disableRoot(0))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorOnlyUpdater")
        .withArgs(owner, updater);
      await expect(coordinator.connect(updater).disableRoot(3))
        .to.be.revertedWithCustomError(coordinator, "RewardsCoordinatorUnknownRoot")
        .withArgs(3, 1);
    });
  });
});
