import { expect } from "chai";
import { network } from "hardhat";

import { deployRestaking, DELAYS, SETS, WAD } from "../../helpers/restaking.ts";

const connection = await network.create();
const { networkHelpers } = connection;

async function fixture() {
  return await deployRestaking({ network: connection });
}

async function securedFixture() {
  const world = await fixture();
  await world.deposit(world.alice, 100n * WAD);
  await world.delegate(world.alice, world.op1);
  for (const id of [SETS.burning, SETS.redistributing]) await world.join(world.op1, id);
  return world;
}

async function fullyAllocatedFixture() {
  const world = await securedFixture();
  await world.allocate(world.op1, SETS.burning, WAD);
  return world;
}

describe("failure path 1: a slash that rounds to zero", () => {
  it("brings the magnitude to zero in finitely many slashes, however small it is", async () => {
    const world = await networkHelpers.loadFixture(fullyAllocatedFixture);

    const left: bigint[] = [];
    for (const wad of [990000000000000000n, 999900000000000000n, 999999999999999000n]) {
      await world.slash(world.op1, SETS.burning, wad);
      left.push((await world.allocation(world.op1, SETS.burning)).currentMagnitude);
    }

    expect(left).to.deep.equal([10n ** 16n, 10n ** 12n, 0n]);
    expect(await world.maximum(world.op1)).to.equal(0n);
  });

  it("takes a whole unit for the smallest fraction of the smallest allocation", async () => {
    const world = await networkHelpers.loadFixture(securedFixture);
    await world.allocate(world.op1, SETS.burning, 1n);

    await world.slash(world.op1, SETS.burning, 1n);

    expect((await world.allocation(world.op1, SETS.burning)).currentMagnitude).to.equal(0n);
    expect(await world.maximum(world.op1)).to.equal(WAD - 1n);
  });
});

describe("failure path 2: a full slash, then back in", () => {
  async function fullySlashedFixture() {
    const world = await fullyAllocatedFixture();
    await world.slash(world.op1, SETS.burning, WAD);
    return world;
  }

  it("refuses deposits and delegations to the fully slashed operator", async () => {
    const world = await networkHelpers.loadFixture(fullySlashedFixture);
    await world.deposit(world.bob, WAD);

    await expect(world.deposit(world.alice, 1n))
      .to.be.revertedWithCustomError(world.delegation, "OperatorDelegationFullySlashed")
      .withArgs(world.alice, world.strategy);
    await expect(world.delegate(world.bob, world.op1)).to.be.revertedWithCustomError(
      world.delegation,
      "OperatorDelegationFullySlashed",
    );
  });

  it("lets the staker leave with nothing, and start anew with another operator", async () => {
    const world = await networkHelpers.loadFixture(fullySlashedFixture);
    await world.delegation.connect(world.alice).undelegate(world.alice);
    const id = await world.lastWithdrawal();
    await world.before((await world.block()) + BigInt(DELAYS.withdrawal) + 1n);
    const before = await world.token.balanceOf(world.alice);

    await world.complete(world.alice, id);
    expect(await world.token.balanceOf(world.alice)).to.equal(before);

    await world.delegate(world.alice, world.op2);
    await world.deposit(world.alice, 7n * WAD);
    expect(await world.withdrawable(world.alice)).to.equal(7n * WAD);
  });
});

describe("failure path 3: a slash that leaves a maximum of one", () => {
  it("stays solvent when deposits follow, and drifts by no more than the factor's grain", async () => {
    const world = await networkHelpers.loadFixture(fullyAllocatedFixture);
    await world.slash(world.op1, SETS.burning, WAD - 1n);
    expect(await world.maximum(world.op1)).to.equal(1n);

    await world.delegate(world.bob, world.op1);
    await world.deposit(world.bob, 5n * WAD);
    await world.deposit(world.bob, 3n * WAD + 1n);

    const sum = (await world.withdrawable(world.alice)) + (await world.withdrawable(world.bob));
    const pool = await world.shares(world.op1);
    expect(pool).to.be.at.least(sum);
    // At f = 1e-18 one unit of the scaling factor is worth up to one share for each deposited one.
    expect(pool - sum).to.be.at.most(2n * (2n + 8n) * WAD);
  });
});

describe("failure path 6: deallocating or leaving before the slash", () => {
  it("slashes a deallocation through its last waiting block, and not after", async () => {
    const world = await networkHelpers.loadFixture(fullyAllocatedFixture);
    await world.allocate(world.op1, SETS.burning, WAD / 2n);
    const { effectAt } = await world.allocation(world.op1, SETS.burning);
    expect(effectAt).to.equal((await world.block()) + BigInt(DELAYS.deallocation) + 1n);
    const snapshot = await networkHelpers.takeSnapshot();

    await world.before(effectAt - 1n);
    await world.slash(world.op1, SETS.burning, WAD);
    expect(await world.maximum(world.op1)).to.equal(0n);

    await snapshot.restore();
    await world.before(effectAt);
    await world.slash(world.op1, SETS.burning, WAD);
    expect(await world.maximum(world.op1)).to.equal(WAD / 2n);
  });

  it("slashes an operator that left through its last slashable block, and not after", async () => {
    const world = await networkHelpers.loadFixture(fullyAllocatedFixture);
    await world.leave(world.op1, SETS.burning);
    const { slashableUntil } = await world.registry.membership(world.op1, world.setOf(SETS.burning));
    expect(slashableUntil).to.equal((await world.block()) + BigInt(DELAYS.deallocation));
    const snapshot = await networkHelpers.takeSnapshot();

    await world.before(slashableUntil);
    await world.slash(world.op1, SETS.burning, WAD / 4n);
    expect(await world.maximum(world.op1)).to.equal((WAD * 3n) / 4n);

    await snapshot.restore();
    await world.before(slashableUntil + 1n);
    await expect(world.slash(world.op1, SETS.burning, WAD / 4n)).to.be.revertedWithCustomError(
      world.slashing,
      "SlasherOperatorNotSlashable",
    );
  });

  it("shows an AVS that looks ahead the stake that is leaving, and one that does not the stake that was", async () => {
    const world = await networkHelpers.loadFixture(fullyAllocatedFixture);
    await world.allocate(world.op1, SETS.burning, WAD / 4n);

    expect(await world.slashable(world.op1, SETS.burning)).to.equal(100n * WAD);
    expect(await world.slashable(world.op1, SETS.burning, BigInt(DELAYS.deallocation) + 1n)).to.equal(25n * WAD);
  });
});

describe("failure path 7: work given before the allocation is in effect", () => {
  it("slashes nothing one block early, and uses up a slash id all the same", async () => {
    const world = await networkHelpers.loadFixture(securedFixture);
    await world.allocations.connect(world.op1).setAllocationDelay(10);
    await world.before((await world.block()) + BigInt(DELAYS.configuration) + 2n);
    await world.allocate(world.op1, SETS.burning, WAD);
    const { effectAt } = await world.allocation(world.op1, SETS.burning);

    await world.before(effectAt - 1n);
    await world.slash(world.op1, SETS.burning, WAD);
    expect(await world.slashing.slashCount(world.setOf(SETS.burning))).to.equal(1n);
    expect(await world.shares(world.op1)).to.equal(100n * WAD);

    await world.slash(world.op1, SETS.burning, WAD);
    expect(await world.slashing.slashCount(world.setOf(SETS.burning))).to.equal(2n);
    expect(await world.shares(world.op1)).to.equal(0n);
  });

  it("lets an operator that no set can slash take its allocation back at once", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.allocate(world.op2, SETS.burning, (WAD * 6n) / 10n);
    await world.allocate(world.op2, SETS.burning, WAD / 10n);
    await world.allocate(world.op2, SETS.redistributing, (WAD * 9n) / 10n);

    expect(await world.allocations.encumberedMagnitude(world.op2, world.strategy)).to.equal(WAD);
  });
});

describe("failure path 8: a pending deallocation that a slash empties", () => {
  it("keeps its block: no further change before it passes", async () => {
    const world = await networkHelpers.loadFixture(securedFixture);
    await world.allocate(world.op1, SETS.burning, 501n);
    await world.allocate(world.op1, SETS.burning, 500n);
    await world.slash(world.op1, SETS.burning, WAD / 2n);

    const allocation = await world.allocation(world.op1, SETS.burning);
    expect([allocation.currentMagnitude, allocation.pendingDiff]).to.deep.equal([250n, 0n]);
    await expect(world.allocate(world.op1, SETS.burning, 1000n))
      .to.be.revertedWithCustomError(world.allocations, "AllocationManagerModificationAlreadyPending")
      .withArgs(world.op1, world.strategy, allocation.effectAt);

    await world.before(allocation.effectAt);
    await world.allocate(world.op1, SETS.burning, 1000n);
    expect((await world.allocation(world.op1, SETS.burning)).currentMagnitude).to.equal(1000n);
  });
});
