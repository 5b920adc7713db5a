import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, SETS } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const FOREVER = 2n ** 48n - 1n;

async function fixture() {
  const world = await deployRestaking({ network: connection });
  const params = (changes: object) => ({
    id: 9,
    strategies: [world.strategy],
    slasher: world.slasher,
    recipient: ethers.ZeroAddress,
    releaseDelay: 0,
    hook: ethers.ZeroAddress,
    ...changes,
  });
  return { ...world, params };
}

describe("AVSRegistry", () => {
  describe("createOperatorSet", () => {
    it("records what the set is like", async () => {
      const { registry, setOf, slasher, strategy, thief } = await networkHelpers.loadFixture(fixture);
      const set = setOf(SETS.escrowed);
      expect(await registry.isOperatorSet(set)).to.equal(true);
      expect(await registry.slasherOf(set)).to.equal(slasher);
      expect(await registry.recipientOf(set)).to.equal(thief);
      expect(await registry.releaseDelayOf(set)).to.equal(DELAYS.release);
      expect(await registry.strategiesOf(set)).to.deep.equal([await strategy.getAddress()]);
      expect(await registry.allOperatorSets()).to.have.length(3);
      expect(await registry.isRedistributing(set)).to.equal(true);
      expect(await registry.isRedistributing(setOf(SETS.burning))).to.equal(false);
      expect(await registry.isRedistributing(setOf(77))).to.equal(false);
      expect(await registry.recipientOf(setOf(SETS.burning))).to.equal(await registry.burnAddress());
    });

    it("reverts for what cannot be", async () => {
      const { alice, avs, params, pods, registry, strategy, thief } = await networkHelpers.loadFixture(fixture);
      const create = (changes: object) => registry.connect(avs).createOperatorSet(params(changes));
      await expect(registry.connect(alice).createOperatorSet(params({})))
        .to.be.revertedWithCustomError(registry, "AVSRegistryUnknownAVS")
        .withArgs(alice);
      await expect(create({ id: SETS.burning })).to.be.revertedWithCustomError(
        registry,
        "AVSRegistryOperatorSetExists",
      );
      await expect(create({ slasher: ethers.ZeroAddress })).to.be.revertedWithCustomError(
        registry,
        "AVSRegistryZeroSlasher",
      );
      await expect(create({ releaseDelay: 1 }))
        .to.be.revertedWithCustomError(registry, "AVSRegistryInvalidReleaseDelay")
        .withArgs(1, DELAYS.release);
      await expect(create({ strategies: [strategy, strategy] })).to.be.revertedWithCustomError(
        registry,
        "AVSRegistryStrategyInSet",
      );
      const beacon = await pods.beaconStrategy();
      await expect(create({ recipient: thief, strategies: [beacon] }))
        .to.be.revertedWithCustomError(registry, "AVSRegistryBeaconNotRedistributable")
        .withArgs(beacon);
      await create({ strategies: [beacon] });
    });

    it("reverts while paused", async () => {
      const { avs, params, registry } = await networkHelpers.loadFixture(fixture);
      await registry.pause(1n);
      await expect(registry.connect(avs).createOperatorSet(params({}))).to.be.revertedWithCustomError(
        registry,
        "PausableFlagsPaused",
      );
    });
  });

  describe("strategies and hook", () => {
    it("adds and removes strategies, and sets the hook at once", async () => {
      const { alice, avs, registry, setOf, strategy, token, manager } = await networkHelpers.loadFixture(fixture);
      const other = await ethers.deployContract("Strategy", [token, manager]);
      const set = setOf(SETS.burning);
      await expect(registry.connect(avs).addStrategies(SETS.burning, [other])).to.emit(registry, "StrategyAdded");
      expect(await registry.isStrategyInSet(set, other)).to.equal(true);
      await expect(registry.connect(avs).removeStrategies(SETS.burning, [other])).to.emit(registry, "StrategyRemoved");
      await expect(registry.connect(avs).removeStrategies(SETS.burning, [other]))
        .to.be.revertedWithCustomError(registry, "AVSRegistryStrategyNotInSet")
        .withArgs(other);
      await expect(registry.connect(avs).setHook(SETS.burning, strategy)).to.emit(registry, "HookSet");
      expect(await registry.hookOf(set)).to.equal(strategy);
      await expect(registry.connect(alice).setHook(SETS.burning, strategy))
        .to.be.revertedWithCustomError(registry, "AVSRegistryUnknownOperatorSet")
        .withArgs(alice, SETS.burning);
    });
  });

  describe("proposeSlasher", () => {
    it("takes over after its notice, and not one block earlier", async () => {
      const { alice, avs, before, block, registry, setOf, slasher } = await networkHelpers.loadFixture(fixture);
      const set = setOf(SETS.burning);
      await registry.connect(avs).proposeSlasher(SETS.burning, alice);
      const effectAt = (await block()) + BigInt(DELAYS.configuration) + 1n;
      expect(await registry.pendingSlasherOf(set)).to.deep.equal([alice.address, effectAt]);
      await before(effectAt);
      expect(await registry.slasherOf(set)).to.equal(slasher);
      await networkHelpers.mine(1);
      expect(await registry.slasherOf(set)).to.equal(alice);
      expect(await registry.pendingSlasherOf(set)).to.deep.equal([ethers.ZeroAddress, 0n]);
      await registry.connect(avs).proposeSlasher(SETS.burning, slasher);
      expect(await registry.slasherOf(set)).to.equal(alice);
    });

    it("reverts for nobody as slasher", async () => {
      const { avs, registry } = await networkHelpers.loadFixture(fixture);
      await expect(
        registry.connect(avs).proposeSlasher(SETS.burning, ethers.ZeroAddress),
      ).to.be.revertedWithCustomError(registry, "AVSRegistryZeroSlasher");
    });
  });

  describe("membership", () => {
    it("is slashable for ever inside, and through the delay outside", async () => {
      const { before, block, join, leave, op1, registry, setOf } = await networkHelpers.loadFixture(fixture);
      const set = setOf(SETS.burning);
      expect(await registry.isOperatorSlashable(op1, set)).to.equal(false);
      await join(op1, SETS.burning);
      const joinedAt = await block();
      expect(await registry.membership(op1, set)).to.deep.equal([true, joinedAt, FOREVER]);
      expect(await registry.membersOf(set)).to.deep.equal([op1.address]);
      expect(await registry.setsOf(op1)).to.have.length(1);
      await expect(join(op1, SETS.burning)).to.be.revertedWithCustomError(registry, "AVSRegistryAlreadyMemberOfSet");

      await leave(op1, SETS.burning);
      const until = (await block()) + BigInt(DELAYS.deallocation);
      expect(await registry.membership(op1, set)).to.deep.equal([false, joinedAt, until]);
      await expect(leave(op1, SETS.burning)).to.be.revertedWithCustomError(registry, "AVSRegistryNotMemberOfSet");
      await before(until);
      await expect(join(op1, SETS.burning)).to.be.revertedWithCustomError(registry, "AVSRegistryAlreadyMemberOfSet");
      await before(until + 1n);
      await join(op1, SETS.burning);
    });

    it("lets the AVS put an operator out, and no stranger", async () => {
      const { alice, avs, join, op1, registry } = await networkHelpers.loadFixture(fixture);
      await join(op1, SETS.burning);
      await expect(registry.connect(alice).deregisterFromOperatorSets(op1, avs, [SETS.burning]))
        .to.be.revertedWithCustomError(registry, "AVSRegistryUnauthorized")
        .withArgs(alice, op1);
      await expect(registry.connect(avs).deregisterFromOperatorSets(op1, avs, [SETS.burning])).to.emit(
        registry,
        "OperatorLeft",
      );
    });

    it("reverts for strangers, unknown sets and while paused", async () => {
      const { alice, join, op1, registry } = await networkHelpers.loadFixture(fixture);
      await expect(join(alice, SETS.burning))
        .to.be.revertedWithCustomError(registry, "AVSRegistryNotOperator")
        .withArgs(alice);
      await expect(join(op1, 77)).to.be.revertedWithCustomError(registry, "AVSRegistryUnknownOperatorSet");
      await registry.pause(2n);
      await expect(join(op1, SETS.burning)).to.be.revertedWithCustomError(registry, "PausableFlagsPaused");
    });

    it("asks the registrar, which has to serve the AVS", async () => {
      const { alice, avs, join, leave, op1, registry } = await networkHelpers.loadFixture(fixture);
      const mine = await ethers.deployContract("Registrar__MockForMembership", [avs]);
      const foreign = await ethers.deployContract("Registrar__MockForMembership", [alice]);
      await expect(registry.connect(avs).setRegistrar(foreign))
        .to.be.revertedWithCustomError(registry, "AVSRegistryRegistrarUnsupported")
        .withArgs(foreign, avs);
      await expect(registry.connect(alice).setRegistrar(foreign)).to.be.revertedWithCustomError(
        registry,
        "AVSRegistryUnknownAVS",
      );
      await expect(registry.connect(avs).setRegistrar(mine)).to.emit(registry, "RegistrarSet").withArgs(avs, mine);
      await join(op1, SETS.burning);
      await leave(op1, SETS.burning);
      expect([await mine.joined(), await mine.left()]).to.deep.equal([1n, 1n]);
      await registry.connect(avs).setRegistrar(ethers.ZeroAddress);
    });
  });
});
