import { expect } from "chai";
import { network } from "hardhat";

import { deployRestaking, WAD } from "../../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const FAR = 2n ** 40n;

async function fixture() {
  return await deployRestaking({ network: connection });
}

async function signed() {
  const world = await fixture();
  const { alice, bob, manager, strategy } = world;
  const types = {
    Deposit: ["staker", "strategy", "payer"]
      .map((name) => ({ name, type: "address" }))
      .concat(["amount", "nonce", "expiry"].map((name) => ({ name, type: "uint256" })))
      .sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name)),
  };
  const { chainId } = await ethers.provider.getNetwork();
  const domain = {
    name: "Faultline RestakingManager",
    version: "1",
    chainId,
    verifyingContract: await manager.getAddress(),
  };
  const message = {
    staker: alice.address,
    strategy: await strategy.getAddress(),
    amount: WAD,
    payer: bob.address,
    nonce: 0n,
    expiry: FAR,
  };
  return { ...world, signature: await alice.signTypedData(domain, types, message) };
}
const ORDER = ["staker", "strategy", "amount", "payer", "nonce", "expiry"];

describe("RestakingManager", () => {
  describe("deposit", () => {
    it("credits what arrived and lists the strategy", async () => {
      const { alice, deposit, manager, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(deposit(alice, 5n * WAD))
        .to.emit(manager, "Deposited")
        .withArgs(alice, strategy, alice, 5n * WAD, 5n * WAD);
      expect(await manager.depositsOf(alice)).to.deep.equal([[await strategy.getAddress()], [5n * WAD]]);
      expect(await manager.depositSharesOf(alice, strategy)).to.equal(5n * WAD);
    });

    it("reverts for a strategy that takes no deposits", async () => {
      const { alice, deposit, manager, strategy } = await networkHelpers.loadFixture(fixture);
      expect(await manager.whitelistedStrategies()).to.deep.equal([await strategy.getAddress()]);
      await manager.setWhitelisted([strategy], false);
      expect(await manager.isWhitelisted(strategy)).to.equal(false);
      await expect(deposit(alice, 1n))
        .to.be.revertedWithCustomError(manager, "RestakingManagerStrategyNotWhitelisted")
        .withArgs(strategy);
    });

    it("holds each deposit and the whole to their caps, inclusive", async () => {
      const { alice, deposit, manager, strategy } = await networkHelpers.loadFixture(fixture);
      await expect(manager.setCaps(strategy, 10n, 15n))
        .to.emit(manager, "CapsSet")
        .withArgs(strategy, 10n, 15n);
      await expect(deposit(alice, 11n))
        .to.be.revertedWithCustomError(manager, "RestakingManagerPerDepositCapExceeded")
        .withArgs(strategy, 11n, 10n);
      await deposit(alice, 10n);
      await expect(deposit(alice, 6n))
        .to.be.revertedWithCustomError(manager, "RestakingManagerTotalCapExceeded")
        .withArgs(strategy, 16n, 15n);
      await deposit(alice, 5n);
    });

    it("keeps caps when a strategy is opened again", async () => {
      const { manager, strategy } = await networkHelpers.loadFixture(fixture);
      expect(await manager.capsOf(strategy)).to.deep.equal([ethers.MaxUint256, ethers.MaxUint256]);
      await manager.setCaps(strategy, 1n, 2n);
      await manager.setWhitelisted([strategy], true);
      expect(await manager.capsOf(strategy)).to.deep.equal([1n, 2n]);
    });

    it("allows 32 strategies a staker and refuses the next", async () => {
      const { alice, manager, token } = await networkHelpers.loadFixture(fixture);
      for (let i = 0; i < 33; i += 1) {
        const next = await ethers.deployContract("Strategy", [token, manager]);
        await manager.setWhitelisted([next], true);
        const deposit = manager.connect(alice).deposit(next, 1n);
        if (i < 32) await deposit;
        else {
          await expect(deposit)
            .to.be.revertedWithCustomError(manager, "RestakingManagerTooManyStrategies")
            .withArgs(alice, 32n);
        }
      }
    });

    it("credits nothing to nobody, even where the core asks", async () => {
      const { alice, delegation, manager, strategy } = await networkHelpers.loadFixture(fixture);
      const core = await delegation.getAddress();
      await networkHelpers.impersonateAccount(core);
      await networkHelpers.setBalance(core, WAD);
      await expect(manager.connect(await ethers.getSigner(core)).addShares(alice, strategy, 0n))
        .to.be.revertedWithCustomError(manager, "ShareManagerSharesAmountZero")
        .withArgs(alice, strategy);
    });

    it("reverts while deposits are paused", async () => {
      const { alice, deposit, manager } = await networkHelpers.loadFixture(fixture);
      await manager.pause(1n);
      await expect(deposit(alice, 1n)).to.be.revertedWithCustomError(manager, "PausableFlagsPaused").withArgs(0);
    });
  });

  describe("depositFor", () => {
    it("credits the signer and spends its nonce", async () => {
      const { alice, bob, manager, signature, strategy } = await networkHelpers.loadFixture(signed);
      await manager.connect(bob).depositFor(alice, strategy, WAD, FAR, signature);
      expect(await manager.depositSharesOf(alice, strategy)).to.equal(WAD);
      await expect(manager.connect(bob).depositFor(alice, strategy, WAD, FAR, signature))
        .to.be.revertedWithCustomError(manager, "RestakingManagerInvalidSignature")
        .withArgs(alice);
    });

    it("reverts for another payer than the one signed for", async () => {
      const { alice, carol, manager, signature, strategy } = await networkHelpers.loadFixture(signed);
      await expect(
        manager.connect(carol).depositFor(alice, strategy, WAD, FAR, signature),
      ).to.be.revertedWithCustomError(manager, "RestakingManagerInvalidSignature");
    });

    it("reverts once the signature has expired", async () => {
      const { alice, bob, manager, signature, strategy } = await networkHelpers.loadFixture(signed);
      await expect(manager.connect(bob).depositFor(alice, strategy, WAD, 1n, signature)).to.be.revertedWithCustomError(
        manager,
        "RestakingManagerSignatureExpired",
      );
    });
  });

  describe("peers", () => {
    it("lets nobody but the core move shares", async () => {
      const { alice, manager, strategy } = await networkHelpers.loadFixture(fixture);
      for (const call of [
        () => manager.addShares(alice, strategy, 1n),
        () => manager.removeDepositShares(alice, strategy, 1n),
        () => manager.withdrawSharesAsTokens(alice, strategy, 1n),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(manager, "ShareManagerUnauthorized");
      }
      await expect(manager.payOutSlashed(alice, strategy, 1n)).to.be.revertedWithCustomError(
        manager,
        "CoreComponentUnauthorized",
      );
    });

    it("is wired once, by its owner, with six addresses", async () => {
      const { alice, allocations, delegation, manager, owner, pods, registry, slashing } =
        await networkHelpers.loadFixture(fixture);
      const core = {
        restakingManager: manager,
        podManager: pods,
        operatorDelegation: delegation,
        avsRegistry: registry,
        allocationManager: allocations,
        slasher: slashing,
      };
      expect((await manager.core()).slasher).to.equal(slashing);
      await expect(manager.wire(core)).to.be.revertedWithCustomError(manager, "CoreComponentAlreadyWired");
      const fresh = await ethers.deployContract("RestakingManager", [owner]);
      await expect(fresh.wire({ ...core, slasher: ethers.ZeroAddress })).to.be.revertedWithCustomError(
        fresh,
        "CoreComponentZeroAddress",
      );
      await expect(fresh.connect(alice).wire(core)).to.be.revertedWithCustomError(fresh, "OwnableUnauthorizedAccount");
      await expect(fresh.wire(core)).to.emit(fresh, "Wired");
    });
  });
});
