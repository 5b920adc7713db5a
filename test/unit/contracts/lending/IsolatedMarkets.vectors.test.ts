import { expect } from "chai";
import { network } from "hardhat";

import { vector, vectorsOf } from "../../../helpers/defi-vectors.ts";
import { deployIsolated, fillMarket, LLTV, PRICE } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { networkHelpers } = connection;

async function fixture() {
  return await deployIsolated(connection);
}

describe("IsolatedMarkets, published numbers", () => {
  for (const { id, title } of vectorsOf("MORPHO-01")) {
    it(`rewards liquidators: ${title} (${id})`, async () => {
      const { input, expected } = vector(id);
      const { markets } = await networkHelpers.loadFixture(fixture);

      expect(await markets.liquidationIncentive(input("lltv"))).to.equal(expected("lif"));
    });
  }

  it("finds the boundary of health (MORPHO-02)", async () => {
    const { input, expected, raw } = vector("MORPHO-02");
    const ground = await networkHelpers.loadFixture(fixture);
    const { markets, id, borrower } = ground;
    expect(input("lltv")).to.equal(LLTV);
    await fillMarket(ground, 120n * WAD);
    const position = async (collateral: bigint) => {
      const borrowShares = input("borrowShares");
      await markets.setPosition(id, borrower, { supplyShares: 0n, borrowShares, collateral });
      return [...(await markets.healthOf(id, borrower))];
    };

    expect((await markets.positionOf(id, borrower)).borrowShares).to.equal(input("borrowShares"));
    expect(await position(input("collA"))).to.deep.equal([
      expected("borrowed"),
      expected("maxBorrowA"),
      raw.expected["healthyA"],
    ]);
    expect(await position(input("collB"))).to.deep.equal([
      expected("borrowed"),
      expected("maxBorrowB"),
      raw.expected["healthyB"],
    ]);
  });

  /** Price, and what is given: collateral or shares. */
  const liquidations = {
    "MORPHO-03": { price: (95n * PRICE) / 100n, seized: 60n * WAD, shares: 0n },
    "MORPHO-04": { price: (95n * PRICE) / 100n, seized: 0n, shares: 100n * WAD * 10n ** 6n },
    // Its reference, MORPHO-05, is not published: the whole of 120 at a price of 0.8.
    "MORPHO-06": { price: (80n * PRICE) / 100n, seized: 120n * WAD - 1n, shares: 0n },
  } as const;
  for (const [name, { price, seized, shares }] of Object.entries(liquidations)) {
    it(`liquidates as published (${name})`, async () => {
      const { expected } = vector(name);
      const ground = await networkHelpers.loadFixture(fixture);
      const { markets, id, borrower, liquidator, oracle, loan, collateral } = ground;
      await fillMarket(ground, 120n * WAD);
      await oracle.setPrice(price);
      const [borrowed, maxBorrow] = await markets.healthOf(id, borrower);
      expect([borrowed, maxBorrow]).to.deep.equal([expected("borrowedBefore"), expected("maxBorrowBefore")]);
      const held = [await loan.balanceOf(liquidator), await collateral.balanceOf(liquidator)] as const;

      const moved = await markets.connect(liquidator).liquidate.staticCall(id, borrower, seized, shares, "0x");
      await markets.connect(liquidator).liquidate(id, borrower, seized, shares, "0x");
      const fields = ["seizedAssets", "repaidAssets", "repaidShares", "badDebtAssets", "badDebtShares"] as const;
      for (const field of fields) expect(moved[field], field).to.equal(expected(field));
      expect(held[0] - (await loan.balanceOf(liquidator))).to.equal(expected("repaidAssets"));
      expect((await collateral.balanceOf(liquidator)) - held[1]).to.equal(expected("seizedAssets"));
      const totals = await markets.totalsOf(id);
      expect(totals.borrowAssets).to.equal(expected("totalBorrowAssets"));
      expect(totals.borrowShares).to.equal(expected("totalBorrowShares"));
      expect(totals.supplyAssets).to.equal(expected("totalSupplyAssets"));
      expect(totals.supplyShares).to.equal(expected("totalSupplyShares"));
      const position = await markets.positionOf(id, borrower);
      expect(position.borrowShares).to.equal(expected("borrowerShares"));
      expect(position.collateral).to.equal(expected("borrowerCollateral"));
    });
  }

  it("gives a first supply of one wei a million shares (MORPHO-09)", async () => {
    const { input, expected } = vector("MORPHO-09");
    const { markets, id, lender } = await networkHelpers.loadFixture(fixture);
    await markets.connect(lender).supply(id, input("assets"), 0, lender);
    const { supplyShares } = await markets.positionOf(id, lender);

    expect(supplyShares).to.equal(expected("shares"));
    const [up] = await markets.connect(lender).supply.staticCall(id, 0, 1, lender);
    expect(up).to.equal(expected("assetsUpForOneShare"));
    const [down] = await markets.connect(lender).withdraw.staticCall(id, 0, supplyShares, lender, lender);
    expect(down).to.equal(expected("assetsDownForAll"));
  });

  it("leaves healthy positions alone (MORPHO-07)", async () => {
    const ground = await networkHelpers.loadFixture(fixture);
    const { markets, id, borrower, liquidator } = ground;
    await fillMarket(ground, 120n * WAD);

    await expect(markets.connect(liquidator).liquidate(id, borrower, 60n * WAD, 0, "0x"))
      .to.be.revertedWithCustomError(markets, "IsolatedMarketsHealthyPosition")
      .withArgs(borrower, 100n * WAD, (120n * WAD * 86n) / 100n);
  });
});
