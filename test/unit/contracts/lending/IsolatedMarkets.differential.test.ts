import { expect } from "chai";
import { network } from "hardhat";

import { dice, type Dice } from "../../../helpers/dice.ts";
import { IsolatedOracle, Refused } from "../../../helpers/isolated-oracle.ts";
import { deployIsolated, LLTV, PRICE, type IsolatedGround } from "../../../helpers/isolated.ts";
import { WAD } from "../../../helpers/markets.ts";

const connection = await network.create();
const { networkHelpers } = connection;
const STEPS = 120;
const NAMES = ["lender", "borrower", "liquidator"] as const;
type Name = (typeof NAMES)[number];

interface Move {
  readonly send: () => Promise<unknown>;
  readonly model: () => void;
  /** Whether it adds no interest. */
  readonly isQuiet?: true;
}

function move(ground: IsolatedGround, oracle: IsolatedOracle, roll: Dice): Move {
  const name: Name = NAMES[Number(roll.below(3n))] ?? "lender";
  const whom: Name = NAMES[Number(roll.below(3n))] ?? "lender";
  const { markets, id } = ground;
  const [own, account, target] = [markets.connect(ground[name]), ground[name], ground[whom]];
  const amount = roll.amount();
  const shares = 1n + roll.below(oracle.account(whom).debt + 1n);
  const seized = 1n + roll.below(oracle.account(whom).collateral + 1n);
  const moves: readonly Move[] = [
    { send: () => own.supply(id, amount, 0, account), model: () => oracle.supply(name, amount) },
    { send: () => own.withdraw(id, amount, 0, account, account), model: () => oracle.withdraw(name, amount) },
    { send: () => own.supplyCollateral(id, amount, account), model: () => oracle.pledge(name, amount), isQuiet: true },
    {
      send: () => own.withdrawCollateral(id, amount, account, account),
      model: () => oracle.release(name, amount),
    },
    { send: () => own.borrow(id, amount, 0, account, account), model: () => oracle.borrow(name, amount) },
    { send: () => own.repay(id, 0, shares, target), model: () => oracle.repay(whom, shares) },
    {
      send: () => own.liquidate(id, target, seized, 0, "0x"),
      model: () => oracle.liquidate(whom, { seized, shares: 0n }),
    },
    {
      send: () => own.liquidate(id, target, 0, shares, "0x"),
      model: () => oracle.liquidate(whom, { seized: 0n, shares }),
    },
  ];
  return moves[Number(roll.below(BigInt(moves.length)))] ?? (moves[0] as Move);
}

async function expectSame(
  { markets, id, loan, collateral, keeper, ...ground }: IsolatedGround,
  oracle: IsolatedOracle,
) {
  const totals = await markets.totalsOf(id);
  expect([totals.supplyAssets, totals.supplyShares, totals.borrowAssets, totals.borrowShares]).to.deep.equal([
    oracle.supplyAssets,
    oracle.supplyShares,
    oracle.borrowAssets,
    oracle.borrowShares,
  ]);
  for (const name of NAMES) {
    const own = await markets.positionOf(id, ground[name]);
    const { supply, debt, collateral: pledged } = oracle.account(name);
    expect([own.supplyShares, own.borrowShares, own.collateral], name).to.deep.equal([supply, debt, pledged]);
  }
  expect((await markets.positionOf(id, keeper)).supplyShares).to.equal(oracle.account("fees").supply);
  expect(await loan.balanceOf(markets)).to.equal(oracle.cash);
  expect(await collateral.balanceOf(markets)).to.equal(oracle.held);
}

describe("IsolatedMarkets against an independent model", () => {
  for (const seed of [1n, 7n, 42n, 1_234_567n]) {
    it(`agrees to the wei, refusals included (seed ${seed})`, async () => {
      const ground = await deployIsolated(connection);
      const { markets, id, keeper, rateModel, oracle: price } = ground;
      await markets.setFeeRecipient(keeper);
      await markets.setFee(id, WAD / 5n);
      const { lastUpdate } = await markets.totalsOf(id);
      const oracle = new IsolatedOracle({ lltv: LLTV, fee: WAD / 5n, time: lastUpdate });
      const roll = dice(seed);
      let refused = 0;
      for (let step = 0; step < STEPS; step += 1) {
        const now = oracle.time + 1n + roll.below(step % 5 === 0 ? 10_000_000n : 100n);
        if (step % 4 === 0) {
          const [rate, level] = [
            roll.below(10n ** 10n),
            (PRICE * (60n + roll.below(60n))) / 100n + roll.below(10n ** 20n),
          ];
          await markets.accrue(id);
          oracle.accrue(BigInt(await networkHelpers.time.latest()));
          await rateModel.setRate(rate);
          await price.setPrice(level);
          [oracle.rate, oracle.price] = [rate, level];
        }
        const { send, model, isQuiet } = move(ground, oracle, roll);
        const latest = BigInt(await networkHelpers.time.latest());
        await networkHelpers.time.setNextBlockTimestamp(now > latest ? now : latest + 1n);
        const due = now > latest ? now : latest + 1n;
        const undo = oracle.undoLater();
        oracle.accrue(due);
        try {
          model();
          if (isQuiet) undo();
          await send();
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          refused += 1;
          await expect(send()).to.be.revertedWithCustomError(markets, error.message);
          // A refused call leaves no trace, not even of interest.
          undo();
          await markets.accrue(id);
          oracle.accrue(BigInt(await networkHelpers.time.latest()));
        }
        await expectSame(ground, oracle);
      }
      expect(refused)
        .to.be.greaterThan(5)
        .and.lessThan(STEPS - 20);
    });
  }
});
