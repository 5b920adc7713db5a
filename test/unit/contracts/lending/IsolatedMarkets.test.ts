import { expect } from "chai";
import { network } from "hardhat";

import { deployIsolated, fillMarket, PRICE } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const YEAR = 31_536_000n;
/** Ten percent a year [WAD per second]. */
const RATE = WAD / 10n / YEAR;

async function fixture() {
  return await deployIsolated(connection);
}

async function filled() {
  const ground = await deployIsolated(connection);
  await fillMarket(ground, 120n * WAD);
  return ground;
}

describe("IsolatedMarkets", () => {
  describe("createMarket", () => {
    it("opens a market that anybody can find by what makes it", async () => {
      const { markets, params, keeper } = await networkHelpers.loadFixture(fixture);
      const other = { ...params, lltv: WAD / 2n };
      const id = await markets.idOf(other);

      await expect(markets.connect(keeper).createMarket(other)).to.emit(markets, "MarketCreated");
      expect((await markets.paramsOf(id)).lltv).to.equal(WAD / 2n);
      expect((await markets.totalsOf(id)).lastUpdate).to.equal(await networkHelpers.time.latest());
    });

    it("takes a market without a rate model, whose debt never grows", async () => {
      const { markets, params, lender } = await networkHelpers.loadFixture(fixture);
      const free = { ...params, rateModel: ethers.ZeroAddress };
      const id = await markets.idOf(free);
      await markets.createMarket(free);
      await markets.connect(lender).supply(id, WAD, 0, lender);
      await markets.connect(lender).supplyCollateral(id, 2n * WAD, lender);
      await markets.connect(lender).borrow(id, WAD, 0, lender, lender);
      await networkHelpers.time.increase(YEAR);

      expect((await markets.accruedTotalsOf(id)).borrowAssets).to.equal(WAD);
      await markets.accrue(id);
      expect((await markets.totalsOf(id)).borrowAssets).to.equal(WAD);
    });

    it("refuses a second one, an LLTV of 100 % and missing parts", async () => {
      const { markets, params, id } = await networkHelpers.loadFixture(fixture);

      await expect(markets.createMarket(params))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsAlreadyCreated")
        .withArgs(id);
      await expect(markets.createMarket({ ...params, lltv: WAD }))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsInvalidLltv")
        .withArgs(WAD);
      for (const part of ["loanToken", "collateralToken", "oracle"]) {
        await expect(markets.createMarket({ ...params, [part]: ethers.ZeroAddress })).to.be.revertedWithCustomError(
          markets,
          "IsolatedMarketsZeroAddress",
        );
      }
    });
  });

  describe("supply and withdraw", () => {
    it("takes exactly one of assets and shares", async () => {
      const { markets, id, lender } = await networkHelpers.loadFixture(fixture);
      const own = markets.connect(lender);
      const wrong = (action: Promise<unknown>) =>
        expect(action).to.be.revertedWithCustomError(markets, "IsolatedMarketsInconsistentInput");

      await wrong(own.supply(id, 1, 1, lender));
      await wrong(own.withdraw(id, 0, 0, lender, lender));
      await wrong(own.borrow(id, 1, 1, lender, lender));
      await wrong(own.repay(id, 0, 0, lender));
      await wrong(own.liquidate(id, lender, 1, 1, "0x"));
    });

    it("rounds shares for the market's other suppliers", async () => {
      const ground = await networkHelpers.loadFixture(filled);
      const { markets, id, lender, rateModel } = ground;
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR);
      const { supplyAssets, supplyShares } = await markets.totalsOf(id).then(async () => {
        await markets.accrue(id);
        return await markets.totalsOf(id);
      });
      await rateModel.setRate(0);
      const [assets, shares] = [supplyAssets + 1n, supplyShares + 10n ** 6n];

      const [paid, minted] = await markets.connect(lender).supply.staticCall(id, 7n, 0, lender);
      expect([paid, minted]).to.deep.equal([7n, (7n * shares) / assets]);
      const [cost] = await markets.connect(lender).supply.staticCall(id, 0, 7n, lender);
      expect(cost).to.equal((7n * assets) / shares + 1n);
      const [, burned] = await markets.connect(lender).withdraw.staticCall(id, 7n, 0, lender, lender);
      expect(burned).to.equal((7n * shares) / assets + 1n);
    });

    it("pays the receiver for whom the caller may act", async () => {
      const { markets, id, lender, keeper, loan } = await networkHelpers.loadFixture(filled);
      await expect(markets.connect(keeper).withdraw(id, WAD, 0, lender, keeper))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsUnauthorized")
        .withArgs(keeper, lender);
      await expect(markets.connect(lender).setAuthorization(keeper, true))
        .to.emit(markets, "AuthorizationSet")
        .withArgs(lender, keeper, true);

      await expect(markets.connect(keeper).withdraw(id, WAD, 0, lender, keeper)).to.changeTokenBalance(
        ethers,
        loan,
        keeper,
        WAD,
      );
    });

    it("keeps what is lent, and what others own", async () => {
      const { markets, id, lender, borrower } = await networkHelpers.loadFixture(filled);

      await expect(markets.connect(lender).withdraw(id, 2_601n * WAD, 0, lender, lender))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientLiquidity")
        .withArgs(5_000n * WAD, 4_999n * WAD);
      await expect(markets.connect(borrower).withdraw(id, 1, 0, borrower, borrower))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientPosition")
        .withArgs(borrower, 10n ** 6n, 0);
    });

    it("refuses nobody, nothing and unknown markets", async () => {
      const { markets, id, lender } = await networkHelpers.loadFixture(fixture);
      const own = markets.connect(lender);
      const zero = ethers.ZeroAddress;
      const unknown = ethers.ZeroHash;

      await expect(own.supply(id, 1, 0, zero)).to.be.revertedWithCustomError(markets, "IsolatedMarketsZeroAddress");
      await expect(own.withdraw(id, 1, 0, lender, zero)).to.be.revertedWithCustomError(
        markets,
        "IsolatedMarketsZeroAddress",
      );
      for (const action of [
        () => own.supplyCollateral(id, 0, lender),
        () => own.withdrawCollateral(id, 0, lender, lender),
      ]) {
        await expect(action()).to.be.revertedWithCustomError(markets, "IsolatedMarketsZeroAmount");
      }
      for (const action of [
        () => own.accrue(unknown),
        () => own.supply(unknown, 1, 0, lender),
        () => own.supplyCollateral(unknown, 1, lender),
      ]) {
        await expect(action()).to.be.revertedWithCustomError(markets, "IsolatedMarketsUnknownMarket").withArgs(unknown);
      }
    });
  });

  describe("borrow and repay", () => {
    it("checks health with the interest until now", async () => {
      const { markets, id, borrower, rateModel } = await networkHelpers.loadFixture(filled);
      const [, maxBorrow] = await markets.healthOf(id, borrower);
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR);
      // What could be borrowed before the interest cannot be any more.
      const spare = maxBorrow - 100n * WAD;

      await expect(markets.connect(borrower).borrow(id, spare, 0, borrower, borrower)).to.be.revertedWithCustomError(
        markets,
        "IsolatedMarketsInsufficientCollateral",
      );
      await expect(
        markets.connect(borrower).withdrawCollateral(id, 119n * WAD, borrower, borrower),
      ).to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientCollateral");
    });

    it("lends no more than is supplied", async () => {
      const { markets, id, lender } = await networkHelpers.loadFixture(filled);

      await expect(markets.connect(lender).borrow(id, 2_601n * WAD, 0, lender, lender))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientLiquidity")
        .withArgs(7_601n * WAD, 7_600n * WAD);
    });

    it("lets anybody repay, by shares to the last wei", async () => {
      const { markets, id, borrower, keeper, loan, rateModel, liquidator } = await networkHelpers.loadFixture(filled);
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR / 3n);
      const { borrowShares } = await markets.positionOf(id, borrower);
      expect(await markets.borrowersOf(id)).to.include(borrower.address);

      await markets.connect(liquidator).repay(id, 0, borrowShares, borrower);
      expect((await markets.positionOf(id, borrower)).borrowShares).to.equal(0);
      expect(await markets.borrowersOf(id)).not.to.include(borrower.address);
      await expect(markets.connect(borrower).withdrawCollateral(id, 120n * WAD, borrower, keeper))
        .to.emit(markets, "CollateralWithdrawn")
        .withArgs(id, borrower, borrower, keeper, 120n * WAD);
      expect(await loan.balanceOf(borrower)).to.equal(10n ** 30n + 100n * WAD);
    });

    it("refuses to repay more than is owed", async () => {
      const { markets, id, borrower } = await networkHelpers.loadFixture(filled);

      await expect(markets.connect(borrower).repay(id, 101n * WAD, 0, borrower))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientPosition")
        .withArgs(borrower, 101n * WAD * 10n ** 6n, 100n * WAD * 10n ** 6n);
    });

    it("borrows and repays by shares, rounded against the borrower", async () => {
      const { markets, id, lender, rateModel } = await networkHelpers.loadFixture(filled);
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR);
      await markets.accrue(id);
      await rateModel.setRate(0);
      const totals = await markets.totalsOf(id);
      const [assets, shares] = [totals.borrowAssets + 1n, totals.borrowShares + 10n ** 6n];
      const asked = 12_345_678n;

      const [got] = await markets.connect(lender).borrow.staticCall(id, 0, asked, lender, lender);
      expect(got).to.equal((asked * assets) / shares);
      const [paid] = await markets.connect(lender).repay.staticCall(id, 0, asked, lender);
      expect(paid).to.equal((asked * assets) / shares + 1n);
      const [, burned] = await markets.connect(lender).repay.staticCall(id, 7n, 0, lender);
      expect(burned).to.equal((7n * shares) / assets);
    });
  });

  describe("interest", () => {
    it("grows by three terms of the series, and mints the fee's shares at the price before the fee", async () => {
      const { markets, id, owner, keeper, rateModel } = await networkHelpers.loadFixture(filled);
      await markets.connect(owner).setFeeRecipient(keeper);
      await markets.connect(owner).setFee(id, WAD / 4n);
      await rateModel.setRate(RATE);
      const before = await markets.totalsOf(id);
      await networkHelpers.time.increaseTo(before.lastUpdate + YEAR - 1n);
      await networkHelpers.time.setNextBlockTimestamp(before.lastUpdate + YEAR);
      await markets.accrue(id);

      const first = RATE * YEAR;
      const second = (first * first) / (2n * WAD);
      const third = (second * first) / (3n * WAD);
      const interest = (before.borrowAssets * (first + second + third)) / WAD;
      const after = await markets.totalsOf(id);
      expect(after.borrowAssets - before.borrowAssets).to.equal(interest);
      expect(after.supplyAssets - before.supplyAssets).to.equal(interest);
      const fee = interest / 4n;
      const shares = (fee * (before.supplyShares + 10n ** 6n)) / (after.supplyAssets - fee + 1n);
      expect((await markets.positionOf(id, keeper)).supplyShares).to.equal(shares);
      expect(after.supplyShares - before.supplyShares).to.equal(shares);
    });

    it("is seen by views before anybody touches the market", async () => {
      const { markets, id, rateModel } = await networkHelpers.loadFixture(filled);
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR);
      const expected = await markets.accruedTotalsOf(id);
      await networkHelpers.time.setNextBlockTimestamp(expected.lastUpdate + 1n);
      await markets.accrue(id);

      const { borrowAssets } = await markets.totalsOf(id);
      expect(borrowAssets - expected.borrowAssets).to.be.within(1n, 10n ** 15n);
      expect(expected.borrowAssets).to.be.greaterThan(5_500n * WAD);
    });

    it("lets a rate model that calls back gain nothing", async () => {
      const { markets, id, lender, rateModel } = await networkHelpers.loadFixture(filled);
      await rateModel.setRate(RATE);
      await networkHelpers.time.increase(YEAR);
      // The model withdraws for the lender while the market asks it for the rate.
      await markets.connect(lender).setAuthorization(rateModel, true);
      await rateModel.setCall(
        markets.interface.encodeFunctionData("withdraw", [id, WAD, 0n, lender.address, lender.address]),
      );
      await markets.accrue(id);

      const totals = await markets.totalsOf(id);
      const { supplyShares } = await markets.positionOf(id, lender);
      expect(supplyShares).to.equal(totals.supplyShares);
      const interest = totals.borrowAssets - 5_000n * WAD;
      expect(totals.supplyAssets).to.equal(7_599n * WAD + interest);
    });

    it("lets only the owner set fees, up to a quarter", async () => {
      const { markets, id, owner, lender } = await networkHelpers.loadFixture(fixture);

      await expect(markets.connect(owner).setFee(id, WAD / 4n + 1n))
        .to.be.revertedWithCustomError(markets, "IsolatedMarketsFeeTooHigh")
        .withArgs(WAD / 4n + 1n);
      const own = markets.connect(lender);
      for (const action of [() => own.setFee(id, 0), () => own.setFeeRecipient(lender)]) {
        await expect(action()).to.be.revertedWithCustomError(markets, "OwnableUnauthorizedAccount");
      }
    });
  });

  describe("liquidate", () => {
    it("recognises bad debt at once when the collateral is gone, and spreads it over the suppliers", async () => {
      const { markets, id, borrower, liquidator, oracle } = await networkHelpers.loadFixture(filled);
      await oracle.setPrice((80n * PRICE) / 100n);
      const unrecognised = await markets.unrecognisedBadDebtOf(id);

      const moved = await markets.connect(liquidator).liquidate.staticCall(id, borrower, 120n * WAD, 0, "0x");
      await markets.connect(liquidator).liquidate(id, borrower, 120n * WAD, 0, "0x");
      expect(moved.badDebtAssets)
        .to.equal(unrecognised)
        .and.to.equal(100n * WAD - moved.repaidAssets);
      expect((await markets.totalsOf(id)).supplyAssets).to.equal(7_600n * WAD - moved.badDebtAssets);
      expect((await markets.positionOf(id, borrower)).borrowShares).to.equal(0);
      expect(await markets.unrecognisedBadDebtOf(id)).to.equal(0);
      expect(await markets.borrowersOf(id)).not.to.include(borrower.address);
    });

    it("leaves bad debt unrecognised while one wei of collateral is left", async () => {
      const { markets, id, borrower, liquidator, oracle } = await networkHelpers.loadFixture(filled);
      await oracle.setPrice((80n * PRICE) / 100n);
      await markets.connect(liquidator).liquidate(id, borrower, 120n * WAD - 1n, 0, "0x");

      expect((await markets.totalsOf(id)).supplyAssets).to.equal(7_600n * WAD);
      expect(await markets.unrecognisedBadDebtOf(id)).to.be.within(8n * WAD, 9n * WAD);
    });

    it("takes no more than there is, of collateral or debt", async () => {
      const { markets, id, borrower, liquidator, oracle } = await networkHelpers.loadFixture(filled);
      await oracle.setPrice((95n * PRICE) / 100n);

      await expect(
        markets.connect(liquidator).liquidate(id, borrower, 120n * WAD, 0, "0x"),
      ).to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientPosition");
      await oracle.setPrice((50n * PRICE) / 100n);
      await expect(
        markets.connect(liquidator).liquidate(id, borrower, 0, 100n * WAD * 10n ** 6n, "0x"),
      ).to.be.revertedWithCustomError(markets, "IsolatedMarketsInsufficientPosition");
    });

    it("allows to liquidate oneself", async () => {
      const { markets, id, borrower, oracle } = await networkHelpers.loadFixture(filled);
      await oracle.setPrice((95n * PRICE) / 100n);

      await expect(markets.connect(borrower).liquidate(id, borrower, WAD, 0, "0x")).to.emit(markets, "Liquidated");
    });

    it("fails visibly when the collateral may not reach the liquidator", async () => {
      const ground = await networkHelpers.loadFixture(fixture);
      const { markets, params, owner, lender, borrower, liquidator, oracle } = ground;
      const share = await ethers.deployContract("FundShare", [owner, 18]);
      await share.setTeller(owner);
      for (const account of [borrower.address, await markets.getAddress()]) await share.setAllowed(account, true);
      await share.mint(borrower, 120n * WAD);
      await share.connect(borrower).approve(markets, ethers.MaxUint256);
      const own = { ...params, collateralToken: await share.getAddress() };
      const id = await markets.idOf(own);
      await markets.createMarket(own);
      await markets.connect(lender).supply(id, 200n * WAD, 0, lender);
      await markets.connect(borrower).supplyCollateral(id, 120n * WAD, borrower);
      await markets.connect(borrower).borrow(id, 100n * WAD, 0, borrower, borrower);
      await oracle.setPrice((80n * PRICE) / 100n);

      await expect(markets.connect(liquidator).liquidate(id, borrower, WAD, 0, "0x")).to.be.revertedWithCustomError(
        share,
        "FundShareNotAllowed",
      );
      await share.setAllowed(liquidator, true);
      await expect(markets.connect(liquidator).liquidate(id, borrower, WAD, 0, "0x")).to.emit(markets, "Liquidated");
    });
  });

  describe("flashLoan", () => {
    it("lends everything within one call, free of charge", async () => {
      const { markets, loan } = await networkHelpers.loadFixture(filled);
      const borrower = await ethers.deployContract("FlashBorrower__MockForIsolated", [markets]);

      await expect(borrower.borrow(loan, 2_600n * WAD, true))
        .to.emit(markets, "FlashLent")
        .withArgs(borrower, loan, 2_600n * WAD);
      expect(await loan.balanceOf(markets)).to.equal(2_600n * WAD);
      expect(await borrower.seen()).to.equal(2_600n * WAD);
    });

    it("takes nothing that is not given back, and lends more than nothing", async () => {
      const { markets, loan } = await networkHelpers.loadFixture(filled);
      const borrower = await ethers.deployContract("FlashBorrower__MockForIsolated", [markets]);

      await expect(borrower.borrow(loan, WAD, false)).to.be.revertedWithCustomError(loan, "ERC20InsufficientAllowance");
      await expect(borrower.borrow(loan, 0, true)).to.be.revertedWithCustomError(markets, "IsolatedMarketsZeroAmount");
    });
  });
});
