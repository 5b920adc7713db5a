import { expect } from "chai";
import { network as hardhat } from "hardhat";

import { deployEpochVault, EPOCH, partOf } from "../../../helpers/epoch.ts";

const connection = await hardhat.create();
const { ethers, networkHelpers } = connection;
const UNLIMITED = 2n ** 256n - 1n;
const NOBODY = ethers.ZeroAddress;
const VETO = 200n;

async function base() {
  const world = await deployEpochVault(connection);
  const { vault, registry, owner, network, part, op, other, ada } = world;
  const delegator = await ethers.deployContract("FullRestake", [vault, registry, owner]);
  await delegator.connect(network).setMaxNetworkLimit(0, UNLIMITED);
  await delegator.setNetworkLimit(part, UNLIMITED);
  for (const operator of [op, other]) await delegator.setOperatorLimit(part, operator, UNLIMITED);
  await vault.connect(ada).deposit(ada, 100n);
  return { ...world, delegator, deposited: BigInt(await networkHelpers.time.latest()) };
}

async function instant() {
  const world = await base();
  const slasher = await ethers.deployContract("EpochSlasher", [world.vault, world.registry, true]);
  await world.vault.wire(world.delegator, slasher);
  const since = BigInt(await networkHelpers.time.latest());
  return { ...world, slasher, since, by: slasher.connect(world.middleware) };
}

async function veto() {
  const world = await base();
  const slasher = await ethers.deployContract("EpochVetoSlasher", [world.vault, world.registry, false, VETO, 3n]);
  await world.vault.wire(world.delegator, slasher);
  const since = BigInt(await networkHelpers.time.latest());
  return { ...world, slasher, since, by: slasher.connect(world.middleware) };
}

/** As {@link veto}, with bob as resolver and one request for the second `capture`. */
async function requested() {
  const world = await veto();
  const { slasher, network, bob, by, part, op } = world;
  await slasher.connect(network).setResolver(0, bob);
  const capture = BigInt(await networkHelpers.time.latest());
  await by.requestSlash(part, op, 30n, capture);
  const { vetoDeadline } = await slasher.requestOf(0);
  return { ...world, capture, vetoDeadline };
}

describe("EpochSlasher", () => {
  it("checks caller, window and amount in this order", async () => {
    const { slasher, by, part, op, ada, since, deposited } = await networkHelpers.loadFixture(instant);
    await expect(slasher.connect(ada).slash(part, op, 0n, 0n)).to.be.revertedWithCustomError(
      slasher,
      "EpochSlasherOnlyMiddleware",
    );
    const later = BigInt(await networkHelpers.time.latest()) + 1n;
    await networkHelpers.time.setNextBlockTimestamp(later);
    await expect(by.slash(part, op, 0n, later))
      .to.be.revertedWithCustomError(slasher, "EpochSlasherInvalidCapture")
      .withArgs(later, later - EPOCH, later);
    await expect(by.slash(part, op, 0n, since))
      .to.be.revertedWithCustomError(slasher, "EpochSlasherNothingToSlash")
      .withArgs(op.address, since);
    await expect(by.slash(part, op, 1n, deposited - 1n)).to.be.revertedWithCustomError(
      slasher,
      "EpochSlasherNothingToSlash",
    );
  });

  it("costs the same whoever is paid for the block", async () => {
    const { by, part, op, since } = await networkHelpers.loadFixture(instant);
    await networkHelpers.mine();
    const costs: bigint[] = [];
    for (const coinbase of [op.address, NOBODY]) {
      const snapshot = await networkHelpers.takeSnapshot();
      await networkHelpers.setCoinbase(coinbase);
      const receipt = await (await by.slash(part, op, 30n, since)).wait();
      costs.push(receipt?.gasUsed ?? 0n);
      await snapshot.restore();
    }
    expect(costs[0]).to.equal(costs[1]);
  });

  it("slashes through the last second of the epoch after the capture, and not in the next", async () => {
    const { slasher, by, part, op, since } = await networkHelpers.loadFixture(instant);
    await networkHelpers.time.increaseTo(since + EPOCH - 1n);
    await by.slash(part, op, 1n, since);
    await expect(by.slash(part, op, 1n, since)).to.be.revertedWithCustomError(slasher, "EpochSlasherInvalidCapture");
  });

  it("reports the nominal slash and says what the vault had left of it", async () => {
    const { slasher, by, part, op, other, since, token, burner } = await networkHelpers.loadFixture(instant);
    await by.slash(part, op, 70n, since);
    await expect(by.slash(part, other, 100n, since))
      .to.emit(slasher, "OperatorSlashed")
      .withArgs(part, other.address, 100n, 30n, since);
    expect(await slasher.cumulativeSlash(part, other)).to.equal(100n);
    expect(await token.balanceOf(burner)).to.equal(100n);
    await expect(by.slash(part, op, 100n, since))
      .to.emit(slasher, "OperatorSlashed")
      .withArgs(part, op.address, 30n, 0n, since);
  });

  it("never slashes more for a capture than stood for it", async () => {
    const { slasher, by, part, op, since } = await networkHelpers.loadFixture(instant);
    for (const amount of [40n, 40n, 40n]) await by.slash(part, op, amount, since);
    expect(await slasher.cumulativeSlash(part, op)).to.equal(100n);
    expect(await slasher.slashableStake(part, op, since)).to.equal(0n);
  });

  it("goes on where a hook reverts or is no contract, and asks for the hook's gas", async () => {
    const { delegator, by, part, op, since, slasher, ada } = await networkHelpers.loadFixture(instant);
    const hook = await ethers.deployContract("RevertingHook__MockForGriefing");
    await delegator.setHook(hook);
    await expect(by.slash(part, op, 1n, since))
      .to.emit(delegator, "HookFailed")
      .withArgs(await hook.getAddress());
    await expect(by.slash(part, op, 1n, since, { gasLimit: 300_000n })).to.revert(ethers);
    await delegator.setHook(ada);
    await by.slash(part, op, 1n, since);
    expect(await slasher.cumulativeSlash(part, op)).to.equal(2n);
  });

  it("goes on where the burner reverts", async () => {
    const { token, registry, owner, op, network, middleware, ada, part } = await networkHelpers.loadFixture(base);
    const burner = await ethers.deployContract("RevertingHook__MockForGriefing");
    const terms = { owner, asset: token, burner, epochDuration: EPOCH };
    const vault = await ethers.deployContract("EpochVault", [terms]);
    const delegator = await ethers.deployContract("OperatorSpecific", [vault, registry, owner, op]);
    const slasher = await ethers.deployContract("EpochSlasher", [vault, registry, true]);
    await vault.wire(delegator, slasher);
    await registry.connect(op).optIn(vault);
    await delegator.connect(network).setMaxNetworkLimit(0, 50n);
    await delegator.setNetworkLimit(part, 50n);
    await token.connect(ada).approve(vault, 100n);
    await vault.connect(ada).deposit(ada, 100n);
    const capture = await networkHelpers.time.latest();
    await expect(slasher.connect(middleware).slash(part, op, 99n, capture))
      .to.emit(slasher, "BurnerHookFailed")
      .and.to.emit(slasher, "OperatorSlashed")
      .withArgs(part, op.address, 50n, 50n, capture);
  });
});

describe("EpochVetoSlasher", () => {
  it("refuses a veto as long as an epoch, and resolvers that change in less than three", async () => {
    const { vault, registry, slasher } = await networkHelpers.loadFixture(veto);
    const deploy = async (duration: bigint, delay: bigint) =>
      await ethers.deployContract("EpochVetoSlasher", [vault, registry, false, duration, delay]);
    await expect(deploy(EPOCH, 3n))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherVetoTooLong")
      .withArgs(EPOCH, EPOCH);
    await expect(deploy(EPOCH - 1n, 2n))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherDelayTooShort")
      .withArgs(2n);
  });

  it("requests for captures that leave time for the veto, with what is slashable", async () => {
    const { slasher, by, part, op, ada, since } = await networkHelpers.loadFixture(veto);
    await expect(slasher.connect(ada).requestSlash(part, op, 1n, since)).to.be.revertedWithCustomError(
      slasher,
      "EpochSlasherOnlyMiddleware",
    );
    await networkHelpers.time.setNextBlockTimestamp(since + EPOCH - VETO);
    await by.requestSlash(part, op, 1_000n, since);
    expect((await slasher.requestOf(0)).amount).to.equal(100n);
    await expect(by.requestSlash(part, op, 1n, since)).to.be.revertedWithCustomError(
      slasher,
      "EpochSlasherInvalidCapture",
    );
    expect(await slasher.requestCount()).to.equal(1n);
  });

  it("executes at once where nobody resolves", async () => {
    const { slasher, by, part, op, since } = await networkHelpers.loadFixture(veto);
    await by.requestSlash(part, op, 30n, since);
    await expect(by.executeSlash(0)).to.emit(slasher, "SlashExecuted").withArgs(0n, 30n);
    await expect(by.executeSlash(0)).to.be.revertedWithCustomError(slasher, "EpochVetoSlasherCompleted").withArgs(0n);
    await expect(slasher.connect(op).vetoSlash(0)).to.be.revertedWithCustomError(slasher, "EpochVetoSlasherNoResolver");
  });

  it("executes from the deadline through the last second of the epoch after the capture", async () => {
    const { slasher, by, ada, capture, vetoDeadline } = await networkHelpers.loadFixture(requested);
    await expect(by.executeSlash(1))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherUnknownRequest")
      .withArgs(1n);
    await expect(slasher.connect(ada).executeSlash(0)).to.be.revertedWithCustomError(
      slasher,
      "EpochSlasherOnlyMiddleware",
    );
    await networkHelpers.time.setNextBlockTimestamp(vetoDeadline - 1n);
    await expect(by.executeSlash(0)).to.be.revertedWithCustomError(slasher, "EpochVetoSlasherVetoPeriodNotEnded");
    const snapshot = await networkHelpers.takeSnapshot();
    await networkHelpers.time.setNextBlockTimestamp(vetoDeadline);
    await by.executeSlash(0);
    await snapshot.restore();
    await networkHelpers.time.setNextBlockTimestamp(capture + EPOCH);
    await by.executeSlash(0);
    await snapshot.restore();
    await networkHelpers.time.setNextBlockTimestamp(capture + EPOCH + 1n);
    await expect(by.executeSlash(0))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherSlashPeriodEnded")
      .withArgs(0n, capture + EPOCH);
  });

  it("is refused by the resolver of the capture alone, before the deadline, once", async () => {
    const { slasher, ada, bob, vetoDeadline } = await networkHelpers.loadFixture(requested);
    await expect(slasher.connect(bob).vetoSlash(7)).to.be.revertedWithCustomError(
      slasher,
      "EpochVetoSlasherUnknownRequest",
    );
    await expect(slasher.connect(ada).vetoSlash(0))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherNotResolver")
      .withArgs(ada.address, bob.address);
    const snapshot = await networkHelpers.takeSnapshot();
    await networkHelpers.time.setNextBlockTimestamp(vetoDeadline);
    await expect(slasher.connect(bob).vetoSlash(0))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherVetoPeriodEnded")
      .withArgs(0n, vetoDeadline);
    await snapshot.restore();
    await networkHelpers.time.setNextBlockTimestamp(vetoDeadline - 1n);
    await expect(slasher.connect(bob).vetoSlash(0)).to.emit(slasher, "SlashVetoed").withArgs(0n, bob.address);
    await expect(slasher.connect(bob).vetoSlash(0)).to.revert(ethers);
  });

  it("changes resolvers after three epochs; a pending change is replaced, or cancelled by the present one", async () => {
    const { slasher, network, bob, ada, part, vault } = await networkHelpers.loadFixture(veto);
    const own = slasher.connect(network);
    await expect(own.setResolver(0, NOBODY))
      .to.be.revertedWithCustomError(slasher, "EpochVetoSlasherUnchanged")
      .withArgs(NOBODY);
    await own.setResolver(0, bob);
    await expect(own.setResolver(0, bob)).to.be.revertedWithCustomError(slasher, "EpochVetoSlasherUnchanged");
    await own.setResolver(0, ada);
    const start = await vault.currentEpochStart();
    expect(await slasher.resolverAt(part, start + 3n * EPOCH - 1n)).to.equal(bob.address);
    expect(await slasher.resolverAt(part, start + 3n * EPOCH)).to.equal(ada.address);
    await own.setResolver(0, bob);
    expect(await slasher.resolverAt(part, start + 3n * EPOCH)).to.equal(bob.address);
    await own.setResolver(0, ada);
    await networkHelpers.time.increaseTo(start + 2n * EPOCH);
    await own.setResolver(0, NOBODY);
    expect(await slasher.resolverAt(part, start + 4n * EPOCH)).to.equal(bob.address);
    expect(await slasher.resolverAt(part, start + 5n * EPOCH)).to.equal(NOBODY);
    await networkHelpers.time.increaseTo(start + 5n * EPOCH);
    await expect(own.setResolver(0, NOBODY)).to.be.revertedWithCustomError(slasher, "EpochVetoSlasherUnchanged");
    await own.setResolver(0, ada);
    expect(await slasher.resolverAt(part, start + 4n * EPOCH)).to.equal(bob.address);
    expect(await slasher.resolverAt(part, start + 8n * EPOCH)).to.equal(ada.address);
  });
});

describe("delegators of an epoch vault", () => {
  it("take a limit back with the network's own, and restore nothing", async () => {
    const { delegator, network, part, owner, ada, op } = await networkHelpers.loadFixture(instant);
    const own = delegator.connect(network);
    await own.setMaxNetworkLimit(0, 60n);
    expect(await delegator.networkLimit(part)).to.equal(60n);
    await expect(delegator.setNetworkLimit(part, 61n))
      .to.be.revertedWithCustomError(delegator, "EpochDelegatorAboveMaximum")
      .withArgs(61n, 60n);
    await expect(delegator.setNetworkLimit(part, 60n))
      .to.be.revertedWithCustomError(delegator, "EpochDelegatorUnchanged")
      .withArgs(60n);
    await own.setMaxNetworkLimit(0, UNLIMITED);
    await expect(own.setMaxNetworkLimit(0, UNLIMITED)).to.be.revertedWithCustomError(
      delegator,
      "EpochDelegatorUnchanged",
    );
    expect(await delegator.networkLimit(part)).to.equal(60n);
    expect(await delegator.maxNetworkLimit(part)).to.equal(UNLIMITED);
    expect(await delegator.stake(part, op)).to.equal(60n);
    await expect(delegator.connect(ada).setNetworkLimit(part, 1n))
      .to.be.revertedWithCustomError(delegator, "EpochDelegatorOnlyCurator")
      .withArgs(ada.address);
    await expect(delegator.connect(owner).onSlash(part, op, 1n, 0n)).to.be.revertedWithCustomError(
      delegator,
      "EpochDelegatorOnlySlasher",
    );
  });

  it("stand for nobody who is not opted in to both, second by second", async () => {
    const { delegator, registry, network, part, op } = await networkHelpers.loadFixture(instant);
    const own = registry.connect(op);
    await expect(own.optIn(network)).to.be.revertedWithCustomError(registry, "EpochRegistryNothingChanges");
    await own.optOut(network);
    const out = BigInt(await networkHelpers.time.latest());
    expect(await delegator.stakeAt(part, op, out)).to.equal(0n);
    expect(await delegator.stakeAt(part, op, out - 1n)).to.equal(100n);
    await expect(own.optOut(network)).to.be.revertedWithCustomError(registry, "EpochRegistryNothingChanges");
    await ethers.provider.send("evm_setAutomine", [false]);
    await own.optIn(network, { gasLimit: 500_000n });
    const second = await own.optOut(network, { gasLimit: 500_000n });
    await networkHelpers.mine();
    await ethers.provider.send("evm_setAutomine", [true]);
    expect((await ethers.provider.getTransactionReceipt(second.hash))?.status).to.equal(0);
    expect(await delegator.stake(part, op)).to.equal(100n);
  });

  it("serve one operator, or one operator in one network", async () => {
    const { vault, registry, owner, network, part, op, other, ada } = await networkHelpers.loadFixture(base);
    const one = await ethers.deployContract("OperatorSpecific", [vault, registry, owner, op]);
    await one.connect(network).setMaxNetworkLimit(0, 80n);
    await one.setNetworkLimit(part, 70n);
    expect([await one.stake(part, op), await one.stake(part, other)]).to.deep.equal([70n, 0n]);
    const both = await ethers.deployContract("OperatorNetworkSpecific", [vault, registry, owner, op, network]);
    await both.connect(network).setMaxNetworkLimit(0, 80n);
    await expect(both.connect(ada).setMaxNetworkLimit(0, 1n))
      .to.be.revertedWithCustomError(both, "EpochDelegatorWrongNetwork")
      .withArgs(ada.address, network.address);
    await registry.connect(op).optIn(ada);
    const stakes = [
      await both.stake(part, op),
      await both.stake(part, other),
      await both.stake(partOf(ada.address), op),
    ];
    expect(stakes).to.deep.equal([80n, 0n, 0n]);
  });

  it("share a pool: a slash of one lowers the others, unless a hook takes it off the one's shares", async () => {
    const { vault, registry, owner, network, part, op, other, middleware } = await networkHelpers.loadFixture(base);
    const pool = await ethers.deployContract("NetworkRestake", [vault, registry, owner]);
    const slasher = await ethers.deployContract("EpochSlasher", [vault, registry, false]);
    await vault.wire(pool, slasher);
    await pool.connect(network).setMaxNetworkLimit(0, UNLIMITED);
    await pool.setNetworkLimit(part, 100n);
    expect(await pool.stake(part, op)).to.equal(0n);
    for (const operator of [op, other]) await pool.setOperatorShares(part, operator, 1_000n);
    const capture = await networkHelpers.time.latest();
    const snapshot = await networkHelpers.takeSnapshot();
    await slasher.connect(middleware).slash(part, op, 25n, capture);
    expect([await pool.stake(part, op), await pool.stake(part, other)]).to.deep.equal([37n, 37n]);

    await snapshot.restore();
    await pool.setHook(await ethers.deployContract("RedistributeHook"));
    await slasher.connect(middleware).slash(part, op, 25n, capture);
    expect([await pool.stake(part, op), await pool.stake(part, other)]).to.deep.equal([25n, 50n]);

    await snapshot.restore();
    await pool.setHook(await ethers.deployContract("DecreaseHook"));
    await slasher.connect(middleware).slash(part, op, 25n, capture);
    expect([await pool.operatorShares(part, op), await pool.networkLimit(part)]).to.deep.equal([500n, 75n]);
    await pool.setOperatorShares(part, op, 0n);
    await pool.setNetworkLimit(part, 0n);
    await slasher.connect(middleware).slash(part, op, 25n, capture);
    expect(await pool.networkLimit(part)).to.equal(0n);
  });
});
