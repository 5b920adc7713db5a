import { expect } from "chai";
import { network } from "hardhat";

import { deployIsolated, LLTV, PRICE } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

/** A vault over three markets with caps of 100, 200 and 300; each has a borrower with plenty of collateral. */
async function fixture() {
  const ground = await deployIsolated(connection);
  const { markets, params, owner, loan, lender, borrower } = ground;
  const vault = await ethers.deployContract("MarketVault", [owner, markets, loan]);
  const ids: string[] = [];
  for (const [k, lltv] of [LLTV, LLTV - 1n, LLTV - 2n].entries()) {
    const own = { ...params, lltv };
    const id = await markets.idOf(own);
    if (lltv !== LLTV) await markets.createMarket(own);
    await vault.setCap(id, BigInt(k + 1) * 100n * WAD);
    await markets.connect(borrower).supplyCollateral(id, 10_000n * WAD, borrower);
    ids.push(id);
  }
  await vault.setSupplyQueue(ids);
  await loan.connect(lender).approve(vault, ethers.MaxUint256);
  const [first = "", second = "", third = ""] = ids;
  return { ...ground, vault, ids, first, second, third };
}

describe("MarketVault", () => {
  it("fills the markets in the order of its queue, each to its cap", async () => {
    const { vault, lender, first, second, third } = await networkHelpers.loadFixture(fixture);
    expect(await vault.maxDeposit(lender)).to.equal(600n * WAD);
    expect(await vault.decimals()).to.equal(24);
    await vault.connect(lender).deposit(250n * WAD, lender);

    const held = await Promise.all([first, second, third].map((id) => vault.suppliedTo(id)));
    expect(held).to.deep.equal([100n * WAD, 150n * WAD, 0n]);
    expect(await vault.totalAssets()).to.equal(250n * WAD);
    expect(await vault.maxDeposit(lender)).to.equal(350n * WAD);
    await expect(vault.connect(lender).deposit(350n * WAD + 1n, lender)).to.be.revertedWithCustomError(
      vault,
      "ERC4626ExceededMaxDeposit",
    );
  });

  it("withdraws in the order of its other queue, as far as the markets are liquid", async () => {
    const { vault, markets, lender, borrower, first, second, third } = await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(250n * WAD, lender);
    await markets.connect(borrower).borrow(first, 90n * WAD, 0, borrower, borrower);
    await vault.setWithdrawQueue([first, third, second]);
    expect(await vault.liquidity()).to.equal(160n * WAD);
    expect(await vault.maxWithdraw(lender)).to.equal(160n * WAD);
    await vault.connect(lender).withdraw(30n * WAD, lender, lender);

    expect(await vault.suppliedTo(first)).to.equal(90n * WAD);
    expect(await vault.suppliedTo(second)).to.equal(130n * WAD);
    const most = await vault.maxRedeem(lender);
    expect(await vault.previewRedeem(most)).to.equal(130n * WAD);
    expect(await vault.previewRedeem(most + 1n)).to.equal(130n * WAD + 1n);
    await expect(vault.connect(lender).withdraw(131n * WAD, lender, lender)).to.be.revertedWithCustomError(
      vault,
      "ERC4626ExceededMaxWithdraw",
    );
  });

  it("counts what a market has earned", async () => {
    const { vault, markets, lender, borrower, first, rateModel } = await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(100n * WAD, lender);
    await markets.connect(borrower).borrow(first, 100n * WAD, 0, borrower, borrower);
    await rateModel.setRate(10n ** 9n);
    await networkHelpers.time.increase(31_536_000);

    expect(await vault.totalAssets()).to.be.within(103n * WAD, 104n * WAD);
    expect(await vault.convertToAssets(await vault.balanceOf(lender))).to.be.within(103n * WAD, 104n * WAD);
  });

  it("moves assets between markets, and only that", async () => {
    const { vault, lender, first, second, third } = await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(300n * WAD, lender);
    const all = ethers.MaxUint256;
    await expect(
      vault.reallocate([
        { id: second, assets: 150n * WAD },
        { id: first, assets: 0 },
        { id: third, assets: all },
      ]),
    )
      .to.emit(vault, "Reallocated")
      .withArgs(150n * WAD);
    expect(await vault.suppliedTo(first)).to.equal(0);
    expect(await vault.suppliedTo(third)).to.equal(150n * WAD);

    await expect(vault.reallocate([{ id: second, assets: 1n }])).to.be.revertedWithCustomError(
      vault,
      "MarketVaultUnbalancedReallocation",
    );
    await expect(
      vault.reallocate([
        { id: second, assets: 0 },
        { id: first, assets: 101n * WAD },
      ]),
    )
      .to.be.revertedWithCustomError(vault, "MarketVaultCapExceeded")
      .withArgs(first, 101n * WAD, 100n * WAD);
    await expect(vault.reallocate([{ id: ethers.ZeroHash, assets: 0 }]))
      .to.be.revertedWithCustomError(vault, "MarketVaultInvalidQueue")
      .withArgs(ethers.ZeroHash);
  });

  it("refuses queues that name a market twice or drop one in use", async () => {
    const { vault, lender, first, second, third } = await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(50n * WAD, lender);

    for (const wrong of [[first, first], [ethers.ZeroHash]]) {
      await expect(vault.setSupplyQueue(wrong)).to.be.revertedWithCustomError(vault, "MarketVaultInvalidQueue");
    }
    await expect(vault.setWithdrawQueue([second, third]))
      .to.be.revertedWithCustomError(vault, "MarketVaultMarketInUse")
      .withArgs(first);
    await vault.setCap(third, 0);
    await vault.setWithdrawQueue([second, first]);
    expect(await vault.withdrawQueue()).to.deep.equal([second, first]);
    expect(await vault.supplyQueue()).to.have.lengthOf(3);
  });

  it("refuses markets of other tokens, great caps and strangers", async () => {
    const { vault, markets, params, collateral, lender, first } = await networkHelpers.loadFixture(fixture);
    const other = { ...params, loanToken: await collateral.getAddress() };
    await markets.createMarket(other);
    const foreign = await markets.idOf(other);

    await expect(vault.setCap(foreign, 1))
      .to.be.revertedWithCustomError(vault, "MarketVaultForeignMarket")
      .withArgs(foreign);
    await expect(vault.setCap(first, 2n ** 128n)).to.be.revertedWithCustomError(vault, "MarketVaultCapTooHigh");
    const own = vault.connect(lender);
    for (const action of [
      () => own.setCap(first, 1),
      () => own.setSupplyQueue([]),
      () => own.setWithdrawQueue([]),
      () => own.setBadDebtMarking(true),
      () => own.reallocate([]),
    ]) {
      await expect(action()).to.be.revertedWithCustomError(vault, "OwnableUnauthorizedAccount");
    }
  });

  it("pays who leaves first at par, and who stays what is left", async () => {
    const { vault, markets, lender, liquidator, loan, borrower, first, oracle } =
      await networkHelpers.loadFixture(fixture);
    await loan.connect(liquidator).approve(vault, ethers.MaxUint256);
    await vault.connect(lender).deposit(100n * WAD, lender);
    await vault.connect(liquidator).deposit(100n * WAD, liquidator);
    await markets.connect(borrower).withdrawCollateral(first, 9_900n * WAD, borrower, borrower);
    await markets.connect(borrower).borrow(first, 80n * WAD, 0, borrower, borrower);
    await oracle.setPrice(PRICE / 2n);
    const bad = await vault.unrecognisedBadDebt();
    expect(bad).to.be.within(32n * WAD, 33n * WAD);
    expect(await vault.totalAssets()).to.equal(200n * WAD);

    // The one who knows is paid in full.
    await vault.connect(lender).withdraw(100n * WAD, lender, lender);
    await markets.connect(liquidator).liquidate(first, borrower, 100n * WAD, 0, "0x");
    expect(await vault.totalAssets()).to.be.within(100n * WAD - bad - 2n, 100n * WAD - bad + 2n);
    expect(await vault.unrecognisedBadDebt()).to.equal(0);
  });

  it("can mark bad debt instead, so that leaving first wins nothing", async () => {
    const { vault, markets, lender, borrower, first, oracle } = await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(100n * WAD, lender);
    await markets.connect(borrower).withdrawCollateral(first, 9_900n * WAD, borrower, borrower);
    await markets.connect(borrower).borrow(first, 80n * WAD, 0, borrower, borrower);
    await oracle.setPrice(PRICE / 2n);
    await expect(vault.setBadDebtMarking(true)).to.emit(vault, "BadDebtMarkingSet").withArgs(true);

    expect(await vault.totalAssets()).to.equal(100n * WAD - (await vault.unrecognisedBadDebt()));
  });

  it("says a limit even where a share is worth next to nothing", async () => {
    const { vault, markets, lender, liquidator, borrower, first, second, oracle } =
      await networkHelpers.loadFixture(fixture);
    await vault.connect(lender).deposit(100n * WAD, lender);
    await markets.connect(borrower).withdrawCollateral(first, 9_800n * WAD, borrower, borrower);
    await markets.connect(borrower).borrow(first, 100n * WAD, 0, borrower, borrower);
    await oracle.setPrice(1n);
    await markets.connect(liquidator).liquidate(first, borrower, 200n * WAD, 0, "0x");
    expect(await vault.totalAssets()).to.be.lessThan(10n);
    await vault.setCap(second, 2n ** 128n - 1n);

    expect(await vault.maxMint(lender)).to.be.greaterThan(2n ** 128n);
    await vault.connect(lender).mint(1, lender);
  });
});
