import { expect } from "chai";
import { network } from "hardhat";

import { SET, WAD, deploySlashing } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const WINDOWS = { detection: 0, objectionWindow: 20, executionWindow: 5 };
const BOND = 7n * WAD;
const FAULT = ethers.id("withheld");
const coder = ethers.AbiCoder.defaultAbiCoder();

async function fixture() {
  const world = await deploySlashing(connection);
  const { service, optimistic, token, watcher, other, judge } = world;
  const rule = await ethers.deployContract("AssertedFaultRule", [WAD / 2n]);
  const arbiter = await ethers.deployContract("SignedOpinionArbiter", [judge]);
  const bond = { token, amount: BOND, arbiter };
  await service.useOptimisticSlasher(optimistic, SET.optimistic, [rule], WINDOWS, bond);
  for (const account of [watcher, other]) {
    await token.mint(account, BOND);
    await token.connect(account).approve(optimistic, BOND);
  }
  return { ...world, rule, arbiter, set: { avs: await service.getAddress(), id: SET.optimistic } };
}

type World = Awaited<ReturnType<typeof fixture>>;

async function assertion(world: World, fraction = WAD / 10n) {
  const faultTime = await ethers.provider.getBlockNumber();
  return coder.encode(
    ["address", "uint48", "bytes32", "uint256", "string"],
    [world.ada.address, faultTime, FAULT, fraction, "withheld a blob"],
  );
}

async function opinion(world: World, refuted: boolean, signer = world.judge) {
  const { chainId } = await ethers.provider.getNetwork();
  const verifyingContract = await world.arbiter.getAddress();
  const signature = await signer.signTypedData(
    { name: "Faultline Arbiter", version: "1", chainId, verifyingContract },
    {
      Opinion: [
        { name: "avs", type: "address" },
        { name: "setId", type: "uint32" },
        { name: "operator", type: "address" },
        { name: "faultId", type: "bytes32" },
        { name: "refuted", type: "bool" },
      ],
    },
    { avs: world.set.avs, setId: world.set.id, operator: world.ada.address, faultId: FAULT, refuted },
  );
  return coder.encode(["bool", "bytes"], [refuted, signature]);
}

/** As the fixture, with one claim by the watcher: id 1. */
async function claimed() {
  const world = await fixture();
  await world.optimistic.connect(world.watcher).claim(world.set, world.rule, await assertion(world));
  const [from, until] = await world.optimistic.executionWindowOf(1);
  return { ...world, from, until };
}

describe("OptimisticSlasher", () => {
  it("reverts when it is configured without a bond", async () => {
    const { service, optimistic, rule, token, arbiter } = await networkHelpers.loadFixture(fixture);

    await expect(
      service.useOptimisticSlasher(optimistic, SET.spare, [rule], WINDOWS, { token, amount: 0, arbiter }),
    ).to.be.revertedWithCustomError(optimistic, "OptimisticSlasherZeroBond");
  });

  it("says what is at stake", async () => {
    const { optimistic, set, token, arbiter } = await networkHelpers.loadFixture(fixture);

    expect(await optimistic.bondOf(set)).to.deep.equal([await token.getAddress(), BOND, await arbiter.getAddress()]);
  });

  describe("claim", () => {
    it("takes the claimant's bond", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { optimistic, watcher, token, set, rule } = world;

      const tx = optimistic.connect(watcher).claim(set, rule, await assertion(world));

      await expect(tx).to.emit(optimistic, "ClaimMade").withArgs(1n, watcher.address, BOND);
      expect(await token.balanceOf(optimistic)).to.equal(BOND);
      expect(await optimistic.claimantOf(1)).to.equal(watcher.address);
    });

    it("reverts when the claimant cannot post the bond", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { optimistic, bob, token, set, rule } = world;

      await expect(optimistic.connect(bob).claim(set, rule, await assertion(world))).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientAllowance",
      );
    });

    it("reverts when more is asserted than the rule lets through", async () => {
      const world = await networkHelpers.loadFixture(fixture);
      const { optimistic, watcher, set, rule } = world;

      await expect(optimistic.connect(watcher).claim(set, rule, await assertion(world, WAD / 2n + 1n)))
        .to.be.revertedWithCustomError(rule, "AssertedFaultRuleExcessiveFraction")
        .withArgs(WAD / 2n + 1n, WAD / 2n);
    });
  });

  describe("dispute", () => {
    it("gives the claimant's bond to a disputer that is right, and ends the claim", async () => {
      const world = await networkHelpers.loadFixture(claimed);
      const { optimistic, other, token, from } = world;

      await expect(optimistic.connect(other).dispute(1, await opinion(world, true)))
        .to.emit(optimistic, "DisputeDecided")
        .withArgs(1n, other.address, true, other.address);

      expect(await token.balanceOf(other)).to.equal(2n * BOND);
      expect(await token.balanceOf(optimistic)).to.equal(0n);
      await networkHelpers.mineUpTo(from);
      await expect(optimistic.execute(1)).to.be.revertedWithCustomError(optimistic, "DelayedSlasherNotOpen");
      await expect(optimistic.reclaim(1)).to.be.revertedWithCustomError(optimistic, "OptimisticSlasherBondNotDue");
    });

    it("gives a wrong disputer's bond to the claimant, and leaves the claim open", async () => {
      const world = await networkHelpers.loadFixture(claimed);
      const { optimistic, other, watcher, token } = world;

      await expect(optimistic.connect(other).dispute(1, await opinion(world, false)))
        .to.emit(optimistic, "DisputeDecided")
        .withArgs(1n, other.address, false, watcher.address);

      expect(await token.balanceOf(other)).to.equal(0n);
      expect(await token.balanceOf(watcher)).to.equal(BOND);
      expect(await token.balanceOf(optimistic)).to.equal(BOND);
      expect(await optimistic.stateOf(1)).to.equal(1n);
    });

    it("reverts when the opinion is not the judge's", async () => {
      const world = await networkHelpers.loadFixture(claimed);
      const { optimistic, other, arbiter, judge } = world;

      await expect(optimistic.connect(other).dispute(1, await opinion(world, true, other)))
        .to.be.revertedWithCustomError(arbiter, "SignedOpinionArbiterNotJudge")
        .withArgs(other.address, judge.address);
    });

    it("is possible in the last block of the challenge window, and not in the next", async () => {
      const world = await networkHelpers.loadFixture(claimed);
      const { optimistic, other, from } = world;
      await networkHelpers.mineUpTo(from - 2n);

      await optimistic.connect(other).dispute(1, await opinion(world, false));
      await expect(optimistic.connect(other).dispute(1, await opinion(world, true)))
        .to.be.revertedWithCustomError(optimistic, "DelayedSlasherObjectionTooLate")
        .withArgs(1n, from, from);
    });
  });

  describe("execute", () => {
    it("slashes an unchallenged claim and returns the bond", async () => {
      const { optimistic, slasher, set, watcher, token, from } = await networkHelpers.loadFixture(claimed);
      await networkHelpers.mineUpTo(from - 1n);

      await expect(optimistic.execute(1)).to.emit(optimistic, "BondReturned").withArgs(1n, watcher.address, BOND);

      expect(await slasher.slashCount(set)).to.equal(1n);
      expect(await token.balanceOf(watcher)).to.equal(BOND);
      await expect(optimistic.reclaim(1)).to.be.revertedWithCustomError(optimistic, "OptimisticSlasherBondNotDue");
    });
  });

  describe("reclaim", () => {
    it("returns the bond of an expired claim, once", async () => {
      const { optimistic, watcher, token, until } = await networkHelpers.loadFixture(claimed);
      await networkHelpers.mineUpTo(until - 1n);
      await expect(optimistic.reclaim(1))
        .to.be.revertedWithCustomError(optimistic, "OptimisticSlasherBondNotDue")
        .withArgs(1n, 1n);
      // The refusal was in the last block.
      await optimistic.reclaim(1);

      expect(await token.balanceOf(watcher)).to.equal(BOND);
      await expect(optimistic.reclaim(1))
        .to.be.revertedWithCustomError(optimistic, "OptimisticSlasherBondNotDue")
        .withArgs(1n, 4n);
    });
  });
});
