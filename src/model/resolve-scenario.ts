import { WorldImpossibleError } from "../errors/world-impossible-error.ts";
import { blocks, days } from "../units/durations.ts";
import { WAD } from "../units/units.ts";
import { assertNesting } from "./defi/nesting.ts";
import { resolveDefi } from "./defi/resolve-defi.ts";
import { delegate, memberOf, membersOf } from "./delegation.ts";
import { distribute, each, type Distribution } from "./distribution.ts";
import { assertHistory } from "./assert-history.ts";
import { assertPartNames } from "./assert-part-names.ts";
import { compareIds, memberId, PROTOCOL } from "./names.ts";
import type { ModuleSpec } from "./rule.ts";
import type { AvsParams, PopulationParams, RestakingParams, Scenario } from "./scenario.ts";
import { assertReferences } from "./scenario-references.ts";
import { assertScenario } from "./validate-scenario.ts";
import type { DelaySpec, OperatorSpec, ParticipantSpec, SetSpec, StrategySpec, WorldSpec } from "./world-spec.ts";

const BASIS_POINT = WAD / 10_000n;
const PRESETS = {
  mainnet: { withdrawal: blocks(100_800), deallocation: blocks(100_800), configuration: blocks(126_000) },
  fast: { withdrawal: blocks(50), deallocation: blocks(50), configuration: blocks(75) },
} as const;

function resolveDelays(params: RestakingParams): DelaySpec {
  const preset = PRESETS[params.preset ?? "mainnet"];
  return {
    withdrawal: params.withdrawalDelay ?? preset.withdrawal,
    deallocation: params.deallocationDelay ?? preset.deallocation,
    configuration: params.configurationDelay ?? preset.configuration,
    release: params.releaseDelay ?? 0n,
    rewardsActivation: params.rewardsActivationDelay ?? days(7),
  };
}

function resolveModule(scenario: Scenario, module: AvsParams["module"]): ModuleSpec {
  if (module === undefined || module.kind === "instant") return { kind: "instant" };
  const member = (name: string): string => memberOf(scenario.populations, name);
  if (module.kind === "veto") return { ...module, committee: member(module.committee) };
  if (module.kind === "optimistic") return { ...module, judge: member(module.judge) };
  return { ...module, slasher: member(module.slasher) };
}

function resolveSet(
  scenario: Scenario,
  strategies: readonly StrategySpec[],
  [id, params]: [string, AvsParams],
): SetSpec {
  const recipient = params.redistributeTo;
  for (const strategy of params.strategies ?? []) {
    if (!strategies.some((known) => known.id === strategy)) {
      throw new WorldImpossibleError(
        `operator set ${id}`,
        `no strategy is named ${strategy}`,
        "Declare it under strategies.",
      );
    }
  }
  return {
    id,
    avs: params.avs ?? id,
    service: params.service ?? "plain",
    strategies: params.strategies ?? strategies.slice(0, 1).map((strategy) => strategy.id),
    rule: params.rule ?? null,
    module: resolveModule(scenario, params.module),
    destination:
      recipient === undefined
        ? { kind: "burned" }
        : { kind: "redistributed", recipient: memberOf(scenario.populations, recipient) },
  };
}

function amounts(distribution: Distribution | undefined, count: number): readonly bigint[] {
  return distribute(distribution ?? each(0n), count);
}

function resolvePopulation(scenario: Scenario, name: string, population: PopulationParams): readonly ParticipantSpec[] {
  const { count, agent } = population;
  const stake = amounts(population.stake, count);
  const ether = amounts(population.ether, count);
  const lst = amounts(population.lst, count);
  const target = population.delegateTo;
  const operators = target === undefined ? null : delegate(scenario.populations, target, stake);
  const strategy = population.strategy ?? scenario.strategies?.[0]?.id ?? "lst";
  return membersOf(scenario.populations, name).map((id, at) => ({
    id,
    population: name,
    role: agent.role,
    stakes: (stake[at] ?? 0n) === 0n ? [] : [{ strategy, amount: stake[at] ?? 0n }],
    ether: ether[at] ?? 0n,
    lst: lst[at] ?? 0n,
    delegatedTo: agent.role === "operator" ? id : (operators?.[at] ?? null),
  }));
}

function resolveOperators(
  population: PopulationParams,
  name: string,
  sets: readonly SetSpec[],
): readonly OperatorSpec[] {
  const commission = population.commission ?? WAD / 10n;
  return Array.from({ length: population.count }, (_, at) => ({
    id: memberId(name, at, population.count),
    allocationDelay: population.allocationDelay ?? 0n,
    splitBips: Number(commission / BASIS_POINT),
    allocations: sets.flatMap((set) => {
      const wanted = (population.allocations as Readonly<Record<string, bigint | readonly bigint[]>> | undefined)?.[
        set.id
      ];
      const magnitude = typeof wanted === "object" ? (wanted[at] ?? 0n) : (wanted ?? 0n);
      return magnitude === 0n ? [] : set.strategies.map((strategy) => ({ set: set.id, strategy, magnitude }));
    }),
  }));
}

/** Refuses what each field allows but the whole cannot be. */
function assertPossible(spec: WorldSpec): void {
  const ids = new Set<string>();
  for (const { id } of spec.participants) {
    if (ids.has(id))
      throw new WorldImpossibleError(`participant ${id}`, "two participants have this id", "Rename one.");
    ids.add(id);
  }
  const operators = new Set(spec.operators.map(({ id }) => id));
  for (const { id, delegatedTo } of spec.participants) {
    if (delegatedTo !== null && !operators.has(delegatedTo)) {
      throw new WorldImpossibleError(
        `delegation of ${id}`,
        `${delegatedTo} is no operator`,
        "Delegate to an operator.",
      );
    }
  }
  for (const { id, allocations } of spec.operators) {
    for (const strategy of new Set(allocations.map((allocation) => allocation.strategy))) {
      const sum = allocations.reduce((a, b) => a + (b.strategy === strategy ? b.magnitude : 0n), 0n);
      if (sum > WAD) {
        const reason = `allocations of ${strategy} sum to ${sum}, above 100 % (${WAD})`;
        throw new WorldImpossibleError(
          `operator ${id}`,
          reason,
          "Lower its allocations: the same stake cannot be promised twice.",
        );
      }
    }
  }
}

/** Refuses slashes by order where a module judges and no other slasher is ever proposed. */
function assertSlashers(scenario: Scenario, spec: WorldSpec): void {
  const shocks = (scenario.timeline ?? []).map(({ shock }) => shock);
  const swapped = new Set(shocks.flatMap((shock) => (shock.type === "swapSlasher" ? [shock.set] : [])));
  for (const shock of shocks) {
    if (shock.type !== "slash" || swapped.has(shock.avs)) continue;
    const kind = spec.sets.find(({ id }) => id === shock.avs)?.module.kind ?? "unknown";
    if (kind !== "direct") {
      const reason = `its slasher is a module (${kind}), which slashes on evidence only`;
      throw new WorldImpossibleError(
        `operator set ${shock.avs}`,
        reason,
        'Use module { kind: "direct", slasher } or report a fault.',
      );
    }
  }
}

/**
 * Turns a scenario into the world it describes: every amount, delegation and allocation worked out.
 *
 * The order in which populations are declared does not matter: participants are sorted by id.
 *
 * @throws {@link ScenarioInvalidError} when a field's value cannot be.
 * @throws {@link WorldImpossibleError} when the fields exclude each other.
 */
export function resolveScenario(scenario: Scenario): WorldSpec {
  assertScenario(scenario);
  assertHistory(scenario);
  const strategies = scenario.strategies ?? [{ id: "lst", asset: "lst" }];
  assertNesting(strategies, scenario.defi?.vaults ?? []);
  const sets = Object.entries(scenario.avss).map((entry) => resolveSet(scenario, strategies, entry));
  const populations = Object.entries(scenario.populations);
  const people = populations.flatMap(([name, population]) => resolvePopulation(scenario, name, population));
  const nobody = { stakes: [], ether: 0n, lst: 0n, delegatedTo: null };
  const avss = [...new Set(sets.map(({ avs }) => avs))].map(
    (id) => ({ id, population: id, role: "avs", ...nobody }) as const,
  );
  const participants = [
    ...people,
    ...avss,
    { id: PROTOCOL, population: PROTOCOL, role: "protocol", ...nobody } as const,
  ];
  const operators = populations
    .filter(([, { agent }]) => agent.role === "operator")
    .flatMap(([name, population]) => resolveOperators(population, name, sets));
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => compareIds(a.id, b.id);
  const spec: WorldSpec = {
    clock: scenario.clock.mode ?? "timestamp",
    delays: resolveDelays(scenario.restaking ?? {}),
    lst: {
      fee: scenario.lst?.fee ?? WAD / 10n,
      initialStake: scenario.lst?.initialStake ?? 0n,
      maxYearlyGain: scenario.lst?.maxYearlyGain ?? WAD / 10n,
    },
    strategies,
    sets,
    participants: participants.sort(byId),
    operators: operators.sort(byId),
    defi: resolveDefi(scenario),
  };
  assertReferences(scenario, spec);
  assertPartNames(scenario, spec);
  assertPossible(spec);
  assertSlashers(scenario, spec);
  return spec;
}
