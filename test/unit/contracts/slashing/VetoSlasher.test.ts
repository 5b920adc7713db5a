import { expect } from "chai";
import { network } from "hardhat";

import { DEALLOCATION_DELAY, MAGNITUDE, SET, STAKE, WAD, deploySlashing, scripted } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const WINDOWS = { detection: 10, objectionWindow: 20, executionWindow: 5 };
const STATE = { none: 0n, open: 1n, executed: 2n, refused: 3n, expired: 4n };

async function base() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("ScriptedRule__MockForModules");
  const set = { avs: await world.service.getAddress(), id: SET.veto };
  return { ...world, rule, set };
}

async function fixture() {
  const world = await base();
  const { service, veto, rule, bob, cyd, judge } = world;
  await service.useVetoSlasher(veto, SET.veto, [rule], WINDOWS, [bob, cyd, judge]);
  return world;
}

/** As the fixture, with one request against Ada: id 1, made in block `at`. */
async function requested() {
  const world = await fixture();
  const faultTime = BigInt(await ethers.provider.getBlockNumber());
  const evidence = scripted(world, { operator: world.ada.address, faultTime });
  await world.veto.connect(world.watcher).requestSlash(world.set, world.rule, evidence);
  const at = BigInt(await ethers.provider.getBlockNumber());
  return { ...world, evidence, at, from: at + 20n, until: at + 25n };
}

describe("VetoSlasher", () => {
  describe("configure", () => {
    it("fixes rules, windows and committee, the quorum being the majority", async () => {
      const { veto, set, bob, cyd, judge } = await networkHelpers.loadFixture(fixture);

      expect(await veto.windowsOf(set)).to.deep.equal([10n, 20n, 5n]);
      expect(await veto.committeeOf(set)).to.deep.equal([[bob.address, cyd.address, judge.address], 2n]);
    });

    it("accepts windows that fill the deallocation delay and refuses one block more", async () => {
      const { service, veto, rule, bob } = await networkHelpers.loadFixture(base);
      const longest = { detection: 25, objectionWindow: 20, executionWindow: 5 };

      await expect(service.useVetoSlasher(veto, SET.veto, [rule], { ...longest, executionWindow: 6 }, [bob]))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherWindowsTooLong")
        .withArgs(DEALLOCATION_DELAY + 1n, DEALLOCATION_DELAY);
      await service.useVetoSlasher(veto, SET.veto, [rule], longest, [bob]);
    });

    it("reverts when a window is zero", async () => {
      const { service, veto, rule, bob } = await networkHelpers.loadFixture(base);

      for (const windows of [
        { ...WINDOWS, objectionWindow: 0 },
        { ...WINDOWS, executionWindow: 0 },
      ]) {
        await expect(service.useVetoSlasher(veto, SET.veto, [rule], windows, [bob]))
          .to.be.revertedWithCustomError(veto, "DelayedSlasherZeroWindow")
          .withArgs(windows.objectionWindow, windows.executionWindow);
      }
    });

    it("reverts when the committee could never or always veto", async () => {
      const { service, veto, rule, bob, cyd, owner, registry, strategies } = await networkHelpers.loadFixture(base);
      await registry.registerAVS("ipfs://plain");
      const set = { avs: owner.address, id: 1 };
      await registry.createOperatorSet({
        id: 1,
        strategies,
        slasher: veto,
        recipient: ethers.ZeroAddress,
        releaseDelay: 0,
        hook: ethers.ZeroAddress,
      });

      await expect(veto.configure(set, [rule], WINDOWS, [bob, cyd], 0)).to.be.revertedWithCustomError(
        veto,
        "VetoSlasherInvalidCommittee",
      );
      await expect(veto.configure(set, [rule], WINDOWS, [bob, cyd], 3)).to.be.revertedWithCustomError(
        veto,
        "VetoSlasherInvalidCommittee",
      );
      await expect(service.useVetoSlasher(veto, SET.veto, [rule], WINDOWS, [bob, bob]))
        .to.be.revertedWithCustomError(veto, "VetoSlasherInvalidCommittee")
        .withArgs(1, 2);
    });
  });

  describe("requestSlash", () => {
    it("opens a request that says when it can be executed", async () => {
      const { veto, set, rule, ada, at, from, until } = await networkHelpers.loadFixture(requested);

      const request = await veto.requestOf(1);
      expect(request.set).to.deep.equal([set.avs, BigInt(set.id)]);
      expect(request.rule).to.equal(await rule.getAddress());
      expect(request.requestedAt).to.equal(at);
      expect(request.verdict.operator).to.equal(ada.address);
      expect(await veto.executionWindowOf(1)).to.deep.equal([from, until]);
      expect(await veto.stateOf(1)).to.equal(STATE.open);
      expect(await veto.stateOf(2)).to.equal(STATE.none);
    });

    it("emits the window", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { veto, set, rule, ada } = world;
      const now = BigInt(await ethers.provider.getBlockNumber());

      await expect(veto.requestSlash(set, rule, scripted(world, { operator: ada.address, faultTime: now })))
        .to.emit(veto, "SlashRequested")
        .withArgs(1n, ada.address, now + 21n, now + 26n);
    });

    it("reverts when the same fault is requested again, whatever became of the first request", async () => {
      const { veto, set, rule, bob, cyd, evidence } = await networkHelpers.loadFixture(requested);

      await expect(veto.requestSlash(set, rule, evidence)).to.be.revertedWithCustomError(
        veto,
        "SlasherModuleFaultConsumed",
      );
      await veto.connect(bob).veto(1);
      await veto.connect(cyd).veto(1);
      await expect(veto.requestSlash(set, rule, evidence)).to.be.revertedWithCustomError(
        veto,
        "SlasherModuleFaultConsumed",
      );
    });

    it("accepts a request whose one executable block is the last slashable one, and refuses the next block", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { veto, set, rule, ada, registry, slasher } = world;
      const faultTime = BigInt(await ethers.provider.getBlockNumber());
      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
      const last = (await registry.membership(ada, set)).slashableUntil;
      const request = (faultId: string) =>
        veto.requestSlash(set, rule, scripted(world, { operator: ada.address, faultTime, faultId }));

      await networkHelpers.mineUpTo(last - 21n);
      await request(ethers.id("just in time"));
      await expect(request(ethers.id("too late")))
        .to.be.revertedWithCustomError(veto, "SlasherModuleTooLate")
        .withArgs(ada.address, last, last + 1n);

      await networkHelpers.mineUpTo(last - 1n);
      await veto.execute(1);
      expect(await slasher.slashCount(set)).to.equal(1n);
    });
  });

  describe("veto", () => {
    it("refuses a request at the quorum, not before", async () => {
      const { veto, bob, cyd, judge, from } = await networkHelpers.loadFixture(requested);

      await expect(veto.connect(bob).veto(1)).to.emit(veto, "VetoCast").withArgs(1n, bob.address, 1n, 2n);
      expect(await veto.stateOf(1)).to.equal(STATE.open);
      await expect(veto.connect(cyd).veto(1)).to.emit(veto, "SlashRequestRefused").withArgs(1n);
      expect(await veto.votesOf(1)).to.equal(2n);

      await expect(veto.connect(judge).veto(1))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherNotOpen")
        .withArgs(1n, STATE.refused);
      await networkHelpers.mineUpTo(from);
      await expect(veto.execute(1)).to.be.revertedWithCustomError(veto, "DelayedSlasherNotOpen");
    });

    it("is possible one block before the request can be executed, and not in that block", async () => {
      const { veto, bob, cyd, from } = await networkHelpers.loadFixture(requested);

      await networkHelpers.mineUpTo(from - 2n);
      await veto.connect(bob).veto(1);
      await expect(veto.connect(cyd).veto(1))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherObjectionTooLate")
        .withArgs(1n, from, from);
    });

    it("reverts for strangers and for a second vote of one member", async () => {
      const { veto, bob, ada } = await networkHelpers.loadFixture(requested);
      await veto.connect(bob).veto(1);

      await expect(veto.connect(bob).veto(1))
        .to.be.revertedWithCustomError(veto, "VetoSlasherAlreadyVoted")
        .withArgs(1n, bob.address);
      await expect(veto.connect(ada).veto(1))
        .to.be.revertedWithCustomError(veto, "VetoSlasherNotMember")
        .withArgs(ada.address);
    });

    it("reverts when there is no such request", async () => {
      const { veto, bob } = await networkHelpers.loadFixture(requested);

      await expect(veto.connect(bob).veto(7))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherNotOpen")
        .withArgs(7n, STATE.none);
    });
  });

  describe("execute", () => {
    it("slashes from the first to the last block of its window, inclusive", async () => {
      for (const block of ["from", "until"] as const) {
        const world = await networkHelpers.loadFixture(requested);
        await networkHelpers.mineUpTo(world[block] - 1n);

        const lost = (2n * STAKE * MAGNITUDE) / WAD / 10n;
        await expect(world.veto.execute(1)).to.emit(world.veto, "SlashRequestExecuted").withArgs(1n, 1n, lost);
        expect(await world.veto.stateOf(1)).to.equal(STATE.executed);
      }
    });

    it("reverts one block too early and one block too late", async () => {
      const { veto, from, until } = await networkHelpers.loadFixture(requested);

      await networkHelpers.mineUpTo(from - 2n);
      await expect(veto.execute(1))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherExecutionTooEarly")
        .withArgs(1n, from - 1n, from);
      await networkHelpers.mineUpTo(until);
      await expect(veto.execute(1))
        .to.be.revertedWithCustomError(veto, "DelayedSlasherNotOpen")
        .withArgs(1n, STATE.expired);
    });

    it("reverts on a second execution", async () => {
      const { veto, from } = await networkHelpers.loadFixture(requested);
      await networkHelpers.mineUpTo(from);
      await veto.execute(1);

      await expect(veto.execute(1)).to.be.revertedWithCustomError(veto, "DelayedSlasherNotOpen");
    });

    it("still slashes an operator that left at once", async () => {
      const { veto, set, ada, registry, slasher, from } = await networkHelpers.loadFixture(requested);
      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
      await networkHelpers.mineUpTo(from);

      await veto.execute(1);

      expect(await slasher.slashCount(set)).to.equal(1n);
    });

    it("can be tried again after the core's slashing was paused", async () => {
      const { veto, slasher, from } = await networkHelpers.loadFixture(requested);
      await networkHelpers.mineUpTo(from - 1n);
      await slasher.pause(1n);
      await expect(veto.execute(1)).to.be.revertedWithCustomError(slasher, "PausableFlagsPaused");
      await slasher.unpause(1n);

      await veto.execute(1);

      expect(await veto.stateOf(1)).to.equal(STATE.executed);
    });
  });

  describe("griefing", () => {
    it("leaves a set unslashable when the committee vetoes everything, and says so request by request", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { veto, set, rule, ada, bob, cyd, slasher } = world;

      for (const fault of ["first", "second", "third"]) {
        const faultTime = BigInt(await ethers.provider.getBlockNumber());
        const faultId = ethers.id(fault);
        await veto.requestSlash(set, rule, scripted(world, { operator: ada.address, faultTime, faultId }));
        const id = await veto.requestCount();
        await veto.connect(bob).veto(id);
        await expect(veto.connect(cyd).veto(id)).to.emit(veto, "SlashRequestRefused").withArgs(id);
      }

      expect(await slasher.slashCount(set)).to.equal(0n);
    });

    it("lets an operator leave before the slash when windows are not checked", async () => {
      const world = await networkHelpers.loadFixture(base);
      const { registry, slasher, rule, ada, bob, service, strategies } = world;
      const faulty = await ethers.deployContract("UncheckedVetoSlasher__MockForVeto", [slasher, registry]);
      const set = { avs: await service.getAddress(), id: 9 };
      await service.createSet({
        id: 9,
        strategies,
        slasher: faulty,
        recipient: ethers.ZeroAddress,
        releaseDelay: 0,
        hook: ethers.ZeroAddress,
      });
      const tooLong = { detection: 0, objectionWindow: 60, executionWindow: 5 };
      await service.useVetoSlasher(faulty, 9, [rule], tooLong, [bob]);
      await registry.connect(ada).registerForOperatorSets(set.avs, [9], "0x");
      const faultTime = BigInt(await ethers.provider.getBlockNumber());
      await faulty.requestSlash(set, rule, scripted(world, { operator: ada.address, faultTime }));

      await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [9]);
      const last = (await registry.membership(ada, set)).slashableUntil;
      const [from] = await faulty.executionWindowOf(1);
      await networkHelpers.mineUpTo(from - 1n);

      await expect(faulty.execute(1))
        .to.be.revertedWithCustomError(faulty, "SlasherModuleTooLate")
        .withArgs(ada.address, last, from);
    });

    it("reports a slash of nothing when the operator had deallocated in time", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { veto, set, rule, ada, allocations, strategies } = world;
      const params = { set, strategies, newMagnitudes: strategies.map(() => 0n) };
      const faultTime = BigInt(await ethers.provider.getBlockNumber());
      await allocations.connect(ada).modifyAllocations([params]);
      await networkHelpers.mine(DEALLOCATION_DELAY - 10n);
      await veto.requestSlash(set, rule, scripted(world, { operator: ada.address, faultTime }));
      const [from] = await veto.executionWindowOf(1);
      await networkHelpers.mineUpTo(from);

      await expect(veto.execute(1)).to.emit(veto, "SlashRequestExecuted").withArgs(1n, 1n, 0n);
    });
  });
});
