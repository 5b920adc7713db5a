import { expect } from "chai";
import { network } from "hardhat";

import { deployLending, LTV_ZERO, NOT_BORROWABLE, PAUSED, USD } from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

const RISK = { ltvBps: 7_850n, ltBps: 8_100n, bonusBps: 10_500n };

async function fixture() {
  const world = await deployLending(connection);
  const listed = await world.list({ price: 2_000n * USD, ...RISK });
  return { ...world, ...listed };
}

describe("ReserveBook", () => {
  describe("list", () => {
    it("numbers assets and returns their terms", async () => {
      const { book, list, asset } = await networkHelpers.loadFixture(fixture);
      const second = await list({ decimals: 6, reserveFactorBps: 1_000n });

      expect(await book.assets()).to.deep.equal([await asset.getAddress(), await second.asset.getAddress()]);
      const terms = await book.termsOf(second.asset);
      expect([terms.id, terms.unit, terms.restrictions]).to.deep.equal([1n, 10n ** 6n, 0n]);
      expect(terms.listing.reserveFactorBps).to.equal(1_000n);
    });

    it("reverts for an asset twice, a strange claim, a missing part, and for anybody else", async () => {
      const { book, pool, alice, list, asset, listing, claim } = await networkHelpers.loadFixture(fixture);
      const other = await ethers.deployContract("Token__MockForMarkets", [18]);

      await expect(book.list(asset, listing))
        .to.be.revertedWithCustomError(book, "ReserveBookCannotList")
        .withArgs(asset);
      await expect(book.list(other, listing))
        .to.be.revertedWithCustomError(book, "ReserveBookWrongClaim")
        .withArgs(claim);
      const away = await ethers.deployContract("SupplyClaim", [book, other]);
      await expect(book.list(other, { ...listing, claim: away })).to.be.revertedWithCustomError(
        book,
        "ReserveBookWrongClaim",
      );
      const own = await ethers.deployContract("SupplyClaim", [pool, other]);
      for (const part of ["feed", "rateModel"]) {
        const wrong = { ...listing, claim: own, [part]: ethers.ZeroAddress };
        await expect(book.list(other, wrong)).to.be.revertedWithCustomError(book, "ReserveBookZero");
      }
      await expect(book.connect(alice).list(other, listing)).to.be.revertedWithCustomError(
        book,
        "OwnableUnauthorizedAccount",
      );
      await expect(list({ reserveFactorBps: 10_001n })).to.be.revertedWithCustomError(
        book,
        "ReserveBookFractionTooHigh",
      );
      await expect(list({ liquidationFeeBps: 10_001n })).to.be.revertedWithCustomError(
        book,
        "ReserveBookFractionTooHigh",
      );
    });

    it("refuses a threshold times a bonus above 100 %, for assets and e-modes alike", async () => {
      const { book, list } = await networkHelpers.loadFixture(fixture);
      const wrong = [
        { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_750n },
        { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_527n },
        { ltvBps: 9_501n, ltBps: 9_500n, bonusBps: 10_100n },
        { ltvBps: 0n, ltBps: 9_500n, bonusBps: 9_999n },
        { ltvBps: 0n, ltBps: 10_001n, bonusBps: 10_000n },
      ];
      for (const risk of wrong) {
        await expect(list(risk)).to.be.revertedWithCustomError(book, "ReserveBookInvalidRisk");
        const terms = { risk, collateralBits: 1n, borrowableBits: 1n };
        await expect(book.setCategory(1, terms)).to.be.revertedWithCustomError(book, "ReserveBookInvalidRisk");
      }
      await list({ ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_526n });
      await list({ ltvBps: 10_000n, ltBps: 10_000n, bonusBps: 10_000n });
    });
  });

  describe("wire", () => {
    it("happens once, with a pool", async () => {
      const { book, pool, owner, treasury } = await networkHelpers.loadFixture(fixture);
      await expect(book.wire(pool)).to.be.revertedWithCustomError(book, "ReserveBookAlreadyWired").withArgs(pool);

      const policy = { treasury, flashFeeBps: 0, flashTreasuryBps: 0, closeFactor: 0, closeFactorBps: 0 };
      const fresh = await ethers.deployContract("ReserveBook", [owner, policy]);
      await expect(fresh.wire(ethers.ZeroAddress)).to.be.revertedWithCustomError(fresh, "ReserveBookZero");
      await expect(fresh.wire(pool)).to.emit(fresh, "PoolWired").withArgs(pool);
      expect(await fresh.pool()).to.equal(pool);
    });
  });

  describe("setTerms", () => {
    it("keeps the claim, and has the pool take the new rates at once", async () => {
      const { book, asset, listing, claim, scripted, pool, treasury } = await networkHelpers.loadFixture(fixture);
      await scripted.setRates(7n, 3n);
      const terms = { ...listing, claim: treasury, supplyCap: 5n };

      await expect(book.setTerms(asset, terms)).to.emit(book, "ReserveTermsSet");
      const { listing: kept } = await book.termsOf(asset);
      expect([kept.claim, kept.supplyCap]).to.deep.equal([await claim.getAddress(), 5n]);
      expect((await pool.reserveOf(asset)).borrowRate).to.equal(7n);
    });

    it("reverts for what is not listed, for wrong terms, and for anybody else", async () => {
      const { book, alice, asset, listing } = await networkHelpers.loadFixture(fixture);

      await expect(book.setTerms(alice, listing))
        .to.be.revertedWithCustomError(book, "ReserveBookNotListed")
        .withArgs(alice);
      const wrong = { ...listing, risk: { ...RISK, bonusBps: 20_000n } };
      await expect(book.setTerms(asset, wrong)).to.be.revertedWithCustomError(book, "ReserveBookInvalidRisk");
      await expect(book.connect(alice).setTerms(asset, listing)).to.be.revertedWithCustomError(
        book,
        "OwnableUnauthorizedAccount",
      );
    });
  });

  describe("restrict and relax", () => {
    it("lets the guardian tighten and only the owner loosen", async () => {
      const { book, asset, guardian, alice } = await networkHelpers.loadFixture(fixture);

      await expect(book.connect(guardian).restrict(asset, PAUSED | LTV_ZERO))
        .to.emit(book, "ReserveRestrictionsSet")
        .withArgs(asset, guardian, PAUSED | LTV_ZERO);
      await expect(book.connect(guardian).relax(asset, PAUSED)).to.be.revertedWithCustomError(
        book,
        "OwnableUnauthorizedAccount",
      );
      await expect(book.connect(alice).restrict(asset, PAUSED))
        .to.be.revertedWithCustomError(book, "PausableFlagsUnauthorized")
        .withArgs(alice);
      await book.relax(asset, PAUSED);
      expect((await book.termsOf(asset)).restrictions).to.equal(LTV_ZERO);
      for (const call of [async () => await book.restrict(alice, 1n), async () => await book.relax(alice, 1n)]) {
        await expect(call()).to.be.revertedWithCustomError(book, "ReserveBookNotListed");
      }
    });

    it("pauses every asset at once", async () => {
      const { book, asset, guardian } = await networkHelpers.loadFixture(fixture);
      await book.connect(guardian).pause(1n);
      expect((await book.termsOf(asset)).restrictions).to.equal(PAUSED);
      await book.unpause(1n);
      expect((await book.termsOf(asset)).restrictions).to.equal(0n);
    });
  });

  describe("e-modes", () => {
    const inside = { ltvBps: 9_300n, ltBps: 9_500n, bonusBps: 10_100n };

    it("hold for the assets of their bitmap, and leave all others their own", async () => {
      const { book, asset, list } = await networkHelpers.loadFixture(fixture);
      const other = await list({ ...RISK, ltvBps: 1n });
      await expect(book.setCategory(7, { risk: inside, collateralBits: 1n, borrowableBits: 2n })).to.emit(
        book,
        "CategorySet",
      );

      expect([...(await book.riskOf(asset, 7))]).to.deep.equal(Object.values(inside));
      expect([...(await book.riskOf(asset, 0))]).to.deep.equal(Object.values(RISK));
      expect([...(await book.riskOf(other.asset, 7))]).to.deep.equal([1n, 8_100n, 10_500n]);
      expect([...(await book.riskOf(asset, 8))]).to.deep.equal(Object.values(RISK));
      expect((await book.categoryTerms(7)).collateralBits).to.equal(1n);
    });

    it("decide alone what can be borrowed inside of them", async () => {
      const { book, asset, list } = await networkHelpers.loadFixture(fixture);
      const { asset: other } = await list();
      await book.setCategory(7, { risk: inside, collateralBits: 1n, borrowableBits: 2n });
      await book.restrict(other, NOT_BORROWABLE);

      expect(await book.isBorrowable(asset, 0)).to.equal(true);
      expect(await book.isBorrowable(asset, 7)).to.equal(false);
      expect(await book.isBorrowable(other, 0)).to.equal(false);
      expect(await book.isBorrowable(other, 7)).to.equal(true);
    });

    it("lose their LTV with the asset's", async () => {
      const { book, asset } = await networkHelpers.loadFixture(fixture);
      await book.setCategory(7, { risk: inside, collateralBits: 1n, borrowableBits: 0n });
      await book.restrict(asset, LTV_ZERO);

      expect([...(await book.riskOf(asset, 7))]).to.deep.equal([0n, 9_500n, 10_100n]);
      expect([...(await book.riskOf(asset, 0))]).to.deep.equal([0n, 8_100n, 10_500n]);
    });

    it("revert for number zero, no threshold, and for anybody else", async () => {
      const { book, alice } = await networkHelpers.loadFixture(fixture);
      const terms = { risk: inside, collateralBits: 1n, borrowableBits: 1n };
      const none = { ...terms, risk: { ltvBps: 0n, ltBps: 0n, bonusBps: 0n } };

      for (const call of [async () => await book.setCategory(0, terms), async () => await book.setCategory(1, none)]) {
        await expect(call()).to.be.revertedWithCustomError(book, "ReserveBookZero");
      }
      await expect(book.connect(alice).setCategory(1, terms)).to.be.revertedWithCustomError(
        book,
        "OwnableUnauthorizedAccount",
      );
    });
  });

  describe("prices", () => {
    it("come in eight decimals from any feed, rounded down", async () => {
      const { book, asset, listing, makeFeed } = await networkHelpers.loadFixture(fixture);
      expect(await book.priceOf(asset)).to.equal(2_000n * USD);
      const fine = await makeFeed(19_999_999_999n, 18);
      await book.setTerms(asset, { ...listing, feed: fine });
      expect(await book.priceOf(asset)).to.equal(1n);
      const coarse = await makeFeed(25n, 1);
      await book.setTerms(asset, { ...listing, feed: coarse });
      expect((await book.weightOf(asset, 0)).price).to.equal(25n * 10n ** 7n);
    });

    it("revert when they are too small, stale, or not there", async () => {
      const { book, alice, asset, listing, makeFeed, setPrice } = await networkHelpers.loadFixture(fixture);
      const reader = await ethers.deployContract("MarketMath__Harness");
      await setPrice(0n);
      await expect(book.priceOf(asset)).to.be.revertedWithCustomError(reader, "FeedReaderNotPositive");
      const tiny = await makeFeed(9_999_999_999n, 18);
      await book.setTerms(asset, { ...listing, feed: tiny, maxAge: 60n });
      await expect(book.priceOf(asset)).to.be.revertedWithCustomError(book, "ReserveBookPriceTooSmall").withArgs(asset);
      await networkHelpers.time.increase(1_000);
      await expect(book.priceOf(asset)).to.be.revertedWithCustomError(reader, "FeedReaderStale");
      for (const call of [
        async () => await book.priceOf(alice),
        async () => await book.riskOf(alice, 0),
        async () => await book.isBorrowable(alice, 0),
        async () => await book.termsOf(alice),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(book, "ReserveBookNotListed");
      }
    });
  });

  describe("setPolicy and setInsurer", () => {
    it("take a policy within bounds", async () => {
      const { book, alice, treasury } = await networkHelpers.loadFixture(fixture);
      const policy = { treasury, flashFeeBps: 10_000n, flashTreasuryBps: 10_000n, closeFactor: 1, closeFactorBps: 1n };
      await expect(book.setPolicy(policy)).to.emit(book, "PolicySet");
      expect((await book.policy()).closeFactorBps).to.equal(1n);

      for (const part of ["flashFeeBps", "flashTreasuryBps", "closeFactorBps"]) {
        await expect(book.setPolicy({ ...policy, [part]: 10_001n })).to.be.revertedWithCustomError(
          book,
          "ReserveBookFractionTooHigh",
        );
      }
      await expect(book.setPolicy({ ...policy, treasury: ethers.ZeroAddress })).to.be.revertedWithCustomError(
        book,
        "ReserveBookZero",
      );
      for (const call of [
        async () => await book.connect(alice).setPolicy(policy),
        async () => await book.connect(alice).setInsurer(alice, alice),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(book, "OwnableUnauthorizedAccount");
      }
    });

    it("hold nothing back without an insurer", async () => {
      const { book, asset, alice } = await networkHelpers.loadFixture(fixture);
      expect(await book.heldBackOf(asset, alice)).to.equal(0n);
      await expect(book.setInsurer(asset, alice)).to.emit(book, "InsurerSet").withArgs(asset, alice);
      expect(await book.heldBackOf(asset, alice)).to.equal(0n);
    });
  });
});
