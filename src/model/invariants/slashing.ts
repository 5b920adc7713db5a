import { WAD } from "../../units/units.ts";
import type { Action } from "../action.ts";
import type { Breach, Invariant, InvariantContext } from "../invariant.ts";
import type { Fact } from "../fact.ts";
import type { View } from "../view.ts";

type SlashFact = Extract<Fact, { kind: "slash" }>;

const slashesIn = (results: InvariantContext["results"]): readonly SlashFact[] =>
  results.flatMap(({ facts }) => facts).filter((fact) => fact.kind === "slash");

/** Actions that move nobody's stake, whoever sends them. */
const STILL: ReadonlySet<Action["type"]> = new Set([
  "stakeEther",
  "requestUnstake",
  "claimUnstake",
  "claimRewards",
  "registerOperator",
  "setAllocationDelay",
  "setSplit",
  "heartbeat",
  "submitPrice",
  "attestData",
  "attestRelease",
  "openRound",
  "reportFault",
  "vetoCase",
  "challengeCase",
  "resolveCase",
  "executeCase",
  "reportPool",
  "changeValidators",
  "finalizeUnstakes",
  "changePod",
  "clearEscrow",
  "payRewards",
  "submitRewardsRoot",
  "disableRewardsRoot",
  "setSlasher",
  "pause",
  "donate",
]);

/** Whether something besides slashes of other sets could have changed an operator's stake in this step. */
function disturbed({ before, after, results }: InvariantContext, operator: string): boolean {
  return results.some(({ planned: { action, agent }, outcome, facts }) => {
    if (outcome.status === "reverted" || STILL.has(action.type) || facts.some(({ kind }) => kind === "slash"))
      return false;
    const holder = "staker" in action ? action.staker : agent;
    const operators = [before.stakers[holder]?.delegatedTo, after.stakers[holder]?.delegatedTo, holder];
    return operators.includes(operator);
  });
}

function stakeElsewhereMoved(context: InvariantContext, slash: SlashFact): Breach | null {
  const { before, after, results } = context;
  const hit = new Set(
    slashesIn(results)
      .filter((other) => other.operator === slash.operator)
      .map(({ set }) => set),
  );
  for (const now of after.allocations) {
    if (now.operator !== slash.operator || hit.has(now.set) || now.pending !== 0n) continue;
    const earlier = before.allocations.find(
      ({ operator, set, strategy }) => operator === now.operator && set === now.set && strategy === now.strategy,
    );
    if (earlier === undefined || earlier.pending !== 0n) continue;
    const shift = now.minSlashableShares - earlier.minSlashableShares;
    const shares = before.operators[now.operator]?.strategies[now.strategy]?.shares ?? 0n;
    const dust = 2n * BigInt(results.length) * (2n + shares / WAD);
    if (shift > dust || shift < -dust) {
      const stakes = { stakeBefore: earlier.minSlashableShares, stakeAfter: now.minSlashableShares };
      return { operator: now.operator, slashed: slash.set, moved: now.set, strategy: now.strategy, ...stakes };
    }
  }
  return null;
}

/** I4. A membership that ends in the step, or stake that others move, is no matter of the slash: such steps are left out. */
export const slashesStayInTheirSet: Invariant = {
  name: "I4 slashes stay in their set",
  sentence: "Slashing one operator set leaves the stake guaranteed to the operator's other sets as it was.",
  check: (context) => {
    for (const slash of slashesIn(context.results)) {
      if (disturbed(context, slash.operator) || membershipChanged(context, slash.operator)) continue;
      const breach = stakeElsewhereMoved(context, slash);
      if (breach !== null) return breach;
    }
    return null;
  },
};

function membershipChanged({ before, after }: InvariantContext, operator: string): boolean {
  return Object.keys(after.sets).some((set) => {
    const slashable = (view: View): boolean =>
      view.sets[set]?.members.find((member) => member.operator === operator)?.slashable ?? false;
    return slashable(before) !== slashable(after);
  });
}

/** I5. */
export const nobodyGainsFromTheirSlash: Invariant = {
  name: "I5 nobody gains from their slash",
  sentence: "A slash raises nobody's claim, and a withdrawal pays no more than it was worth when the step began.",
  check: ({ before, results }) => {
    for (const { strategies, set, slashId } of slashesIn(results)) {
      for (const { losses } of strategies) {
        const winner = losses.find((loss) => loss.after > loss.before);
        if (winner !== undefined) {
          return { set, slashId, holder: winner.holder, sharesBefore: winner.before, sharesAfter: winner.after };
        }
      }
    }
    for (const fact of results.flatMap(({ facts }) => facts)) {
      if (fact.kind !== "withdrawalCompleted") continue;
      const open = before.withdrawals.find(({ id }) => id === fact.id);
      if (open !== undefined && fact.shares > open.shares) {
        return { withdrawal: fact.id, sharesBefore: open.shares, sharesPaid: fact.shares };
      }
    }
    return null;
  },
};

/** I7. */
export const slashesBite: Invariant = {
  name: "I7 slashes bite",
  sentence: "A slash of any fraction above zero lowers every allocation above zero that it meets.",
  check: ({ results }) => {
    for (const { set, slashId, wads, strategies } of slashesIn(results)) {
      for (const [at, { strategy, magnitude }] of strategies.entries()) {
        const wad = wads[at] ?? 0n;
        if (wad > 0n && magnitude.before > 0n && magnitude.after >= magnitude.before) {
          return { set, slashId, strategy, wad, magnitudeBefore: magnitude.before, magnitudeAfter: magnitude.after };
        }
      }
    }
    return null;
  },
};
