import type { PlannedAction } from "../model/action.ts";
import { PROTOCOL } from "../model/names.ts";
import type { Scenario } from "../model/scenario.ts";
import type { View } from "../model/view.ts";
import { days } from "../units/durations.ts";
import { WAD, type Seconds } from "../units/units.ts";

const YEAR = days(365);

/** Whether a multiple of `every` lies in [from, until). */
function passes(every: Seconds, from: Seconds, until: Seconds): boolean {
  return every > 0n && (until - 1n) / every > (from - 1n) / every && until > 1n;
}

function planned(agent: string, action: PlannedAction["action"]): PlannedAction {
  return { agent, origin: "engine", action };
}

/** The LST's validators earn, and the pool says so. */
function poolRewards(scenario: Scenario, view: View, now: Seconds): readonly PlannedAction[] {
  const { yearlyYield = 0n, reportEvery = days(1) } = scenario.lst ?? {};
  const last = view.time / reportEvery;
  const reports = now / reportEvery - last;
  if (yearlyYield === 0n || reports === 0n) return [];
  const delta = (view.lst.validatorBalance * yearlyYield * reports * reportEvery) / (WAD * YEAR);
  return [planned(PROTOCOL, { type: "changeValidators", delta }), planned(PROTOCOL, { type: "reportPool" })];
}

/** AVSs pay for periods that lie wholly behind. */
function payments(scenario: Scenario, view: View, now: Seconds): readonly PlannedAction[] {
  return Object.entries(scenario.avss).flatMap(([set, { rewards, avs = set }]) => {
    if (rewards === undefined || !passes(rewards.every, view.time, now)) return [];
    const until = ((now - 1n) / rewards.every) * rewards.every;
    if (until === 0n) return [];
    const period = { from: until - rewards.every, until };
    return [planned(avs, { type: "payRewards", set, amount: rewards.amount, ...period })];
  });
}

/** Vaults whose rate is told on a schedule: its length is the lag of the news. */
function ratePushes(scenario: Scenario, view: View, now: Seconds): readonly PlannedAction[] {
  return (scenario.defi?.vaults ?? [])
    .filter(({ oracle: { mode, every } }) => mode !== "live" && every > 0n && now / every > view.time / every)
    .map(({ id }) => planned(PROTOCOL, { type: "vaultPushRate", vault: id }));
}

/**
 * What the scenario arranges without an agent: pool reports, payments to operator sets, and rates of vaults.
 *
 * @param view - State after the step before; its time is when the last of them could have happened.
 * @param now - Time of the step.
 */
export function keeperActions(scenario: Scenario, view: View, now: Seconds): readonly PlannedAction[] {
  return [...poolRewards(scenario, view, now), ...payments(scenario, view, now), ...ratePushes(scenario, view, now)];
}
