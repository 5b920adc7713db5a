import { expect } from "chai";
import { network } from "hardhat";

import { deployRestaking, DELAYS, SETS, WAD } from "../../helpers/restaking.ts";

const connection = await network.create();
const { networkHelpers } = connection;

async function fixture() {
  const world = await deployRestaking({ network: connection });
  await world.deposit(world.alice, 100n * WAD);
  await world.delegate(world.alice, world.op1);
  for (const id of Object.values(SETS)) await world.join(world.op1, id);
  await world.allocate(world.op1, SETS.redistributing, (WAD * 3n) / 10n);
  await world.allocate(world.op1, SETS.escrowed, (WAD * 2n) / 10n);
  await world.allocate(world.op1, SETS.burning, WAD / 2n);
  return world;
}

describe("failure path 10: an AVS that redistributes to itself", () => {
  it("takes no more than what was allocated to its set", async () => {
    const world = await networkHelpers.loadFixture(fixture);

    await world.slash(world.op1, SETS.redistributing, WAD);
    await world.slashing.clear(world.setOf(SETS.redistributing), 1);

    expect(await world.token.balanceOf(world.thief)).to.equal(30n * WAD);
    expect(await world.withdrawable(world.alice)).to.equal(70n * WAD);
    expect(await world.slashable(world.op1, SETS.burning)).to.be.closeTo(50n * WAD, 100n);
  });

  it("leaves a guardian the release delay to stop what has not left yet", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slash(world.op1, SETS.escrowed, WAD);
    const releasableAt = (await world.block()) + BigInt(DELAYS.release);
    const set = world.setOf(SETS.escrowed);
    expect(await world.slashing.releasableAt(set, 1)).to.equal(releasableAt);
    const snapshot = await networkHelpers.takeSnapshot();

    await world.before(releasableAt - 1n);
    await expect(world.slashing.clear(set, 1)).to.be.revertedWithCustomError(world.slashing, "SlasherNotReleasable");
    await world.before(releasableAt);
    await world.slashing.clear(set, 1);
    expect(await world.token.balanceOf(world.thief)).to.equal(20n * WAD);

    await snapshot.restore();
    await world.slashing.pause(1n << (await world.slashing.PAUSE_CLEAR()));
    await world.before(releasableAt + 1n);
    await expect(world.slashing.clear(set, 1)).to.be.revertedWithCustomError(world.slashing, "PausableFlagsPaused");
    expect(await world.slashing.escrowedShares(set, 1, world.strategy)).to.equal(20n * WAD);
    expect(await world.token.balanceOf(world.thief)).to.equal(0n);
  });

  it("gives a guardian nothing to recover where the set has no release delay", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slash(world.op1, SETS.redistributing, WAD);

    await world.slashing.connect(world.thief).clear(world.setOf(SETS.redistributing), 1);
    await world.slashing.pause(1n << (await world.slashing.PAUSE_CLEAR()));

    expect(await world.token.balanceOf(world.thief)).to.equal(30n * WAD);
  });
});

describe("failure path 11: a donation around the clearing", () => {
  it("pays the clear-time price, and costs the donor more than the recipient gains", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slash(world.op1, SETS.redistributing, WAD / 3n);
    const set = world.setOf(SETS.redistributing);
    const shares = await world.slashing.escrowedShares(set, 1, world.strategy);
    const donation = 10n * WAD;

    await world.token.connect(world.bob).transfer(world.strategy, donation);
    await world.slashing.clear(set, 1);

    const [virtual, total, balance] = [1000n, 100n * WAD, 110n * WAD];
    const paid = await world.token.balanceOf(world.thief);
    expect(paid).to.equal(((balance + virtual) * shares) / (total + virtual));
    expect(paid - shares).to.be.at.most((donation * shares) / total + 1n);
  });

  it("cleans an entry of nothing without a transfer, and once only", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slash(world.op1, SETS.redistributing, 1n);
    const set = world.setOf(SETS.redistributing);
    const held = await world.slashing.escrowedShares(set, 1, world.strategy);

    await world.slashing.clear(set, 1);

    expect(await world.token.balanceOf(world.thief)).to.equal(held);
    await expect(world.slashing.clearStrategy(set, 1, world.strategy)).to.be.revertedWithCustomError(
      world.slashing,
      "SlasherNothingToClear",
    );
  });
});

describe("failure path 12: a fresh strategy and a donation", () => {
  it("refuses the deposit that would be worth no share", async () => {
    const world = await networkHelpers.loadFixture(async function fresh() {
      return await deployRestaking({ network: connection });
    });
    await world.deposit(world.bob, 1n);
    await world.token.connect(world.bob).transfer(world.strategy, 1_000_000n);

    await expect(world.deposit(world.alice, 1000n))
      .to.be.revertedWithCustomError(world.strategy, "StrategyNewSharesZero")
      .withArgs(1000n);
    expect(await world.strategy.sharesToUnderlying(1n)).to.equal(1000n);
  });
});
