import { expect } from "chai";
import { network } from "hardhat";

import { dice } from "../../../helpers/dice.ts";
import { expected, observed, openHistory, type LendingHistory } from "../../../helpers/lending-history.ts";
import type { ModelLiquidation } from "../../../helpers/lending-terms.ts";
import { asText } from "../../../helpers/model.ts";
import { argumentsOf, lastMove, nextMove, opening, refuserOf, type Move } from "../../../helpers/lending-moves.ts";

const connection = await network.create();
const { ethers, networkHelpers } = connection;
const { time } = networkHelpers;

const STEPS = 220;
/** Steps after them in which the insurance's owner acts, too. */
const LAST = 40;
const DAY = 86_400n;

/** What happened in a history: how often each call went through, and each refusal. */
type Tally = Map<string, number>;

const count = (tally: Tally, name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);

/** What people have supplied when a history begins: carol lends everything, the others have something to borrow on. */
const SUPPLIED = [
  ["carol", "usd", 2_000_000n * 10n ** 6n],
  ["carol", "btc", 20n * 10n ** 8n],
  ["carol", "ether", 500n * 10n ** 18n],
  ["alice", "lrt", 80n * 10n ** 18n],
  ["alice", "ether", 20n * 10n ** 18n],
  ["bob", "btc", 5n * 10n ** 8n],
  ["dave", "ether", 60n * 10n ** 18n],
] as const;
const STAKE = 3n * 10n ** 18n;

async function begin(history: LendingHistory): Promise<void> {
  const { pool, assets, model, module, insurance, dave } = history;
  for (const [who, asset, amount] of SUPPLIED) {
    await pool.connect(history[who]).supply(assets[asset].asset, amount, history[who]);
    model.now = BigInt(await time.latest());
    model.supply(who, asset, amount, who);
  }
  await module.connect(dave).deposit(STAKE, dave);
  insurance.deposit("dave", STAKE);
}

/** The outcome that the pool tells, against the model's. */
async function expectOutcome({ pool }: LendingHistory, hash: string, outcome: ModelLiquidation): Promise<void> {
  const receipt = await ethers.provider.getTransactionReceipt(hash);
  const told = (receipt?.logs ?? [])
    .map((log) => pool.interface.parseLog(log))
    .find((log) => log?.name === "Liquidated");
  const [repaid, seized, fee, healthFactor, , , isBadDebt] = told?.args["outcome"] as unknown[];
  expect(asText({ repaid, seized, fee, healthFactor, isBadDebt })).to.equal(asText(outcome));
}

async function play(history: LendingHistory, move: Move, tally: Tally): Promise<void> {
  const verdict = history.insurance.attempt(move.play);
  if ("refused" in verdict) {
    const { message, args } = verdict.refused;
    count(tally, message);
    await expect(move.send(), move.name)
      .to.be.revertedWithCustomError(refuserOf(history, message), message)
      .withArgs(...(await argumentsOf(history, args)));
    return;
  }
  count(tally, move.name);
  const { hash } = await move.send();
  if (verdict.done === undefined) return;
  if (verdict.done.isBadDebt) count(tally, "bad debt");
  await expectOutcome(history, hash, verdict.done);
}

async function live(seed: bigint, closeFactor: "default" | "fixed" | "full"): Promise<Tally> {
  const history = await openHistory(connection, closeFactor);
  await begin(history);
  const tally: Tally = new Map();
  const roll = dice(seed);
  const first = opening(history);
  for (let step = 0; step < STEPS + LAST; step += 1) {
    const gap = roll.pick([1n, 1n, 12n, 12n, 1n + roll.below(DAY), roll.pick([DAY, 20n * DAY, 90n * DAY])]);
    const latest = BigInt(await time.latest());
    history.model.now = latest;
    const move = first[step] ?? (step < STEPS ? nextMove : lastMove)(history, roll);
    history.model.now = latest + gap;
    await time.setNextBlockTimestamp(latest + gap);
    await play(history, move, tally);
    // A call that is refused while its gas is estimated makes no block.
    if (BigInt(await time.latest()) < history.model.now) await networkHelpers.mine();
    expect(asText(await observed(history)), `step ${step}, ${move.name}`).to.equal(asText(expected(history)));
  }
  return tally;
}

/** What must have happened in the histories together, each at least so often. */
const EVENTS = {
  ...{ supply: 40, withdraw: 15, borrow: 30, repay: 8, liquidate: 30, "bad debt": 8, eliminate: 5, transfer: 10 },
  ...{ flashLoan: 15, mintToTreasury: 5, setCategory: 8, setUseAsCollateral: 5, setTerms: 15, restrict: 10, pause: 2 },
  ...{ deposit: 2, redeem: 1, slash: 3, coverPending: 2, coverOffset: 2, setConditions: 2, transferShares: 1 },
  ...{ LendingPoolHealthy: 8, LendingPoolInsufficientCash: 8, LendingPoolInsufficientCollateral: 8 },
  ...{ LendingPoolRestricted: 8, LendingPoolUnhealthy: 4, LendingPoolMustNotLeaveDust: 2, LendingPoolCapExceeded: 3 },
  ...{ LendingPoolLtvZeroFirst: 6, LendingPoolNotBorrowable: 5, LendingPoolNotCollateral: 6, LendingPoolNoDebt: 8 },
  ...{ LendingPoolDeficitTooSmall: 4, LendingPoolInsufficientBalance: 8, LendingPoolSelfLiquidation: 4 },
  ...{ LendingPoolInsufficientDelegation: 3, LendingPoolCannotBeCollateral: 3 },
  ...{ LendingPoolZeroAmount: 8, InsuranceModuleNothingToSlash: 4, InsuranceModuleCoversTooMuch: 2 },
  ...{ ERC4626ExceededMaxRedeem: 1, PausableFlagsPaused: 1, InsuranceModuleNoShares: 2, OwnableUnauthorizedAccount: 1 },
};

describe("LendingPool and InsuranceModule against an independent model", () => {
  const whole: Tally = new Map();

  for (const [seed, closeFactor] of [
    [1n, "default"],
    [7n, "default"],
    [42n, "default"],
    [1_234_567n, "default"],
    [2_024n, "fixed"],
    [5n, "full"],
  ] as const) {
    it(`agree to the wei, refusals included (seed ${seed}, close factor ${closeFactor})`, async () => {
      const tally = await live(seed, closeFactor);
      const refused = [...tally].filter(([name]) => /^[A-Z]/.test(name));
      expect(tally.get("liquidate") ?? 0, "liquidations").to.be.greaterThan(3);
      expect(tally.get("bad debt") ?? 0, "bad debts").to.be.greaterThan(0);
      expect(refused.length, "reasons to refuse").to.be.greaterThan(9);
      for (const [name, times] of tally) whole.set(name, (whole.get(name) ?? 0) + times);
    });
  }

  it("have seen everything happen that can", () => {
    const rare = Object.entries(EVENTS).filter(([name, least]) => (whole.get(name) ?? 0) < least);
    expect(rare.map(([name, least]) => `${name}: ${whole.get(name) ?? 0} of ${least}`)).to.deep.equal([]);
  });
});
