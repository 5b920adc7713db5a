import { expect } from "chai";
import { network } from "hardhat";

import { DEALLOCATION_DELAY, MAGNITUDE, SET, STAKE, WAD, deploySlashing, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("ScriptedRule__MockForModules");
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  const joinedAt = (await world.registry.membership(world.ada, set)).registeredAt;
  return { ...world, rule, set, joinedAt };
}

describe("InstantSlasher", () => {
  describe("configure", () => {
    it("fixes the rules of a set", async () => {
      const { instant, rule, set } = await networkHelpers.loadFixture(fixture);

      expect(await instant.rulesOf(set)).to.deep.equal([await rule.getAddress()]);
      expect(await instant.hasRule(set, rule)).to.equal(true);
      expect(await instant.hasRule(set, instant)).to.equal(false);
    });

    it("reverts when the caller is not the AVS", async () => {
      const { instant, rule, set, watcher } = await networkHelpers.loadFixture(fixture);

      await expect(instant.connect(watcher).configure(set, [rule]))
        .to.be.revertedWithCustomError(instant, "SlasherModuleNotAvs")
        .withArgs(watcher.address, set.avs);
    });

    it("reverts on a second call", async () => {
      const { instant, rule, service, set } = await networkHelpers.loadFixture(fixture);

      await expect(service.useInstantSlasher(instant, SET.instant, [rule]))
        .to.be.revertedWithCustomError(instant, "SlasherModuleAlreadyConfigured")
        .withArgs(set.avs, set.id);
    });

    it("reverts without a rule", async () => {
      const { instant, service, set } = await networkHelpers.loadFixture(fixture);

      await expect(service.useInstantSlasher(instant, SET.spare, []))
        .to.be.revertedWithCustomError(instant, "SlasherModuleNoRules")
        .withArgs(set.avs, SET.spare);
    });
  });

  describe("report", () => {
    it("slashes every strategy of the set by the verdict's fraction", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, watcher, allocations, strategies, joinedAt } = world;
      const evidence = scripted(world, { operator: ada.address, faultTime: joinedAt });

      const tx = instant.connect(watcher).report(set, rule, evidence);

      // 10 % of a fifth of the stake, in each of two strategies.
      const lost = (STAKE * MAGNITUDE) / WAD / 10n;
      await expect(tx)
        .to.emit(instant, "VerdictExecuted")
        .withArgs(set.avs, set.id, ada.address, await rule.getAddress(), 1n, 2n * lost);
      for (const strategy of strategies) {
        const { currentMagnitude } = await allocations.allocationOf(ada, set, strategy);
        expect(currentMagnitude).to.equal((MAGNITUDE * 9n) / 10n);
      }
    });

    it("slashes only the strategies that the verdict names, each by its own fraction", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, allocations, strategies, joinedAt } = world;
      const named = await Promise.all(strategies.map((strategy) => strategy.getAddress()));
      const parts = { operator: ada.address, faultTime: joinedAt, strategies: named, fractions: [WAD, WAD / 2n] };

      await instant.report(set, rule, scripted(world, parts));

      const left = await Promise.all(named.map((strategy) => allocations.allocationOf(ada, set, strategy)));
      expect(left.map((allocation) => allocation.currentMagnitude)).to.deep.equal([0n, MAGNITUDE / 2n]);
    });

    it("previews the verdict that it would execute", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, joinedAt } = world;

      const evidence = scripted(world, { operator: ada.address, faultTime: joinedAt });
      const verdict = await instant.previewVerdict(set, rule, evidence);

      expect(verdict.operator).to.equal(ada.address);
      expect(verdict.fractions).to.deep.equal([WAD / 10n]);
    });

    it("reverts when the evidence is replayed", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, joinedAt } = world;
      const evidence = scripted(world, { operator: ada.address, faultTime: joinedAt });
      const faultId = ethers.id("fault");
      expect(await instant.isConsumed(set, rule, ada, faultId)).to.equal(false);

      await expect(instant.report(set, rule, evidence))
        .to.emit(instant, "FaultConsumed")
        .withArgs(set.avs, set.id, ada.address, await rule.getAddress(), faultId);

      expect(await instant.isConsumed(set, rule, ada, faultId)).to.equal(true);
      await expect(instant.report(set, rule, evidence))
        .to.be.revertedWithCustomError(instant, "SlasherModuleFaultConsumed")
        .withArgs(ada.address, await rule.getAddress(), faultId);
    });

    it("does not let one operator's fault use up another's", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, bob } = world;
      const faultTime = BigInt(await ethers.provider.getBlockNumber());
      await instant.report(set, rule, scripted(world, { operator: ada.address, faultTime }));

      await expect(instant.report(set, rule, scripted(world, { operator: bob.address, faultTime }))).to.emit(
        instant,
        "VerdictExecuted",
      );
    });

    it("reverts under a rule that the set does not have", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, set, ada, joinedAt } = world;
      const stranger = await ethers.deployContract("ScriptedRule__MockForModules");

      await expect(instant.report(set, stranger, scripted(world, { operator: ada.address, faultTime: joinedAt })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleUnknownRule")
        .withArgs(set.avs, set.id, await stranger.getAddress());
    });

    it("reverts when the rule refuses to record", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, joinedAt } = world;
      const evidence = scripted(world, { operator: ada.address, faultTime: joinedAt, reason: "x".repeat(64) });

      await expect(instant.report(set, rule, evidence)).to.be.revertedWithCustomError(rule, "ScriptedRuleRefused");
    });

    it("reverts when the verdict does not name a fraction for each strategy", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, strategies, joinedAt } = world;
      const base = { operator: ada.address, faultTime: joinedAt };
      const named = await Promise.all(strategies.map((strategy) => strategy.getAddress()));

      await expect(instant.report(set, rule, scripted(world, { ...base, fractions: [] })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleMalformedVerdict")
        .withArgs(0, 0);
      await expect(instant.report(set, rule, scripted(world, { ...base, strategies: named })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleMalformedVerdict")
        .withArgs(2, 1);
    });
  });

  describe("window of faults", () => {
    it("accepts a fault at the registration, inclusive, and refuses the block before", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, joinedAt } = world;

      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: joinedAt - 1n })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleFaultBeforeRegistration")
        .withArgs(ada.address, joinedAt - 1n, joinedAt);
      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: joinedAt }))).to.emit(
        instant,
        "VerdictExecuted",
      );
    });

    it("accepts a fault of the present block and refuses the next", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada } = world;
      const next = BigInt(await ethers.provider.getBlockNumber()) + 1n;

      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: next + 2n })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleFaultInFuture")
        .withArgs(next + 2n, next);
      const present = BigInt(await ethers.provider.getBlockNumber()) + 1n;
      await instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: present }));
    });

    it("accepts fault and report through the last slashable block, inclusive", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, registry } = world;
      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
      const last = (await registry.membership(ada, set)).slashableUntil;
      expect(last).to.equal(BigInt(await ethers.provider.getBlockNumber()) + DEALLOCATION_DELAY);

      await networkHelpers.mineUpTo(last - 1n);
      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: last }))).to.emit(
        instant,
        "VerdictExecuted",
      );
    });

    it("refuses a fault after the slashable window, and any report after it", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, registry } = world;
      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
      const last = (await registry.membership(ada, set)).slashableUntil;
      await networkHelpers.mineUpTo(last);

      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: last + 1n })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleFaultAfterWindow")
        .withArgs(ada.address, last + 1n, last);
      const now = BigInt(await ethers.provider.getBlockNumber()) + 1n;
      await expect(instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: last })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleTooLate")
        .withArgs(ada.address, last, now);
    });

    it("refuses a fault of an earlier membership", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, ada, registry, joinedAt } = world;
      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
      await networkHelpers.mine(DEALLOCATION_DELAY + 1n);
      await registry.connect(ada).registerForOperatorSets(set.avs, [set.id], "0x");

      await expect(
        instant.report(set, rule, scripted(world, { operator: ada.address, faultTime: joinedAt })),
      ).to.be.revertedWithCustomError(instant, "SlasherModuleFaultBeforeRegistration");
    });

    it("refuses an operator that never joined", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { instant, rule, set, other, joinedAt } = world;

      await expect(instant.report(set, rule, scripted(world, { operator: other.address, faultTime: joinedAt })))
        .to.be.revertedWithCustomError(instant, "SlasherModuleNeverMember")
        .withArgs(other.address);
    });
  });

  describe("faulty variants", () => {
    it("punishes one fault twice without replay protection", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { registry, slasher, rule, ada, joinedAt } = world;
      const faulty = await ethers.deployContract("ReplayableSlasher__MockForReplay", [slasher, registry]);
      const set = await settle(world, faulty);
      await faulty.connect(world.owner).configure(set, [rule]);
      const evidence = scripted(world, { operator: ada.address, faultTime: joinedAt + 100n });
      await networkHelpers.mine(100n);

      await faulty.report(set, rule, evidence);
      await faulty.report(set, rule, evidence);

      expect(await slasher.slashCount(set)).to.equal(2n);
    });

    it("punishes a fault from before the operator joined without window check", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { registry, slasher, rule, ada, joinedAt } = world;
      const faulty = await ethers.deployContract("WindowlessSlasher__MockForWindow", [slasher, registry]);
      const set = await settle(world, faulty);
      await faulty.connect(world.owner).configure(set, [rule]);

      await faulty.report(set, rule, scripted(world, { operator: ada.address, faultTime: joinedAt - 1n }));

      expect(await slasher.slashCount(set)).to.equal(1n);
    });

    it("punishes one fault twice under a rule whose fault id the reporter chooses", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { slasher, ada, joinedAt, instant, registry, owner } = world;
      const rule = await ethers.deployContract("VolatileIdRule__MockForReplay");
      const set = await settle(world, instant);
      await instant.connect(owner).configure(set, [rule]);
      const coder = ethers.AbiCoder.defaultAbiCoder();
      const joined = (await registry.membership(ada, set)).registeredAt;
      expect(joined).to.be.greaterThan(joinedAt);

      for (const salt of ["first", "second"]) {
        const evidence = [ada.address, joined, ethers.id(salt)];
        await instant.report(set, rule, coder.encode(["address", "uint48", "bytes32"], evidence));
      }

      expect(await slasher.slashCount(set)).to.equal(2n);
    });
  });
});

/** Makes the owner's account an AVS with one set whose slasher is `module`, and lets Ada join it. */
async function settle(world: Awaited<ReturnType<typeof fixture>>, module: { getAddress(): Promise<string> }) {
  const { registry, strategies, owner, ada } = world;
  await registry.connect(owner).registerAVS("ipfs://plain");
  await registry.connect(owner).createOperatorSet({
    id: 9,
    strategies,
    slasher: await module.getAddress(),
    recipient: ethers.ZeroAddress,
    releaseDelay: 0,
    hook: ethers.ZeroAddress,
  });
  await registry.connect(ada).registerForOperatorSets(owner, [9], "0x");
  return { avs: owner.address, id: 9 };
}
