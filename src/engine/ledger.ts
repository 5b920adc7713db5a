import { attributeSlash } from "../analysis/loss-waterfall.ts";
import {
  accountOf,
  addCapital,
  addTo,
  bookHoldings,
  redistributionOf,
  type YieldBook,
} from "../analysis/yield-attribution.ts";
import type { Fact } from "../model/fact.ts";
import { slashName } from "../model/names.ts";
import type { View } from "../model/view.ts";
import { stakeValue, valueOf } from "../model/view-values.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import type { Ledger, StepResult } from "./books.ts";
import { followCases } from "./cases.ts";

/** Books at time 0: everybody's stake and liquid staking tokens count as capital. */
export function openLedger(spec: WorldSpec, first: View): Ledger {
  const yields: YieldBook = new Map();
  for (const { id } of spec.participants) {
    const capital = stakeValue(first, id) + (first.stakers[id]?.lst ?? 0n);
    if (capital > 0n) addCapital(accountOf(yields, id), capital, first.lst.rate);
  }
  return {
    spec,
    slashes: [],
    notices: [],
    exits: new Map(),
    cases: new Map(),
    reported: [],
    refusals: [],
    losses: {},
    yields,
    burned: 0n,
    redistributed: 0n,
  };
}

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** Name of a slash in one strategy: the set's alone has no suffix. */
function entryName(ledger: Ledger, fact: FactOf<"slash">, strategy: string): string {
  const several = (ledger.spec.sets.find(({ id }) => id === fact.set)?.strategies.length ?? 1) > 1;
  return `${slashName(fact.set, fact.slashId)}${several ? `/${strategy}` : ""}`;
}

function bookSlash(ledger: Ledger, at: StepResult, fact: FactOf<"slash">): void {
  const destination = ledger.spec.sets.find(({ id }) => id === fact.set)?.destination ?? { kind: "burned" };
  fact.strategies.forEach((slashed, index) => {
    const { strategy, wadSlashed } = slashed;
    const id = entryName(ledger, fact, strategy);
    const { shares, value, bearers } = attributeSlash(slashed, (lost) => valueOf(at.after, strategy, lost));
    const place = { id, set: fact.set, operator: fact.operator, strategy };
    ledger.notices.push({ ...place, at: at.after.time, wadSlashed });
    ledger.slashes.push({
      ...place,
      slashId: fact.slashId,
      step: at.step,
      time: at.after.time.toString(),
      clock: at.after.clock.toString(),
      cause: fact.cause,
      wad: (fact.wads[index] ?? 0n).toString(),
      wadSlashed: wadSlashed.toString(),
      maxMagnitude: { before: slashed.maxMagnitude.before.toString(), after: slashed.maxMagnitude.after.toString() },
      shares: {
        operator: slashed.operatorShares.toString(),
        queue: slashed.queueShares.toString(),
        total: shares.toString(),
      },
      value: value.toString(),
      bearers: bearers.map((bearer) => ({ ...bearer, shares: `${bearer.shares}`, value: `${bearer.value}` })),
      destination: {
        kind: destination.kind,
        recipient: destination.kind === "redistributed" ? destination.recipient : null,
        burned: 0n,
        redistributed: 0n,
        total: shares,
        releasableAt: fact.releasableAt,
      },
    });
    for (const { layer, holder, position, value: lost } of bearers) {
      if (layer === "dust") continue;
      ledger.losses[holder] = (ledger.losses[holder] ?? 0n) + lost;
      addTo(accountOf(ledger.yields, holder).losses, id, lost);
      const exit = position === null ? undefined : ledger.exits.get(position);
      if (exit === undefined) continue;
      exit.lost += lost;
      exit.hitBy.push(id);
    }
  });
}

function bookCleared(ledger: Ledger, at: StepResult, fact: FactOf<"escrowCleared">): void {
  const { set, slashId, strategy, shares, tokens, recipient } = fact;
  const entry = ledger.slashes.find(
    (slash) => slash.set === set && slash.slashId === slashId && slash.strategy === strategy,
  );
  const price = at.after.strategies[strategy]?.etherPerToken ?? 0n;
  const value = (tokens * price) / 10n ** 18n;
  if (entry !== undefined) entry.destination[recipient === null ? "burned" : "redistributed"] += shares;
  ledger[recipient === null ? "burned" : "redistributed"] += value;
  if (recipient !== null) addTo(accountOf(ledger.yields, recipient).income, redistributionOf(set), value);
}

function bookExit(ledger: Ledger, at: StepResult, fact: FactOf<"withdrawalQueued" | "withdrawalCompleted">): void {
  if (fact.kind === "withdrawalQueued") {
    const { id, staker: holder, operator, strategy, trigger, slashableUntil, completableAt } = fact;
    const requested = valueOf(at.after, strategy, fact.shares);
    const open = { completedAt: null, received: null, lost: 0n, hitBy: [] };
    const times = { queuedAt: at.after.time, slashableUntil, completableAt };
    ledger.exits.set(id, { id, holder, operator, strategy, trigger, ...times, requested, ...open });
    return;
  }
  const exit = ledger.exits.get(fact.id);
  if (exit === undefined) return;
  exit.completedAt = at.after.time;
  exit.received = valueOf(at.after, fact.strategy, fact.shares);
}

/** Books one step: holdings at their new prices first, then what each action did, in order. */
export function bookStep(ledger: Ledger, at: StepResult): void {
  bookHoldings(ledger.yields, at.before, at.after);
  for (const { planned, outcome, facts } of at.results) {
    if (planned.action.type === "reportFault") {
      const fault = planned.action.fault.id;
      if (outcome.status === "ok") ledger.reported.push(fault);
      else ledger.refusals.push({ fault, at: at.after.time });
    }
    if (planned.action.type === "stakeEther" && outcome.status === "ok") {
      addCapital(accountOf(ledger.yields, planned.agent), planned.action.amount, at.after.lst.rate);
    }
    for (const fact of facts) {
      if (fact.kind === "slash") bookSlash(ledger, at, fact);
      if (fact.kind === "escrowCleared") bookCleared(ledger, at, fact);
      if (fact.kind === "withdrawalQueued" || fact.kind === "withdrawalCompleted") bookExit(ledger, at, fact);
    }
  }
  followCases(ledger, at);
}
