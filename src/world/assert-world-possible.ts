import { WorldImpossibleError } from "../errors/world-impossible-error.ts";
import { PROTOCOL } from "../model/names.ts";
import type { WorldSpec } from "../model/world-spec.ts";
import { WAD } from "../units/units.ts";
import { secondsPerUnit } from "./world-clock.ts";

function refuse(part: string, reason: string, hint: string): never {
  throw new WorldImpossibleError(part, reason, hint);
}

function assertNames(spec: WorldSpec): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { id } of spec.participants) {
    if (ids.has(id)) refuse(`participant ${id}`, "the name is used twice", "Give every participant its own name.");
    ids.add(id);
  }
  for (const id of [PROTOCOL, ...spec.sets.map(({ avs }) => avs)]) {
    if (!ids.has(id)) refuse(`participant ${id}`, "it is missing", "Add it to the participants.");
  }
  return ids;
}

function assertDelays(spec: WorldSpec): void {
  const perUnit = secondsPerUnit(spec.clock);
  for (const [name, delay] of Object.entries(spec.delays) as [string, bigint][]) {
    if (delay < 0n) refuse(`delay ${name}`, `it is ${delay} s`, "Use 0 or more.");
    if (delay % perUnit !== 0n) refuse(`delay ${name}`, `${delay} s are no whole blocks`, "Use a multiple of 12 s.");
  }
}

function assertOperators(spec: WorldSpec, ids: ReadonlySet<string>): void {
  if (spec.operators.length === 0) {
    refuse("the operators", "there are none", "Add a population of operators with at least one member.");
  }
  for (const { id, allocationDelay, allocations, splitBips } of spec.operators) {
    if (!ids.has(id)) refuse(`operator ${id}`, "it is no participant", "Add it to the participants.");
    if (allocationDelay < 0n)
      refuse(`operator ${id}`, `its allocation delay is ${allocationDelay} s`, "Use 0 or more.");
    if (splitBips < 0 || splitBips > 10_000) {
      refuse(`operator ${id}`, `its split is ${splitBips} basis points`, "Use 0 to 10,000.");
    }
    const sums = new Map<string, bigint>();
    for (const { strategy, magnitude } of allocations) {
      if (magnitude < 0n) refuse(`operator ${id}`, `an allocation is ${magnitude}`, "Use fractions of 0 or more.");
      const sum = (sums.get(strategy) ?? 0n) + magnitude;
      sums.set(strategy, sum);
      if (sum > WAD) {
        const percent = `${(sum * 100n) / WAD} %`;
        refuse(`operator ${id}`, `its allocations of ${strategy} add up to ${percent}`, "Allocate 100 % at most.");
      }
    }
  }
}

function assertSets(spec: WorldSpec, ids: ReadonlySet<string>): void {
  const strategies = new Set(spec.strategies.map(({ id }) => id));
  const services = new Map<string, string>();
  for (const { id, avs, service, strategies: own, module } of spec.sets) {
    const part = `operator set ${id}`;
    if (own.length === 0) refuse(part, "it has no strategy", "Name at least one strategy.");
    const unknown = own.find((strategy) => !strategies.has(strategy));
    if (unknown !== undefined) refuse(part, `strategy ${unknown} does not exist`, "Declare it under strategies.");
    if ((services.get(avs) ?? service) !== service) {
      refuse(part, `AVS ${avs} offers ${services.get(avs) ?? ""} already`, "Give each service its own AVS.");
    }
    services.set(avs, service);
    if (module.kind !== "veto" && module.kind !== "optimistic") continue;
    const { window, expiry } = module;
    if (window <= 0n || expiry <= 0n) refuse(part, "its window or expiry is not above 0", "Use at least one block.");
    if (window + expiry > spec.delays.deallocation) {
      const reason = `its window and expiry take ${window + expiry} s, operators are slashable for ${spec.delays.deallocation} s`;
      refuse(part, reason, "Shorten them: nothing could be slashed in time.");
    }
    const named = module.kind === "veto" ? module.committee : module.judge;
    if (!ids.has(named)) refuse(part, `${named} is no participant`, "Name a member of a population.");
  }
}

function assertStakes(spec: WorldSpec): void {
  const assets = new Map(spec.strategies.map(({ id, asset }) => [id, asset]));
  const operators = new Set(spec.operators.map(({ id }) => id));
  for (const { id, stakes, ether, lst, delegatedTo } of spec.participants) {
    const part = `participant ${id}`;
    if (ether < 0n || lst < 0n) refuse(part, "its wallet is below 0", "Use 0 or more.");
    for (const { strategy, amount } of stakes) {
      const asset = assets.get(strategy);
      if (asset === undefined) refuse(part, `strategy ${strategy} does not exist`, "Declare it under strategies.");
      if (asset === "share") {
        const reason = `strategy ${strategy} takes shares of a vault, which nobody has before the world is set up`;
        refuse(part, reason, "Give the population the shares as tokens, and let it deposit them in the run.");
      }
      if (amount < 0n) refuse(part, `its stake is ${amount} wei`, "Use 0 or more.");
      if (asset === "native" && amount % 10n ** 9n !== 0n) {
        refuse(part, `${amount} wei of native stake are no whole gwei`, "Round it to a multiple of 1e9 wei.");
      }
    }
    if (delegatedTo !== null && !operators.has(delegatedTo)) {
      refuse(part, `${delegatedTo} is no operator`, "Delegate to a member of a population of operators.");
    }
  }
}

/**
 * Refuses a world that cannot exist before anything is deployed.
 *
 * @throws {@link WorldImpossibleError} with the part, what is wrong with it and what to change.
 */
export function assertWorldPossible(spec: WorldSpec): void {
  const ids = assertNames(spec);
  assertDelays(spec);
  assertOperators(spec, ids);
  assertSets(spec, ids);
  assertStakes(spec);
}
