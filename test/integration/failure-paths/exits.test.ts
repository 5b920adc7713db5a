import { expect } from "chai";
import { network } from "hardhat";

import { deployRestaking, DELAYS, SETS, WAD } from "../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const WINDOW = BigInt(DELAYS.withdrawal);

async function fixture() {
  const world = await deployRestaking({ network: connection });
  await world.deposit(world.alice, 100n * WAD);
  await world.delegate(world.alice, world.op1);
  await world.join(world.op1, SETS.burning);
  await world.allocate(world.op1, SETS.burning, WAD);
  return world;
}

/** Runs transactions in the given order in one block. */
async function inOneBlock(transactions: readonly (() => Promise<unknown>)[]): Promise<void> {
  await ethers.provider.send("evm_setAutomine", [false]);
  try {
    for (const transaction of transactions) await transaction();
    await networkHelpers.mine();
  } finally {
    await ethers.provider.send("evm_setAutomine", [true]);
  }
}

describe("failure path 4: a withdrawal that runs ahead of the slash", () => {
  it("is slashed in its first and its last block, and escapes in the one after", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.queue(world.alice, 40n * WAD);
    const [id, queuedAt] = [await world.lastWithdrawal(), await world.block()];
    const snapshot = await networkHelpers.takeSnapshot();
    const released = async (slashAt: bigint): Promise<bigint> => {
      await world.before(slashAt);
      await world.slash(world.op1, SETS.burning, WAD / 4n);
      const [shares] = await world.delegation.releasableShares(id);
      await snapshot.restore();
      return shares[0] ?? 0n;
    };

    expect(await released(queuedAt + 1n)).to.equal(30n * WAD);
    expect(await released(queuedAt + WINDOW)).to.equal(30n * WAD);
    expect(await released(queuedAt + WINDOW + 1n)).to.equal(40n * WAD);
  });

  it("is slashed when both stand in one block", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await inOneBlock([() => world.queue(world.alice, 40n * WAD), () => world.slash(world.op1, SETS.burning, WAD / 4n)]);

    const [shares] = await world.delegation.releasableShares(await world.lastWithdrawal());
    expect(shares[0]).to.equal(30n * WAD);
  });
});

describe("failure path 5: undelegating or redelegating to dodge", () => {
  it("keeps the old operator's factor for the whole window", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.redelegate(world.alice, world.op2);
    const [id, queuedAt] = [await world.lastWithdrawal(), await world.block()];

    await world.before(queuedAt + WINDOW);
    await world.slash(world.op1, SETS.burning, WAD / 2n);
    await world.complete(world.alice, id, false);

    expect(await world.withdrawable(world.alice)).to.equal(50n * WAD);
    expect(await world.shares(world.op2)).to.equal(50n * WAD);
  });

  it("does not bring slashed value back when completed as shares", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slash(world.op1, SETS.burning, WAD / 2n);
    await world.delegation.connect(world.alice).undelegate(world.alice);
    const [id, queuedAt] = [await world.lastWithdrawal(), await world.block()];
    await world.delegate(world.alice, world.op2);
    await world.before(queuedAt + WINDOW + 1n);

    await world.complete(world.alice, id, false);

    expect(await world.manager.depositSharesOf(world.alice, world.strategy)).to.equal(50n * WAD);
    expect(await world.withdrawable(world.alice)).to.equal(50n * WAD);
    expect(await world.shares(world.op1)).to.equal(0n);
  });
});

describe("failure path 9: a slasher's key is swapped", () => {
  it("gives stakers notice that is longer than their way out", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.registry.connect(world.avs).proposeSlasher(SETS.burning, world.thief);
    const proposedAt = await world.block();
    const { effectAt } = await world.registry.pendingSlasherOf(world.setOf(SETS.burning));
    expect(effectAt).to.equal(proposedAt + BigInt(DELAYS.configuration) + 1n);

    await world.queue(world.alice, 100n * WAD);
    const id = await world.lastWithdrawal();
    const malicious = {
      operator: world.op1,
      set: world.setOf(SETS.burning),
      strategies: [world.strategy],
      wads: [WAD],
      description: "stolen key",
    };
    await world.before(effectAt - 1n);
    await expect(world.slashing.connect(world.thief).slash(malicious))
      .to.be.revertedWithCustomError(world.slashing, "SlasherUnauthorized")
      .withArgs(world.thief, world.slasher);
    await world.before(effectAt);
    await world.slashing.connect(world.thief).slash(malicious);

    expect(await world.maximum(world.op1)).to.equal(0n);
    const [shares] = await world.delegation.releasableShares(id);
    expect(shares[0]).to.equal(100n * WAD);
  });

  it("starts the notice again for another proposal, and not for the same one", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const propose = (who: typeof world.thief) => world.registry.connect(world.avs).proposeSlasher(SETS.burning, who);
    await propose(world.thief);
    const first = (await world.registry.pendingSlasherOf(world.setOf(SETS.burning))).effectAt;

    await propose(world.thief);
    expect((await world.registry.pendingSlasherOf(world.setOf(SETS.burning))).effectAt).to.equal(first);

    await propose(world.bob);
    const restarted = await world.registry.pendingSlasherOf(world.setOf(SETS.burning));
    expect(restarted.effectAt).to.equal((await world.block()) + BigInt(DELAYS.configuration) + 1n);
  });
});

describe("failure path 37: pauses that do not match", () => {
  async function withdrawalPauses(world: Awaited<ReturnType<typeof fixture>>) {
    return {
      queue: 1n << (await world.delegation.PAUSE_QUEUE()),
      complete: 1n << (await world.delegation.PAUSE_COMPLETE()),
    };
  }

  it("lets stakers escape while slashing is paused and exits are not", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.slashing.pause(1n << (await world.slashing.PAUSE_SLASH()));
    await world.queue(world.alice, 100n * WAD);
    const [id, queuedAt] = [await world.lastWithdrawal(), await world.block()];
    await expect(world.slash(world.op1, SETS.burning, WAD)).to.be.revertedWithCustomError(
      world.slashing,
      "PausableFlagsPaused",
    );

    await world.before(queuedAt + WINDOW);
    await world.slashing.unpause(1n << (await world.slashing.PAUSE_SLASH()));
    await world.slash(world.op1, SETS.burning, WAD);

    const [shares] = await world.delegation.releasableShares(id);
    expect(shares[0]).to.equal(100n * WAD);
  });

  it("holds stakers for the slash while exits are paused and slashing is not", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { queue } = await withdrawalPauses(world);
    await world.delegation.pause(queue);

    await expect(world.queue(world.alice, 1n)).to.be.revertedWithCustomError(world.delegation, "PausableFlagsPaused");
    await world.slash(world.op1, SETS.burning, WAD / 2n);

    expect(await world.withdrawable(world.alice)).to.equal(50n * WAD);
  });

  it("cannot touch a withdrawal past its window by pausing its completion", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    await world.queue(world.alice, 100n * WAD);
    const [id, queuedAt] = [await world.lastWithdrawal(), await world.block()];
    const { complete } = await withdrawalPauses(world);
    await world.delegation.pause(complete);
    await world.before(queuedAt + WINDOW + 1n);
    await world.slash(world.op1, SETS.burning, WAD);
    await expect(world.complete(world.alice, id)).to.be.revertedWithCustomError(
      world.delegation,
      "PausableFlagsPaused",
    );

    await world.delegation.unpause(complete);
    const before = await world.token.balanceOf(world.alice);
    await world.complete(world.alice, id);
    expect((await world.token.balanceOf(world.alice)) - before).to.equal(100n * WAD);
  });
});

describe("failure path 38: a young chain, and one block for everything", () => {
  it("slashes on a chain younger than the withdrawal window", async () => {
    const young = await network.create();
    const world = await deployRestaking({ network: young });
    await world.deposit(world.alice, 100n * WAD);
    await world.delegate(world.alice, world.op1);
    await world.join(world.op1, SETS.burning);
    await world.allocate(world.op1, SETS.burning, WAD);
    await world.queue(world.alice, 40n * WAD);
    expect(await world.block()).to.be.below(WINDOW + 1n);

    await world.slash(world.op1, SETS.burning, WAD / 4n);

    const [shares] = await world.delegation.releasableShares(await world.lastWithdrawal());
    expect(shares[0]).to.equal(30n * WAD);
    expect(await world.shares(world.op1)).to.equal(45n * WAD);
  });

  const verbs = ["slash", "queue", "complete"] as const;
  const orders = verbs.flatMap((first) =>
    verbs
      .filter((verb) => verb !== first)
      .map((second) => [first, second, ...verbs.filter((v) => v !== first && v !== second)]),
  );
  for (const order of orders) {
    it(`takes ${order.join(", ")} in one block as they come`, async () => {
      const world = await networkHelpers.loadFixture(fixture);
      await world.queue(world.alice, 40n * WAD);
      const [old, queuedAt] = [await world.lastWithdrawal(), await world.block()];
      await world.before(queuedAt + WINDOW + 1n);
      const before = await world.token.balanceOf(world.alice);
      const steps = {
        slash: () => world.slash(world.op1, SETS.burning, WAD / 4n),
        queue: () => world.queue(world.alice, 20n * WAD),
        complete: () => world.complete(world.alice, old),
      };

      await inOneBlock(order.map((verb) => steps[verb]));

      // The old withdrawal is past its window, the new one is in it whichever way round it met the slash.
      expect((await world.token.balanceOf(world.alice)) - before).to.equal(40n * WAD);
      const [fresh] = await world.delegation.releasableShares(await world.lastWithdrawal());
      expect(fresh[0]).to.equal(15n * WAD);
      expect(await world.withdrawable(world.alice)).to.equal(30n * WAD);
      expect(await world.shares(world.op1)).to.equal(30n * WAD);
    });
  }
});
