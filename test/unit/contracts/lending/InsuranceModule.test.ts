import { expect } from "chai";
import { network } from "hardhat";

import { ALL, borrowAsAlice, deployEtherAndDollars, DOLLAR, liquidate, USD, WAD } from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const DAY = 86_400n;
/** Deficit that alice's liquidation at 1,800 dollars leaves. */
const DEFICIT = 2_857_142_857n;
const EXIT = 2n;

type Overrides = Readonly<Record<string, bigint | string>>;

async function insure(overrides: Overrides = {}) {
  const world = await deployEtherAndDollars(connection);
  const { pool, book, dollars, owner, bob, carol, makeFeed } = world;
  const vault = await ethers.deployContract("SupplyVault", [dollars.claim]);
  const desk = await ethers.deployContract("InsuranceDesk");
  const feed = await makeFeed(USD);
  const terms = {
    ...{ owner, pool, reserve: dollars.asset, underlying: vault, underlyingFeed: feed, maxAge: 2n ** 40n },
    ...{ receiver: desk, offset: 0n, feeBps: 0n, cooldown: 20n * DAY, window: 2n * DAY, ...overrides },
  };
  const module = await ethers.deployContract("InsuranceModule", [terms, 1]);
  await book.setInsurer(dollars.asset, module);
  for (const user of [bob, carol]) {
    await dollars.asset.connect(user).approve(vault, ALL);
    await dollars.asset.connect(user).approve(desk, ALL);
    await dollars.claim.connect(user).approve(desk, ALL);
    await vault.connect(user).approve(module, ALL);
    await module.connect(user).approve(desk, ALL);
    await vault.connect(user).deposit(50_000n * DOLLAR, user);
  }
  await module.connect(bob).deposit(10_000n * DOLLAR, bob);
  return { ...world, vault, desk, feed, module, terms };
}

async function fixture() {
  return await insure();
}

/** With the deficit of alice's liquidation booked. */
async function indebted() {
  const world = await insure();
  await borrowAsAlice(world);
  await world.ether.setPrice(1_800n * USD);
  await liquidate(world, ALL, { by: world.dave });
  return world;
}

describe("InsuranceModule", () => {
  describe("slash", () => {
    it("takes what the deficit is worth, and leaves it pending until it is covered", async () => {
      const { module, desk, vault, bob, pool, dollars, carol } = await networkHelpers.loadFixture(indebted);
      expect((await module.previewSlash()).covered).to.equal(DEFICIT);

      await expect(module.connect(carol).slash()).to.emit(module, "StakeSlashed");
      expect(await module.pending()).to.equal(DEFICIT);
      expect(await module.totalAssets()).to.equal(10_000n * DOLLAR - DEFICIT);
      expect(await vault.balanceOf(desk)).to.equal(DEFICIT);
      expect(await module.balanceOf(bob)).to.equal(10_000n * DOLLAR);
      await expect(module.slash())
        .to.be.revertedWithCustomError(module, "InsuranceModuleNothingToSlash")
        .withArgs(0n, 10_000n * DOLLAR - DEFICIT - 1_000_000n);

      await dollars.claim.connect(carol).approve(module, ALL);
      await expect(module.connect(carol).coverPending(DEFICIT + 1n))
        .to.be.revertedWithCustomError(module, "InsuranceModuleCoversTooMuch")
        .withArgs(DEFICIT + 1n, DEFICIT);
      await expect(module.connect(carol).coverPending(DEFICIT))
        .to.emit(module, "PendingCovered")
        .withArgs(carol, DEFICIT);
      expect(await module.pending()).to.equal(0n);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    });

    it("leaves the offset to the owner, who covers it with claims", async () => {
      const { module, owner, desk, dollars, pool, carol } = await networkHelpers.loadFixture(indebted);
      await module.setConditions(1_000n * DOLLAR, 0n, desk);
      expect((await module.previewSlash()).slashable).to.equal(DEFICIT - 1_000n * DOLLAR);
      await module.slash();
      await dollars.claim.connect(carol).transfer(owner, 2_000n * DOLLAR);
      await dollars.claim.approve(module, ALL);

      await expect(module.coverOffset(1_000n * DOLLAR + 1n)).to.be.revertedWithCustomError(
        module,
        "InsuranceModuleCoversTooMuch",
      );
      await expect(module.coverOffset(600n * DOLLAR))
        .to.emit(module, "OffsetCovered")
        .withArgs(owner, 600n * DOLLAR);
      expect(await module.offset()).to.equal(400n * DOLLAR);
      expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(DEFICIT - 600n * DOLLAR);
      await expect(module.connect(carol).coverOffset(1n)).to.be.revertedWithCustomError(
        module,
        "OwnableUnauthorizedAccount",
      );
    });

    it("takes a fee on top, by the prices of the moment", async () => {
      const { module, desk, feed, now } = await networkHelpers.loadFixture(indebted);
      await module.setConditions(0n, 100n, desk);
      await feed.setRound(2n * USD, await now());
      const { asked, slashed, covered } = await module.previewSlash();

      expect(asked).to.equal((DEFICIT * 10_100n) / 10_000n / 2n);
      expect([slashed, covered]).to.deep.equal([asked, DEFICIT]);
    });

    it("leaves a million units when the stake is short, and covers in proportion", async () => {
      const { module, feed, now } = await networkHelpers.loadFixture(indebted);
      await feed.setRound(USD / 10n, await now());
      const stake = 10_000n * DOLLAR;
      await module.slash();

      expect(await module.totalAssets()).to.equal(1_000_000n);
      expect(await module.pending()).to.equal((DEFICIT * (stake - 1_000_000n)) / (DEFICIT * 10n));
      await expect(module.slash()).to.be.revertedWithCustomError(module, "InsuranceModuleNothingToSlash");
    });

    it("keeps others from covering what it was slashed for", async () => {
      const { module, pool, dollars, carol } = await networkHelpers.loadFixture(indebted);
      await module.slash();
      await expect(pool.connect(carol).eliminateDeficit(dollars.asset, 1n))
        .to.be.revertedWithCustomError(pool, "LendingPoolDeficitTooSmall")
        .withArgs(dollars.asset, 1n, 0n);
    });

    it("stops with exits and transfers while paused, and a deposit does not", async () => {
      const { module, bob, carol } = await networkHelpers.loadFixture(indebted);
      await module.pause(EXIT);
      const stopped = [
        async () => await module.slash(),
        async () => await module.connect(bob).cooldown(),
        async () => await module.connect(bob).transfer(carol, 1n),
      ];
      for (const call of stopped) {
        await expect(call()).to.be.revertedWithCustomError(module, "PausableFlagsPaused").withArgs(1n);
      }
      await module.connect(carol).deposit(DOLLAR, carol);
      await module.pause(1n);
      expect(await module.maxDeposit(carol)).to.equal(0n);
      expect(await module.maxMint(carol)).to.equal(0n);
      await module.unpause(3n);
      await module.slash();
    });
  });

  describe("exit", () => {
    it("opens a window after the cooldown, both ends included", async () => {
      const { module, bob } = await networkHelpers.loadFixture(fixture);
      await module.connect(bob).cooldown();
      const [shares, endsAt] = await module.cooldownOf(bob);
      expect(shares).to.equal(10_000n * DOLLAR);

      for (const [at, open] of [
        [endsAt - 1n, false],
        [endsAt, true],
        [endsAt + 2n * DAY, true],
        [endsAt + 2n * DAY + 1n, false],
      ] as const) {
        await time.increaseTo(at);
        expect((await module.maxRedeem(bob)) > 0n).to.equal(open);
      }
    });

    it("pays what is left after a slash during the cooldown", async () => {
      const { module, vault, bob } = await networkHelpers.loadFixture(indebted);
      await module.connect(bob).cooldown();
      const [, endsAt] = await module.cooldownOf(bob);
      await module.slash();
      await time.increaseTo(endsAt);

      const worth = await module.maxWithdraw(bob);
      expect(worth).to.be.within(10_000n * DOLLAR - DEFICIT - 2n, 10_000n * DOLLAR - DEFICIT);
      await expect(module.connect(bob).redeem(10_000n * DOLLAR, bob, bob)).to.changeTokenBalance(
        ethers,
        vault,
        bob,
        worth,
      );
      expect((await module.cooldownOf(bob)).shares).to.equal(0n);
    });

    it("covers no more than what stays when shares move away, and nothing that arrives", async () => {
      const { module, bob, carol } = await networkHelpers.loadFixture(fixture);
      await module.connect(bob).cooldown();
      await expect(module.connect(bob).transfer(carol, 4_000n * DOLLAR))
        .to.emit(module, "CooldownReduced")
        .withArgs(bob, 6_000n * DOLLAR);
      await module.connect(carol).transfer(bob, 4_000n * DOLLAR);
      expect((await module.cooldownOf(bob)).shares).to.equal(6_000n * DOLLAR);
      await expect(module.connect(bob).transfer(carol, 4_000n * DOLLAR)).not.to.emit(module, "CooldownReduced");
      await module.connect(bob).transfer(bob, 6_000n * DOLLAR);
      expect((await module.cooldownOf(bob)).shares).to.equal(6_000n * DOLLAR);

      await time.increase(20n * DAY);
      await module.connect(bob).redeem(1_000n * DOLLAR, bob, bob);
      expect(await module.maxRedeem(bob)).to.equal(5_000n * DOLLAR);
    });

    it("reverts without shares, before the window, and for more than was asked", async () => {
      const { module, bob, carol } = await networkHelpers.loadFixture(fixture);
      await expect(module.connect(carol).cooldown())
        .to.be.revertedWithCustomError(module, "InsuranceModuleNoShares")
        .withArgs(carol);
      await expect(module.connect(bob).redeem(1n, bob, bob)).to.be.revertedWithCustomError(
        module,
        "ERC4626ExceededMaxRedeem",
      );
      await module.connect(bob).cooldown();
      await module.connect(carol).deposit(DOLLAR, bob);
      await time.increase(20n * DAY);
      await expect(module.connect(bob).redeem(10_001n * DOLLAR, bob, bob)).to.be.revertedWithCustomError(
        module,
        "ERC4626ExceededMaxRedeem",
      );
      await module.pause(EXIT);
      expect(await module.maxWithdraw(bob)).to.equal(0n);
    });
  });

  it("does not change the worth of a share by a gift", async () => {
    const { module, vault, bob, carol } = await networkHelpers.loadFixture(fixture);
    const before = await module.convertToAssets(WAD);
    await vault.connect(carol).transfer(module, 10_000n * DOLLAR);
    expect(await module.convertToAssets(WAD)).to.equal(before);
    expect(await module.balanceOf(bob)).to.equal(10_000n * DOLLAR);
  });

  it("refuses void terms, and sets conditions for its owner only", async () => {
    const { module, terms, bob, desk } = await networkHelpers.loadFixture(fixture);
    for (const wrong of [
      { pool: ethers.ZeroAddress },
      { underlyingFeed: ethers.ZeroAddress },
      { receiver: ethers.ZeroAddress },
      { window: 0n },
      { feeBps: 10_001n },
    ]) {
      await expect(ethers.deployContract("InsuranceModule", [{ ...terms, ...wrong }, 1])).to.be.revertedWithCustomError(
        module,
        "InsuranceModuleInvalidTerms",
      );
    }
    await expect(module.connect(bob).setConditions(0n, 0n, desk)).to.be.revertedWithCustomError(
      module,
      "OwnableUnauthorizedAccount",
    );
  });
});

describe("InsuranceDesk", () => {
  it("stakes claims first, then the wallet's tokens, and pays out in claims", async () => {
    const { desk, module, vault, dollars, bob, pool } = await networkHelpers.loadFixture(fixture);
    await pool.connect(bob).supply(dollars.asset, 100n * DOLLAR, bob);
    await expect(desk.connect(bob).stake(module, 150n * DOLLAR)).to.changeTokenBalance(
      ethers,
      dollars.asset,
      bob,
      -50n * DOLLAR,
    );
    expect(await module.balanceOf(bob)).to.equal(10_150n * DOLLAR);
    await module.connect(bob).cooldown();
    await expect(desk.connect(bob).unstake(module, ALL)).to.be.revertedWithCustomError(
      module,
      "ERC4626ExceededMaxRedeem",
    );
    await time.increase(20n * DAY);
    await desk.connect(bob).unstake(module, DOLLAR);
    await desk.connect(bob).unstake(module, ALL);
    expect(await dollars.claim.balanceOf(bob)).to.equal(10_150n * DOLLAR);
    expect([await module.totalSupply(), await vault.balanceOf(desk)]).to.deep.equal([0n, 0n]);
  });

  it("stakes out of the wallet alone without claims, and of claims alone where they suffice", async () => {
    const { desk, module, dollars, bob, carol, dave, pool } = await networkHelpers.loadFixture(fixture);
    await dollars.claim.connect(carol).transfer(dave, await dollars.claim.balanceOf(carol));
    const stake = (who: typeof carol, amount: bigint) => desk.connect(who).stake(module, amount);
    await expect(stake(carol, 70n * DOLLAR)).to.changeTokenBalance(ethers, dollars.asset, carol, -70n * DOLLAR);
    expect(await module.balanceOf(carol)).to.equal(70n * DOLLAR);

    await pool.connect(bob).supply(dollars.asset, 100n * DOLLAR, bob);
    await expect(stake(bob, 60n * DOLLAR)).to.changeTokenBalance(ethers, dollars.asset, bob, 0n);
    expect(await dollars.claim.balanceOf(bob)).to.equal(40n * DOLLAR);
    expect(await module.balanceOf(bob)).to.equal(10_060n * DOLLAR);
  });

  it("settles what lies at the desk along with what there is to slash now", async () => {
    const { desk, module, vault, pool, dollars, carol } = await networkHelpers.loadFixture(indebted);
    await module.setConditions(1_000n * DOLLAR, 0n, desk);
    await module.connect(carol).slash();
    expect(await vault.balanceOf(desk)).to.equal(DEFICIT - 1_000n * DOLLAR);
    await module.setConditions(0n, 0n, desk);
    await expect(desk.settleDeficit(module)).to.emit(desk, "DeficitSettled").withArgs(module, DEFICIT, DEFICIT);
    expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    expect([await module.pending(), await vault.balanceOf(desk)]).to.deep.equal([0n, 0n]);
  });

  it("settles a deficit at once, and gives a fee's claims to the treasury", async () => {
    const { desk, module, pool, dollars, treasury } = await networkHelpers.loadFixture(indebted);
    await module.setConditions(0n, 100n, desk);
    const fee = (DEFICIT * 100n) / 10_000n;
    await expect(desk.settleDeficit(module))
      .to.emit(desk, "DeficitSettled")
      .withArgs(module, DEFICIT + fee, DEFICIT);
    expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    expect(await module.pending()).to.equal(0n);
    expect(await pool.supplyOf(dollars.asset, treasury)).to.equal(fee);
  });

  it("settles a deficit with stake that somebody else had slashed", async () => {
    const { desk, module, vault, pool, dollars, carol } = await networkHelpers.loadFixture(indebted);
    await module.connect(carol).slash();
    await expect(desk.settleDeficit(module)).to.emit(desk, "DeficitSettled").withArgs(module, DEFICIT, DEFICIT);
    expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(0n);
    expect([await module.pending(), await vault.balanceOf(desk)]).to.deep.equal([0n, 0n]);
    await expect(desk.settleDeficit(module)).to.be.revertedWithCustomError(module, "InsuranceModuleNothingToSlash");
  });

  it("takes a gift as far as no insurance was slashed for it", async () => {
    const { desk, module, pool, dollars, carol } = await networkHelpers.loadFixture(indebted);
    await desk.connect(carol).donateToDeficit(pool, dollars.asset, 1_000n * DOLLAR);
    expect((await pool.reserveOf(dollars.asset)).deficit).to.equal(DEFICIT - 1_000n * DOLLAR);
    await module.slash();
    await expect(desk.connect(carol).donateToDeficit(pool, dollars.asset, DOLLAR)).to.be.revertedWithCustomError(
      pool,
      "LendingPoolZeroAmount",
    );
  });
});
