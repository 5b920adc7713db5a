import type { ActionResult } from "../model/fact.ts";
import { slashName } from "../model/names.ts";
import type { Fault } from "../model/fault.ts";
import type { CaseView } from "../model/view.ts";
import type { RunCase } from "../report/run-record.ts";
import type { Ledger, StepResult } from "./books.ts";

const RESULTS = {
  open: "open",
  challenged: "open",
  vetoed: "vetoed",
  executed: "slashed",
  rejected: "refused",
  expired: "expired",
} as const;

/** A reported fault as a case of the record, before its outcome is known. */
function opened(ledger: Ledger, fault: Fault, at: StepResult): RunCase {
  const set = ledger.spec.sets.find(({ id }) => id === fault.set);
  const kind = set?.module.kind ?? "instant";
  return {
    id: `${fault.set}?${ledger.cases.size + 1}`,
    set: fault.set,
    operator: fault.operator,
    rule: set?.rule?.kind ?? "none",
    module: kind === "direct" ? "instant" : kind,
    faultAt: fault.at.toString(),
    reportedAt: at.after.time.toString(),
    vetoableUntil: null,
    executableFrom: null,
    expiresAt: null,
    closedAt: null,
    result: "open",
    reason: "",
    slash: null,
  };
}

/** Case that a report became: refused at once, slashed at once, or waiting in its module. */
function bookReport(ledger: Ledger, at: StepResult, result: ActionResult & { readonly fault: Fault }): void {
  const { outcome, facts, fault } = result;
  const base = opened(ledger, fault, at);
  const time = at.after.time.toString();
  if (outcome.status === "reverted") {
    const values = Object.entries(outcome.args).map(([key, value]) => `${key} ${String(value)}`);
    const reason = [outcome.error, ...values].join(", ");
    ledger.cases.set(base.id, { ...base, closedAt: time, result: "refused", reason });
    return;
  }
  const waiting = facts.find((fact) => fact.kind === "caseOpened");
  const slashed = facts.find((fact) => fact.kind === "slash");
  const slash = slashed === undefined ? null : slashName(slashed.set, slashed.slashId);
  const id = waiting?.case ?? base.id;
  const closed = slashed === undefined ? {} : { closedAt: time, result: "slashed" as const, reason: slashed.cause };
  ledger.cases.set(id, { ...base, id, ...closed, slash });
}

/** Brings a waiting case up to the state that its module shows. */
function follow(ledger: Ledger, at: StepResult, seen: CaseView): void {
  const known = ledger.cases.get(seen.id);
  if (known === undefined || known.result !== "open") return;
  const result = RESULTS[seen.state];
  ledger.cases.set(seen.id, {
    ...known,
    vetoableUntil: seen.vetoableUntil.toString(),
    executableFrom: seen.executableFrom.toString(),
    expiresAt: seen.expiresAt?.toString() ?? null,
    result,
    closedAt: result === "open" ? null : at.after.time.toString(),
    reason: known.reason === "" && result !== "open" ? seen.state : known.reason,
  });
}

/** Books what a step's reports and verdicts did to the cases. */
export function followCases(ledger: Ledger, at: StepResult): void {
  for (const result of at.results) {
    if (result.planned.action.type === "reportFault") {
      bookReport(ledger, at, { ...result, fault: result.planned.action.fault });
    }
    for (const fact of result.facts) {
      if (fact.kind === "slash" && fact.case !== null) {
        const known = ledger.cases.get(fact.case);
        if (known !== undefined) {
          ledger.cases.set(fact.case, { ...known, slash: slashName(fact.set, fact.slashId), reason: fact.cause });
        }
      }
      if (fact.kind === "caseClosed") {
        const known = ledger.cases.get(fact.case);
        if (known !== undefined) ledger.cases.set(fact.case, { ...known, reason: fact.reason });
      }
    }
  }
  for (const seen of at.after.cases) follow(ledger, at, seen);
}
