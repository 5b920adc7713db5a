import { expect } from "chai";
import { network } from "hardhat";

import { DELAYS, deployRestaking, SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const FOREVER = 2n ** 48n - 1n;

/** Operator 1 has half of its magnitude in a set, 60 tokens and 40 in the queue; operator 2 joined and allocated none. */
async function fixture() {
  const world = await deployRestaking({ network: connection });
  const { alice, allocate, delegate, deposit, join, op1, op2, queue } = world;
  await deposit(alice, 100n * WAD);
  await delegate(alice, op1);
  for (const operator of [op1, op2]) await join(operator, SETS.burning);
  await allocate(op1, SETS.burning, WAD / 2n);
  await queue(alice, 40n * WAD);
  const lens = await ethers.deployContract("OperatorLens", [[...(await world.manager.core())]]);
  const beacon = await world.pods.beaconStrategy();
  const members = async () => {
    const question = { set: world.setOf(SETS.burning), operators: [op1, op2, alice] };
    const [set] = (await lens.read([], [], [question])).sets;
    if (set === undefined) throw new RangeError("the lens answered about no set");
    return set;
  };
  return { ...world, beacon, lens, members };
}

describe("OperatorLens", () => {
  it("tells what strategies hold, the native one being a name that holds nothing", async () => {
    const { beacon, block, lens, strategy, token } = await networkHelpers.loadFixture(fixture);
    await token.mint(strategy, 5n);

    const side = await lens.read([strategy, beacon], [], []);

    expect(side.clock).to.equal(await block());
    expect(side.strategies).to.deep.equal([
      [100n * WAD, 100n * WAD + 5n],
      [0n, 0n],
    ]);
  });

  it("tells what operators have, and that a staker is none", async () => {
    const { alice, allocations, beacon, lens, op1, strategy } = await networkHelpers.loadFixture(fixture);
    await allocations.connect(op1).setAllocationDelay(3);
    await networkHelpers.mine(DELAYS.configuration + 1);

    const { operators } = await lens.read([strategy, beacon], [op1, alice], []);

    const untouched = [0n, WAD, 0n, WAD];
    expect(operators).to.deep.equal([
      [true, 3n, [[60n * WAD, WAD, WAD / 2n, WAD / 2n], untouched]],
      [false, 0n, [untouched, untouched]],
    ]);
  });

  it("tells what a set can take of each member, the queue apart", async () => {
    const { members, registry, op1, setOf, slasher, strategy } = await networkHelpers.loadFixture(fixture);
    const { registeredAt } = await registry.membership(op1, setOf(SETS.burning));

    const set = await members();

    expect([set.slashCount, set.slasher, set.pendingSlasher]).to.deep.equal([0n, slasher.address, ethers.ZeroAddress]);
    expect(set.strategies).to.deep.equal([await strategy.getAddress()]);
    const [half, none, stranger] = set.members;
    expect(half).to.deep.equal([
      ...[true, registeredAt, FOREVER, true],
      [[WAD / 2n, 0n, 0n, 30n * WAD, 30n * WAD, 20n * WAD]],
    ]);
    expect([none?.slashable, none?.allocations]).to.deep.equal([true, [[0n, 0n, 0n, 0n, 0n, 0n]]]);
    expect(stranger).to.deep.equal([false, 0n, 0n, false, [[0n, 0n, 0n, 0n, 0n, 0n]]]);
  });

  it("tells what stays slashable once a falling allocation has fallen", async () => {
    const { allocate, block, members, op1 } = await networkHelpers.loadFixture(fixture);
    await allocate(op1, SETS.burning, WAD / 10n);

    const [member] = (await members()).members;

    const effectAt = (await block()) + BigInt(DELAYS.deallocation) + 1n;
    expect(member?.allocations).to.deep.equal([
      [WAD / 2n, (-4n * WAD) / 10n, effectAt, 30n * WAD, 30n * WAD, 20n * WAD],
    ]);
    await networkHelpers.mine(1);
    expect((await members()).members[0]?.allocations[0]?.minSlashableShares).to.equal(6n * WAD);
  });

  it("finds nothing left to take behind a maximum of zero", async () => {
    const { allocate, lens, members, op1, slash } = await networkHelpers.loadFixture(fixture);
    await allocate(op1, SETS.burning, 0n);
    await networkHelpers.mine(DELAYS.deallocation + 1);
    await allocate(op1, SETS.burning, WAD);
    await slash(op1, SETS.burning, WAD);

    const { members: list, slashCount } = await members();

    expect(slashCount).to.equal(1n);
    expect(list[0]?.slashable).to.equal(true);
    expect(list[0]?.allocations).to.deep.equal([[0n, 0n, 0n, 0n, 0n, 0n]]);
    expect((await lens.read([], [], [])).escrow).to.have.length(1);
  });

  it("tells of a slasher that waits for its notice", async () => {
    const { alice, avs, block, members, registry } = await networkHelpers.loadFixture(fixture);
    await registry.connect(avs).proposeSlasher(SETS.burning, alice);

    const { pendingSlasher, pendingSlasherAt } = await members();

    const effectAt = (await block()) + BigInt(DELAYS.configuration) + 1n;
    expect([pendingSlasher, pendingSlasherAt]).to.deep.equal([alice.address, effectAt]);
  });
});
