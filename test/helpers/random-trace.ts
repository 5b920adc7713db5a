import fc from "fast-check";

import { applyToOracle, oracleOf, type Trace, type TraceStep } from "./trace.ts";
import type { UniqueStakeOracle } from "./unique-stake-oracle.ts";
import { WAD } from "./unique-stake-oracle.ts";

/** A small whole number that a history turns into a choice, so that fast-check can shrink it. */
type Dice = readonly [verb: number, who: number, where: number, size: number, detail: bigint, gap: number];

type Verb = { readonly op: string; readonly [argument: string]: unknown };

const SETS = ["A", "B", "C"];
const OPERATORS = ["op1", "op2"];

const pick = <T>(items: readonly T[], dice: number): T => {
  const item = items[dice % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
};

function amount(size: number, detail: bigint): bigint {
  const scales = [
    0n,
    1n,
    1n + (detail % 1000n),
    detail % WAD,
    WAD,
    detail,
    (detail % 10n ** 9n) * WAD + (detail % 997n),
  ];
  return pick(scales, size);
}

function fraction(size: number, detail: bigint): bigint {
  return pick(
    [
      1n,
      WAD,
      WAD,
      WAD,
      WAD - 1n,
      WAD / 2n,
      WAD / 3n,
      detail % WAD,
      detail % 1000n,
      WAD - (detail % 1000n),
      0n,
      WAD + 1n,
    ],
    size,
  );
}

function magnitude(size: number, detail: bigint): bigint {
  return pick([WAD, WAD, WAD, WAD / 2n, WAD / 3n, detail % WAD, detail % 1000n, 0n, 1n, WAD / 4n], size);
}

function chooseStep(dice: Dice, trace: Trace, oracle: UniqueStakeOracle): Verb {
  const [verb, who, where, size, detail] = dice;
  const staker = pick([...trace.stakers, "op1"], who);
  const operator = pick(OPERATORS, where);
  const set = pick(SETS, where >> 1);
  const steps: readonly (() => Verb)[] = [
    () => ({ op: "deposit", staker, amount: amount(size, detail).toString() }),
    () => ({ op: "delegate", staker: pick(trace.stakers, who), operator }),
    () => ({ op: "registerForSet", operator, set }),
    () => ({ op: "allocate", operator, set, magnitude: magnitude(size, detail).toString() }),
    () => ({ op: "slash", operator, set, wad: fraction(size, detail).toString() }),
    () => ({ op: "queueWithdrawal", staker, depositShares: portion(oracle, staker, dice).toString() }),
    () => ({
      op: "completeWithdrawal",
      withdrawal: (oracle.withdrawals.length === 0 ? 0 : who % oracle.withdrawals.length).toString(),
      asTokens: size % 2 === 0,
    }),
    () => ({ op: "undelegate", staker }),
    () => ({ op: "deregisterFromSet", operator, set }),
    () => ({ op: "clearDeallocationQueue", operator, count: (size % 4).toString() }),
  ];
  const weights = [0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 8, 9];
  return pick(steps, pick(weights, verb))();
}

function portion(oracle: UniqueStakeOracle, staker: string, [, , , size, detail]: Dice): bigint {
  const shares = oracle.depositShares(staker);
  return pick(
    [shares, shares / 2n, shares === 0n ? 1n : (detail % shares) + 1n, 1n, shares + 1n, 0n, shares / 3n],
    size,
  );
}

function nextGap(trace: Trace, gap: number): bigint {
  const deallocation = BigInt(trace.params.deallocationDelayBlocks);
  const withdrawal = BigInt(trace.params.withdrawalDelayBlocks);
  return pick([1n, 1n, 1n, 1n, 2n, 3n, deallocation, deallocation + 1n, withdrawal, withdrawal + 1n], gap);
}

const dice: fc.Arbitrary<Dice> = fc.tuple(
  fc.nat(999),
  fc.nat(99),
  fc.nat(99),
  fc.nat(99),
  fc.bigInt({ min: 0n, max: 10n ** 30n }),
  fc.nat(99),
);

/** Random histories of the unique-stake model with everything that the oracle expects of them. */
export function traces(steps: number): fc.Arbitrary<Trace> {
  return fc
    .record({
      seed: fc.nat(1_000_000),
      deallocation: fc.integer({ min: 1, max: 12 }),
      withdrawal: fc.integer({ min: 1, max: 12 }),
      delays: fc.tuple(fc.nat(3), fc.nat(3)),
      history: fc.array(dice, { minLength: steps, maxLength: steps, size: "max" }),
    })
    .map(({ seed, deallocation, withdrawal, delays, history }) => {
      const frame: Trace = {
        format: "faultline-trace/1",
        model: "unique-stake",
        seed,
        params: {
          deallocationDelayBlocks: deallocation.toString(),
          withdrawalDelayBlocks: withdrawal.toString(),
          firstBlock: "1000",
        },
        operators: OPERATORS.map((id, index) => ({ id, allocationDelayBlocks: String(delays[index] ?? 0) })),
        operatorSets: SETS,
        stakers: ["alice", "bob", "carol"],
        steps: [],
      };
      return { ...frame, steps: play(frame, history) };
    });
}

function play(frame: Trace, history: readonly Dice[]): Trace["steps"] {
  const oracle = oracleOf(frame);
  let block = BigInt(frame.params.firstBlock);
  return history.map((roll) => {
    block += nextGap(frame, roll[5]);
    const step: TraceStep = { ...chooseStep(roll, frame, oracle), block: block.toString() };
    return observed(oracle, step);
  });
}

function observed(oracle: UniqueStakeOracle, step: TraceStep): Trace["steps"][number] {
  const verdict = applyToOracle(oracle, step);
  const returns = "returns" in verdict && Object.keys(verdict.returns).length > 0 ? { returns: verdict.returns } : {};
  const reverts = "reverts" in verdict ? { reverts: verdict.reverts } : {};
  return { ...step, ...reverts, ...returns, after: oracle.observe() };
}
