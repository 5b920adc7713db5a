import { compareText } from "../format/text.ts";
import type { RunAction, RunRecord } from "../run-record.ts";

import { groupBy } from "./sums.ts";

/** How often one kind of action was tried and what came of it. */
export interface ActionTally {
  readonly type: string;
  readonly tried: number;
  readonly reverted: number;
  readonly gas: bigint;
  /** Custom errors and how often each came, the commonest first. */
  readonly errors: readonly { readonly name: string; readonly count: number }[];
}

/** Counts a run's actions by kind, the commonest first. */
export function tallyActions(record: RunRecord): ActionTally[] {
  return [...groupBy(record.actions, (action) => action.type)]
    .map(([type, actions]) => tallyOf(type, actions))
    .sort((a, b) => b.tried - a.tried || compareText(a.type, b.type));
}

/** Lists the actions that reverted, in order. */
export function revertedActions(record: RunRecord): RunAction[] {
  return record.actions.filter((action) => action.outcome.status === "reverted");
}

function tallyOf(type: string, actions: readonly RunAction[]): ActionTally {
  const errors = groupBy(
    actions.flatMap(({ outcome }) => (outcome.status === "reverted" ? [outcome.error] : [])),
    (error) => error,
  );
  return {
    type,
    tried: actions.length,
    reverted: [...errors.values()].reduce((count, group) => count + group.length, 0),
    gas: actions.reduce((total, action) => total + BigInt(action.gas), 0n),
    errors: [...errors]
      .map(([name, group]) => ({ name, count: group.length }))
      .sort((a, b) => b.count - a.count || compareText(a.name, b.name)),
  };
}
