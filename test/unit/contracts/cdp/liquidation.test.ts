import { expect } from "chai";
import { network } from "hardhat";

import { deployCdp, TERMS, type CdpGround } from "../../../helpers/cdp.ts";
import { vector } from "../../../helpers/defi-vectors.ts";
import { WAD } from "../../../helpers/markets.ts";
import { add, multiply, rational, type Rational } from "../../../helpers/rational.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const ZERO_RATE = 0n;

async function fixture() {
  return await deployCdp(connection);
}

async function ether() {
  return await deployCdp(connection, {
    branches: [{ minRatio: (110n * WAD) / 100n, redistributionPenalty: WAD / 10n }],
  });
}

async function reserved() {
  return await deployCdp(connection, { branches: [{ gasReserve: (375n * WAD) / 10_000n }] });
}

/** Puts `amount` of dollars into the pool, and the dollar that always stays there. */
async function backed({ branch, pool, dave }: CdpGround, amount: bigint) {
  await branch.place(dave, 1_000_000n * WAD, 10_000n * WAD, ZERO_RATE);
  if (amount > 0n) await pool.connect(dave).deposit(amount + WAD);
}

describe("CollateralBranch, liquidation", () => {
  for (const [name, terms] of [
    ["LQ-01", ether],
    ["LQ-03", fixture],
  ] as const) {
    it(`splits a trove as published (${name})`, async () => {
      const { input, expected } = vector(name);
      const ground = await networkHelpers.loadFixture(terms);
      const { branch, alice, bob, collateral, pool } = ground;
      expect(input("price")).to.equal(2_000n * WAD);
      await backed(ground, input("sp"));
      await branch.place(alice, input("debt"), input("coll"), ZERO_RATE);
      const held = await collateral.balanceOf(bob);

      const preview = await branch.previewLiquidation(input("debt"), input("coll"), input("sp"), input("price"));
      const split = await branch.connect(bob).liquidate.staticCall(2);
      await branch.connect(bob).liquidate(2);
      expect([...split]).to.deep.equal([...preview]);
      expect([...split]).to.deep.equal([
        expected("debtToOffset"),
        expected("collToSP"),
        expected("collGasComp"),
        expected("debtToRedistribute"),
        expected("collToRedistribute"),
        expected("collSurplus"),
      ]);
      expect(await collateral.balanceOf(pool)).to.equal(expected("collToSP"));
      expect((await collateral.balanceOf(bob)) - held).to.equal(expected("collGasComp"));
      expect(await branch.surplusOf(alice)).to.equal(expected("collSurplus"));
    });
  }

  it("splits a trove between a pool that is too small and the other troves, surplus last", async () => {
    const ground = await networkHelpers.loadFixture(ether);
    const { branch, alice, dollar } = ground;
    await backed(ground, 4_000n * WAD);
    const [debt, coll, price] = [10_000n * WAD, (54n * WAD) / 10n, 2_000n * WAD];
    await branch.place(alice, debt, coll, ZERO_RATE);
    const supply = await dollar.totalSupply();

    const split = await branch.liquidate.staticCall(2);
    await branch.liquidate(2);
    const part = (coll * 4_000n) / 10_000n;
    const gas = part / 200n;
    const toPool = (4_000n * 105n * WAD * WAD) / (100n * price);
    const toTroves = (6_000n * 110n * WAD * WAD) / (100n * price);
    expect(split.offsetDebt).to.equal(4_000n * WAD);
    expect(split.gasCollateral).to.equal(gas);
    expect(split.poolCollateral).to.equal(toPool);
    expect(split.redistributedDebt).to.equal(6_000n * WAD);
    const rest = coll - gas - toPool;
    expect(split.redistributedCollateral).to.equal(rest < toTroves ? rest : toTroves);
    expect(split.surplus).to.equal(rest - split.redistributedCollateral);
    expect(await dollar.totalSupply()).to.equal(supply - 4_000n * WAD);
  });

  it("compensates a liquidator by two units at most, and by the reserve", async () => {
    const ground = await networkHelpers.loadFixture(reserved);
    const { branch, alice, bob, gas, terms, dave, pool } = ground;
    await branch.place(dave, 10n ** 7n * WAD, 10n ** 6n * WAD, ZERO_RATE);
    await pool.connect(dave).deposit(10n ** 7n * WAD);
    await gas.mint(branch, 10n * terms.gasReserve);
    await branch.place(alice, 2_000_000n * WAD, 1_100n * WAD, ZERO_RATE);

    expect((await branch.connect(bob).liquidate.staticCall(2)).gasCollateral).to.equal(2n * WAD);
    await expect(branch.connect(bob).liquidate(2)).to.changeTokenBalance(ethers, gas, bob, terms.gasReserve);
  });

  it("leaves sound troves alone, and the last one", async () => {
    const ground = await networkHelpers.loadFixture(fixture);
    const { branch, alice, setPrice } = ground;
    await branch.place(alice, 10_000n * WAD, 6n * WAD, ZERO_RATE);

    await expect(branch.liquidate(1))
      .to.be.revertedWithCustomError(branch, "CollateralBranchNotLiquidatable")
      .withArgs(1, TERMS.minRatio, TERMS.minRatio);
    await setPrice(1_999n);
    await expect(branch.liquidate(1)).to.be.revertedWithCustomError(branch, "CollateralBranchLastTrove").withArgs(1);
    await expect(branch.liquidate(7)).to.be.revertedWithCustomError(branch, "CollateralBranchNotOpen");
  });

  it("needs a sound feed, unless the branch is shut down", async () => {
    const ground = await networkHelpers.loadFixture(fixture);
    const { branch, alice, feed } = ground;
    await backed(ground, 20_000n * WAD);
    await branch.place(alice, 10_000n * WAD, (59n * WAD) / 10n, ZERO_RATE);
    await branch.connect(ground.dave).setRate(1, WAD / 100n, 2n ** 255n);
    await feed.setRound(0, await networkHelpers.time.latest());

    await expect(branch.liquidate(2)).to.be.revertedWithCustomError(branch, "CollateralBranchBrokenFeed");
    await branch.shutDown();
    await expect(branch.liquidate(2)).to.emit(branch, "TroveLiquidated");
  });

  it("gives what is left to its owner, who claims it once", async () => {
    const ground = await networkHelpers.loadFixture(ether);
    const { branch, alice, collateral } = ground;
    await backed(ground, 20_000n * WAD);
    await branch.place(alice, 10_000n * WAD, (54n * WAD) / 10n, ZERO_RATE);
    await branch.liquidate(2);
    const surplus = await branch.surplusOf(alice);

    await expect(branch.connect(alice).claimSurplus()).to.changeTokenBalance(ethers, collateral, alice, surplus);
    await expect(branch.connect(alice).claimSurplus())
      .to.be.revertedWithCustomError(branch, "CollateralBranchNoSurplus")
      .withArgs(alice);
  });

  it("redistributes by collateral, history after history", async () => {
    const ground = await networkHelpers.loadFixture(fixture);
    const { branch, alice, bob, carol, dave, setPrice } = ground;
    // An exact model: every redistribution goes to the others by their collateral of the moment.
    const model = new Map<bigint, { debt: Rational; coll: Rational }>();
    const place = async (owner: typeof alice, debt: bigint, coll: bigint) => {
      await branch.place(owner, debt, coll, ZERO_RATE);
      model.set(await branch.troveCount(), { debt: rational(debt), coll: rational(coll) });
    };
    await place(dave, 50_000n * WAD, 900n * WAD);
    await place(bob, 30_000n * WAD, 77n * WAD);
    for (let round = 0n; round < 8n; round += 1n) {
      await place(round % 2n === 0n ? alice : carol, (9_000n + 137n * round) * WAD, 6n * WAD + round * 10n ** 15n);
      const id = await branch.troveCount();
      await setPrice(1_500n - 11n * round);
      const { redistributedDebt, redistributedCollateral } = await branch.liquidate.staticCall(id);
      await branch.liquidate(id);
      model.delete(id);
      const total = [...model.values()].reduce((sum, { coll }) => add(sum, coll), rational(0n));
      for (const trove of model.values()) {
        const part = multiply(trove.coll, rational(total.denominator, total.numerator));
        trove.debt = add(trove.debt, multiply(part, rational(redistributedDebt)));
        trove.coll = add(trove.coll, multiply(part, rational(redistributedCollateral)));
      }
      // Settling in between must change nothing.
      if (round % 3n === 0n) await branch.settleTrove(2);
      for (const [key, exact] of model) {
        const latest = await branch.latestOf(key);
        expectNear(latest.debt, exact.debt);
        expectNear(latest.collateral, exact.coll);
      }
    }
    expect(await branch.entireCollateral()).to.be.greaterThan(977n * WAD);
  });
});

/** Within a millionth of a billionth of the exact value, plus dust. */
function expectNear(value: bigint, exact: Rational) {
  const whole = exact.numerator / exact.denominator;
  expect(value).to.be.within(whole - whole / 10n ** 15n - 1_000n, whole + whole / 10n ** 15n + 1_000n);
}
