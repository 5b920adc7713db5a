import { expect } from "chai";
import { network } from "hardhat";

import { DEALLOCATION_DELAY, SET, WAD, deploySlashing } from "../../../helpers/slashing.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const coder = ethers.AbiCoder.defaultAbiCoder();

const TERMS = { interval: 10, tolerated: 2, fractionPerMiss: WAD / 100n, cap: WAD / 20n };

/** As the world, with Ada's first heartbeat in block `beatAt`. */
async function fixture() {
  const world = await deploySlashing(connection);
  const rule = await ethers.deployContract("DowntimeRule", [world.registry, world.owner, TERMS]);
  await world.service.useInstantSlasher(world.instant, SET.instant, [rule]);
  const set = { avs: await world.service.getAddress(), id: SET.instant };
  await rule.connect(world.ada).beat(set);
  const beatAt = BigInt(await ethers.provider.getBlockNumber());
  const report = (outage: bigint, operator = world.ada.address) =>
    world.instant.report(set, rule, coder.encode(["address", "uint256"], [operator, outage]));
  const judge = (outage: bigint, operator = world.ada.address) =>
    rule.judge(set, coder.encode(["address", "uint256"], [operator, outage]));
  return { ...world, rule, set, beatAt, report, judge };
}

describe("DowntimeRule", () => {
  it("tolerates a few missed heartbeats, and charges from the next deadline on", async () => {
    const { rule, judge, ada, beatAt } = await networkHelpers.loadFixture(fixture);

    // Three heartbeats are missed once the third deadline, beatAt + 30, has passed.
    await networkHelpers.mineUpTo(beatAt + 30n);
    await expect(judge(0n)).to.be.revertedWithCustomError(rule, "DowntimeRuleNothingDue").withArgs(2n, 2n, 0n);
    await networkHelpers.mineUpTo(beatAt + 31n);
    const verdict = await judge(0n);

    expect(verdict.operator).to.equal(ada.address);
    expect(verdict.faultTime).to.equal(beatAt + 30n);
    expect(verdict.fractions).to.deep.equal([TERMS.fractionPerMiss]);
  });

  it("counts no missed heartbeat at the very time of one", async () => {
    const { rule, judge, beatAt } = await networkHelpers.loadFixture(fixture);
    expect(await ethers.provider.getBlockNumber()).to.equal(Number(beatAt));

    await expect(judge(0n)).to.be.revertedWithCustomError(rule, "DowntimeRuleNothingDue").withArgs(0n, 2n, 0n);
  });

  it("grows with the length of the outage up to the cap", async () => {
    const { judge, beatAt } = await networkHelpers.loadFixture(fixture);

    for (const [missed, cost] of [
      [4n, 2n],
      [7n, 5n],
      [8n, 5n],
      [100n, 5n],
    ] as const) {
      await networkHelpers.mineUpTo(beatAt + 10n * missed + 1n);
      expect((await judge(0n)).fractions).to.deep.equal([(cost * WAD) / 100n]);
    }
  });

  it("charges an outage that goes on for what it has grown, and nothing twice", async () => {
    const { rule, judge, report, beatAt, set, ada } = await networkHelpers.loadFixture(fixture);
    await networkHelpers.mineUpTo(beatAt + 31n);
    await report(0n);
    await expect(report(0n))
      .to.be.revertedWithCustomError(rule, "DowntimeRuleNothingDue")
      .withArgs(3n, 2n, TERMS.fractionPerMiss);

    await networkHelpers.mineUpTo(beatAt + 61n);
    expect((await judge(0n)).fractions).to.deep.equal([3n * TERMS.fractionPerMiss]);
    await report(0n);

    const outage = await rule.outageOf(set, ada, 0);
    expect([outage.charges, outage.charged]).to.deep.equal([2n, 4n * TERMS.fractionPerMiss]);
  });

  it("keeps an outage on the record after the operator is back", async () => {
    const { rule, judge, report, beatAt, set, ada } = await networkHelpers.loadFixture(fixture);
    await networkHelpers.mineUpTo(beatAt + 40n);

    await expect(rule.connect(ada).beat(set))
      .to.emit(rule, "HeartbeatRecorded")
      .withArgs(ada.address, [set.avs, BigInt(set.id)], 4n);
    await networkHelpers.mine(5);

    expect(await rule.outageCount(set, ada)).to.equal(2n);
    expect((await judge(0n)).fractions).to.deep.equal([2n * TERMS.fractionPerMiss]);
    await expect(judge(1n)).to.be.revertedWithCustomError(rule, "DowntimeRuleNothingDue");
    await report(0n);
    await expect(report(0n)).to.be.revertedWithCustomError(rule, "DowntimeRuleNothingDue");
  });

  it("forgets a pause within the tolerance with the next heartbeat", async () => {
    const { rule, beatAt, set, ada } = await networkHelpers.loadFixture(fixture);
    await networkHelpers.mineUpTo(beatAt + 29n);

    await rule.connect(ada).beat(set);

    expect(await rule.outageCount(set, ada)).to.equal(1n);
    expect((await rule.outageOf(set, ada, 0)).from).to.equal(beatAt + 30n);
  });

  it("counts from the registration for an operator that never sent a heartbeat", async () => {
    const { rule, registry, report, set, bob } = await networkHelpers.loadFixture(fixture);
    const { registeredAt } = await registry.membership(bob, set);
    await networkHelpers.mineUpTo(registeredAt + 41n);

    expect((await rule.outageOf(set, bob, 0)).from).to.equal(registeredAt);
    await report(0n, bob.address);

    expect((await rule.outageOf(set, bob, 0)).charges).to.equal(1n);
  });

  it("stops counting when the operator leaves", async () => {
    const { rule, registry, judge, beatAt, set, ada } = await networkHelpers.loadFixture(fixture);
    await networkHelpers.mineUpTo(beatAt + 44n);
    await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
    await networkHelpers.mine(40);

    const verdict = await judge(0n);

    expect(verdict.faultTime).to.equal(beatAt + 40n);
    expect(verdict.fractions).to.deep.equal([2n * TERMS.fractionPerMiss]);
    await expect(rule.connect(ada).beat(set))
      .to.be.revertedWithCustomError(rule, "DowntimeRuleNotMember")
      .withArgs(ada.address);
  });

  it("starts afresh with a new membership", async () => {
    const { rule, registry, judge, set, ada } = await networkHelpers.loadFixture(fixture);
    await registry.connect(ada).deregisterFromOperatorSets(ada, set.avs, [set.id]);
    await networkHelpers.mine(DEALLOCATION_DELAY + 1n);
    await registry.connect(ada).registerForOperatorSets(set.avs, [set.id], "0x");
    const { registeredAt } = await registry.membership(ada, set);

    expect(await rule.outageCount(set, ada)).to.equal(2n);
    expect((await rule.outageOf(set, ada, 1)).from).to.equal(registeredAt);
    await expect(judge(0n)).to.be.revertedWithCustomError(rule, "DowntimeRuleUnknownOutage").withArgs(ada.address, 0n);
    await rule.connect(ada).beat(set);
    expect(await rule.outageCount(set, ada)).to.equal(2n);
  });

  it("reverts for outages that are not there", async () => {
    const { rule, judge, ada, other } = await networkHelpers.loadFixture(fixture);

    await expect(judge(1n)).to.be.revertedWithCustomError(rule, "DowntimeRuleUnknownOutage").withArgs(ada.address, 1n);
    await expect(judge(0n, other.address)).to.be.revertedWithCustomError(rule, "DowntimeRuleUnknownOutage");
  });

  it("reverts when a stranger records", async () => {
    const { rule, judge, beatAt, set, watcher, instant } = await networkHelpers.loadFixture(fixture);
    await networkHelpers.mineUpTo(beatAt + 31n);
    const [operator, faultTime, faultId, , fractions, reason] = await judge(0n);
    const verdict = { operator, faultTime, faultId, strategies: [], fractions: [...fractions], reason };

    await expect(rule.connect(watcher).record(set, verdict))
      .to.be.revertedWithCustomError(rule, "RecordingRuleNotSlasher")
      .withArgs(watcher.address, await instant.getAddress());
    await expect(rule.setWrapper(watcher, true)).to.emit(rule, "WrapperSet").withArgs(watcher.address, true);
    await rule.connect(watcher).record(set, verdict);
    await expect(rule.connect(watcher).setWrapper(watcher, true)).to.be.revertedWithCustomError(
      rule,
      "OwnableUnauthorizedAccount",
    );
  });

  it("reverts at deployment for terms that make no sense", async () => {
    const { rule, registry, owner } = await networkHelpers.loadFixture(fixture);

    for (const change of [{ interval: 0 }, { fractionPerMiss: WAD / 10n }]) {
      await expect(
        ethers.deployContract("DowntimeRule", [registry, owner, { ...TERMS, ...change }]),
      ).to.be.revertedWithCustomError(rule, "DowntimeRuleInvalidTerms");
    }
  });
});
