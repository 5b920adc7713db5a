import { expect } from "chai";
import { network } from "hardhat";

import { deployCdp } from "../../../helpers/cdp.ts";
import { vector } from "../../../helpers/defi-vectors.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

async function fixture() {
  return await deployCdp(connection);
}

/** Alice, Bob and Carol owe 10,000 each at 1, 2 and 3 %, against ten; Dave holds dollars of his own. */
async function queued() {
  const ground = await deployCdp(connection);
  const { branch, alice, bob, carol, dave } = ground;
  await branch.place(carol, 10_000n * WAD, 10n * WAD, (3n * WAD) / 100n);
  await branch.place(alice, 10_000n * WAD, 10n * WAD, WAD / 100n);
  await branch.place(bob, 10_000n * WAD, 10n * WAD, (2n * WAD) / 100n);
  await branch.place(dave, 100_000n * WAD, 1_000n * WAD, WAD);
  return ground;
}

async function twin() {
  const ground = await deployCdp(connection, { branches: [{}, {}] });
  const [first, second] = ground.branches;
  if (!first || !second) throw new RangeError("two branches were asked for");
  await first.branch.place(ground.alice, 60_000n * WAD, 100n * WAD, 0);
  await second.branch.place(ground.bob, 40_000n * WAD, 100n * WAD, 0);
  return { ...ground, first, second };
}

async function triplet() {
  const ground = await deployCdp(connection, { branches: [{}, {}, {}] });
  const debts = [60_000n, 40_000n, 20_000n];
  for (const [k, owner] of [ground.alice, ground.bob, ground.carol].entries()) {
    await ground.branches[k]?.branch.place(owner, (debts[k] ?? 0n) * WAD, 100n * WAD, 0);
  }
  return ground;
}

describe("Redemption", () => {
  it("lets the base rate decay and rise as published (LQ-05)", async () => {
    const { input, expected } = vector("LQ-05");
    const { owner, dollar } = await networkHelpers.loadFixture(fixture);
    const registry = await ethers.deployContract("BranchRegistry", [owner, dollar, input("baseRate")]);
    const begun = await registry.lastBaseRateUpdate();
    const [decayFactor, newBase, rate] = await registry.previewBaseRate(
      input("baseRate"),
      input("minutes"),
      input("fraction"),
      WAD,
    );
    await time.increaseTo(begun + input("minutes") * 60n + 59n);

    expect(decayFactor).to.equal(expected("decayFactor"));
    expect(await registry.decayedBaseRate()).to.equal(expected("decayed"));
    expect(newBase).to.equal(expected("newBase"));
    expect(rate).to.equal(expected("redemptionRate"));
  });

  it("takes collateral worth the debt, less a fee that stays in the trove (LQ-06)", async () => {
    const { input, expected } = vector("LQ-06");
    const { branch, registry, alice, bob } = await networkHelpers.loadFixture(fixture);
    const [worth, fee] = await branch.previewRedemption(input("bold"), input("price"), input("rate"));
    expect([worth, fee, worth - fee]).to.deep.equal([
      expected("correspondingColl"),
      expected("collFee"),
      expected("collLot"),
    ]);
    await branch.place(alice, 100_000n * WAD, 100n * WAD, 0);
    await branch.place(bob, 900_000n * WAD, 1_000n * WAD, 0);
    const rate = await registry.redemptionRateFor(input("bold"));
    // One percent of the supply, and the floor.
    expect(rate).to.equal((15n * WAD) / 1_000n);

    await registry.connect(bob).redeem(input("bold"), 1, WAD);
    expect((await branch.troveOf(2)).debt).to.equal(890_000n * WAD);
    expect((await branch.troveOf(2)).collateral).to.equal(1_000n * WAD - (worth - (worth * rate) / WAD));
  });

  it("hits the lowest interest first, and goes on", async () => {
    const { branch, registry, dave, collateral } = await networkHelpers.loadFixture(queued);
    const before = await collateral.balanceOf(dave);
    await registry.connect(dave).redeem(15_000n * WAD, 0, WAD);

    const debts = await Promise.all([1, 2, 3].map(async (id) => (await branch.latestOf(id)).debt));
    expect(debts[1]).to.equal(0);
    expect(debts[0]).to.be.greaterThan(10_000n * WAD);
    expect(debts[2]).to.be.within(5_000n * WAD, 5_001n * WAD);
    const out = (await collateral.balanceOf(dave)) - before;
    expect(await branch.entireCollateral()).to.equal(1_030n * WAD - out);
    // A trove without debt keeps its collateral and the fee, and its owner may come back.
    expect((await branch.troveOf(2)).status).to.equal(2);
    expect((await branch.troveOf(2)).collateral).to.be.greaterThan(5n * WAD);
    expect(await branch.lastZombie()).to.equal(0);
  });

  it("hits the zombie it left first the next time", async () => {
    const { branch, registry, dave, alice } = await networkHelpers.loadFixture(queued);
    await registry.connect(dave).redeem(9_000n * WAD, 0, WAD);
    expect(await branch.lastZombie()).to.equal(2);
    expect(await branch.nextByRate(0)).to.equal(3);
    const { debt } = await branch.latestOf(2);
    expect(debt).to.be.within(1_000n * WAD, 1_001n * WAD);
    await registry.connect(dave).redeem(1_500n * WAD, 0, WAD);

    expect((await branch.latestOf(2)).debt).to.equal(0);
    expect(await branch.lastZombie()).to.equal(0);
    expect((await branch.latestOf(3)).debt).to.be.within(9_499n * WAD, 9_502n * WAD);
    // Back to life: with a sound debt the zombie joins the queue again.
    await branch.connect(alice).adjustTrove(2, 0, 2_000n * WAD, 2n ** 255n);
    expect((await branch.troveOf(2)).status).to.equal(1);
    expect(await branch.nextByRate(0)).to.equal(2);
  });

  it("revives a zombie that was to be hit next", async () => {
    const { branch, registry, dave, alice } = await networkHelpers.loadFixture(queued);
    await registry.connect(dave).redeem(9_000n * WAD, 0, WAD);
    await expect(branch.connect(alice).setRate(2, WAD / 10n, 0)).to.be.revertedWithCustomError(
      branch,
      "CollateralBranchNotOpen",
    );
    await branch.connect(alice).adjustTrove(2, 0, 2_000n * WAD, 2n ** 255n);

    expect(await branch.lastZombie()).to.equal(0);
    expect(await branch.nextByRate(0)).to.equal(2);
  });

  it("passes over troves that are worth less than their debt", async () => {
    const { branch, registry, dave, alice } = await networkHelpers.loadFixture(queued);
    await branch.place(alice, 10_000n * WAD, 4n * WAD, 1);
    await registry.connect(dave).redeem(1_000n * WAD, 0, WAD);

    expect((await branch.troveOf(5)).debt).to.equal(10_000n * WAD);
    expect((await branch.latestOf(2)).debt).to.be.within(9_000n * WAD, 9_001n * WAD);
  });

  it("looks at no more troves than it is told, and burns no more than it redeems", async () => {
    const { registry, dave, dollar, branch } = await networkHelpers.loadFixture(queued);
    const held = await dollar.balanceOf(dave);
    const redeemed = await registry.connect(dave).redeem.staticCall(15_000n * WAD, 1, WAD);
    await registry.connect(dave).redeem(15_000n * WAD, 1, WAD);

    expect(redeemed).to.be.within(10_000n * WAD, 10_001n * WAD);
    expect(held - (await dollar.balanceOf(dave))).to.be.within(redeemed, redeemed + WAD / 100n);
    expect((await branch.latestOf(3)).debt).to.be.greaterThan(10_000n * WAD);
  });

  it("raises the base rate by what was really redeemed, and counts whole minutes", async () => {
    const { registry, dave, dollar } = await networkHelpers.loadFixture(queued);
    const begun = await registry.lastBaseRateUpdate();
    await time.setNextBlockTimestamp(begun + 90n + 60n * 100n);
    const supply = await dollar.totalSupply();
    await registry.connect(dave).redeem(13_000n * WAD, 0, WAD);

    expect(await registry.baseRate()).to.equal((13_000n * WAD * WAD) / supply);
    expect(await registry.lastBaseRateUpdate()).to.equal(begun + 60n * 101n);
  });

  it("spreads over branches by what no stability pool backs, and is cut to that", async () => {
    const { registry, first, second, alice, bob, dollar } = await networkHelpers.loadFixture(twin);
    await first.pool.connect(alice).deposit(50_000n * WAD);
    await second.pool.connect(bob).deposit(10_000n * WAD);
    const before = await dollar.balanceOf(bob);
    await registry.connect(bob).redeem(8_000n * WAD, 0, WAD);
    expect((await first.branch.troveOf(1)).debt).to.equal(58_000n * WAD);
    expect((await second.branch.troveOf(1)).debt).to.equal(34_000n * WAD);
    expect(before - (await dollar.balanceOf(bob))).to.equal(8_000n * WAD);

    await dollar.connect(alice).transfer(bob, 10_000n * WAD);
    const left = 8_000n * WAD + 24_000n * WAD;
    await registry.connect(bob).redeem(32_000n * WAD, 0, WAD);
    expect((await first.branch.entireDebt()) + (await second.branch.entireDebt())).to.equal(92_000n * WAD - left);
  });

  it("spreads by debt, uncut, where everything is backed", async () => {
    const { registry, alice, bob, carol, branches } = await networkHelpers.loadFixture(triplet);
    const [first, second, third] = branches;
    if (!first || !second || !third) throw new RangeError("three branches were asked for");
    await first.pool.connect(alice).deposit(60_000n * WAD);
    await second.pool.connect(bob).deposit(40_000n * WAD);
    // The dollars come from a branch whose feed is broken, so that it takes no part.
    await third.feed.setRound(0, await time.latest());
    await registry.connect(carol).redeem(10_000n * WAD, 0, WAD);

    expect((await first.branch.troveOf(1)).debt).to.equal(54_000n * WAD);
    expect((await second.branch.troveOf(1)).debt).to.equal(36_000n * WAD);
    expect((await third.branch.troveOf(1)).debt).to.equal(20_000n * WAD);
  });

  it("leaves out branches that are shut down, unsound or without a price", async () => {
    const { registry, first, second, bob } = await networkHelpers.loadFixture(twin);
    await first.feed.setRound(0, await time.latest());
    await registry.connect(bob).redeem(1_000n * WAD, 0, WAD);
    expect((await first.branch.troveOf(1)).debt).to.equal(60_000n * WAD);
    await second.setPrice(400n);

    await expect(registry.connect(bob).redeem(1_000n * WAD, 0, WAD))
      .to.be.revertedWithCustomError(registry, "BranchRegistryNothingRedeemed")
      .withArgs(1_000n * WAD);
    await second.branch.shutDown();
    expect((await second.branch.redeemability()).isRedeemable).to.equal(false);
  });

  it("refuses nothing, dear rates, strangers and branches that do not belong", async () => {
    const { registry, branch, dave, alice, dollar, owner } = await networkHelpers.loadFixture(queued);
    const own = registry.connect(dave);

    await expect(own.redeem(0, 0, WAD)).to.be.revertedWithCustomError(registry, "BranchRegistryNothingRedeemed");
    await expect(own.redeem(1_300n * WAD, 0, WAD / 1_000n)).to.be.revertedWithCustomError(
      registry,
      "BranchRegistryRateTooHigh",
    );
    await expect(branch.connect(dave).redeem(dave, 1, 0, 0))
      .to.be.revertedWithCustomError(branch, "CollateralBranchUnauthorized")
      .withArgs(dave, registry);
    await expect(registry.connect(owner).addBranch(branch)).to.be.revertedWithCustomError(
      registry,
      "BranchRegistryInvalidBranch",
    );
    await expect(registry.connect(alice).addBranch(branch)).to.be.revertedWithCustomError(
      registry,
      "OwnableUnauthorizedAccount",
    );
    await expect(dollar.connect(alice).mint(alice, 1)).to.be.revertedWithCustomError(
      dollar,
      "SyntheticDollarNotBranch",
    );
    await expect(dollar.connect(alice).burn(dave, 1)).to.be.revertedWithCustomError(dollar, "SyntheticDollarNotBranch");
    await expect(dollar.connect(alice).authorize(alice)).to.be.revertedWithCustomError(
      dollar,
      "OwnableUnauthorizedAccount",
    );
  });

  it("quotes a rate before there is a dollar, and caps it at one", async () => {
    const { registry } = await networkHelpers.loadFixture(fixture);

    expect(await registry.redemptionRateFor(WAD)).to.equal(WAD / 200n);
    const [, base, rate] = await registry.previewBaseRate(WAD, 0, WAD, WAD);
    expect([base, rate]).to.deep.equal([WAD, WAD]);
    expect((await registry.previewBaseRate(WAD, 10n ** 12n, 0, WAD)).baseRateAfter).to.equal(0);
  });

  describe("urgent", () => {
    it("pays a bonus of two percent, as far as the collateral reaches (LQ-07)", async () => {
      const { input, expected } = vector("LQ-07");
      const { branch, alice, bob, setPrice, collateral, dollar } = await networkHelpers.loadFixture(fixture);
      await branch.place(alice, input("debt"), input("coll"), 0);
      await branch.place(bob, 30_000n * WAD, 15n * WAD, 0);
      await setPrice(1_000n);
      await branch.shutDown();
      await setPrice(2_000n);
      const held = [await collateral.balanceOf(bob), await dollar.balanceOf(bob)] as const;
      const [redeemed, taken] = await branch.connect(bob).redeemUrgently.staticCall(input("bold"), [1], 0);
      await branch.connect(bob).redeemUrgently(input("bold"), [1], expected("collLot"));

      expect([redeemed, taken]).to.deep.equal([expected("boldLot"), expected("collLot")]);
      expect((await collateral.balanceOf(bob)) - held[0]).to.equal(expected("collLot"));
      expect(held[1] - (await dollar.balanceOf(bob))).to.equal(expected("boldLot"));
      expect((await branch.troveOf(1)).status).to.equal(2);
    });

    it("goes through troves in any order, until it has enough", async () => {
      const { branch, alice, bob, setPrice } = await networkHelpers.loadFixture(queued);
      await branch.place(bob, 90_000n * WAD, 1n * WAD, 0);
      await setPrice(200n);
      await branch.shutDown();
      await setPrice(2_000n);
      const [redeemed] = await branch.connect(bob).redeemUrgently.staticCall(15_000n * WAD, [3, 1, 2], 0);
      await branch.connect(bob).redeemUrgently(15_000n * WAD, [3, 1, 2], 0);

      expect(redeemed).to.equal(15_000n * WAD);
      expect((await branch.latestOf(3)).debt).to.equal(0);
      expect((await branch.latestOf(1)).debt).to.be.within(5_000n * WAD, 5_001n * WAD);
      expect((await branch.latestOf(2)).debt).to.be.greaterThan(10_000n * WAD);
      expect((await branch.troveOf(2)).owner).to.equal(alice);
    });

    it("waits for the shutdown, asks for open troves, and for as much collateral as promised", async () => {
      const { branch, bob, setPrice } = await networkHelpers.loadFixture(queued);
      await expect(branch.connect(bob).redeemUrgently(1, [1], 0))
        .to.be.revertedWithCustomError(branch, "CollateralBranchShutDown")
        .withArgs(false);
      await setPrice(100n);
      await branch.shutDown();

      await expect(branch.connect(bob).redeemUrgently(1, [9], 0)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchNotOpen",
      );
      await expect(branch.connect(bob).redeemUrgently(WAD, [1], WAD)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchTooLittleCollateral",
      );
    });
  });
});
