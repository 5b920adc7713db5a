import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking } from "../../../helpers/liquid-staking.ts";
import { deployRestaking, SETS, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const GWEI = 10n ** 9n;

/** Alice delegates 100 tokens and 32 ether, has 40 tokens in the queue, and lost half of her ether; Bob has his wallet. */
async function fixture() {
  const world = await deployRestaking({ network: connection });
  const { token: liquid } = await deployLiquidStaking(connection);
  const { alice, allocate, delegate, deposit, join, op1, owner, pods, queue } = world;
  await deposit(alice, 100n * WAD);
  await pods.connect(alice).createPod();
  const pod = await ethers.getContractAt("MockPod", await pods.podOf(alice));
  await pod.connect(owner).reportValidator(0, 32n * GWEI, false);
  await pod.connect(alice).verifyValidator(0);
  await delegate(alice, op1);
  await join(op1, SETS.burning);
  await allocate(op1, SETS.burning, WAD);
  await queue(alice, 40n * WAD);
  await pod.connect(owner).reportValidator(0, 16n * GWEI, false);
  await pod.connect(alice).checkpoint();
  await liquid.connect(alice).submit({ value: 7n * WAD });
  const reward = await ethers.deployContract("Token__MockForRewards");
  await reward.mint(alice, 11n);
  const lens = await ethers.deployContract("StakerLens", [[...(await world.manager.core())]]);
  const beacon = await pods.beaconStrategy();
  const strategies = [await world.strategy.getAddress(), beacon];
  const read = (withdrawals: bigint[] = []) =>
    lens.read(strategies, [alice.address, world.bob.address], liquid, reward, withdrawals);
  return { ...world, beacon, liquid, read };
}

describe("StakerLens", () => {
  it("tells a staker's wallet, tokens and native ether, beacon penalty included", async () => {
    const { alice, liquid, op1, read } = await networkHelpers.loadFixture(fixture);

    const [state] = (await read()).states;

    expect(state).to.deep.equal([
      op1.address,
      await ethers.provider.getBalance(alice),
      WAD / 2n,
      await liquid.sharesOf(alice),
      11n,
      [
        [900n * WAD, 60n * WAD, WAD, 60n * WAD],
        [0n, 32n * WAD, WAD, 16n * WAD],
      ],
    ]);
    expect(state?.liquidShares).to.equal(7n * WAD);
  });

  it("tells of somebody who never staked", async () => {
    const { bob, read } = await networkHelpers.loadFixture(fixture);

    const [, state] = (await read()).states;

    expect(state).to.deep.equal([
      ethers.ZeroAddress,
      await ethers.provider.getBalance(bob),
      ...[WAD, 0n, 0n],
      [
        [1000n * WAD, 0n, WAD, 0n],
        [0n, 0n, WAD, 0n],
      ],
    ]);
  });

  it("tells what withdrawals would release after the slashes of their window", async () => {
    const { op1, read, slash } = await networkHelpers.loadFixture(fixture);
    expect((await read([0n])).releasable).to.deep.equal([40n * WAD]);

    await slash(op1, SETS.burning, WAD / 4n);

    const { releasable, states } = await read([0n]);
    expect(releasable).to.deep.equal([30n * WAD]);
    expect(states[0]?.stakes.map(({ withdrawable }) => withdrawable)).to.deep.equal([45n * WAD, 16n * WAD]);
  });

  it("reverts for a withdrawal that is not queued", async () => {
    const { delegation, read } = await networkHelpers.loadFixture(fixture);
    await expect(read([9n]))
      .to.be.revertedWithCustomError(delegation, "OperatorDelegationWithdrawalNotQueued")
      .withArgs(9n);
  });
});
