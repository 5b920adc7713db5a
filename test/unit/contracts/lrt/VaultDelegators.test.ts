import { expect } from "chai";
import { network } from "hardhat";

import { deployVault } from "../../../helpers/restaking-vault.ts";
import { DELAYS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const NO_APPROVAL = { signature: "0x", salt: ethers.ZeroHash, expiry: 0n };

async function fixture() {
  const world = await deployVault(connection);
  await world.put(world.alice, 100n * WAD);
  return world;
}

describe("VaultDelegators", () => {
  it("allocates by target weights, each operator in proportion to what it lacks", async () => {
    const { delegators, delegatorOf, owner, op1, op2, shares } = await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).setWeight(op1, 3n);
    await delegators.connect(owner).allocate(40n * WAD);
    expect(await shares(op1)).to.equal(30n * WAD);
    expect(await shares(op2)).to.equal(10n * WAD);

    await delegators.connect(owner).setWeight(op1, 1n);
    await delegators.connect(owner).allocate(10n * WAD);
    expect(await shares(op1)).to.equal(30n * WAD);
    expect(await (await delegatorOf(op2)).delegatedAssets()).to.equal(20n * WAD);
    expect(await delegators.totalAssets()).to.equal(50n * WAD);
  });

  it("sees a slash at once, of what is delegated and of what is queued", async () => {
    const { vault, delegators, delegatorOf, owner, op1, hit } = await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).allocate(100n * WAD);
    await delegators.connect(owner).unstake(op1, 20n * WAD);
    await hit(op1, WAD / 2n);

    const delegator = await delegatorOf(op1);
    expect(await delegator.delegatedAssets()).to.equal(15n * WAD);
    expect(await delegator.queuedAssets()).to.equal(10n * WAD);
    expect(await vault.totalAssets()).to.equal(75n * WAD);
    expect(await vault.rate()).to.equal((75n * WAD) / 100n);
  });

  it("brings queued stake home after the delay, whoever asks, and changes no rate by it", async () => {
    const { vault, delegators, owner, op1, carol, block, before } = await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).allocate(100n * WAD);
    await delegators.connect(owner).unstake(op1, 20n * WAD);
    const queuedAt = await block();
    await before(queuedAt + BigInt(DELAYS.withdrawal));
    await delegators.connect(carol).completeAll();
    expect(await vault.buffer()).to.equal(0n);
    await before(queuedAt + BigInt(DELAYS.withdrawal) + 1n);
    await expect(delegators.connect(carol).completeAll())
      .to.emit(vault, "Collected")
      .withArgs(20n * WAD);

    expect(await vault.buffer()).to.equal(20n * WAD);
    expect(await vault.rate()).to.equal(WAD);
  });

  it("rebalances: queues what stands above target, and allocates it anew", async () => {
    const { delegators, delegatorOf, owner, op1, op2, block, before, shares } =
      await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).allocate(100n * WAD);
    await delegators.connect(owner).setWeight(op2, 4n);
    await delegators.connect(owner).rebalance();
    const queuedAt = await block();
    expect(await (await delegatorOf(op1)).delegatedAssets()).to.equal(20n * WAD);
    const [queued] = await (await delegatorOf(op1)).queued();
    expect(queued?.assets).to.equal(30n * WAD);

    await before(queuedAt + BigInt(DELAYS.withdrawal) + 1n);
    await delegators.complete(op1, queued?.id ?? 0n);
    await delegators.connect(owner).allocate(30n * WAD);
    expect(await shares(op2)).to.equal(80n * WAD);
  });

  it("passes over an operator that is slashed to nothing or left it", async () => {
    const { delegators, delegation, delegatorOf, owner, op1, op2, hit } = await networkHelpers.loadFixture(fixture);
    await hit(op1, WAD);
    await delegators.connect(owner).allocate(10n * WAD);
    expect(await (await delegatorOf(op2)).delegatedAssets()).to.equal(10n * WAD);

    await delegation.connect(op2).undelegate(await delegators.delegatorOf(op2));
    expect(await delegators.totalAssets()).to.equal(10n * WAD);
    await expect(delegators.connect(owner).allocate(10n * WAD))
      .to.be.revertedWithCustomError(delegators, "VaultDelegatorsNoTarget")
      .withArgs(10n * WAD);
    await delegators.connect(owner).redelegate(op2, NO_APPROVAL);
    await delegators.connect(owner).allocate(10n * WAD);
    expect(await delegators.totalAssets()).to.equal(20n * WAD);
  });

  it("leaves an operator whole", async () => {
    const { delegators, delegatorOf, owner, op1 } = await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).allocate(100n * WAD);
    await expect(delegators.connect(owner).undelegate(op1)).to.emit(delegators, "UnstakeQueued");
    const delegator = await delegatorOf(op1);
    expect(await delegator.isDelegated()).to.equal(false);
    expect(await delegator.delegatedAssets()).to.equal(0n);
    expect(await delegator.queuedAssets()).to.equal(50n * WAD);
  });

  it("queues everything when asked for as much or more", async () => {
    const { delegators, delegatorOf, owner, op1 } = await networkHelpers.loadFixture(fixture);
    await delegators.connect(owner).allocate(100n * WAD);
    await delegators.connect(owner).unstake(op1, 1000n * WAD);
    expect(await (await delegatorOf(op1)).queuedAssets()).to.equal(50n * WAD);
  });

  it("admits an operator once, and knows no other", async () => {
    const { delegators, delegatorOf, owner, op1, alice } = await networkHelpers.loadFixture(fixture);
    const set = delegators.connect(owner);
    await expect(set.admit(op1, 1n, NO_APPROVAL))
      .to.be.revertedWithCustomError(delegators, "VaultDelegatorsBadOperator")
      .withArgs(op1);
    await expect(set.setWeight(alice, 1n)).to.be.revertedWithCustomError(delegators, "VaultDelegatorsBadOperator");
    await expect(set.unstake(alice, 1n)).to.be.revertedWithCustomError(delegators, "VaultDelegatorsBadOperator");
    const delegator = await delegatorOf(op1);
    for (const call of [
      () => delegator.connect(alice).restake(1n),
      () => delegator.connect(alice).queueWithdrawal(1n),
      () => delegator.connect(alice).undelegate(),
      () => delegator.connect(alice).complete(1n, alice),
      () => delegator.connect(alice).delegate(NO_APPROVAL),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(delegator, "VaultDelegatorUnauthorized");
    }
  });
});
