import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** Operator 1 is in all sets, with everything allocated to one of them, 100 tokens delegated and 40 in the queue. */
async function at(id: number) {
  const world = await deployRestaking({ network: connection });
  const { alice, allocate, bob, delegate, deposit, join, op1, queue } = world;
  await deposit(alice, 100n * WAD);
  await deposit(bob, 7n);
  await delegate(alice, op1);
  await delegate(bob, op1);
  for (const set of Object.values(SETS)) await join(op1, set);
  await allocate(op1, id, WAD);
  await queue(alice, 40n * WAD);
  return world;
}
const burning = async () => await at(SETS.burning);
const redistributing = async () => await at(SETS.redistributing);
const escrowed = async () => await at(SETS.escrowed);

/** Operator 1 has everything allocated to a set of native ether, which its slasher is about to cut by a quarter. */
async function native() {
  const world = await deployRestaking({ network: connection });
  const { alice, allocations, avs, delegate, join, op1, owner, pods, registry, setOf, slasher } = world;
  const beacon = await pods.beaconStrategy();
  const set = setOf(9);
  const rest = { slasher, recipient: ethers.ZeroAddress, releaseDelay: 0, hook: ethers.ZeroAddress };
  await registry.connect(avs).createOperatorSet({ id: 9, strategies: [beacon], ...rest });
  await join(op1, 9);
  await allocations.connect(op1).modifyAllocations([{ set, strategies: [beacon], newMagnitudes: [WAD] }]);
  await delegate(alice, op1);
  await pods.connect(alice).createPod();
  const pod = await ethers.getContractAt("MockPod", await pods.podOf(alice), owner);
  await pod.reportValidator(0, 32n * 10n ** 9n, false);
  await pod.connect(alice).verifyValidator(0);
  const params = { operator: op1, set, strategies: [beacon], wads: [WAD / 4n], description: "native" };
  return { ...world, slashing: world.slashing.connect(slasher), beacon, params, pod };
}

describe("Slasher", () => {
  describe("slash", () => {
    it("does what the preview said, to each staker and each withdrawal", async () => {
      const { alice, bob, delegation, op1, preview, slash, slashing, setOf, strategy, withdrawable } =
        await networkHelpers.loadFixture(burning);
      const fraction = 333_333_333_333_333_333n;
      const { totals, stakers, withdrawals } = await preview(op1, SETS.burning, fraction);
      await slash(op1, SETS.burning, fraction);

      const [total] = totals;
      expect(await slashing.escrowedShares(setOf(SETS.burning), 1, strategy)).to.equal(
        (total?.fromOperator ?? 0n) + (total?.fromQueue ?? 0n),
      );
      const after = new Map(stakers.map(({ staker, sharesAfter }) => [staker, sharesAfter]));
      for (const staker of [alice, bob]) expect(await withdrawable(staker)).to.equal(after.get(staker.address));
      const [released] = (await delegation.releasableShares(0)).shares;
      expect(withdrawals.map(({ sharesAfter }) => sharesAfter)).to.deep.equal([released]);
      expect(withdrawals[0]?.sharesBefore).to.equal(40n * WAD);
    });

    it("does to native ether what the preview said, beacon penalty included, and holds none of it", async () => {
      const { alice, delegation, op1, pod, slashing, params, beacon } = await networkHelpers.loadFixture(native);
      await delegation.connect(alice).queueWithdrawal([beacon], [8n * WAD]);
      await pod.reportValidator(0, 16n * 10n ** 9n, true);
      await pod.connect(alice).checkpoint();

      const preview = await slashing.previewSlash(params.set, op1, params.strategies, params.wads);
      await slashing.slash(params);

      expect(preview.stakers).to.deep.equal([[alice.address, beacon, 12n * WAD, 9n * WAD]]);
      expect(preview.withdrawals).to.deep.equal([[0n, alice.address, beacon, 4n * WAD, 3n * WAD]]);
      expect((await delegation.withdrawableShares(alice, [beacon])).withdrawable).to.deep.equal([9n * WAD]);
      expect((await delegation.releasableShares(0)).shares).to.deep.equal([3n * WAD]);
      const [total] = preview.totals;
      expect(await slashing.slashedBeaconShares()).to.equal((total?.fromOperator ?? 0n) + (total?.fromQueue ?? 0n));
      expect(await slashing.escrow()).to.have.length(0);
    });

    it("reverts for whoever is not the set's slasher", async () => {
      const { alice, op1, setOf, slasher, slashing, strategy } = await networkHelpers.loadFixture(burning);
      const params = { operator: op1, set: setOf(0), strategies: [strategy], wads: [1n], description: "" };
      await expect(slashing.connect(alice).slash(params))
        .to.be.revertedWithCustomError(slashing, "SlasherUnauthorized")
        .withArgs(alice, slasher);
    });

    it("reverts for malformed requests, as the preview does", async () => {
      const { op1, op2, setOf, slasher, slashing, strategy, token, manager } =
        await networkHelpers.loadFixture(burning);
      const other = await ethers.deployContract("Strategy", [token, manager]);
      const base = { operator: op1, set: setOf(0), strategies: [strategy], wads: [WAD], description: "" };
      const cases: [Partial<typeof base>, string][] = [
        [{ wads: [] }, "SlasherLengthMismatch"],
        [{ set: setOf(77) }, "SlasherUnknownOperatorSet"],
        [{ operator: op2 }, "SlasherOperatorNotSlashable"],
        [{ wads: [0n] }, "SlasherInvalidWad"],
        [{ wads: [WAD + 1n] }, "SlasherInvalidWad"],
        [{ strategies: [other] }, "SlasherStrategyNotInSet"],
        [{ strategies: [strategy, strategy], wads: [1n, 1n] }, "SlasherStrategiesNotAscending"],
      ];
      for (const [change, error] of cases) {
        const params = { ...base, ...change };
        await expect(slashing.connect(slasher).slash(params)).to.be.revertedWithCustomError(slashing, error);
        await expect(
          slashing.previewSlash(params.set, params.operator, params.strategies, params.wads),
        ).to.be.revertedWithCustomError(slashing, error);
      }
    });

    it("reverts while slashing is paused, and leaves clearing alone", async () => {
      const { op1, preview, setOf, slash, slashing } = await networkHelpers.loadFixture(burning);
      await slash(op1, SETS.burning, WAD / 2n);
      await slashing.pause(1n);
      await expect(slash(op1, SETS.burning, 1n)).to.be.revertedWithCustomError(slashing, "PausableFlagsPaused");
      await expect(preview(op1, SETS.burning, 1n)).to.be.revertedWithCustomError(slashing, "PausableFlagsPaused");
      await slashing.clear(setOf(SETS.burning), 1);
    });
  });

  describe("hooks", () => {
    it("goes on when a hook reverts, burns its gas, or is not there", async () => {
      const { alice, avs, op1, registry, slash, slashing } = await networkHelpers.loadFixture(burning);
      const reverting = await ethers.deployContract("RevertingHook__MockForGriefing");
      const burner = await ethers.deployContract("GasBurningHook__MockForGriefing");
      for (const hook of [reverting, burner, alice]) {
        await registry.connect(avs).setHook(SETS.burning, hook);
        await expect(slash(op1, SETS.burning, WAD / 10n)).to.emit(slashing, "HookFailed");
      }
      expect(await slashing.hookGas()).to.equal(250_000n);
    });

    it("reverts when the caller brings too little gas for the hook", async () => {
      const { avs, op1, registry, setOf, slasher, slashing, strategy } = await networkHelpers.loadFixture(burning);
      const hook = await ethers.deployContract("GasBurningHook__MockForGriefing");
      await registry.connect(avs).setHook(SETS.burning, hook);
      const params = { operator: op1, set: setOf(0), strategies: [strategy], wads: [1n], description: "" };
      await expect(slashing.connect(slasher).slash(params, { gasLimit: 300_000n })).to.be.revertedWithCustomError(
        slashing,
        "SlasherInsufficientGas",
      );
    });
  });

  describe("clear", () => {
    it("burns what is burned and pays the recipient what is redistributed", async () => {
      const burn = await networkHelpers.loadFixture(burning);
      await burn.slash(burn.op1, SETS.burning, WAD / 2n);
      await burn.slashing.clear(burn.setOf(SETS.burning), 1);
      expect(await burn.token.balanceOf(await burn.registry.burnAddress())).to.equal(50n * WAD + 3n);

      const pay = await networkHelpers.loadFixture(redistributing);
      await pay.slash(pay.op1, SETS.redistributing, WAD / 2n);
      await pay.slashing.clearStrategy(pay.setOf(SETS.redistributing), 1, pay.strategy);
      expect(await pay.token.balanceOf(pay.thief)).to.equal(50n * WAD + 3n);
      expect(await pay.slashing.totalEscrowedShares(pay.strategy)).to.equal(0n);
    });

    it("waits for the release delay of the set", async () => {
      const { before, block, op1, setOf, slash, slashing, strategy } = await networkHelpers.loadFixture(escrowed);
      await slash(op1, SETS.escrowed, WAD / 2n);
      const releasableAt = (await block()) + BigInt(DELAYS.release);
      expect(await slashing.releasableAt(setOf(SETS.escrowed), 1)).to.equal(releasableAt);
      expect(await slashing.escrow()).to.have.length(1);
      await before(releasableAt - 1n);
      await expect(slashing.clear(setOf(SETS.escrowed), 1)).to.be.revertedWithCustomError(
        slashing,
        "SlasherNotReleasable",
      );
      await before(releasableAt);
      await slashing.clear(setOf(SETS.escrowed), 1);
      await expect(slashing.clearStrategy(setOf(SETS.escrowed), 1, strategy))
        .to.be.revertedWithCustomError(slashing, "SlasherNothingToClear")
        .withArgs(1n, strategy);
      expect(await slashing.escrow()).to.have.length(0);
    });

    it("reverts while clearing is paused", async () => {
      const { op1, setOf, slash, slashing, strategy } = await networkHelpers.loadFixture(burning);
      await slash(op1, SETS.burning, WAD / 2n);
      await slashing.pause(2n);
      await expect(slashing.clear(setOf(0), 1)).to.be.revertedWithCustomError(slashing, "PausableFlagsPaused");
      await expect(slashing.clearStrategy(setOf(0), 1, strategy)).to.be.revertedWithCustomError(
        slashing,
        "PausableFlagsPaused",
      );
    });
  });
});
