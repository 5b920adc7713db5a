import { expect } from "chai";
import { network } from "hardhat";

import { deployCdp, TERMS } from "../../../helpers/cdp.ts";
import { vector } from "../../../helpers/defi-vectors.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;
const YEAR = 31_536_000n;
const WEEK = 604_800n;
const NO_LIMIT = 2n ** 255n;

async function fixture() {
  return await deployCdp(connection);
}

/** Alice owes 100,000 against 1,000 at 5 %, so that nothing is critical. */
async function opened() {
  const ground = await deployCdp(connection);
  await ground.branch.connect(ground.alice).openTrove(1_000n * WAD, 100_000n * WAD, WAD / 20n, NO_LIMIT);
  return ground;
}

async function reserved() {
  return await deployCdp(connection, { branches: [{ gasReserve: (375n * WAD) / 10_000n }] });
}

describe("CollateralBranch, troves", () => {
  describe("openTrove", () => {
    it("charges a week of the branch's average rate at once (LQ-08)", async () => {
      const { input, expected } = vector("LQ-08");
      const { branch, alice, bob, dollar } = await networkHelpers.loadFixture(fixture);
      expect(await branch.previewUpfrontFee(input("debt"), input("avgRate"))).to.equal(expected("fee"));
      await branch.connect(alice).openTrove(1_000n * WAD, input("debt"), input("avgRate"), NO_LIMIT);

      const first = await branch.troveOf(1);
      expect(first.debt).to.equal(input("debt") + expected("fee"));
      expect(await dollar.balanceOf(alice)).to.equal(input("debt"));
      const at = (await time.latest()) + 1_000;
      await time.setNextBlockTimestamp(at);
      await branch.connect(bob).openTrove(1_000n * WAD, 20_000n * WAD, WAD / 10n, NO_LIMIT);
      const pending = ceil(first.debt * first.rate * 1_000n, YEAR * WAD);
      const debt = first.debt + pending + 20_000n * WAD;
      const average = (first.debt * first.rate + (20_000n * WAD * WAD) / 10n) / debt;
      const fee = (20_000n * WAD * average * WEEK) / (YEAR * WAD);
      expect((await branch.troveOf(2)).debt).to.equal(20_000n * WAD + fee);
    });

    it("gives three quarters of the fee to the stability pool and the rest to the treasury", async () => {
      const { branch, alice, treasury, pool, dollar } = await networkHelpers.loadFixture(fixture);
      await branch.connect(alice).openTrove(1_000n * WAD, 10_000n * WAD, WAD / 20n, NO_LIMIT);
      const fee = (await branch.troveOf(1)).debt - 10_000n * WAD;

      expect(await dollar.balanceOf(pool)).to.equal((fee * 3n) / 4n);
      expect(await dollar.balanceOf(treasury)).to.equal(fee - (fee * 3n) / 4n);
      expect(await pool.pendingYield()).to.equal((fee * 3n) / 4n);
      expect(await dollar.totalSupply()).to.equal((await branch.totals()).activeDebt);
    });

    it("keeps a gas reserve, and gives it back when the trove is closed", async () => {
      const { branch, alice, bob, gas, dollar, terms } = await networkHelpers.loadFixture(reserved);
      await branch.connect(alice).openTrove(1_000n * WAD, 100_000n * WAD, WAD / 20n, NO_LIMIT);
      await expect(branch.connect(bob).openTrove(100n * WAD, 10_000n * WAD, WAD / 20n, NO_LIMIT)).to.changeTokenBalance(
        ethers,
        gas,
        bob,
        -terms.gasReserve,
      );
      await dollar.connect(alice).transfer(bob, 1_000n * WAD);

      await expect(branch.connect(bob).closeTrove(2)).to.changeTokenBalance(ethers, gas, bob, terms.gasReserve);
    });

    it("refuses too little debt, rates out of bounds, dear fees and thin collateral", async () => {
      const { branch, bob } = await networkHelpers.loadFixture(opened);
      const own = branch.connect(bob);
      const refuses = (action: Promise<unknown>, error: string) =>
        expect(action).to.be.revertedWithCustomError(branch, error);

      await refuses(own.openTrove(WAD * 10n, 1_990n * WAD, WAD / 20n, NO_LIMIT), "CollateralBranchDebtTooLow");
      await refuses(own.openTrove(WAD * 10n, 2_000n * WAD, WAD / 200n - 1n, NO_LIMIT), "CollateralBranchInvalidRate");
      await refuses(
        own.openTrove(WAD * 10n, 2_000n * WAD, (5n * WAD) / 2n + 1n, NO_LIMIT),
        "CollateralBranchInvalidRate",
      );
      await refuses(own.openTrove(WAD * 10n, 2_000n * WAD, WAD / 20n, 1n), "CollateralBranchFeeTooHigh");
      await refuses(own.openTrove(WAD, 2_000n * WAD, WAD / 20n, NO_LIMIT), "CollateralBranchRatioTooLow");
      await refuses(own.openTrove(30_000n * WAD, 49_000_000n * WAD, WAD / 20n, NO_LIMIT), "CollateralBranchCritical");
    });

    it("stops where the feed is broken or stale", async () => {
      const { branch, bob, feed } = await networkHelpers.loadFixture(opened);
      await feed.setRound(0, await time.latest());

      await expect(
        branch.connect(bob).openTrove(WAD * 10n, 2_000n * WAD, WAD / 20n, NO_LIMIT),
      ).to.be.revertedWithCustomError(branch, "CollateralBranchBrokenFeed");
      expect(await branch.priceNow()).to.deep.equal([2_000n * WAD, false]);
    });
  });

  describe("interest", () => {
    it("accrues simply on what is written, for the branch rounded up, for a trove down", async () => {
      const { branch } = await networkHelpers.loadFixture(opened);
      const trove = await branch.troveOf(1);
      await time.increaseTo(trove.lastUpdate + YEAR / 7n);

      const { debt, interest } = await branch.latestOf(1);
      expect(interest).to.equal((trove.debt * trove.rate * (YEAR / 7n)) / (YEAR * WAD));
      expect(debt).to.equal(trove.debt + interest);
      expect(await branch.pendingInterest()).to.equal(ceil(trove.debt * trove.rate * (YEAR / 7n), YEAR * WAD));
      expect(await branch.entireDebt()).to.equal(trove.debt + (await branch.pendingInterest()));
    });

    it("is minted by anybody's touch", async () => {
      const { branch, dollar, bob } = await networkHelpers.loadFixture(opened);
      await time.increase(YEAR);
      await expect(branch.connect(bob).accrue()).to.emit(branch, "InterestMinted");

      const { activeDebt } = await branch.totals();
      expect(await dollar.totalSupply()).to.equal(activeDebt);
      await branch.settleTrove(1);
      const { debt, lastUpdate } = await branch.troveOf(1);
      expect(lastUpdate).to.equal(await time.latest());
      expect(debt).to.be.within(activeDebt, (await branch.totals()).activeDebt);
    });
  });

  describe("adjustTrove", () => {
    it("adds debt against the fee, and repays without", async () => {
      const { branch, alice, dollar, collateral } = await networkHelpers.loadFixture(opened);
      const before = (await branch.troveOf(1)).debt;
      await branch.connect(alice).adjustTrove(1, WAD, 1_000n * WAD, NO_LIMIT);
      const grown = await branch.troveOf(1);
      expect(grown.debt).to.be.greaterThan(before + 1_000n * WAD);
      expect(grown.collateral).to.equal(1_001n * WAD);

      const held = await dollar.balanceOf(alice);
      await expect(branch.connect(alice).adjustTrove(1, -2n * WAD, -500n * WAD, 0)).to.changeTokenBalance(
        ethers,
        collateral,
        alice,
        2n * WAD,
      );
      expect(await dollar.balanceOf(alice)).to.equal(held - 500n * WAD);
      expect((await branch.troveOf(1)).debt).to.be.lessThan(grown.debt);
    });

    it("refuses what there is not, nothing, and others' troves", async () => {
      const { branch, alice, bob } = await networkHelpers.loadFixture(opened);
      const own = branch.connect(alice);

      for (const [coll, debt] of [
        [0n, 0n],
        [-1_001n * WAD, 0n],
        [0n, -200_000n * WAD],
      ] as const) {
        await expect(own.adjustTrove(1, coll, debt, 0)).to.be.revertedWithCustomError(
          branch,
          "CollateralBranchInvalidChange",
        );
      }
      await expect(own.adjustTrove(1, 0, -99_000n * WAD, 0)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchDebtTooLow",
      );
      await expect(branch.connect(bob).adjustTrove(1, 1, 0, 0))
        .to.be.revertedWithCustomError(branch, "CollateralBranchUnauthorized")
        .withArgs(bob, alice);
      await expect(own.adjustTrove(2, 1, 0, 0))
        .to.be.revertedWithCustomError(branch, "CollateralBranchNotOpen")
        .withArgs(2, 0);
    });

    it("lets nobody add risk while the branch is critical, but lets risk be taken off", async () => {
      const { branch, alice, setPrice } = await networkHelpers.loadFixture(opened);
      await setPrice(150n);
      const own = branch.connect(alice);
      const refuses = (action: Promise<unknown>) =>
        expect(action).to.be.revertedWithCustomError(branch, "CollateralBranchCritical");

      await refuses(own.adjustTrove(1, 0, 100n * WAD, NO_LIMIT));
      await refuses(own.adjustTrove(1, -WAD, 0, 0));
      await refuses(own.adjustTrove(1, -WAD, -149n * WAD, 0));
      await own.adjustTrove(1, -WAD, -150n * WAD, 0);
      await own.adjustTrove(1, WAD, 0, 0);
      await own.adjustTrove(1, 0, -WAD, 0);
    });

    it("lets nobody make a sound branch critical", async () => {
      const { branch, alice } = await networkHelpers.loadFixture(opened);

      await expect(branch.connect(alice).adjustTrove(1, -930n * WAD, 0, 0)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchCritical",
      );
    });
  });

  describe("setRate", () => {
    it("is charged within a week of the last change, and free afterwards", async () => {
      const { branch, alice } = await networkHelpers.loadFixture(opened);
      const { lastRateUpdate } = await branch.troveOf(1);
      await expect(branch.connect(alice).setRate(1, WAD / 10n, 1n)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchFeeTooHigh",
      );
      await time.setNextBlockTimestamp(lastRateUpdate + WEEK - 1n);
      await expect(branch.connect(alice).setRate(1, WAD / 10n, NO_LIMIT)).to.emit(branch, "UpfrontFeeCharged");
      await time.setNextBlockTimestamp(lastRateUpdate + 2n * WEEK - 1n);

      await expect(branch.connect(alice).setRate(1, WAD / 4n, 0)).not.to.emit(branch, "UpfrontFeeCharged");
      expect((await branch.troveOf(1)).rate).to.equal(WAD / 4n);
    });

    it("moves the trove in the queue, the newest of equals first", async () => {
      const { branch, alice, bob, carol } = await networkHelpers.loadFixture(opened);
      await branch.connect(bob).openTrove(100n * WAD, 5_000n * WAD, WAD / 50n, NO_LIMIT);
      await branch.connect(carol).openTrove(100n * WAD, 5_000n * WAD, WAD / 10n, NO_LIMIT);
      const queue = async () => {
        const ids: bigint[] = [];
        for (let id = await branch.nextByRate(0); id !== 0n; id = await branch.nextByRate(id)) ids.push(id);
        return ids;
      };
      expect(await queue()).to.deep.equal([2n, 1n, 3n]);

      await branch.connect(bob).setRate(2, WAD / 2n, NO_LIMIT);
      expect(await queue()).to.deep.equal([1n, 3n, 2n]);
      await branch.connect(alice).setRate(1, WAD / 10n, NO_LIMIT);
      expect(await queue()).to.deep.equal([1n, 3n, 2n]);
      await branch.connect(carol).setRate(3, WAD / 10n, NO_LIMIT);
      expect(await queue()).to.deep.equal([3n, 1n, 2n]);
    });
  });

  describe("closeTrove", () => {
    it("gives everything back against the whole debt", async () => {
      const { branch, alice, bob, dollar, collateral } = await networkHelpers.loadFixture(opened);
      await branch.connect(bob).openTrove(100n * WAD, 5_000n * WAD, WAD / 50n, NO_LIMIT);
      await dollar.connect(alice).transfer(bob, 100n * WAD);
      const before = await collateral.balanceOf(bob);
      await branch.connect(bob).closeTrove(2);

      expect((await collateral.balanceOf(bob)) - before).to.equal(100n * WAD);
      expect((await branch.troveOf(2)).status).to.equal(3);
      expect(await branch.openTroveCount()).to.equal(1);
      expect(await branch.entireCollateral()).to.equal(1_000n * WAD);
      await expect(branch.connect(bob).closeTrove(2)).to.be.revertedWithCustomError(branch, "CollateralBranchNotOpen");
    });

    it("keeps the last trove of a living branch", async () => {
      const { branch, alice } = await networkHelpers.loadFixture(opened);

      await expect(branch.connect(alice).closeTrove(1))
        .to.be.revertedWithCustomError(branch, "CollateralBranchLastTrove")
        .withArgs(1);
    });

    it("keeps a trove that the branch needs to stay above its critical ratio", async () => {
      const { branch, alice, bob, dollar, setPrice } = await networkHelpers.loadFixture(opened);
      await branch.connect(bob).openTrove(20n * WAD, 20_000n * WAD, WAD / 50n, NO_LIMIT);
      await dollar.connect(bob).transfer(alice, 1_000n * WAD);
      await setPrice(1_550n);

      await expect(branch.connect(alice).closeTrove(1)).to.be.revertedWithCustomError(
        branch,
        "CollateralBranchCritical",
      );
    });
  });

  describe("shutDown", () => {
    it("stops interest and all that adds risk, but not leaving", async () => {
      const { branch, alice, bob, setPrice } = await networkHelpers.loadFixture(opened);
      await expect(branch.connect(bob).shutDown()).to.be.revertedWithCustomError(branch, "CollateralBranchStillSound");
      await setPrice(109n);
      await expect(branch.connect(bob).shutDown()).to.emit(branch, "BranchShutDown");
      const { debt } = await branch.latestOf(1);
      await time.increase(YEAR);

      expect((await branch.latestOf(1)).debt).to.equal(debt);
      expect(await branch.pendingInterest()).to.equal(0);
      const own = branch.connect(alice);
      for (const action of [
        () => own.openTrove(WAD, WAD, WAD / 20n, NO_LIMIT),
        () => own.adjustTrove(1, 1, 0, 0),
        () => own.setRate(1, WAD / 10n, NO_LIMIT),
        () => own.settleTrove(1),
        () => own.shutDown(),
      ]) {
        await expect(action()).to.be.revertedWithCustomError(branch, "CollateralBranchShutDown").withArgs(true);
      }
      // The fee and the interest went to others: whoever wants out buys these dollars.
      await branch.place(alice, 10_000n * WAD, 1n, 0);
      await own.closeTrove(1);
      expect((await branch.troveOf(1)).status).to.equal(3);
    });

    it("may follow a broken feed, at the last good price", async () => {
      const { branch, bob, feed } = await networkHelpers.loadFixture(opened);
      await feed.setRound(-1, await time.latest());
      await branch.connect(bob).shutDown();

      expect(await branch.shutdownTime()).to.equal(await time.latest());
      expect(await branch.lastGoodPrice()).to.equal(2_000n * WAD);
    });
  });

  describe("set-up", () => {
    it("refuses terms that cannot work", async () => {
      const { owner, dollar, terms } = await networkHelpers.loadFixture(fixture);
      const wrong = [
        { minRatio: WAD },
        { criticalRatio: TERMS.minRatio - 1n },
        { shutdownRatio: WAD - 1n },
        { shutdownRatio: TERMS.criticalRatio + 1n },
        { redistributionPenalty: TERMS.poolPenalty - 1n },
        { treasury: ethers.ZeroAddress },
      ];
      const factory = await ethers.getContractFactory("CollateralBranch");
      for (const change of wrong) {
        const args = [owner, dollar, { ...terms, ...change }] as const;
        await expect(factory.deploy(...args)).to.be.revertedWithCustomError(factory, "CollateralBranchInvalidTerms");
      }
    });

    it("learns its stability pool once, from its owner", async () => {
      const { branch, pool, alice } = await networkHelpers.loadFixture(fixture);

      await expect(branch.setStabilityPool(pool)).to.be.revertedWithCustomError(branch, "CollateralBranchUnauthorized");
      await expect(branch.connect(alice).setStabilityPool(pool)).to.be.revertedWithCustomError(
        branch,
        "OwnableUnauthorizedAccount",
      );
    });
  });
});

function ceil(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
