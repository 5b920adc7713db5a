import { WAD } from "../../units/units.ts";
import type { Breach, Invariant, InvariantContext } from "../invariant.ts";
import type { OperatorStakeView, View } from "../view.ts";
import { sharesOf } from "../view-values.ts";

type Visit = (operator: string, strategy: string, stake: OperatorStakeView) => Breach | null;

/** First contradiction that a visit finds among all (operator, strategy). */
function eachStake(view: View, visit: Visit): Breach | null {
  for (const [operator, { strategies }] of Object.entries(view.operators)) {
    for (const [strategy, stake] of Object.entries(strategies)) {
      const breach = visit(operator, strategy, stake);
      if (breach !== null) return breach;
    }
  }
  return null;
}

const keyOf = (operator: string, strategy: string): string => `${operator}\n${strategy}`;

/** Magnitude promised to all sets, pending rises included, by (operator, strategy). */
function promises({ allocations }: View): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { operator, strategy, current, pending } of allocations) {
    const key = keyOf(operator, strategy);
    sums.set(key, (sums.get(key) ?? 0n) + current + (pending > 0n ? pending : 0n));
  }
  return sums;
}

/** I1. */
export const magnitudesAreBounded: Invariant = {
  name: "I1 magnitudes are bounded",
  sentence:
    "What an operator has allocated never exceeds what it encumbered, its maximum magnitude and 100 %; maximum magnitudes and beacon factors never rise.",
  check: ({ before, after }) => {
    const sums = promises(after);
    const breach = eachStake(after, (operator, strategy, { encumbered, maxMagnitude }) => {
      const promised = sums.get(keyOf(operator, strategy)) ?? 0n;
      const earlier = before.operators[operator]?.strategies[strategy]?.maxMagnitude ?? WAD;
      const holds = promised <= encumbered && encumbered <= maxMagnitude && maxMagnitude <= earlier && earlier <= WAD;
      return holds ? null : { operator, strategy, promised, encumbered, maxMagnitude, maxMagnitudeBefore: earlier };
    });
    return breach ?? beaconFactorRose(before, after);
  },
};

function beaconFactorRose(before: View, after: View): Breach | null {
  for (const [staker, { stakes }] of Object.entries(after.stakers)) {
    for (const [strategy, { beaconFactor }] of Object.entries(stakes)) {
      const earlier = before.stakers[staker]?.stakes[strategy]?.beaconFactor ?? WAD;
      if (beaconFactor > earlier) return { staker, strategy, beaconFactor, beaconFactorBefore: earlier };
    }
  }
  return null;
}

interface Delegated {
  readonly sum: bigint;
  readonly count: number;
}

/** Sum and number of stakes by (operator, strategy). */
function delegations(view: View): ReadonlyMap<string, Delegated> {
  const { stakers, defi } = view;
  const sums = new Map<string, Delegated>();
  for (const { delegatedTo, stakes } of Object.values(stakers)) {
    if (delegatedTo === null) continue;
    for (const [strategy, { withdrawable }] of Object.entries(stakes)) {
      const key = keyOf(delegatedTo, strategy);
      const { sum, count } = sums.get(key) ?? { sum: 0n, count: 0 };
      sums.set(key, { sum: sum + withdrawable, count: count + 1 });
    }
  }
  for (const { strategy, delegated } of Object.values(defi.vaults)) {
    for (const [operator, tokens] of Object.entries(delegated)) {
      const key = keyOf(operator, strategy);
      const { sum, count } = sums.get(key) ?? { sum: 0n, count: 0 };
      // Tokens of shares, and shares of tokens, each lose a unit at most.
      sums.set(key, { sum: sum + sharesOf(view, strategy, tokens), count: count + 2 });
    }
  }
  return sums;
}

/** I2. Dust grows with the number of updates of scaling factors, and by 1/f where the slashing factor f is small. */
export const operatorSharesCoverStakers: Invariant = {
  name: "I2 operator shares cover stakers",
  sentence: "An operator's shares are at least what its stakers could withdraw, and exceed it by rounding dust only.",
  check: ({ after, actionsSoFar }) => {
    const sums = delegations(after);
    return eachStake(after, (operator, strategy, { shares, maxMagnitude }) => {
      const { sum, count } = sums.get(keyOf(operator, strategy)) ?? { sum: 0n, count: 0 };
      const native = after.strategies[strategy]?.native ?? false;
      const updates = BigInt(actionsSoFar + count + 1);
      const dust = maxMagnitude === 0n ? shares : updates * (2n + shares / WAD) * (WAD / maxMagnitude + 1n);
      if (shares >= sum && (native || shares - sum <= dust)) return null;
      return { operator, strategy, operatorShares: shares, withdrawable: sum, dustAllowed: dust };
    });
  },
};

/** Withdrawable shares of everybody in a strategy, those of vaults included. */
function stakedIn(view: View, strategy: string): bigint {
  const own = Object.values(view.stakers).map(({ stakes }) => stakes[strategy]?.withdrawable ?? 0n);
  const vaults = Object.values(view.defi.vaults).filter((vault) => vault.strategy === strategy);
  const theirs = vaults.flatMap(({ delegated }) => Object.values(delegated));
  return [...own, ...theirs.map((tokens) => sharesOf(view, strategy, tokens))].reduce((sum, one) => sum + one, 0n);
}

/** I3. */
export const claimsAreBacked: Invariant = {
  name: "I3 claims are backed",
  sentence: "Every strategy holds shares for all withdrawable stake, open withdrawals and slashed shares in escrow.",
  check: ({ after }) => {
    for (const [strategy, { totalShares, native }] of Object.entries(after.strategies)) {
      if (native) continue;
      const staked = stakedIn(after, strategy);
      const queued = after.withdrawals.reduce((sum, exit) => sum + (exit.strategy === strategy ? exit.shares : 0n), 0n);
      const escrow = after.escrows.reduce((sum, held) => sum + (held.strategy === strategy ? held.shares : 0n), 0n);
      if (totalShares < staked + queued + escrow) return { strategy, totalShares, staked, queued, escrow };
    }
    return null;
  },
};

/** Tokens that this step's actions moved in and out of a strategy. */
function flows(results: InvariantContext["results"], strategy: string): { in: bigint; out: bigint } {
  let tokensIn = 0n;
  let tokensOut = 0n;
  for (const fact of results.flatMap(({ facts }) => facts)) {
    if (!("strategy" in fact) || fact.strategy !== strategy) continue;
    if (fact.kind === "deposited" || fact.kind === "donated") tokensIn += fact.tokens;
    if (fact.kind === "withdrawalCompleted" || fact.kind === "escrowCleared") tokensOut += fact.tokens;
  }
  return { in: tokensIn, out: tokensOut };
}

/** I6. */
export const tokensAreConserved: Invariant = {
  name: "I6 tokens are conserved",
  sentence: "A strategy's tokens change by exactly what was deposited, withdrawn, burned and redistributed.",
  check: ({ before, after, results }) => {
    for (const [strategy, { balance, native }] of Object.entries(after.strategies)) {
      if (native) continue;
      const earlier = before.strategies[strategy]?.balance ?? 0n;
      const moved = flows(results, strategy);
      if (balance !== earlier + moved.in - moved.out) {
        return { strategy, balance, balanceBefore: earlier, tokensIn: moved.in, tokensOut: moved.out };
      }
    }
    return null;
  },
};
