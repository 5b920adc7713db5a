import { expect } from "chai";
import type { AddressLike } from "ethers";
import { network } from "hardhat";

import type { Stage } from "../../../../typechain-types/index.ts";

const { ethers, networkHelpers } = await network.create();

const GAS = 1_000_000n;
type StageAction = Extract<Parameters<Stage["perform"]>[0], readonly unknown[]>[number];

const NOBODY = ethers.ZeroAddress;

async function fixture() {
  const [owner, stranger] = await ethers.getSigners();
  if (owner === undefined || stranger === undefined) throw new Error("no accounts");
  const stage = await ethers.deployContract("Stage", [owner.address]);
  const target = await ethers.deployContract("Target__MockForStage");
  await stage.createActors(3n);
  const actors = await Promise.all([0n, 1n, 2n].map((index) => stage.actorAt(index)));
  return { owner, stranger, stage, target, actors: actors as [string, string, string] };
}

type World = Awaited<ReturnType<typeof fixture>>;

interface Over {
  readonly actor?: string;
  readonly target?: AddressLike;
  readonly value?: bigint;
  readonly gasLimit?: bigint;
  readonly probeTarget?: AddressLike;
  readonly probeData?: string;
}

function action(world: World, data: string, over: Over = {}): StageAction {
  const { target = world.target.target, value = 0n, ...rest } = over;
  const call = { target, value, data };
  return { actor: world.actors[0], gasLimit: GAS, calls: [call], probeTarget: NOBODY, probeData: "0x", ...rest };
}

interface Result {
  readonly success: boolean;
  readonly gasUsed: bigint;
  readonly returned: string;
  readonly probed: boolean;
  readonly probe: string;
}

async function perform(world: World, actions: StageAction[], gasLimit = 100_000_000n) {
  const tx = await world.stage.perform(actions, { gasLimit });
  const receipt = await tx.wait();
  const logs = (receipt?.logs ?? []).map((log) => world.stage.interface.parseLog(log));
  const events = logs.filter((log) => log?.name === "ActionPerformed");
  events.forEach((event, index) => {
    expect(event?.args[0]).to.equal(BigInt(index));
  });
  return { receipt, results: events.map((event) => event?.args[1] as Result) };
}

describe("Stage", function () {
  describe("createActors", function () {
    it("creates distinct actors that know their stage", async function () {
      const { stage, actors } = await networkHelpers.loadFixture(fixture);
      expect(new Set(actors).size).to.equal(3);
      expect(await stage.actorCount()).to.equal(3n);
      for (const actor of actors) {
        expect(await stage.isActor(actor)).to.equal(true);
        expect(await (await ethers.getContractAt("Actor", actor)).stage()).to.equal(stage.target);
      }
    });

    it("emits the addresses with the index of the first", async function () {
      const { stage } = await networkHelpers.loadFixture(fixture);
      const created = await stage.createActors.staticCall(2n);
      await expect(stage.createActors(2n))
        .to.emit(stage, "ActorsCreated")
        .withArgs(3n, [...created]);
    });

    it("reverts when the caller is not the owner", async function () {
      const { stage, stranger } = await networkHelpers.loadFixture(fixture);
      await expect(stage.connect(stranger).createActors(1n))
        .to.be.revertedWithCustomError(stage, "OwnableUnauthorizedAccount")
        .withArgs(stranger.address);
    });
  });

  describe("fund", function () {
    it("sends each recipient its amount", async function () {
      const { stage, actors } = await networkHelpers.loadFixture(fixture);
      await expect(stage.fund([actors[0], actors[1]], [5n, 7n], { value: 12n })).to.changeEtherBalances(
        ethers,
        [actors[0], actors[1]],
        [5n, 7n],
      );
    });

    it("reverts when the lists differ in length", async function () {
      const { stage, actors } = await networkHelpers.loadFixture(fixture);
      await expect(stage.fund([actors[0]], [1n, 2n], { value: 3n }))
        .to.be.revertedWithCustomError(stage, "StageLengthMismatch")
        .withArgs(1n, 2n);
    });

    it("reverts when the caller is not the owner", async function () {
      const { stage, stranger, actors } = await networkHelpers.loadFixture(fixture);
      await expect(stage.connect(stranger).fund([actors[0]], [1n], { value: 1n })).to.be.revertedWithCustomError(
        stage,
        "OwnableUnauthorizedAccount",
      );
    });
  });

  describe("perform", function () {
    it("lets each actor act as itself, in order", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const add = (by: bigint) => world.target.interface.encodeFunctionData("add", [by]);
      const { results } = await perform(world, [
        action(world, add(2n)),
        action(world, add(5n), { actor: world.actors[2] }),
      ]);
      expect(results.map((result) => result.success)).to.deep.equal([true, true]);
      expect(results.map((result) => BigInt(result.returned))).to.deep.equal([2n, 7n]);
      expect(await world.target.lastCaller()).to.equal(world.actors[2]);
    });

    it("reports gas near what the call itself needs", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { results } = await perform(world, [action(world, world.target.interface.encodeFunctionData("add", [1n]))]);
      expect(results[0]?.gasUsed).to.be.within(40_000n, 90_000n);
    });

    it("emits each result after what the action's targets emitted", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const add = action(world, world.target.interface.encodeFunctionData("add", [1n]));
      const { receipt } = await perform(world, [add, add]);
      const { target, stage } = world;
      expect(receipt?.logs.map((log) => log.address)).to.deep.equal(
        [target, stage, target, stage].map((one) => one.target),
      );
    });

    it("isolates a revert and hands on its custom error", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const { results } = await perform(world, [
        action(world, target.interface.encodeFunctionData("refuse", [7n])),
        action(world, target.interface.encodeFunctionData("add", [1n])),
      ]);
      expect(results.map((result) => result.success)).to.deep.equal([false, true]);
      const error = target.interface.parseError(results[0]?.returned ?? "0x");
      expect(error?.name).to.equal("TargetRefused");
      expect(error?.args.toArray()).to.deep.equal([world.actors[0], 7n]);
      expect(await target.count()).to.equal(1n);
    });

    it("makes all calls of an action or none", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const add = { target, value: 0n, data: target.interface.encodeFunctionData("add", [1n]) };
      const refuse = { target, value: 0n, data: target.interface.encodeFunctionData("refuse", [1n]) };
      const { results } = await perform(world, [
        { ...action(world, "0x"), calls: [add, add] },
        { ...action(world, "0x"), calls: [add, refuse, add] },
        { ...action(world, "0x"), calls: [] },
      ]);
      expect(results.map((result) => result.success)).to.deep.equal([true, false, true]);
      expect(BigInt(results[0]?.returned ?? 0)).to.equal(2n);
      expect(await target.count()).to.equal(2n);
    });

    it("isolates an action that burns all its gas", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const { results } = await perform(world, [
        action(world, target.interface.encodeFunctionData("burn")),
        action(world, target.interface.encodeFunctionData("add", [1n])),
      ]);
      expect(results.map((result) => [result.success, result.returned.length > 66])).to.deep.equal([
        [false, false],
        [true, false],
      ]);
      expect(results[0]?.gasUsed).to.be.within((GAS * 9n) / 10n, GAS + 20_000n);
      expect(await target.count()).to.equal(1n);
    });

    it("reports empty data when even the actor runs out of gas", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { results } = await perform(world, [
        action(world, world.target.interface.encodeFunctionData("add", [1n]), { gasLimit: 900n }),
      ]);
      expect([results[0]?.success, results[0]?.returned]).to.deep.equal([false, "0x"]);
    });

    it("reverts as a whole when it carries too little gas for an action", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { stage, target } = world;
      const wanting = action(world, target.interface.encodeFunctionData("add", [1n]), { gasLimit: 5_000_000n });
      await expect(stage.perform([wanting], { gasLimit: 4_000_000n })).to.be.revertedWithCustomError(
        stage,
        "StageInsufficientGas",
      );
      expect(await target.count()).to.equal(0n);
    });

    it("sends ether from the actor's own balance", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      await world.stage.fund([world.actors[0]], [10n], { value: 10n });
      const data = world.target.interface.encodeFunctionData("add", [1n]);
      const { results } = await perform(world, [
        action(world, data, { value: 4n }),
        action(world, data, { value: 7n }),
        action(world, "0x", { value: 6n, target: world.actors[1] }),
      ]);
      expect(results.map((result) => result.success)).to.deep.equal([true, false, true]);
      const actor = await ethers.getContractAt("Actor", world.actors[0]);
      expect(actor.interface.parseError(results[1]?.returned ?? "0x")?.args.toArray()).to.deep.equal([7n, 6n]);
      expect(await ethers.provider.getBalance(world.actors[1])).to.equal(6n);
    });

    it("reports an actor that is not its own", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { results } = await perform(world, [
        action(world, world.target.interface.encodeFunctionData("add", [1n]), { actor: world.stranger.address }),
      ]);
      expect(results[0]?.success).to.equal(false);
      expect(world.stage.interface.parseError(results[0]?.returned ?? "0x")?.name).to.equal("StageUnknownActor");
    });

    it("reports a call to an account without code", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { results } = await perform(world, [action(world, "0x12345678", { target: world.stranger.address })]);
      const actor = await ethers.getContractAt("Actor", world.actors[0]);
      expect(actor.interface.parseError(results[0]?.returned ?? "0x")?.name).to.equal("ActorTargetWithoutCode");
    });

    it("replaces return and revert data that is too long", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const { results } = await perform(world, [
        action(world, target.interface.encodeFunctionData("shout", [5000n])),
        action(world, target.interface.encodeFunctionData("shoutRefusal", [5000n])),
      ]);
      expect(results.map((result) => result.success)).to.deep.equal([true, false]);
      const actor = await ethers.getContractAt("Actor", world.actors[0]);
      for (const result of results) {
        expect(actor.interface.parseError(result.returned)?.name).to.equal("ActorOversizedReturn");
      }
    });

    it("asks a probe after the earlier actions and right before its own", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const add = target.interface.encodeFunctionData("add", [3n]);
      const probe = { probeTarget: target.target, probeData: target.interface.encodeFunctionData("peek") };
      const { results } = await perform(world, [action(world, add), action(world, add, probe)]);
      expect([results[0]?.probed, results[1]?.probed]).to.deep.equal([false, true]);
      const seen = target.interface.decodeFunctionResult("peek", results[1]?.probe ?? "0x").toArray();
      expect(seen).to.deep.equal([3n, world.actors[0]]);
    });

    it("acts although its probe failed, burnt its gas, or changed state", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const add = target.interface.encodeFunctionData("add", [1n]);
      const probes = ["refuse", "burn", "add"].map((name) => ({
        probeTarget: target.target,
        probeData: target.interface.encodeFunctionData(name as "add", (name === "burn" ? [] : [9n]) as [bigint]),
      }));
      const { results } = await perform(
        world,
        [...probes, { probeTarget: world.stranger.address }].map((probe) => action(world, add, probe)),
      );
      expect(results.map((result) => [result.success, result.probed])).to.deep.equal(Array(4).fill([true, false]));
      expect(await target.count()).to.equal(4n);
    });

    it("reports no answer when even the actor runs out of gas over the probe", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { target } = world;
      const probe = { probeTarget: target.target, probeData: target.interface.encodeFunctionData("peek") };
      const add = target.interface.encodeFunctionData("add", [1n]);
      const { results } = await perform(world, [action(world, add, { ...probe, gasLimit: 900n })]);
      expect([results[0]?.success, results[0]?.probed, results[0]?.probe]).to.deep.equal([false, false, "0x"]);
      expect(await target.count()).to.equal(0n);
    });

    it("emits nothing for an empty step", async function () {
      const world = await networkHelpers.loadFixture(fixture);
      const { results } = await perform(world, []);
      expect(results).to.have.length(0);
    });

    it("reverts when the caller is not the owner", async function () {
      const { stage, stranger } = await networkHelpers.loadFixture(fixture);
      await expect(stage.connect(stranger).perform([])).to.be.revertedWithCustomError(
        stage,
        "OwnableUnauthorizedAccount",
      );
    });
  });
});
