import { expect } from "chai";
import { network } from "hardhat";

import {
  ALL,
  borrowAsAlice,
  deployEtherAndDollars,
  deployLending,
  DOLLAR,
  NO_FLASH,
  PAUSED,
  RAY,
  USD,
  WAD,
} from "../../../helpers/lending.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const world = await deployEtherAndDollars(connection);
  const borrower = await ethers.deployContract("FlashBorrower__MockForLending");
  await world.dollars.asset.mint(borrower, 10_000n * DOLLAR);
  return { ...world, borrower };
}

const LOAN = 100_000n * DOLLAR;
/** Nine basis points, of which three tenths are the treasury's. */
const FEE = 90n * DOLLAR;

describe("LendingPool flash loans", () => {
  it("splits the fee between treasury and suppliers", async () => {
    const { pool, dollars, borrower, carol, bob } = await networkHelpers.loadFixture(fixture);
    expect(await pool.flashFee(dollars.asset, LOAN)).to.equal(FEE);
    expect(await pool.flashFee(dollars.asset, 1n)).to.equal(1n);
    expect(await pool.maxFlashLoan(dollars.asset)).to.equal(1_000_000n * DOLLAR);

    const call = pool.connect(bob).flashLoan(borrower, dollars.asset, LOAN, "0x");
    await expect(call)
      .to.emit(pool, "FlashLoaned")
      .withArgs(dollars.asset, borrower, LOAN, FEE, 27n * DOLLAR);
    await expect(call).to.changeTokenBalances(ethers, dollars.asset, [borrower, pool], [-FEE, FEE]);
    expect(await pool.supplyOf(dollars.asset, carol)).to.equal(1_000_063n * DOLLAR);
    const { supplyIndex, scaledTreasury, cash } = await pool.reserveOf(dollars.asset);
    expect(supplyIndex).to.equal(RAY + (63n * RAY) / 1_000_000n);
    expect(scaledTreasury).to.equal((27n * DOLLAR * RAY) / supplyIndex);
    expect(cash).to.equal(1_000_090n * DOLLAR);
    // Scaled down and back up again, a unit is lost.
    expect(await pool.treasuryAccrualOf(dollars.asset)).to.equal(27n * DOLLAR - 1n);
  });

  it("gives all of the fee to the treasury where nobody supplies", async () => {
    const { pool, list, treasury } = await deployLending(connection);
    const gold = await list();
    const borrower = await ethers.deployContract("FlashBorrower__MockForLending");

    await pool.flashLoan(borrower, gold.asset, 0n, "0x");
    expect((await pool.reserveOf(gold.asset)).supplyIndex).to.equal(RAY);
    await expect(pool.mintToTreasury(gold.asset)).to.be.revertedWithCustomError(pool, "LendingPoolZeroAmount");
    expect(await pool.supplyOf(gold.asset, treasury)).to.equal(0n);
  });

  it("lets its receiver liquidate meanwhile", async () => {
    const world = await networkHelpers.loadFixture(fixture);
    const { pool, ether, dollars, alice, borrower } = world;
    await borrowAsAlice(world);
    await ether.setPrice(2_395n * USD);
    const order = [await ether.asset.getAddress(), await dollars.asset.getAddress(), alice.address] as const;
    await borrower.setJob(pool, pool.interface.encodeFunctionData("liquidate", [...order, ALL, false]));

    await dollars.asset.mint(borrower, 10_000n * DOLLAR);
    await pool.flashLoan(borrower, dollars.asset, 10_000n * DOLLAR, "0x");
    expect(await ether.asset.balanceOf(borrower)).to.equal(4_363_256_784_968_684_758n);
    expect(await pool.debtOf(dollars.asset, alice)).to.equal(10_000n * DOLLAR);
  });

  it("does not count what it lent as cash", async () => {
    const { pool, dollars, borrower, carol } = await networkHelpers.loadFixture(fixture);
    const args = [await dollars.asset.getAddress(), 1n, "0x"] as const;
    const again = pool.interface.encodeFunctionData("flashLoan", [await borrower.getAddress(), ...args]);
    await borrower.setJob(pool, again);

    await expect(pool.flashLoan(borrower, dollars.asset, 1_000_000n * DOLLAR, "0x"))
      .to.be.revertedWithCustomError(pool, "LendingPoolInsufficientCash")
      .withArgs(dollars.asset, 1n, 0n);
    await expect(pool.flashLoan(borrower, dollars.asset, 1_000_000n * DOLLAR + 1n, "0x")).to.be.revertedWithCustomError(
      pool,
      "LendingPoolInsufficientCash",
    );
    await pool.connect(carol).withdraw(dollars.asset, ALL, carol);
  });

  it("reverts when it is not paid back, or not answered", async () => {
    const { pool, dollars, borrower } = await networkHelpers.loadFixture(fixture);
    await borrower.setManners(true, 0n);
    await expect(pool.flashLoan(borrower, dollars.asset, LOAN, "0x"))
      .to.be.revertedWithCustomError(pool, "LendingPoolFlashRefused")
      .withArgs(borrower);
    await borrower.setManners(false, 1n);
    await expect(pool.flashLoan(borrower, dollars.asset, LOAN, "0x")).to.be.revertedWithCustomError(
      dollars.asset,
      "ERC20InsufficientAllowance",
    );
  });

  it("lends nothing that is restricted or unknown", async () => {
    const { pool, book, dollars, borrower, alice } = await networkHelpers.loadFixture(fixture);
    for (const bit of [PAUSED, NO_FLASH]) {
      await book.restrict(dollars.asset, bit);
      expect(await pool.maxFlashLoan(dollars.asset)).to.equal(0n);
      await expect(pool.flashLoan(borrower, dollars.asset, LOAN, "0x"))
        .to.be.revertedWithCustomError(pool, "LendingPoolRestricted")
        .withArgs(dollars.asset, bit);
      await book.relax(dollars.asset, bit);
    }
    expect(await pool.maxFlashLoan(alice)).to.equal(0n);
    await expect(pool.flashFee(alice, 1n)).to.be.revertedWithCustomError(book, "ReserveBookNotListed");
  });

  it("is refused while a token moves, as every other call", async () => {
    const { pool, list, alice } = await deployLending(connection);
    const gold = await list({ token: "Token__MockForLending" });
    const token = await ethers.getContractAt("Token__MockForLending", gold.asset);
    const asset = await gold.asset.getAddress();
    await pool.connect(alice).supply(asset, WAD, alice);
    const calls = [
      pool.interface.encodeFunctionData("flashLoan", [alice.address, asset, 0n, "0x"]),
      pool.interface.encodeFunctionData("withdraw", [asset, 1n, alice.address]),
      pool.interface.encodeFunctionData("mintToTreasury", [asset]),
      pool.interface.encodeFunctionData("accrue", [asset]),
    ];
    for (const data of calls) {
      await token.setHook(pool, data);
      await expect(pool.connect(alice).supply(asset, WAD, alice)).to.be.revertedWithCustomError(
        pool,
        "ReentrancyGuardReentrantCall",
      );
    }
  });
});
