import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import { memberOf } from "./delegation.ts";
import { PROTOCOL } from "./names.ts";
import type { Scenario } from "./scenario.ts";
import type { Shock } from "./shock.ts";
import type { WorldSpec } from "./world-spec.ts";

/** Names that a scenario declares. */
interface Declared {
  readonly sets: readonly string[];
  readonly strategies: readonly string[];
  /** Participants that only timelines name: AVSs and the protocol's administrator. */
  readonly administrators: readonly string[];
  readonly populations: Scenario["populations"];
}

function assertOne(field: string, wanted: string, known: readonly string[]): void {
  if (known.includes(wanted)) return;
  throw new ScenarioInvalidError(field, wanted, known.length === 0 ? "None is declared." : `Use ${known.join(", ")}.`);
}

function assertOnce(field: string, names: readonly string[]): void {
  const at = names.findIndex((name, place) => names.indexOf(name) !== place);
  const twice = names[at];
  if (twice !== undefined) throw new ScenarioInvalidError(`${field}[${at}]`, twice, "Use each name once.");
}

function assertMember(field: string, wanted: string, declared: Declared): void {
  try {
    memberOf(declared.populations, wanted);
  } catch {
    const known = Object.entries(declared.populations).map(([name, { count }]) =>
      count === 1 ? name : `${name}-1 to ${name}-${count}`,
    );
    throw new ScenarioInvalidError(field, wanted, `Use a member of a population: ${known.join(", ")}.`);
  }
}

/** Sets that a shock names, by field. */
function setsOf(shock: Shock): readonly (readonly [string, string])[] {
  if ("sets" in shock) return shock.sets.map((set, at) => [`sets[${at}]`, set]);
  if ("set" in shock) return [["set", shock.set]];
  return shock.type === "slash" ? [["avs", shock.avs]] : [];
}

function assertShock(field: string, shock: Shock, declared: Declared): void {
  for (const [key, set] of setsOf(shock)) assertOne(`${field}.${key}`, set, declared.sets);
  for (const key of ["operator", "staker", "slasher"] as const) {
    const wanted = (shock as Partial<Record<typeof key, string>>)[key];
    if (wanted !== undefined) assertMember(`${field}.${key}`, wanted, declared);
  }
  if (!("by" in shock)) return;
  const anyone = shock.type === "act" && declared.administrators.includes(shock.by);
  if (!anyone) assertMember(`${field}.by`, shock.by, declared);
}

/**
 * Refuses a name that nothing declares.
 *
 * @throws {@link ScenarioInvalidError} naming the field and the names there are.
 */
export function assertReferences(scenario: Scenario, spec: WorldSpec): void {
  const declared: Declared = {
    sets: Object.keys(scenario.avss),
    strategies: spec.strategies.map(({ id }) => id),
    administrators: [...spec.sets.map(({ avs }) => avs), PROTOCOL],
    populations: scenario.populations,
  };
  assertOnce("strategies", declared.strategies);
  for (const [name, population] of Object.entries(scenario.populations)) {
    const { strategy, allocations = {}, agent } = population;
    if (strategy !== undefined) assertOne(`populations.${name}.strategy`, strategy, declared.strategies);
    for (const set of Object.keys(allocations)) {
      assertOne(`populations.${name}.allocations.${set}`, set, declared.sets);
      if (agent.role !== "operator") {
        throw new ScenarioInvalidError(`populations.${name}.allocations`, set, "Only operators allocate.");
      }
    }
  }
  scenario.timeline?.forEach(({ shock }, at) => assertShock(`timeline[${at}].shock`, shock, declared));
  for (const metric of Object.keys(scenario.expect ?? {})) {
    assertOne(`expect.${metric}`, metric, Object.keys(scenario.metrics));
  }
}
