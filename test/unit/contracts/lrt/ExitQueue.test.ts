import { expect } from "chai";
import { network } from "hardhat";

import { deployVault, FREEZE, MODE } from "../../../helpers/restaking-vault.ts";
import { WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const atClaim = async () => await deployVault(connection, { freezePoint: FREEZE.claim });
const atUnlock = async () => await deployVault(connection, { freezePoint: FREEZE.unlock });
const delayedUnlock = async () => await deployVault(connection, { freezePoint: FREEZE.unlock, delay: 20n });
const inBatches = async () => await deployVault(connection, { freezePoint: FREEZE.batch, batchSize: 2n });
const atFinalisation = async () => await deployVault(connection, { freezePoint: FREEZE.finalisation });
const pushedUnlock = async () => await deployVault(connection, { freezePoint: FREEZE.unlock, mode: MODE.pushed });
const withMinimum = async () => await deployVault(connection, { minShares: 10n });

describe("ExitQueue", () => {
  describe("with freeze point Claim", () => {
    it("sets the buffer aside, books the rest as a deficit and fills that first", async () => {
      const { vault, queue, delegators, owner, alice, bob, put, ask } = await networkHelpers.loadFixture(atClaim);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(70n);
      await ask(alice, 20n);
      expect(await queue.reserved()).to.equal(20n);
      expect((await queue.getRequest(1n)).fillAt).to.equal(0n);
      await ask(alice, 50n);

      expect((await queue.getRequest(2n)).fillAt).to.equal(50n);
      expect(await queue.toFill()).to.equal(50n);
      expect(await queue.filled()).to.equal(10n);
      expect(await queue.deficit()).to.equal(40n);
      expect(await vault.available()).to.equal(0n);
      expect(await queue.isClaimable(1n)).to.equal(true);
      expect(await queue.isClaimable(2n)).to.equal(false);

      await expect(put(bob, 39n)).to.emit(queue, "DeficitFilled").withArgs(39n, 49n);
      expect(await queue.isClaimable(2n)).to.equal(false);
      await put(bob, 6n);
      expect(await queue.isClaimable(2n)).to.equal(true);
      expect(await vault.available()).to.equal(5n);
    });

    it("does not let the buffer that is set aside be restaked or leave at once", async () => {
      const { vault, delegators, owner, alice, put, ask } = await networkHelpers.loadFixture(atClaim);
      await put(alice, 100n);
      await ask(alice, 60n);

      await expect(delegators.connect(owner).allocate(41n)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultBufferExceeded",
      );
      await expect(vault.connect(alice).redeemInstant(40n, alice, alice, 0n)).not.to.be.revert(ethers);
      expect(await vault.spendable()).to.equal(0n);
    });

    it("bears a slash until the claim, and gives back what was set aside too much", async () => {
      const { vault, queue, delegators, owner, op1, op2, alice, put, ask, take, hit } =
        await networkHelpers.loadFixture(atClaim);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(80n);
      await ask(alice, 10n);
      for (const operator of [op1, op2]) await hit(operator, WAD / 2n);

      expect(await vault.totalAssets()).to.equal(60n);
      expect(await vault.maxWithdraw(alice)).to.equal(6n);
      await take(alice, 10n);
      expect(await queue.reserved()).to.equal(0n);
      expect(await vault.buffer()).to.equal(14n);
    });

    it("processes nothing", async () => {
      const { queue } = await networkHelpers.loadFixture(atClaim);
      await expect(queue.process(1n)).to.be.revertedWithCustomError(queue, "ExitQueueNothingToProcess");
    });
  });

  describe("with freeze point Unlock", () => {
    it("fixes the lesser of quote and worth, so that a later slash misses it", async () => {
      const { vault, queue, delegators, owner, op1, op2, alice, put, ask, take, hit } =
        await networkHelpers.loadFixture(atUnlock);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(80n);
      await ask(alice, 10n);
      for (const operator of [op1, op2]) await hit(operator, WAD / 4n);
      await expect(queue.process(5n)).to.emit(queue, "RedemptionFrozen").withArgs(1n, 10n, 8n);
      for (const operator of [op1, op2]) await hit(operator, WAD / 2n);

      expect(await queue.locked()).to.equal(8n);
      expect(await vault.maxWithdraw(alice)).to.equal(8n);
      await take(alice, 10n);
      expect(await queue.locked()).to.equal(0n);
    });

    it("stops at the first request that the buffer cannot pay, even if a later one would fit", async () => {
      const { queue, delegators, owner, alice, bob, put, ask } = await networkHelpers.loadFixture(atUnlock);
      await put(alice, 100n);
      await put(bob, 10n);
      await delegators.connect(owner).allocate(98n);
      await ask(alice, 10n);
      await ask(alice, 10n);
      await ask(bob, 2n);
      await queue.process(10n);

      expect(await queue.lastFrozenId()).to.equal(1n);
      expect(await queue.isClaimable(3n)).to.equal(false);
      expect(await queue.deficit()).to.equal(10n);
    });

    it("waits for the delay, inclusive", async () => {
      const { queue, alice, put, ask, block, before } = await networkHelpers.loadFixture(delayedUnlock);
      await put(alice, 100n);
      await ask(alice, 10n);
      const requestedAt = await block();
      await before(requestedAt + 19n);
      await queue.process(1n);
      expect(await queue.lastFrozenId()).to.equal(0n);
      await queue.process(1n);
      expect(await queue.lastFrozenId()).to.equal(1n);
    });

    it("leaves the rise of the rate to those who stay", async () => {
      const { vault, queue, owner, alice, bob, put, ask } = await networkHelpers.loadFixture(atUnlock);
      await put(alice, 100n);
      await put(bob, 100n);
      await ask(alice, 100n);
      await vault.connect(owner).reward(100n);
      await queue.process(1n);

      expect(await vault.maxWithdraw(alice)).to.equal(100n);
      expect(await vault.totalAssets()).to.equal(200n);
      expect(await vault.rate()).to.be.closeTo(2n * WAD, WAD / 100n);
    });

    it("pays a request whose shares became worthless with nothing", async () => {
      const { vault, queue, delegators, owner, op1, op2, alice, put, ask, take, hit } =
        await networkHelpers.loadFixture(atUnlock);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(100n);
      await ask(alice, 10n);
      for (const operator of [op1, op2]) await hit(operator, WAD);
      await queue.process(1n);

      await expect(take(alice, 10n)).to.emit(vault, "Withdraw").withArgs(alice, alice, alice, 0n, 10n);
      expect(await queue.requestsOf(alice)).to.deep.equal([]);
    });

    it("settles at the pushed rate, not at the live one", async () => {
      const { queue, delegators, oracle, owner, op1, op2, alice, put, ask, hit } =
        await networkHelpers.loadFixture(pushedUnlock);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(80n);
      await ask(alice, 10n);
      await ask(alice, 10n);
      for (const operator of [op1, op2]) await hit(operator, WAD / 2n);
      await queue.process(1n);
      expect((await queue.getRequest(1n)).claimable).to.equal(10n);
      await oracle.connect(owner).push();
      await queue.process(1n);
      expect((await queue.getRequest(2n)).claimable).to.equal(5n);
    });
  });

  describe("with freeze point Batch", () => {
    it("finalises full batches only, and returns what their requests do not get", async () => {
      const { vault, queue, owner, alice, put, ask, take } = await networkHelpers.loadFixture(inBatches);
      await put(alice, 100n * WAD);
      await ask(alice, 10n * WAD);
      await vault.connect(owner).reward(10n * WAD);
      expect(await queue.process.staticCall(1n)).to.equal(0n);
      await ask(alice, 10n * WAD);
      await expect(queue.process(1n)).to.emit(queue, "BatchFinalised");

      const [first, second] = [await queue.getRequest(1n), await queue.getRequest(2n)];
      expect(first.claimable).to.equal(10n * WAD);
      expect(second.claimable).to.equal(second.quote);
      const surplus = await queue.surplus();
      const before = await vault.totalAssets();
      await queue.returnSurplus();
      expect(await queue.surplus()).to.equal(0n);
      expect(await vault.totalAssets()).to.equal(before);
      await take(alice, 20n * WAD);
      expect(surplus).to.equal(0n);
    });

    it("refuses batches of no request", async () => {
      const { vault, queue } = await networkHelpers.loadFixture(atClaim);
      await expect(
        ethers.deployContract("ExitQueue", [
          vault,
          { freezePoint: FREEZE.batch, delay: 0n, batchSize: 0n, minShares: 0n },
          0n,
        ]),
      ).to.be.revertedWithCustomError(queue, "ExitQueueEmptyBatch");
    });
  });

  describe("with freeze point Finalisation", () => {
    it("is finalised by the curator alone, at a rate rounded up", async () => {
      const { queue, owner, alice, put, ask } = await networkHelpers.loadFixture(atFinalisation);
      await put(alice, 100n);
      await ask(alice, 10n);
      await expect(queue.connect(alice).process(1n))
        .to.be.revertedWithCustomError(queue, "ExitQueueOnlyCurator")
        .withArgs(alice, owner);
      await queue.connect(owner).process(1n);
      expect((await queue.getRequest(1n)).claimable).to.equal(10n);
    });
  });

  it("pays one request out of turn, and skips it from then on", async () => {
    const { vault, queue, alice, bob, put, ask, take } = await networkHelpers.loadFixture(atUnlock);
    await put(alice, 100n);
    for (const shares of [10n, 20n, 30n]) await ask(alice, shares);
    await queue.process(2n);
    await expect(vault.connect(bob).claim(2n, bob)).to.be.revertedWithCustomError(vault, "RestakingVaultNotOperator");
    await expect(vault.connect(alice).claim(3n, alice))
      .to.be.revertedWithCustomError(queue, "ExitQueueNotClaimable")
      .withArgs(3n);
    await expect(vault.connect(alice).claim(2n, alice))
      .to.emit(vault, "Withdraw")
      .withArgs(alice, alice, alice, 20n, 20n);

    expect(await queue.requestsOf(alice)).to.deep.equal([1n, 3n]);
    expect(await queue.claimableOf(alice)).to.deep.equal([10n, 10n]);
    await take(alice, 10n);
    await queue.process(1n);
    await take(alice, 30n);
    expect(await queue.requestsOf(alice)).to.deep.equal([]);
    await expect(vault.connect(alice).claim(2n, alice)).to.be.revertedWithCustomError(queue, "ExitQueueNotClaimable");
  });

  it("refuses requests below its minimum and unknown ids", async () => {
    const { queue, alice, put, ask } = await networkHelpers.loadFixture(withMinimum);
    await put(alice, 100n);
    await expect(ask(alice, 9n)).to.be.revertedWithCustomError(queue, "ExitQueueBelowMinimum").withArgs(9n, 10n);
    for (const id of [0n, 1n]) {
      await expect(queue.getRequest(id)).to.be.revertedWithCustomError(queue, "ExitQueueUnknownRequest");
    }
  });

  it("charges the shares of a part rounded up, and keeps what rounding leaves for the vault", async () => {
    const { vault, queue, owner, alice, put, ask } = await networkHelpers.loadFixture(atUnlock);
    await put(alice, 3n);
    await vault.connect(owner).reward(7n);
    await ask(alice, 3n);
    await queue.process(1n);
    const worth = await vault.maxWithdraw(alice);
    await vault.connect(alice).withdraw(1n, alice, alice);
    expect(await vault.maxRedeem(alice)).to.equal(2n);
    await vault.connect(alice).withdraw(worth - 2n, alice, alice);

    expect(await vault.maxRedeem(alice)).to.equal(0n);
    expect(await queue.surplus()).to.equal(1n);
    expect(await queue.locked()).to.equal(0n);
    await expect(vault.connect(alice).withdraw(1n, alice, alice))
      .to.be.revertedWithCustomError(queue, "ExitQueueInsufficientAssets")
      .withArgs(alice, 1n, 0n);
  });
});
