import { expect } from "chai";
import { network } from "hardhat";

import { deployCdp } from "../../../helpers/cdp.ts";
import { deployIsolated, fillMarket, LLTV, PRICE } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function lent() {
  const ground = await deployIsolated(connection);
  await fillMarket(ground, 120n * WAD);
  return { ...ground, lens: await ethers.deployContract("IsolatedLens") };
}

async function owed() {
  const ground = await deployCdp(connection);
  await ground.branch.place(ground.alice, 50_000n * WAD, 100n * WAD, 0);
  await ground.branch.place(ground.bob, 10_000n * WAD, 6n * WAD, 0);
  await ground.pool.connect(ground.alice).deposit(20_000n * WAD);
  return { ...ground, lens: await ethers.deployContract("CdpLens") };
}

describe("IsolatedLens", () => {
  it("shows markets and accounts with the interest until now", async () => {
    const { lens, markets, id, lender, borrower, rateModel } = await networkHelpers.loadFixture(lent);
    await rateModel.setRate(10n ** 9n);
    await networkHelpers.time.increase(31_536_000);
    const [state] = await lens.read(markets, [id], [lender, borrower]);
    const totals = await markets.accruedTotalsOf(id);
    const [borrowed, maxBorrow, isHealthy] = await markets.healthOf(id, borrower);

    expect(state?.totals).to.deep.equal(totals);
    expect([state?.price, state?.borrowRate, state?.incentive]).to.deep.equal([
      PRICE,
      10n ** 9n,
      await markets.liquidationIncentive(LLTV),
    ]);
    const own = state?.positions[1];
    expect([own?.borrowed, own?.maxBorrow, own?.isHealthy]).to.deep.equal([borrowed, maxBorrow, isHealthy]);
    expect(state?.positions[0]?.supplied).to.be.within(totals.supplyAssets - 1n, totals.supplyAssets);
  });

  it("shows a market without a price or a rate model", async () => {
    const { lens, markets, params, lender } = await networkHelpers.loadFixture(lent);
    // Not an oracle: nothing answers there.
    const broken = { ...params, oracle: lender.address, rateModel: ethers.ZeroAddress };
    await markets.createMarket(broken);
    const feedless = { ...params, oracle: await markets.getAddress() };
    await markets.createMarket(feedless);
    const [state] = await lens.read(markets, [await markets.idOf(feedless)], [lender]);

    expect(state?.price).to.equal(0);
    expect(state?.positions[0]?.isHealthy).to.equal(true);
    expect(await markets.unrecognisedBadDebtOf(await markets.idOf(broken))).to.equal(0);
  });
});

describe("CdpLens", () => {
  it("shows branches, troves, deposits and surplus", async () => {
    const { lens, registry, alice, bob, carol, setPrice, branch } = await networkHelpers.loadFixture(owed);
    const [supply, baseRate, [before]] = await lens.read(registry, [alice, bob, carol]);
    expect([supply, baseRate]).to.deep.equal([60_000n * WAD, 0n]);
    expect(before?.deposits).to.equal(20_000n * WAD);
    expect(before?.accounts[1]?.ratio).to.equal((12n * WAD) / 10n);
    expect(before?.accounts[2]?.ratio).to.equal(0);
    await setPrice(1_900n);
    await branch.liquidate(2);
    const [, , [after]] = await lens.read(registry, [alice, bob, carol]);

    expect(after?.isPriced).to.equal(true);
    const left = after?.accounts[1];
    expect([left?.troveId, left?.surplus]).to.deep.equal([0n, await branch.surplusOf(bob)]);
    expect(after?.accounts[0]?.gain).to.equal(after?.poolCollateral);
    expect(after?.isShutDown).to.equal(false);
  });
});
