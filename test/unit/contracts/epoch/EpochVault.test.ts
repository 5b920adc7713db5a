import { expect } from "chai";
import { network as hardhat } from "hardhat";

import { deployEpochVault, EPOCH } from "../../../helpers/epoch.ts";

const connection = await hardhat.create();
const { ethers, networkHelpers } = connection;
const NOBODY = ethers.ZeroAddress;

async function bare() {
  return await deployEpochVault(connection);
}

/** The actor `op` stands for delegator and slasher. */
async function fixture() {
  const world = await deployEpochVault(connection);
  await world.vault.wire(world.op, world.op);
  return { ...world, start: await world.vault.startedAt(), slasher: world.vault.connect(world.op) };
}

describe("EpochVault", () => {
  describe("wire", () => {
    it("names delegator and slasher once, and only for the owner", async () => {
      const { vault, ada, op } = await networkHelpers.loadFixture(fixture);
      expect(await vault.delegator()).to.equal(op.address);

      await expect(vault.wire(ada, ada))
        .to.be.revertedWithCustomError(vault, "EpochVaultAlreadyWired")
        .withArgs(op.address);
      await expect(vault.connect(ada).wire(ada, ada)).to.be.revertedWithCustomError(
        vault,
        "OwnableUnauthorizedAccount",
      );
    });

    it("begins epoch 0", async () => {
      const { vault, ada } = await networkHelpers.loadFixture(bare);
      await vault.connect(ada).deposit(ada, 10n);
      expect(await vault.startedAt()).to.equal(0n);
      await expect(vault.connect(ada).withdraw(ada, 10n)).to.be.revertedWithCustomError(vault, "EpochVaultBeforeStart");
      await vault.wire(ada, ada);
      expect(await vault.startedAt()).to.equal(await networkHelpers.time.latest());
      expect(await vault.currentEpoch()).to.equal(0n);
    });

    it("refuses nobody, and an epoch without length", async () => {
      const { vault, token, owner, ada } = await networkHelpers.loadFixture(bare);
      await expect(vault.wire(NOBODY, ada)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      await expect(vault.wire(ada, NOBODY)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      const terms = { owner, asset: token, burner: ada, epochDuration: 0n };
      await expect(ethers.deployContract("EpochVault", [terms])).to.be.revertedWithCustomError(
        vault,
        "EpochVaultZeroEpoch",
      );
    });

    it("hands the vault on in two steps", async () => {
      const { vault, owner, ada } = await networkHelpers.loadFixture(fixture);
      await vault.transferOwnership(ada);
      expect(await vault.owner()).to.equal(owner.address);
      await vault.connect(ada).acceptOwnership();
      expect(await vault.owner()).to.equal(ada.address);
    });
  });

  describe("deposit", () => {
    it("counts what arrives of a token that takes a fee", async () => {
      const { vault, token, ada } = await networkHelpers.loadFixture(fixture);
      await token.setTax(1_000);
      await expect(vault.connect(ada).deposit(ada, 100n))
        .to.emit(vault, "Deposited")
        .withArgs(ada.address, ada.address, 90n, 90n);
    });

    it("reverts for nobody, for nothing, beyond the limit and for who is not on the list", async () => {
      const { vault, ada, bob } = await networkHelpers.loadFixture(fixture);
      const own = vault.connect(ada);
      await expect(own.deposit(NOBODY, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      await expect(own.deposit(ada, 0n))
        .to.be.revertedWithCustomError(vault, "EpochVaultZeroAmount")
        .withArgs(ada.address);

      await vault.setDepositLimit(10n);
      await own.deposit(ada, 10n);
      await expect(own.deposit(ada, 1n))
        .to.be.revertedWithCustomError(vault, "EpochVaultLimitReached")
        .withArgs(11n, 10n);
      await own.withdraw(ada, 4n);
      await own.deposit(bob, 4n);

      await vault.setDepositLimit(100n);
      await vault.setAllowed(NOBODY, false);
      await expect(own.deposit(ada, 1n))
        .to.be.revertedWithCustomError(vault, "EpochVaultNotAllowed")
        .withArgs(ada.address);
      await vault.setAllowed(ada, true);
      await own.deposit(ada, 1n);
    });

    it("reverts once full slashes have blown the shares up", async () => {
      const { vault, ada, slasher } = await networkHelpers.loadFixture(fixture);
      const whole = 10n ** 18n;
      let rounds = 0;
      for (; rounds < 6; rounds += 1) {
        try {
          await vault.connect(ada).deposit.staticCall(ada, whole);
        } catch {
          break;
        }
        await vault.connect(ada).deposit(ada, whole);
        await slasher.onSlash(whole, await networkHelpers.time.latest());
        expect(await vault.activeStake()).to.equal(0n);
      }
      expect(rounds).to.be.within(3, 5);
    });
  });

  describe("withdraw and redeem", () => {
    it("revert for nobody, for nothing and for more than is held", async () => {
      const { vault, ada, slasher } = await networkHelpers.loadFixture(fixture);
      const own = vault.connect(ada);
      await own.deposit(ada, 10n);
      await expect(own.withdraw(NOBODY, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      await expect(own.redeem(NOBODY, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      await expect(own.withdraw(ada, 0n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAmount");
      await expect(own.withdraw(ada, 11n))
        .to.be.revertedWithCustomError(vault, "EpochVaultInsufficientShares")
        .withArgs(ada.address, 11n, 10n);
      await expect(own.redeem(ada, 11n)).to.be.revertedWithCustomError(vault, "EpochVaultInsufficientShares");
      await slasher.onSlash(10n, await networkHelpers.time.latest());
      await expect(own.redeem(ada, 10n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAmount");
    });

    it("let somebody else claim", async () => {
      const { vault, token, ada, bob } = await networkHelpers.loadFixture(fixture);
      await vault.connect(ada).deposit(ada, 10n);
      await vault.connect(ada).redeem(bob, 10n);
      expect(await vault.slashableBalanceOf(bob)).to.equal(10n);
      await networkHelpers.time.increase(2n * EPOCH);
      await expect(vault.connect(bob).claim(ada, 1n)).to.changeTokenBalances(ethers, token, [vault, ada], [-10n, 10n]);
    });
  });

  describe("claim", () => {
    it("reverts for nobody, too early, twice, and for nothing", async () => {
      const { vault, ada, bob } = await networkHelpers.loadFixture(fixture);
      const own = vault.connect(ada);
      await own.deposit(ada, 10n);
      await own.withdraw(ada, 10n);
      await networkHelpers.time.increase(EPOCH);
      await expect(own.claim(NOBODY, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultZeroAddress");
      await expect(own.claim(ada, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultInvalidEpoch").withArgs(1n, 1n);
      await networkHelpers.time.increase(EPOCH);
      await expect(vault.connect(bob).claim(bob, 1n)).to.be.revertedWithCustomError(vault, "EpochVaultNothingToClaim");
      expect(await vault.isClaimed(1n, ada)).to.equal(false);
      await own.claim(ada, 1n);
      expect(await vault.isClaimed(1n, ada)).to.equal(true);
      await expect(own.claim(ada, 1n))
        .to.be.revertedWithCustomError(vault, "EpochVaultAlreadyClaimed")
        .withArgs(ada.address, 1n);
    });
  });

  describe("onSlash", () => {
    it("reverts for others than the slasher, and for captures of other epochs", async () => {
      const { vault, slasher, start, ada } = await networkHelpers.loadFixture(fixture);
      await expect(vault.connect(ada).onSlash(1n, start)).to.be.revertedWithCustomError(vault, "EpochVaultOnlySlasher");
      await expect(slasher.onSlash(1n, start - 1n))
        .to.be.revertedWithCustomError(vault, "EpochVaultBeforeStart")
        .withArgs(start - 1n, start);
      await expect(slasher.onSlash(1n, start + EPOCH))
        .to.be.revertedWithCustomError(vault, "EpochVaultInvalidCapture")
        .withArgs(1n, 0n);
      await networkHelpers.time.increaseTo(start + 2n * EPOCH);
      await expect(slasher.onSlash(1n, start + EPOCH - 1n)).to.be.revertedWithCustomError(
        vault,
        "EpochVaultInvalidCapture",
      );
    });

    it("does nothing, and says so, where nothing is left", async () => {
      const { vault, slasher, start, token } = await networkHelpers.loadFixture(fixture);
      const cut = [0n, 0n, 0n, 0n];
      await expect(slasher.onSlash(5n, start)).to.emit(vault, "Slashed").withArgs(5n, start, cut);
      expect(await vault.previewSlash(5n, start)).to.deep.equal(cut);
      expect(await token.balanceOf(vault)).to.equal(0n);
    });

    it("cannot slash a vault whose burner is nobody", async () => {
      const { token, owner, ada, op, start } = await networkHelpers.loadFixture(fixture);
      const vault = await ethers.deployContract("EpochVault", [
        { owner, asset: token, burner: NOBODY, epochDuration: EPOCH },
      ]);
      await vault.wire(op, op);
      await token.connect(ada).approve(vault, 10n);
      await vault.connect(ada).deposit(ada, 10n);
      const now = BigInt(await networkHelpers.time.latest());
      expect(now).to.be.above(start);
      await expect(vault.connect(op).onSlash(1n, now)).to.be.revertedWithCustomError(token, "ERC20InvalidReceiver");
    });

    it("keeps what was at every second", async () => {
      const { vault, slasher, ada, start } = await networkHelpers.loadFixture(fixture);
      await networkHelpers.time.setNextBlockTimestamp(start + 100n);
      await vault.connect(ada).deposit(ada, 100n);
      await networkHelpers.time.setNextBlockTimestamp(start + 200n);
      await slasher.onSlash(40n, start + 150n);
      expect(await vault.activeStakeAt(start + 99n)).to.equal(0n);
      expect(await vault.activeStakeAt(start + 199n)).to.equal(100n);
      expect(await vault.activeStakeAt(start + 200n)).to.equal(60n);
      expect(await vault.activeSharesAt(start + 200n)).to.equal(100n);
      expect(await vault.activeSharesOfAt(ada, start + 100n)).to.equal(100n);
      expect(await vault.totalStake()).to.equal(60n);
      expect(await vault.currentEpochStart()).to.equal(start);
    });
  });
});
