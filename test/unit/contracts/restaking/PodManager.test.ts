import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const GWEI = 10n ** 9n;
const VALIDATOR = 32n * GWEI;

/** Alice delegates to operator 1 and has a pod with one verified validator of 32 ether. */
async function fixture() {
  const world = await deployRestaking({ network: connection });
  const { alice, delegate, op1, owner, pods } = world;
  await delegate(alice, op1);
  await pods.connect(alice).createPod();
  const pod = await ethers.getContractAt("MockPod", await pods.podOf(alice));
  const beacon = await pods.beaconStrategy();
  await pod.connect(owner).reportValidator(0, VALIDATOR, false);
  await pod.connect(alice).verifyValidator(0);
  return { ...world, pod, beacon };
}

describe("PodManager", () => {
  describe("pods", () => {
    it("gives each staker one pod", async () => {
      const { alice, pod, pods } = await networkHelpers.loadFixture(fixture);
      expect(await pods.podOwners()).to.deep.equal([alice.address]);
      await expect(pods.connect(alice).createPod())
        .to.be.revertedWithCustomError(pods, "PodManagerPodExists")
        .withArgs(alice, pod);
    });

    it("credits a verified validator, once, if it has a balance", async () => {
      const { alice, beacon, bob, delegation, op1, pod } = await networkHelpers.loadFixture(fixture);
      expect(await delegation.operatorShares(op1, beacon)).to.equal(32n * WAD);
      expect(await pod.activeValidators()).to.deep.equal([0n]);
      await expect(pod.connect(alice).verifyValidator(0))
        .to.be.revertedWithCustomError(pod, "MockPodAlreadyVerified")
        .withArgs(0);
      await expect(pod.connect(alice).verifyValidator(1))
        .to.be.revertedWithCustomError(pod, "MockPodNoBalance")
        .withArgs(1);
      await expect(pod.connect(bob).verifyValidator(1)).to.be.revertedWithCustomError(pod, "MockPodUnauthorized");
    });
  });

  describe("checkpoint", () => {
    it("lowers the factor for a loss, and leaves deposit shares alone", async () => {
      const { alice, beacon, delegation, op1, owner, pod, pods } = await networkHelpers.loadFixture(fixture);
      await pod.connect(owner).reportValidator(0, VALIDATOR / 2n, false);
      await expect(pod.connect(alice).checkpoint())
        .to.emit(pods, "BeaconFactorLowered")
        .withArgs(alice, WAD, WAD / 2n);
      expect(await pods.depositSharesOf(alice, beacon)).to.equal(32n * WAD);
      expect(await delegation.operatorShares(op1, beacon)).to.equal(16n * WAD);
      expect(await delegation.withdrawableShares(alice, [beacon])).to.deep.equal([[16n * WAD], [32n * WAD]]);
    });

    it("lowers nobody's operator shares for a staker who does not delegate", async () => {
      const { beacon, bob, delegate, delegation, op1, owner, pods } = await networkHelpers.loadFixture(fixture);
      await pods.connect(bob).createPod();
      const own = await ethers.getContractAt("MockPod", await pods.podOf(bob));
      await own.connect(owner).reportValidator(5, VALIDATOR, false);
      await own.connect(bob).verifyValidator(5);
      await own.connect(owner).reportValidator(5, VALIDATOR / 4n, true);
      await expect(own.connect(bob).checkpoint()).not.to.emit(delegation, "OperatorSharesDecreased");
      expect(await delegation.operatorShares(op1, beacon)).to.equal(32n * WAD);
      expect(await delegation.withdrawableShares(bob, [beacon])).to.deep.equal([[8n * WAD], [32n * WAD]]);
      await delegate(bob, op1);
      expect(await delegation.operatorShares(op1, beacon)).to.equal(40n * WAD);
    });

    it("lets a staker delegate what a total loss has left: nothing, at an unchanged scaling factor", async () => {
      const { beacon, bob, delegate, delegation, op2, owner, pods } = await networkHelpers.loadFixture(fixture);
      await pods.connect(bob).createPod();
      const own = await ethers.getContractAt("MockPod", await pods.podOf(bob));
      await own.connect(owner).reportValidator(5, VALIDATOR, false);
      await own.connect(bob).verifyValidator(5);
      await own.connect(owner).reportValidator(5, 0n, true);
      await own.connect(bob).checkpoint();
      await expect(delegate(bob, op2)).not.to.emit(delegation, "DepositScalingFactorSet");
      expect(await delegation.operatorShares(op2, beacon)).to.equal(0n);
      expect(await delegation.depositScalingFactor(bob, beacon)).to.equal(WAD);
      expect(await delegation.withdrawableShares(bob, [beacon])).to.deep.equal([[0n], [32n * WAD]]);
    });

    it("changes nothing when nothing changed", async () => {
      const { alice, beacon, pod, pods } = await networkHelpers.loadFixture(fixture);
      await expect(pod.connect(alice).checkpoint()).not.to.emit(pods, "BeaconFactorLowered");
      expect(await pods.depositSharesOf(alice, beacon)).to.equal(32n * WAD);
    });

    it("is open to anyone for a slashed, counted and stale validator only", async () => {
      const { bob, owner, pod } = await networkHelpers.loadFixture(fixture);
      await expect(pod.connect(bob).checkpointStale(9)).to.be.revertedWithCustomError(pod, "MockPodNotActive");
      await expect(pod.connect(bob).checkpointStale(0)).to.be.revertedWithCustomError(pod, "MockPodNotSlashed");
      await pod.connect(owner).reportValidator(0, VALIDATOR - GWEI, true);
      await pod.connect(owner).reportValidator(0, VALIDATOR - GWEI, false);
      expect((await pod.validatorOf(0)).slashed).to.equal(true);
      await expect(pod.connect(bob).checkpointStale(0)).to.emit(pod, "CheckpointFinalised");
      // A call runs in the block of the checkpoint itself.
      const at = BigInt(await ethers.provider.getBlockNumber());
      await expect(pod.connect(bob).checkpointStale.staticCall(0))
        .to.be.revertedWithCustomError(pod, "MockPodNotStale")
        .withArgs(0, at);
    });
  });

  describe("withdrawals", () => {
    it("pays ether that an exit brought into the pod", async () => {
      const { alice, beacon, delegation, owner, pod } = await networkHelpers.loadFixture(fixture);
      await pod.connect(owner).reportValidator(0, 0n, false, { value: 32n * WAD });
      await pod.connect(alice).checkpoint();
      expect(await pod.activeValidators()).to.deep.equal([]);
      expect((await pod.validatorOf(0)).withdrawn).to.equal(true);
      await delegation.connect(alice).queueWithdrawal([beacon], [32n * WAD]);
      await networkHelpers.mine(DELAYS.withdrawal);
      await expect(delegation.connect(alice).completeWithdrawal(0, true))
        .to.emit(pod, "EtherWithdrawn")
        .withArgs(alice, 32n * WAD);
      expect(await pod.restakedExecutionGwei()).to.equal(0n);
    });

    it("reverts while the ether is still on the validator, and restakes it as shares", async () => {
      const { alice, beacon, delegation, op1, pod } = await networkHelpers.loadFixture(fixture);
      await delegation.connect(alice).queueWithdrawal([beacon], [WAD]);
      await networkHelpers.mine(DELAYS.withdrawal);
      await expect(delegation.connect(alice).completeWithdrawal(0, true))
        .to.be.revertedWithCustomError(pod, "MockPodInsufficientBalance")
        .withArgs(GWEI, 0n);
      await delegation.connect(alice).completeWithdrawal(0, false);
      expect(await delegation.operatorShares(op1, beacon)).to.equal(32n * WAD);
    });

    it("refuses nothing and too much", async () => {
      const { alice, beacon, delegation, pods } = await networkHelpers.loadFixture(fixture);
      await expect(delegation.connect(alice).queueWithdrawal([beacon], [0n])).to.be.revertedWithCustomError(
        pods,
        "ShareManagerSharesAmountZero",
      );
      await expect(delegation.connect(alice).queueWithdrawal([beacon], [33n * WAD])).to.be.revertedWithCustomError(
        pods,
        "ShareManagerSharesAmountTooHigh",
      );
    });
  });

  describe("peers", () => {
    it("lets only pods, the core and the reporter in", async () => {
      const { alice, beacon, bob, pod, pods, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(pods.recordBalanceUpdate(alice, 0n, 1n)).to.be.revertedWithCustomError(
        pods,
        "CoreComponentUnauthorized",
      );
      const calls = [
        () => pods.addShares(alice, beacon, 1n),
        () => pods.removeDepositShares(alice, beacon, 1n),
        () => pods.withdrawSharesAsTokens(alice, beacon, 1n),
      ];
      for (const call of calls) {
        await expect(call()).to.be.revertedWithCustomError(pods, "ShareManagerUnauthorized");
      }
      await expect(pod.withdraw(alice, 1n)).to.be.revertedWithCustomError(pod, "MockPodUnauthorized");
      await expect(pods.setReporter(bob)).to.emit(pods, "ReporterSet").withArgs(bob);
      await expect(pod.reportValidator(0, 0n, true)).to.be.revertedWithCustomError(pod, "MockPodUnauthorized");
      expect(await pods.depositSharesOf(alice, strategy)).to.equal(0n);
    });

    it("refuses other strategies and losses beyond the balance", async () => {
      const { alice, delegation, pod, pods, strategy } = await networkHelpers.loadFixture(fixture);
      const core = await networkHelpers.impersonateAccount(await delegation.getAddress());
      expect(core).to.equal(undefined);
      await networkHelpers.setBalance(await delegation.getAddress(), WAD);
      const peer = await ethers.getSigner(await delegation.getAddress());
      await expect(pods.connect(peer).addShares(alice, strategy, 1n))
        .to.be.revertedWithCustomError(pods, "PodManagerNotBeaconStrategy")
        .withArgs(strategy);
      await networkHelpers.impersonateAccount(await pod.getAddress());
      await networkHelpers.setBalance(await pod.getAddress(), WAD);
      const own = await ethers.getSigner(await pod.getAddress());
      await expect(pods.connect(own).recordBalanceUpdate(alice, 5n, -6n))
        .to.be.revertedWithCustomError(pods, "PodManagerLossExceedsBalance")
        .withArgs(alice, 6n, 5n);
    });

    it("credits nothing to nobody, whoever of the core asks", async () => {
      const { alice, beacon, delegation, pods } = await networkHelpers.loadFixture(fixture);
      const core = await delegation.getAddress();
      await networkHelpers.impersonateAccount(core);
      await networkHelpers.setBalance(core, WAD);
      await expect(pods.connect(await ethers.getSigner(core)).addShares(alice, beacon, 0n))
        .to.be.revertedWithCustomError(pods, "ShareManagerSharesAmountZero")
        .withArgs(alice, beacon);
    });

    it("reverts while paused", async () => {
      const { alice, bob, pod, pods } = await networkHelpers.loadFixture(fixture);
      await pods.pause(3n);
      await expect(pods.connect(bob).createPod()).to.be.revertedWithCustomError(pods, "PausableFlagsPaused");
      await expect(pod.connect(alice).checkpoint()).to.be.revertedWithCustomError(pods, "PausableFlagsPaused");
    });
  });
});
