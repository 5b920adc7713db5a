import type { Seconds } from "../../units/units.ts";
import type { Action } from "../action.ts";
import { defineAgent, type Agent } from "../agent.ts";
import type { CaseView } from "../view.ts";
import { USUAL_NUMBERS } from "./usual-numbers.ts";

/** Executes every case as soon as its window has passed. */
export const caseExecutor = defineAgent<object>({
  name: "case-executor",
  role: "observer",
  decide: ({ view, now }) =>
    view.cases
      .filter(({ state, executableFrom, expiresAt }) => {
        return state === "open" && executableFrom <= now && (expiresAt === null || now <= expiresAt);
      })
      .map(({ id }) => ({ type: "executeCase", case: id })),
});

/** Which cases somebody objects to, and how fast. */
export interface ObjectorParams<S extends string> {
  /** Operator sets whose cases it stops; default: all. */
  readonly sets?: readonly S[];
  /** Time it takes to decide. */
  readonly delay: Seconds;
}

/** Cases of one kind that an objector stops now. */
function objected(
  cases: readonly CaseView[],
  module: CaseView["module"],
  at: ObjectorParams<string> & { now: Seconds },
): readonly string[] {
  return cases
    .filter((open) => open.module === module && open.state === "open" && (at.sets?.includes(open.set) ?? true))
    .filter(({ reportedAt, vetoableUntil }) => reportedAt + at.delay <= at.now && at.now < vetoableUntil)
    .map(({ id }) => id);
}

const defineVeto = defineAgent<ObjectorParams<string>>({
  name: "veto-committee",
  numbers: USUAL_NUMBERS,
  role: "committee",
  decide: ({ view, now, params }) =>
    objected(view.cases, "veto", { ...params, now }).map((id): Action => ({ type: "vetoCase", case: id })),
});

/** Vetoes the cases of its sets `delay` after they were reported, while the window is open. */
export function vetoCommittee<const S extends string = never>(params: ObjectorParams<S>): Agent<S> {
  return defineVeto(params);
}

const defineChallenger = defineAgent<ObjectorParams<string>>({
  name: "challenger",
  numbers: USUAL_NUMBERS,
  role: "observer",
  decide: ({ view, now, params }) =>
    objected(view.cases, "optimistic", { ...params, now }).map((id): Action => ({ type: "challengeCase", case: id })),
});

/** Challenges the optimistic cases of its sets `delay` after they were reported. */
export function challenger<const S extends string = never>(params: ObjectorParams<S>): Agent<S> {
  return defineChallenger(params);
}

/** Decides challenged cases by the truth: guilty where the operator did commit a fault on the set. */
export const judge = defineAgent<object>({
  name: "judge",
  role: "committee",
  decide: ({ view }) =>
    view.cases
      .filter(({ state }) => state === "challenged")
      .map(({ id, set, operator }) => {
        const guilty = view.faults.some((fault) => fault.set === set && fault.operator === operator);
        return { type: "resolveCase", case: id, guilty };
      }),
});
