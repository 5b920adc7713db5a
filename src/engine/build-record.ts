import { escapesOf, type ExitTrack } from "../analysis/exits.ts";
import { closeAccount } from "../analysis/yield-attribution.ts";
import { PROTOCOL } from "../model/names.ts";
import type { Scenario } from "../model/scenario.ts";
import type { View } from "../model/view.ts";
import { stakeValue } from "../model/view-values.ts";
import type { WorldInfo } from "../model/world.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import {
  RUN_RECORD_FORMAT,
  type RunAction,
  type RunEarning,
  type RunExit,
  type RunRecord,
  type RunRow,
  type RunSlash,
} from "../report/run-record.ts";
import { hashOf, toParameter } from "./canonical-json.ts";
import { compareHistory } from "./compare-history.ts";
import type { Ledger, SlashEntry } from "./books.ts";
import { closeDefiBooks, type DefiBooks } from "./defi-books.ts";

/** All that a record is built from; the same state, the same bytes. */
export interface RunState {
  readonly scenario: Scenario;
  readonly spec: WorldSpec;
  readonly info: WorldInfo;
  readonly replay: string;
  readonly first: View;
  last: View;
  readonly rows: RunRow[];
  readonly actions: RunAction[];
  readonly notes: { readonly time: string; readonly text: string }[];
  readonly ledger: Ledger;
  /** Null in a world without a DeFi layer. */
  readonly defi: DefiBooks | null;
  readonly invariants: RunRecord["invariants"];
}

/** The same object without some of its fields. */
function omit<T extends object, const K extends PropertyKey>(value: T, keys: readonly K[]): Omit<T, K> {
  const kept = Object.entries(value).filter(([key]) => !(keys as readonly PropertyKey[]).includes(key));
  return Object.fromEntries(kept) as Omit<T, K>;
}

function closeSlash(entry: SlashEntry): RunSlash {
  const { kind, recipient, burned, redistributed, total, releasableAt } = entry.destination;
  return {
    ...omit(entry, ["slashId", "destination"]),
    destination: {
      kind,
      recipient,
      burned: burned.toString(),
      redistributed: redistributed.toString(),
      escrow: (total - burned - redistributed).toString(),
      releasableAt: releasableAt.toString(),
    },
  };
}

function closeExit(exit: ExitTrack, ledger: Ledger): RunExit {
  return {
    id: exit.id,
    holder: exit.holder,
    operator: exit.operator ?? "",
    strategy: exit.strategy,
    trigger: exit.trigger,
    queuedAt: exit.queuedAt.toString(),
    slashableUntil: exit.slashableUntil.toString(),
    completableAt: exit.completableAt.toString(),
    completedAt: exit.completedAt?.toString() ?? null,
    requested: exit.requested.toString(),
    received: exit.received?.toString() ?? null,
    lost: exit.lost.toString(),
    hitBy: exit.hitBy,
    escaped: escapesOf(
      exit,
      ledger.notices.map(({ at, ...notice }) => ({ ...notice, time: at })),
    ).map((escape) => ({ ...escape })),
  };
}

function earnings(state: RunState): RunEarning[] {
  return state.spec.participants.flatMap(({ id }) => {
    const account = state.ledger.yields.get(id);
    if (account === undefined) return [];
    const result = closeAccount(id, account, state.last.lst.rate);
    return [
      {
        participant: id,
        capital: result.capital.toString(),
        income: result.income.map(({ payer, amount }) => ({ payer, amount: amount.toString() })),
        losses: result.losses.map(({ slash, amount }) => ({ slash, amount: amount.toString() })),
        net: result.net.toString(),
        plainStaking: result.plainStaking.toString(),
      },
    ];
  });
}

/** Everything of a scenario that can change a row, as plain values; code is named, not contained. */
export function describeScenario(scenario: Scenario): Record<string, unknown> {
  const { invariants, order, expect } = scenario;
  const rest = omit(scenario, ["seed", "variants", "history"]);
  return {
    ...rest,
    order: order ?? "shuffle",
    invariants: invariants?.map(({ name }) => name) ?? [],
    expect: expect ?? {},
  };
}

function parametersOf(state: RunState): RunRecord["parameters"] {
  const told = omit(describeScenario(state.scenario), ["name", "question", "metrics", "expect", "variant"]);
  const resolved = { timeline: [], ...told, delays: state.spec.delays, lst: state.spec.lst };
  return Object.fromEntries(Object.entries(resolved).map(([key, value]) => [key, toParameter(value)]));
}

function participantsOf({ spec, first }: RunState): RunRecord["participants"] {
  return spec.participants
    .filter(({ id }) => id !== PROTOCOL)
    .map(({ id, population, role, delegatedTo }) => {
      const wallet = first.stakers[id];
      const capital = stakeValue(first, id) + (wallet?.lst ?? 0n) + (wallet?.ether ?? 0n);
      return { id, population, role, operator: delegatedTo, capital: capital.toString() };
    });
}

function setsOf({ spec, first }: RunState): RunRecord["operatorSets"] {
  return spec.sets.map(({ id, avs, service, rule, destination }) => ({
    id,
    avs,
    service,
    rule: rule?.kind ?? null,
    destination: destination.kind,
    operators: (first.sets[id]?.members ?? []).filter(({ registered }) => registered).map(({ operator }) => operator),
  }));
}

function clockOf({ spec, info }: RunState): RunRecord["clock"] {
  const units = (seconds: bigint): string => (seconds / BigInt(info.clock.secondsPerUnit)).toString();
  return {
    mode: info.clock.mode,
    start: info.clock.start.toString(),
    withdrawalDelay: units(spec.delays.withdrawal),
    deallocationDelay: units(spec.delays.deallocation),
    configurationDelay: units(spec.delays.configuration),
    secondsPerUnit: info.clock.secondsPerUnit,
  };
}

function nameOf(scenario: Scenario): RunRecord["scenario"] {
  const { name, question, variant } = scenario;
  const hash = hashOf(describeScenario(scenario));
  return { name, question, hash, ...(variant === undefined ? {} : { variant }) };
}

/** Builds the record of a run as far as it came. */
export function buildRecord(state: RunState, expectations: RunRecord["expectations"]): RunRecord {
  const { scenario, ledger, invariants } = state;
  const metrics = Object.entries(scenario.metrics);
  return {
    format: RUN_RECORD_FORMAT,
    scenario: nameOf(scenario),
    contracts: { hash: state.info.contractsHash },
    seed: scenario.seed,
    replay: state.replay,
    parameters: parametersOf(state),
    clock: clockOf(state),
    participants: participantsOf(state),
    operatorSets: setsOf(state),
    metrics: Object.fromEntries(metrics.map(([name, { unit, description }]) => [name, { unit, description }])),
    rows: state.rows,
    actions: state.actions,
    slashes: ledger.slashes.map(closeSlash),
    cases: [...ledger.cases.values()],
    exits: [...ledger.exits.values()].map((exit) => closeExit(exit, ledger)),
    earnings: earnings(state),
    notes: state.notes,
    ...(state.defi === null ? {} : { defi: closeDefiBooks(state.defi) }),
    invariants,
    expectations,
    ...(scenario.history === undefined
      ? {}
      : { history: compareHistory(scenario.history, scenario.metrics, state.rows) }),
    passed: expectations.every(({ passed }) => passed) && invariants.every(({ broken }) => broken === null),
  };
}
