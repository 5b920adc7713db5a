import { expect } from "chai";
import { network } from "hardhat";

import { FREEZE, deployVault, MODE } from "../../../helpers/restaking-vault.ts";
import { deployRestaking, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const fixture = async () => await deployVault(connection);
const delayed = async () => await deployVault(connection, { delay: 10n });
const blind = async () => await deployVault(connection, { mode: MODE.pushed, isBlindToUnbacked: true });
const unlocking = async () => await deployVault(connection, { freezePoint: FREEZE.unlock });

describe("RestakingVault", () => {
  describe("deposits", () => {
    it("mints one share per asset while it is empty, and the floor of the ratio afterwards", async () => {
      const { vault, owner, alice, bob, put } = await networkHelpers.loadFixture(fixture);
      await expect(put(alice, 100n)).to.emit(vault, "Deposit").withArgs(alice, alice, 100n, 100n);
      await vault.connect(owner).reward(50n);

      expect(await vault.previewDeposit(10n)).to.equal((10n * 100n) / 150n);
      await put(bob, 10n);
      expect(await vault.balanceOf(bob)).to.equal(6n);
      expect(await vault.totalAssets()).to.equal(160n);
    });

    it("makes shares of nobody of what was there before the first deposit", async () => {
      const { vault, owner, alice, put } = await networkHelpers.loadFixture(fixture);
      await vault.connect(owner).reward(50n);
      await put(alice, 10n);

      expect(await vault.balanceOf(alice)).to.equal(10n);
      expect(await vault.balanceOf(await vault.NOBODY())).to.equal(50n);
      expect(await vault.convertToAssets(10n)).to.equal(10n);
    });

    it("takes the ceiling of the price for a number of shares", async () => {
      const { vault, owner, alice, bob, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await vault.connect(owner).reward(50n);

      expect(await vault.previewMint(7n)).to.equal(11n);
      await expect(vault.connect(bob).mint(7n, bob)).to.emit(vault, "Deposit").withArgs(bob, bob, 11n, 7n);
    });

    it("does not count assets that were sent without a call", async () => {
      const { vault, token, alice, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await token.connect(alice).transfer(vault, 50n);

      expect(await vault.totalAssets()).to.equal(100n);
      expect(await vault.rate()).to.equal(WAD);
    });

    it("tells its limits also where the room left buys more shares than a number can tell", async () => {
      const { vault, delegators, owner, op1, alice, put, hit } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(100n);
      await hit(op1, WAD);
      expect(await vault.rate()).to.be.lessThan(WAD);
      await vault.connect(owner).setDepositLimit(ethers.MaxUint256 - 1n);

      expect(await vault.maxDeposit(alice)).to.equal(ethers.MaxUint256 - 1n - (await vault.totalAssets()));
      expect(await vault.maxMint(alice)).to.equal(ethers.MaxUint256);
    });

    it("reverts when a deposit is worth no share", async () => {
      const { vault, owner, alice, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 1n);
      await vault.connect(owner).reward(2n);

      await expect(put(alice, 1n)).to.be.revertedWithCustomError(vault, "RestakingVaultZeroAmount").withArgs(1n, 0n);
      await expect(vault.connect(alice).mint(0n, alice))
        .to.be.revertedWithCustomError(vault, "RestakingVaultZeroAmount")
        .withArgs(0n, 0n);
    });

    it("reverts above the deposit limit, and says so in maxDeposit", async () => {
      const { vault, owner, alice, put } = await networkHelpers.loadFixture(fixture);
      await vault.connect(owner).setDepositLimit(150n);
      await put(alice, 100n);

      expect(await vault.maxDeposit(alice)).to.equal(50n);
      expect(await vault.maxMint(alice)).to.equal(50n);
      await expect(put(alice, 51n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultDepositLimit")
        .withArgs(51n, 50n);
    });

    it("closes once all shares are worthless", async () => {
      const { vault, delegators, owner, op1, op2, alice, put, hit } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await delegators.connect(owner).allocate(100n);
      for (const operator of [op1, op2]) await hit(operator, WAD);

      expect(await vault.totalAssets()).to.equal(0n);
      expect(await vault.maxDeposit(alice)).to.equal(0n);
      await expect(put(alice, 10n)).to.be.revertedWithCustomError(vault, "RestakingVaultZeroAmount");
      await expect(vault.connect(alice).mint(10n, alice))
        .to.be.revertedWithCustomError(vault, "RestakingVaultWorthless")
        .withArgs(100n);
    });
  });

  describe("redemptions", () => {
    it("numbers requests and shows them as pending, then as claimable", async () => {
      const world = await networkHelpers.loadFixture(delayed);
      const { vault, alice, put, ask, block, before } = world;
      await put(alice, 100n);
      await expect(ask(alice, 40n)).to.emit(vault, "RedeemRequest").withArgs(alice, alice, 1n, alice, 40n);
      const requestedAt = await block();
      await ask(alice, 10n);

      expect(await vault.pendingRedeemRequest(1n, alice)).to.equal(40n);
      expect(await vault.pendingRedeemRequest(0n, alice)).to.equal(50n);
      expect(await vault.claimableRedeemRequest(1n, alice)).to.equal(0n);
      await expect(world.take(alice, 40n))
        .to.be.revertedWithCustomError(world.queue, "ExitQueueInsufficientShares")
        .withArgs(alice, 40n, 0n);

      await before(requestedAt + 11n);
      expect(await vault.claimableRedeemRequest(1n, alice)).to.equal(40n);
      expect(await vault.pendingRedeemRequest(0n, alice)).to.equal(10n);
      expect(await vault.maxRedeem(alice)).to.equal(40n);
      expect(await vault.maxWithdraw(alice)).to.equal(40n);
      await expect(world.take(alice, 40n)).to.emit(vault, "Withdraw").withArgs(alice, alice, alice, 40n, 40n);
    });

    it("claims the oldest requests first, and parts of them", async () => {
      const { vault, queue, token, alice, put, ask } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await ask(alice, 40n);
      await ask(alice, 30n);
      await vault.connect(alice).redeem(50n, alice, alice);

      expect(await queue.requestsOf(alice)).to.deep.equal([2n]);
      expect(await vault.claimableRedeemRequest(2n, alice)).to.equal(20n);
      await vault.connect(alice).withdraw(20n, alice, alice);
      expect(await queue.requestsOf(alice)).to.deep.equal([]);
      expect(await token.balanceOf(alice)).to.equal(1000n * WAD - 30n);
      expect(await vault.totalSupply()).to.equal(30n);
    });

    it("takes shares by operator or by allowance, and by nobody else", async () => {
      const { vault, alice, bob, carol, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await expect(vault.connect(bob).requestRedeem(10n, bob, alice))
        .to.be.revertedWithCustomError(vault, "ERC20InsufficientAllowance")
        .withArgs(bob, 0n, 10n);
      await vault.connect(alice).approve(bob, 10n);
      await vault.connect(bob).requestRedeem(10n, bob, alice);
      expect(await vault.allowance(alice, bob)).to.equal(0n);

      await vault.connect(alice).setOperator(carol, true);
      await vault.connect(carol).requestRedeem(10n, alice, alice);
      await vault.connect(carol).redeem(10n, carol, alice);
      await expect(vault.connect(carol).redeem(10n, carol, bob))
        .to.be.revertedWithCustomError(vault, "RestakingVaultNotOperator")
        .withArgs(carol, bob);
      await expect(vault.connect(alice).setOperator(carol, false))
        .to.emit(vault, "OperatorSet")
        .withArgs(alice, carol, false);
    });

    it("takes requests in assets, for the shares that they are worth rounded down", async () => {
      const { vault, queue, owner, alice, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await vault.connect(owner).reward(10n);
      expect(await vault.connect(alice).requestWithdraw.staticCall(12n, alice, alice)).to.deep.equal([1n, 10n]);
      await vault.connect(alice).requestWithdraw(12n, alice, alice);

      const request = await queue.getRequest(1n);
      expect([request.shares, request.quote]).to.deep.equal([10n, 12n]);
      expect(await vault.maxWithdraw(alice)).to.equal((10n * 111n) / 101n);
      await expect(vault.connect(alice).requestWithdraw(1n, alice, alice))
        .to.be.revertedWithCustomError(vault, "RestakingVaultZeroAmount")
        .withArgs(1n, 0n);
    });

    it("reverts on synchronous previews and on requests that are worth nothing", async () => {
      const { vault, alice, put, ask } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);

      await expect(vault.previewRedeem(1n)).to.be.revertedWithCustomError(vault, "RestakingVaultAsynchronous");
      await expect(vault.previewWithdraw(1n)).to.be.revertedWithCustomError(vault, "RestakingVaultAsynchronous");
      await expect(ask(alice, 0n)).to.be.revertedWithCustomError(vault, "RestakingVaultZeroAmount");
      await expect(vault.connect(alice).requestRedeem(1n, ethers.ZeroAddress, alice)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultZeroAddress",
      );
      await expect(vault.connect(alice).redeem(0n, alice, alice)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultZeroAmount",
      );
    });

    it("names the standards it follows", async () => {
      const { vault, token } = await networkHelpers.loadFixture(fixture);
      for (const id of ["0x01ffc9a7", "0xe3bc4e65", "0x620ee8e4", "0x2f0a18c5", "0xf815c03d"]) {
        expect(await vault.supportsInterface(id)).to.equal(true);
      }
      expect(await vault.supportsInterface("0xffffffff")).to.equal(false);
      expect(await vault.share()).to.equal(await vault.getAddress());
      expect(await vault.vault(token)).to.equal(await vault.getAddress());
      expect(await vault.vault(vault)).to.equal(ethers.ZeroAddress);
      const updates = await vault.queryFilter(vault.filters.VaultUpdate());
      expect(updates.map(({ args }) => [...args])).to.deep.equal([
        [await token.getAddress(), await vault.getAddress()],
      ]);
    });
  });

  describe("instant exits", () => {
    async function withCurve() {
      const world = await deployVault(connection);
      const { vault, owner, thief, alice, put } = world;
      await put(alice, 100n * WAD);
      const curve = { capacity: 100n * WAD, floor: 20n * WAD, minBps: 10n, maxBps: 500n, recipient: thief.address };
      await vault.connect(owner).setFeeCurve(curve);
      return world;
    }

    it("pays what is left of the fee, which rises as the buffer drains", async () => {
      const { vault, token, thief, alice } = await networkHelpers.loadFixture(withCurve);
      const worth = 40n * WAD;
      expect(await vault.feeBpsAt(60n * WAD)).to.equal(255n);
      const fee = (worth * 255n) / 10_000n;
      expect(await vault.previewInstant(worth)).to.deep.equal([worth - fee, fee, 255n]);

      await expect(vault.connect(alice).redeemInstant(worth, alice, alice, worth - fee))
        .to.emit(vault, "InstantExit")
        .withArgs(alice, alice, worth, worth - fee, fee);
      expect(await token.balanceOf(thief)).to.equal(fee);
      expect(await vault.rate()).to.equal(WAD);
    });

    it("reverts below the drawdown floor, below the minimum asked for, and while paused", async () => {
      const { vault, owner, alice } = await networkHelpers.loadFixture(withCurve);
      await expect(vault.connect(alice).redeemInstant(80n * WAD + 1n, alice, alice, 0n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultBufferExceeded")
        .withArgs(80n * WAD + 1n, 80n * WAD);
      await expect(vault.connect(alice).redeemInstant(WAD, alice, alice, WAD)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultInsufficientOutput",
      );
      await vault.connect(owner).pause(1n << 3n);
      await expect(vault.connect(alice).redeemInstant(WAD, alice, alice, 0n))
        .to.be.revertedWithCustomError(vault, "PausableFlagsPaused")
        .withArgs(3n);
    });

    it("refuses a curve that falls, is empty or takes more than everything", async () => {
      const { vault, owner, thief } = await networkHelpers.loadFixture(fixture);
      const good = { capacity: 10n, floor: 2n, minBps: 1n, maxBps: 2n, recipient: thief.address };
      for (const bad of [{ capacity: 2n }, { minBps: 3n }, { maxBps: 10_001n }]) {
        await expect(vault.connect(owner).setFeeCurve({ ...good, ...bad })).to.be.revertedWithCustomError(
          vault,
          "RestakingVaultBadFeeCurve",
        );
      }
    });
  });

  describe("roles", () => {
    it("lets the minter mint unbacked shares within its cap, and anyone give them back", async () => {
      const { vault, owner, thief, alice, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n * WAD);
      await vault.connect(owner).setMinter(thief, 25n * WAD);
      await expect(vault.connect(thief).mintUnbacked(thief, 25n * WAD))
        .to.emit(vault, "UnbackedMinted")
        .withArgs(thief, thief, 25n * WAD, 25n * WAD);

      expect(await vault.rate()).to.equal((8n * WAD) / 10n);
      await expect(vault.connect(thief).mintUnbacked(thief, 1n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultCapExceeded")
        .withArgs(1n, 0n);
      await vault.connect(thief).burnUnbacked(25n * WAD);
      expect(await vault.rate()).to.equal(WAD);
      await expect(vault.connect(alice).burnUnbacked(1n)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultCapExceeded",
      );
    });

    it("shows no loss to an oracle that is blind to unbacked shares", async () => {
      const world = await networkHelpers.loadFixture(blind);
      const { vault, oracle, owner, thief, alice, put } = world;
      await put(alice, 100n * WAD);
      await vault.connect(owner).setMinter(thief, ethers.MaxUint256);
      await vault.connect(thief).mintUnbacked(thief, 1000n * WAD);
      await oracle.connect(owner).push();

      expect(await vault.rate()).to.equal(WAD);
      expect(await vault.minterCap()).to.equal(ethers.MaxUint256);
    });

    it("keeps every role to its holder", async () => {
      const { vault, oracle, queue, delegators, owner, alice, op1 } = await networkHelpers.loadFixture(fixture);
      const outsider = vault.connect(alice);
      for (const call of [
        () => outsider.mintUnbacked(alice, 1n),
        () => outsider.mintFee(alice, 1n),
        () => outsider.settle(1n, 1n),
        () => outsider.release(alice, 1n),
        () => outsider.collect(1n),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(vault, "RestakingVaultUnauthorized");
      }
      await expect(queue.connect(alice).enqueue(alice, 1n, 1n, false)).to.be.revertedWithCustomError(
        queue,
        "ExitQueueOnlyVault",
      );
      await expect(delegators.connect(alice).allocate(1n))
        .to.be.revertedWithCustomError(delegators, "VaultDelegatorsUnauthorized")
        .withArgs(alice, owner);
      await expect(delegators.connect(alice).rebalance()).to.be.revertedWithCustomError(
        delegators,
        "VaultDelegatorsUnauthorized",
      );
      await expect(outsider.setCurator(alice)).to.be.revertedWithCustomError(vault, "OwnableUnauthorizedAccount");
      await vault.connect(owner).setCurator(alice);
      await delegators.connect(alice).setWeight(op1, 3n);
      await expect(vault.connect(owner).wire(oracle, queue, delegators)).to.be.revertedWithCustomError(
        vault,
        "RestakingVaultAlreadyWired",
      );
    });

    it("pays no part more than there is, and takes in no more than came", async () => {
      const { vault, queue, delegators, token, owner, alice, put } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n * WAD);
      const part = async (contract: { getAddress(): Promise<string> }) => {
        const address = await contract.getAddress();
        await networkHelpers.setBalance(address, WAD);
        await networkHelpers.impersonateAccount(address);
        return vault.connect(await ethers.getSigner(address));
      };
      const [asQueue, asDelegators] = [await part(queue), await part(delegators)];

      await expect(asQueue.settle(0n, 100n * WAD + 1n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultBufferExceeded")
        .withArgs(100n * WAD + 1n, 100n * WAD);
      await expect(asDelegators.release(alice, 100n * WAD + 1n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultBufferExceeded")
        .withArgs(100n * WAD + 1n, 100n * WAD);
      await token.connect(owner).transfer(vault, 5n);
      await expect(asDelegators.collect(6n))
        .to.be.revertedWithCustomError(vault, "RestakingVaultMissingAssets")
        .withArgs(100n * WAD + 6n, 100n * WAD + 5n);
      await asQueue.collect(5n);
      expect(await vault.totalAssets()).to.equal(100n * WAD + 5n);
      await expect(asDelegators.collect(1n)).to.be.revertedWithCustomError(vault, "RestakingVaultMissingAssets");
    });

    it("pauses deposits, requests and claims one by one", async () => {
      const { vault, owner, alice, put, ask, take } = await networkHelpers.loadFixture(fixture);
      await put(alice, 100n);
      await ask(alice, 10n);
      await vault.connect(owner).pause(0b111n);

      expect(await vault.maxDeposit(alice)).to.equal(0n);
      expect(await vault.maxRedeem(alice)).to.equal(0n);
      expect(await vault.maxWithdraw(alice)).to.equal(0n);
      for (const call of [put, ask, take]) {
        await expect(call(alice, 1n)).to.be.revertedWithCustomError(vault, "PausableFlagsPaused");
      }
    });
  });

  describe("before it is wired", () => {
    const unwired = async () => {
      const world = await deployRestaking({ network: connection });
      const vault = await ethers.deployContract("RestakingVault", [world.owner, world.token, "Bare", "BARE"]);
      await world.token.connect(world.alice).approve(vault, ethers.MaxUint256);
      return { ...world, vault };
    };

    it("answers every view: nothing is in it, nothing may be done, and a share costs one asset", async () => {
      const { vault, alice } = await networkHelpers.loadFixture(unwired);
      const nothing = [
        vault.totalAssets(),
        ...[vault.maxDeposit(alice), vault.maxMint(alice), vault.maxWithdraw(alice), vault.maxRedeem(alice)],
        ...[0n, 1n].map((id) => vault.pendingRedeemRequest(id, alice)),
        ...[0n, 1n].map((id) => vault.claimableRedeemRequest(id, alice)),
        ...[vault.available(), vault.spendable()],
      ];
      expect(new Set(await Promise.all(nothing))).to.deep.equal(new Set([0n]));
      expect(await vault.isOpen()).to.equal(false);
      expect(await vault.rate()).to.equal(WAD);
      const conversions = [vault.convertToShares(7n), vault.convertToAssets(7n), vault.sharesForWithdrawal(7n)];
      const previews = [
        vault.previewDeposit(7n),
        vault.previewMint(7n),
        vault.previewInstant(7n).then(([paid]) => paid),
      ];
      expect(new Set(await Promise.all([...conversions, ...previews]))).to.deep.equal(new Set([7n]));
    });

    it("refuses by name whatever needs its parts", async () => {
      const { vault, alice, owner } = await networkHelpers.loadFixture(unwired);
      await vault.connect(owner).setMinter(owner, 10n);
      await vault.connect(owner).mintUnbacked(alice, 10n);
      const bare = vault.connect(alice);

      for (const call of [
        () => bare.deposit(1n, alice),
        () => bare.mint(1n, alice),
        () => bare.requestRedeem(1n, alice, alice),
        () => bare.redeem(1n, alice, alice),
        () => bare.withdraw(1n, alice, alice),
        () => bare.claim(1n, alice),
        () => bare.redeemInstant(1n, alice, alice, 0n),
        () => bare.reward(1n),
        () => bare.checkOpen(),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(vault, "RestakingVaultNotWired");
      }
    });
  });

  it("tells its rate in what the asset's own rate counts in", async () => {
    const { vault, owner, alice, put } = await networkHelpers.loadFixture(fixture);
    const asset = await ethers.deployContract("Token__MockForMarkets", [18]);
    await asset.setRate((WAD * 3n) / 2n);
    await put(alice, 10n * WAD);
    await vault.connect(owner).reward(10n * WAD);
    await expect(vault.connect(owner).setAssetRate(asset)).to.emit(vault, "AssetRateSet");

    expect(await vault.worthOf(2n * WAD)).to.equal(3n * WAD);
    expect(await vault.rate()).to.be.closeTo(3n * WAD, 3n);
  });

  it("keeps an attacker who inflates an almost empty vault from any profit", async () => {
    const world = await networkHelpers.loadFixture(unlocking);
    const { vault, queue, token, alice, bob, put, ask } = world;
    await put(alice, 1n);
    await vault.connect(alice).reward(100n * WAD);
    await put(bob, 199n * WAD);
    await ask(alice, 1n);
    await queue.process(1n);
    await world.take(alice, 1n);

    expect(await token.balanceOf(alice)).to.be.at.most(1000n * WAD);
  });
});
