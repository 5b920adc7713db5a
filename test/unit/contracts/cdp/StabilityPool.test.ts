import { expect } from "chai";
import { network } from "hardhat";

import { vector } from "../../../helpers/defi-vectors.ts";
import { WAD } from "../../../helpers/markets.ts";
import { add, multiply, rational, type Rational } from "../../../helpers/rational.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;

async function fixture() {
  const [owner, alice, bob, carol] = await ethers.getSigners();
  if (!owner || !alice || !bob || !carol) throw new RangeError("too few accounts");
  const dollar = await ethers.deployContract("Token__MockForMarkets", [18]);
  const collateral = await ethers.deployContract("Token__MockForMarkets", [18]);
  const branch = await ethers.deployContract("Branch__MockForPool");
  const pool = await ethers.deployContract("StabilityPool", [branch, dollar, collateral]);
  for (const account of [owner, alice, bob, carol]) {
    await dollar.mint(account, 10n ** 36n);
    await dollar.connect(account).approve(pool, ethers.MaxUint256);
  }
  const offset = async (debt: bigint, coll: bigint) => {
    await branch.offset(pool, collateral, debt, coll);
  };
  const giveYield = async (amount: bigint) => {
    await branch.giveYield(pool, dollar, amount);
  };
  return { owner, alice, bob, carol, dollar, collateral, branch, pool, offset, giveYield };
}

describe("StabilityPool", () => {
  it("compounds a deposit and its gain as published (LQ-04)", async () => {
    const { input, expected } = vector("LQ-04");
    const { pool, alice, bob, offset } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).deposit(input("deposit"));
    await pool.connect(bob).deposit(input("total") - input("deposit"));
    await offset(input("offset"), input("coll"));

    expect(await pool.product()).to.equal(expected("P"));
    expect(await pool.collateralSum(0)).to.equal(expected("S"));
    expect(await pool.compoundedDepositOf(alice)).to.equal(expected("compounded"));
    expect(await pool.collateralGainOf(alice)).to.equal(expected("collGain"));
  });

  it("pays gains and interest whenever a deposit is touched", async () => {
    const { pool, alice, dollar, collateral, offset, giveYield } = await networkHelpers.loadFixture(fixture);
    const own = pool.connect(alice);
    await own.deposit(1_000n * WAD);
    await offset(100n * WAD, 7n * WAD);
    await giveYield(9n * WAD);
    expect(await pool.yieldGainOf(alice)).to.equal(9n * WAD);

    await expect(own.deposit(WAD)).to.changeTokenBalances(ethers, collateral, [alice, pool], [7n * WAD, -7n * WAD]);
    expect(await dollar.balanceOf(alice)).to.equal(10n ** 36n - 992n * WAD);
    await offset(100n * WAD, 3n * WAD);
    const gain = await pool.collateralGainOf(alice);
    await expect(own.claim()).to.changeTokenBalance(ethers, collateral, alice, gain);
    await expect(own.withdraw(WAD)).to.changeTokenBalance(ethers, dollar, alice, WAD);
    expect(await pool.collateralGainOf(alice)).to.equal(0);
  });

  it("keeps one dollar, whoever wants it", async () => {
    const { pool, alice, branch, collateral } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).deposit(10n * WAD);
    expect(await pool.offsettable()).to.equal(9n * WAD);

    await expect(pool.connect(alice).withdraw(9n * WAD + 1n))
      .to.be.revertedWithCustomError(pool, "StabilityPoolBelowFloor")
      .withArgs(WAD - 1n);
    await expect(branch.offset(pool, collateral, 9n * WAD + 1n, WAD)).to.be.revertedWithCustomError(
      pool,
      "StabilityPoolBelowFloor",
    );
    await pool.connect(alice).withdraw(9n * WAD);
    expect(await pool.offsettable()).to.equal(0);
  });

  it("lets interest wait while it holds less than a dollar", async () => {
    const { pool, alice, giveYield } = await networkHelpers.loadFixture(fixture);
    await giveYield(5n * WAD);
    await pool.connect(alice).deposit(WAD / 2n);
    expect(await pool.pendingYield()).to.equal(5n * WAD);
    await pool.connect(alice).deposit(WAD / 2n);

    expect(await pool.pendingYield()).to.equal(0);
    expect(await pool.yieldGainOf(alice)).to.equal(5n * WAD);
  });

  it("refuses nothing, too much and strangers", async () => {
    const { pool, alice } = await networkHelpers.loadFixture(fixture);
    const own = pool.connect(alice);

    await expect(own.deposit(0)).to.be.revertedWithCustomError(pool, "StabilityPoolZeroAmount");
    await expect(own.withdraw(0)).to.be.revertedWithCustomError(pool, "StabilityPoolZeroAmount");
    await expect(own.withdraw(1))
      .to.be.revertedWithCustomError(pool, "StabilityPoolInsufficientDeposit")
      .withArgs(alice, 1, 0);
    for (const action of [() => own.offset(0, 0), () => own.receiveYield(0)]) {
      await expect(action()).to.be.revertedWithCustomError(pool, "StabilityPoolNotBranch").withArgs(alice);
    }
  });

  it("scales the numerator, not the quotient, so that P keeps its digits", async () => {
    const { pool, alice, offset } = await networkHelpers.loadFixture(fixture);
    const total = 10n ** 9n * 3n * WAD + 7n;
    await pool.connect(alice).deposit(total);
    const left = WAD + 12_345n;
    await offset(total - left, WAD);
    // Once: what remains is below a billionth of the deposits, so one scale is enough.
    const numerator = 10n ** 36n * left * 10n ** 9n;

    expect(await pool.scale()).to.equal(1);
    expect(await pool.product()).to.equal(numerator / total);
    expect(await pool.product()).not.to.equal(((10n ** 36n * left) / total) * 10n ** 9n);
    expect(await pool.compoundedDepositOf(alice)).to.be.within(left - 1n, left);
  });

  it("raises the scale by several at once where one is not enough", async () => {
    const { pool, alice, offset } = await networkHelpers.loadFixture(fixture);
    const total = 10n ** 15n * WAD;
    await pool.connect(alice).deposit(total);
    await offset(total - WAD, WAD);
    await pool.connect(alice).deposit(total - WAD);
    await offset(total - WAD, WAD);

    expect(await pool.product()).to.be.within(10n ** 27n, 10n ** 36n);
    expect(await pool.scale()).to.be.greaterThan(2n);
  });

  it("forgets deposits that nine scales have passed over", async () => {
    const { pool, alice, bob, offset } = await networkHelpers.loadFixture(fixture);
    await pool.connect(alice).deposit(10n ** 9n * WAD);
    for (let k = 0; k < 10; k += 1) {
      const total = await pool.totalDeposits();
      await offset(total - WAD, WAD);
      await pool.connect(bob).deposit(10n ** 9n * WAD);
    }

    expect(await pool.scale()).to.be.greaterThan(8n);
    expect(await pool.compoundedDepositOf(alice)).to.equal(0);
    expect(await pool.collateralGainOf(alice)).to.be.within(WAD - 10n, 2n * WAD);
  });

  for (const seed of [3n, 99n, 2_024n]) {
    it(`never owes more than exact shares of every offset, and less by dust only (seed ${seed})`, async () => {
      const ground = await networkHelpers.loadFixture(fixture);
      const { pool, offset, giveYield } = ground;
      const people = [ground.alice, ground.bob, ground.carol] as const;
      const exact = people.map(() => ({ amount: rational(0n), gain: rational(0n), interest: rational(0n) }));
      let state = seed;
      const roll = (most: bigint): bigint => {
        state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
        return most === 0n ? 0n : (state >> 8n) % most;
      };
      await pool.connect(ground.owner).deposit(WAD);
      let floor = rational(WAD);
      for (let step = 0; step < 60; step += 1) {
        const who = Number(roll(3n));
        const [person, own] = [people[who], exact[who]];
        if (person === undefined || own === undefined) continue;
        const [kind, total] = [roll(4n), await pool.totalDeposits()];
        if (kind === 0n) {
          const amount = 1n + roll(10n ** (18n + roll(8n)));
          await pool.connect(person).deposit(amount);
          [own.amount, own.gain, own.interest] = [add(own.amount, rational(amount)), rational(0n), rational(0n)];
        } else if (kind === 1n) {
          const held = await pool.compoundedDepositOf(person);
          const free = await pool.offsettable();
          const amount = roll(held < free ? held : free);
          if (amount === 0n) continue;
          await pool.connect(person).withdraw(amount);
          [own.amount, own.gain, own.interest] = [add(own.amount, rational(-amount)), rational(0n), rational(0n)];
        } else {
          const all = [...exact.map(({ amount }) => amount), floor].reduce(add);
          const debt = kind === 2n ? roll(await pool.offsettable()) : 0n;
          const coll = roll(10n ** 21n);
          if (kind === 2n) await offset(debt, coll);
          else await giveYield(coll);
          for (const one of exact) {
            const part = multiply(one.amount, rational(all.denominator, all.numerator));
            if (kind === 3n) one.interest = add(one.interest, multiply(part, rational(coll)));
            else one.gain = add(one.gain, multiply(part, rational(coll)));
          }
          const kept = multiply(rational(total - debt), rational(1n, total));
          for (const one of exact) one.amount = multiply(one.amount, kept);
          floor = multiply(floor, kept);
        }
        let sum = await pool.compoundedDepositOf(ground.owner);
        for (const [k, one] of exact.entries()) {
          const account = people[k];
          if (account === undefined) continue;
          sum += await pool.compoundedDepositOf(account);
          expectBelow(await pool.compoundedDepositOf(account), one.amount);
          expectBelow(await pool.collateralGainOf(account), one.gain);
          expectBelow(await pool.yieldGainOf(account), one.interest);
        }
        expect(sum).to.be.at.most(await pool.totalDeposits());
      }
    });
  }
});

/** At most the exact value; below it by a trillionth and dust at most. */
function expectBelow(value: bigint, exact: Rational) {
  const whole = exact.numerator / exact.denominator;
  expect(value).to.be.within(whole - whole / 10n ** 12n - 10n ** 6n, whole + whole / 10n ** 15n + 1n);
}
