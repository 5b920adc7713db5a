import {
  cumulativeEarnings,
  distributeRewards,
  EMPTY_REWARDS,
  type RewardsLedger,
  type RewardsPayment,
} from "../analysis/rewards.ts";
import { stakeSnapshot, type StakeSnapshot } from "../analysis/rewards-stake.ts";
import { accountOf, addTo, type YieldBook } from "../analysis/yield-attribution.ts";
import type { PlannedAction } from "../model/action.ts";
import type { ActionResult } from "../model/fact.ts";
import { PROTOCOL } from "../model/names.ts";
import type { Scenario } from "../model/scenario.ts";
import type { View } from "../model/view.ts";
import type { Seconds } from "../units/units.ts";

/** The one token that services pay in. */
const TOKEN = "rewards";

/** What turns payments into roots: the contract only verifies, the distribution is computed here. */
export interface RewardsDesk {
  /** False where nobody ever pays: then no snapshots are kept. */
  readonly active: boolean;
  snapshots: StakeSnapshot[];
  readonly payments: RewardsPayment[];
  ledger: RewardsLedger;
}

/** An empty desk that already knows the first view's stakes. */
export function openDesk(scenario: Scenario, first: View): RewardsDesk {
  const pays = (scenario.timeline ?? []).some(
    ({ shock }) => shock.type === "act" && shock.action.type === "payRewards",
  );
  const active = pays || Object.values(scenario.avss).some(({ rewards }) => rewards !== undefined);
  return { active, snapshots: active ? [stakeSnapshot(first)] : [], payments: [], ledger: EMPTY_REWARDS };
}

/** Takes the step's snapshot and notes what was paid in. */
export function bookRewards(desk: RewardsDesk, after: View, results: readonly ActionResult[]): void {
  if (!desk.active) return;
  desk.snapshots.push(stakeSnapshot(after));
  for (const { planned, facts } of results) {
    const { action } = planned;
    const paid = facts.find((fact) => fact.kind === "rewardsPaid");
    if (paid === undefined || action.type !== "payRewards") continue;
    const { from, until } = action;
    const { avs: payer, set, amount } = paid;
    desk.payments.push({ id: desk.payments.length, payer, set, token: TOKEN, amount, from, until });
  }
}

/** Distributes what is due and forgets the snapshots that nothing can need any more. */
function distribute(desk: RewardsDesk, until: Seconds): PlannedAction["action"] {
  desk.ledger = distributeRewards(desk.ledger, desk, until);
  const earnings = cumulativeEarnings(desk.ledger).map(({ earner: participant, amount }) => ({ participant, amount }));
  return { type: "submitRewardsRoot", until, earnings };
}

/** The root that follows new payments; nothing where none waits. */
export function dueRoot(desk: RewardsDesk): readonly PlannedAction[] {
  const waiting = desk.payments.filter(({ id, until }) => (desk.ledger.progress.get(id) ?? -1n) < until);
  const until = waiting.reduce((latest, payment) => (payment.until > latest ? payment.until : latest), 0n);
  return until === 0n ? [] : [{ agent: PROTOCOL, origin: "engine", action: distribute(desk, until) }];
}

/** Gives a root that an agent asks for its earnings. */
export function fillRoot(desk: RewardsDesk, planned: PlannedAction): PlannedAction {
  const { action } = planned;
  return action.type === "submitRewardsRoot" ? { ...planned, action: distribute(desk, action.until) } : planned;
}

/** Books what everybody earned of the payments, by payer, up to the run's end. */
export function settleRewards(desk: RewardsDesk, yields: YieldBook, end: Seconds): void {
  for (const { earner, payer, amount } of distributeRewards(desk.ledger, desk, end).earnings) {
    addTo(accountOf(yields, earner).income, payer, amount);
  }
}
