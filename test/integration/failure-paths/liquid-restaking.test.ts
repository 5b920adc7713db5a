import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { network } from "hardhat";

import { deployLiquidStaking, honestReport } from "../../helpers/liquid-staking.ts";
import {
  deployOwnVault,
  deployVault,
  FREEZE,
  guardOf,
  MODE,
  POLICY,
  type Vault,
} from "../../helpers/restaking-vault.ts";
import { WAD } from "../../helpers/restaking.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const E18 = WAD;

const pushed = async () => await deployVault(connection, { mode: MODE.pushed, freezePoint: FREEZE.unlock });
const live = async () => await deployVault(connection, { freezePoint: FREEZE.unlock });
const batches = async () => await deployVault(connection, { freezePoint: FREEZE.batch, batchSize: 3n });

/** Alice and Bob hold 100 shares each; 160 of the 200 assets are restaked and lose half. */
async function slashed(world: Vault, own: Pick<Vault, "vault" | "queue" | "delegators">): Promise<void> {
  const { owner, alice, bob, op1, op2, token } = world;
  for (const holder of [alice, bob]) {
    await token.connect(holder).approve(own.vault, ethers.MaxUint256);
    await own.vault.connect(holder).deposit(100n * E18, holder);
  }
  await own.delegators.connect(owner).allocate(160n * E18);
  await own.vault.connect(alice).requestRedeem(20n * E18, alice, alice);
  for (const operator of [op1, op2]) await world.hit(operator, WAD / 2n);
}

/** What a holder's request was fixed at. */
async function settled(queue: Vault["queue"], id: bigint): Promise<bigint> {
  return (await queue.getRequest(id)).claimable;
}

describe("failure path 28: the rate lags behind a slash", () => {
  it("pays an exit that was requested before the lesser of its quote and the pushed rate", async () => {
    const world = await networkHelpers.loadFixture(pushed);
    await slashed(world, world);
    await world.oracle.connect(world.owner).push();
    await world.queue.process(1n);

    expect(await settled(world.queue, 1n)).to.be.closeTo(12n * E18, 20n);
    expect(await world.oracle.liveRate()).to.be.closeTo((6n * WAD) / 10n, 20n);
  });

  it("takes from those who stay where the quote is cached and paid in full (faulty variant)", async () => {
    const world = await networkHelpers.loadFixture(pushed);
    const queue = { contract: "ExitQueue__CachedQuoteForLag", extra: [] };
    const faulty = await deployOwnVault(connection, world, { asset: world.token, strategy: world.strategy, queue });
    await slashed(world, faulty);
    await faulty.queue.process(1n);

    expect(await settled(faulty.queue, 1n)).to.equal(20n * E18);
    // 100 of 200 shares' worth is left for 180: eight assets too many went to whoever left first.
    expect(await faulty.vault.rate()).to.equal((100n * E18 * WAD) / (180n * E18));
    expect((await faulty.vault.rate()) < (6n * WAD) / 10n).to.equal(true);
  });

  it("measures what leaves at the stale rate as the stayers' loss", async () => {
    const world = await networkHelpers.loadFixture(pushed);
    const { vault, oracle, owner, bob } = world;
    await slashed(world, world);
    const before = await vault.totalAssets();
    await vault.connect(bob).redeemInstant(10n * E18, bob, bob, 0n);
    await oracle.connect(owner).push();

    expect(before - (await vault.totalAssets())).to.equal(10n * E18);
    // Ten shares were worth six: the four too many are missing for the 190 that stay.
    expect(await vault.rate()).to.be.closeTo((110n * WAD) / 190n, 20n);
  });
});

describe("failure path 29: a guard that traps the true rate", () => {
  const guarded = async (policy: number) =>
    await deployVault(connection, { mode: MODE.pushed, freezePoint: FREEZE.unlock, guard: guardOf(100n, policy) });

  it("keeps the stale rate where it rejects, for as long as nobody raises the limit", async () => {
    const world = await guarded(POLICY.reject);
    await slashed(world, world);
    for (let i = 0; i < 3; i += 1) {
      await expect(world.oracle.connect(world.owner).push()).to.be.revertedWithCustomError(
        world.oracle,
        "NavOracleDropExceeded",
      );
    }
    await world.queue.process(1n);
    expect(await settled(world.queue, 1n)).to.equal(20n * E18);
  });

  it("bleeds for as many reports as the loss has bounds where it clamps", async () => {
    const world = await guarded(POLICY.clamp);
    await slashed(world, world);
    let reports = 0;
    while ((await world.vault.rate()) > (await world.oracle.liveRate())) {
      await world.oracle.connect(world.owner).push();
      reports += 1;
    }
    // The least n with 0.99^n <= 0.6.
    expect(reports).to.equal(51);
  });

  it("closes both doors until the report is acknowledged where it holds", async () => {
    const world = await guarded(POLICY.hold);
    const { vault, oracle, queue, owner, alice, bob } = world;
    await slashed(world, world);
    await oracle.connect(owner).push();
    const calls = [
      () => vault.connect(bob).redeemInstant(1n * E18, bob, bob, 0n),
      () => vault.connect(bob).deposit(1n * E18, bob),
      () => queue.process(1n),
    ];
    for (const call of calls) await expect(call()).to.be.revertedWithCustomError(oracle, "NavOracleHeld");
    await oracle.connect(owner).acknowledge(true);
    await queue.process(1n);
    expect(await vault.maxWithdraw(alice)).to.be.closeTo(12n * E18, 20n);
  });
});

describe("failure path 30: mint after the slash, dump on the market", () => {
  it("is bounded by the market's depth, and its loss falls on the market's liquidity, not on the vault", async () => {
    const world = await networkHelpers.loadFixture(live);
    const { vault, token, owner, bob, carol } = world;
    await slashed(world, world);
    const rate = await vault.rate();
    const pool = await ethers.deployContract("ConstantProductPool", [owner, vault, token]);
    // The market has not moved yet: thirty shares against thirty assets.
    for (const coin of [vault, token]) await coin.connect(bob).approve(pool, ethers.MaxUint256);
    await pool.connect(bob).addLiquidity(30n * E18, 30n * E18, 0n, bob);

    const dump = async (assets: bigint): Promise<bigint> => {
      const before = await token.balanceOf(carol);
      await vault.connect(carol).deposit(assets, carol);
      const shares = await vault.balanceOf(carol);
      await vault.connect(carol).approve(pool, shares);
      await pool.connect(carol).swap(vault, token, shares, 0n, carol);
      return (await token.balanceOf(carol)) - before;
    };
    const small = await dump(5n * E18);
    const gains = [small, await dump(5n * E18), await dump(20n * E18)];

    expect(gains[0]).to.be.greaterThan(0n);
    expect(gains[2]).to.be.lessThan(0n);
    expect(await vault.rate()).to.be.closeTo(rate, 1n);
    const won = gains.filter((gain) => gain > 0n).reduce((sum, gain) => sum + gain, 0n);
    expect(won).to.be.lessThan(30n * E18);
  });
});

describe("failure path 31: a run on the queue", () => {
  const run = async (world: Vault, holders: readonly HardhatEthersSigner[]) => {
    for (const holder of holders) {
      await world.put(holder, 100n * E18);
    }
    await world.delegators.connect(world.owner).allocate(150n * E18);
    for (const holder of holders) await world.ask(holder, 60n * E18);
  };

  it("pays in the order of arrival and leaves the rest a deficit that stake has to be pulled for", async () => {
    const world = await networkHelpers.loadFixture(live);
    const { alice, bob, carol, queue, delegators, owner, op1, op2, block, before } = world;
    await run(world, [alice, bob, carol]);
    await queue.process(10n);
    expect(await queue.lastFrozenId()).to.equal(2n);
    expect(await queue.deficit()).to.equal(30n * E18);

    for (const operator of [op1, op2]) await delegators.connect(owner).unstake(operator, 15n * E18);
    await before((await block()) + 51n);
    await delegators.completeAll();
    await queue.process(10n);
    expect(await queue.lastFrozenId()).to.equal(3n);
    expect(await queue.deficit()).to.equal(0n);
  });

  it("freezes winners before the slash and leaves it to those who stay", async () => {
    const world = await networkHelpers.loadFixture(live);
    const { alice, bob, carol, vault, queue, op1, op2 } = world;
    await run(world, [alice, bob, carol]);
    await queue.process(10n);
    for (const operator of [op1, op2]) await world.hit(operator, WAD / 2n);

    expect(await vault.maxWithdraw(alice)).to.equal(60n * E18);
    expect(await queue.worthOf(3n)).to.be.lessThan(36n * E18);
    expect(await vault.rate()).to.be.closeTo((105n * WAD) / 180n, 20n);
  });

  it("pays par to whoever comes first, and what is left to the last (faulty variant)", async () => {
    const world = await networkHelpers.loadFixture(live);
    const queue = { contract: "ExitQueue__FirstComeAtParForRuns", extra: [WAD] };
    const faulty = await deployOwnVault(connection, world, { asset: world.token, strategy: world.strategy, queue });
    await slashed(world, faulty);
    await faulty.vault.connect(world.bob).requestRedeem(20n * E18, world.bob, world.bob);
    await faulty.queue.process(10n);

    expect(await settled(faulty.queue, 1n)).to.equal(20n * E18);
    expect(await settled(faulty.queue, 2n)).to.equal(20n * E18);
    // Forty of 120 assets are gone for forty of 200 shares: half an asset is left for each of the others.
    expect(await faulty.vault.rate()).to.equal(WAD / 2n);
  });

  it("never finalises a batch that is not full", async () => {
    const world = await networkHelpers.loadFixture(batches);
    await world.put(world.alice, 100n * E18);
    for (let i = 0; i < 2; i += 1) await world.ask(world.alice, E18);
    await networkHelpers.mine(10_000);
    await world.queue.process(10n);
    expect(await world.queue.lastFrozenId()).to.equal(0n);
    await world.ask(world.alice, E18);
    await world.queue.process(10n);
    expect(await world.queue.lastFrozenId()).to.equal(3n);
  });
});

describe("failure path 32: the staking token is slashed inside the queue", () => {
  /** A vault of the real wrapped token: Alice holds 60 of its shares, Bob 40; Alice asks for all of hers. */
  async function overStaking(queue?: { contract: string; extra: (wrapped: string) => readonly unknown[] }) {
    const staking = await deployLiquidStaking(connection, { withdrawalMargin: 0n });
    const core = await deployVault(connection);
    const strategy = await ethers.deployContract("Strategy", [staking.wrapped, core.manager]);
    await core.manager.connect(core.owner).setWhitelisted([strategy], true);
    const at = await staking.wrapped.getAddress();
    const variant = queue === undefined ? {} : { queue: { contract: queue.contract, extra: queue.extra(at) } };
    const own = await deployOwnVault(connection, core, { asset: staking.wrapped, strategy, ...variant });
    const { alice, bob } = core;
    for (const [holder, amount] of [
      [alice, 60n],
      [bob, 40n],
    ] as const) {
      await networkHelpers.setBalance(holder.address, 10n ** 24n);
      await staking.token.connect(holder).submit({ value: amount * E18 });
      await staking.token.connect(holder).approve(staking.wrapped, ethers.MaxUint256);
      await staking.wrapped.connect(holder).wrap(amount * E18);
      await staking.wrapped.connect(holder).approve(own.vault, ethers.MaxUint256);
      await own.vault.connect(holder).deposit(amount * E18, holder);
    }
    await own.vault.connect(core.owner).setAssetRate(staking.wrapped);
    await own.vault.connect(alice).requestRedeem(60n * E18, alice, alice);
    await staking.token.connect(staking.owner).stake(100n * E18);
    await staking.validators.connect(staking.owner).penalize(50n * E18);
    await staking.token.connect(staking.owner).report(await honestReport(staking));
    await own.queue.process(1n);
    return { ...staking, ...own, alice, bob };
  }

  it("bears its part of the loss, since it is counted in shares that do not rebase", async () => {
    const { vault, queue, wrapped } = await overStaking();
    expect(await settled(queue, 1n)).to.equal(60n * E18);
    expect(await vault.convertToAssets(40n * E18)).to.equal(40n * E18);
    expect(await vault.rate()).to.equal(await wrapped.rate());
    expect(await wrapped.rate()).to.be.lessThan((51n * WAD) / 100n);
  });

  it("leaves those who stay short where amounts are remembered (faulty variant)", async () => {
    const { vault, queue } = await overStaking({
      contract: "ExitQueue__AmountsForRebase",
      extra: (wrapped) => [wrapped],
    });
    // What was worth 60 needs more wrapped tokens than the whole vault has: nobody is paid, or the next would not be.
    expect(await settled(queue, 1n)).to.equal(0n);
    expect(await queue.worthOf(1n)).to.be.greaterThan(await vault.totalAssets());
  });
});

describe("failure path 35: a restaking token restaked", () => {
  async function nested(mode: number) {
    const inner = await deployVault(connection, { mode, freezePoint: FREEZE.unlock, virtualShares: 0n });
    const { owner, alice, vault, manager } = inner;
    const strategy = await ethers.deployContract("Strategy", [vault, manager]);
    await manager.connect(owner).setWhitelisted([strategy], true);
    const outer = await deployOwnVault(connection, inner, { asset: vault, strategy });
    await outer.vault.connect(owner).setAssetRate(vault);
    await inner.put(alice, 100n * E18);
    await inner.delegators.connect(owner).allocate(80n * E18);
    await vault.connect(alice).approve(outer.vault, ethers.MaxUint256);
    await outer.vault.connect(alice).deposit(50n * E18, alice);
    await outer.delegators.connect(owner).allocate(40n * E18);
    return { ...inner, outer };
  }

  it("carries a slash through every layer at once, open exits included, where rates are live", async () => {
    const { outer, alice, owner, op1, op2, hit } = await nested(MODE.live);
    await outer.vault.connect(alice).requestRedeem(10n * E18, alice, alice);
    for (const operator of [op1, op2]) await outer.delegators.connect(owner).unstake(operator, 10n * E18);
    for (const operator of [op1, op2]) await hit(operator, WAD / 2n);

    // The inner vault keeps 60 of 100. The set slashes the strategy of the inner asset alone.
    expect(await outer.vault.rate()).to.equal((6n * WAD) / 10n);
    expect(await outer.vault.worthOf(await outer.queue.worthOf(1n))).to.equal(6n * E18);
  });

  it("owes the part of a slash that a lagging rate does not show yet", async () => {
    const { vault, oracle, outer, owner, op1, op2, hit } = await nested(MODE.pushed);
    await oracle.connect(owner).push();
    for (const operator of [op1, op2]) await hit(operator, WAD / 2n);
    expect(await outer.vault.rate()).to.equal(WAD);
    const owed = (await vault.rate()) - (await oracle.liveRate());
    expect(owed).to.equal((4n * WAD) / 10n);
    await oracle.connect(owner).push();
    expect(await outer.vault.rate()).to.equal((6n * WAD) / 10n);
  });
});
