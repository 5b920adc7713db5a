import { UsageError } from "../errors/usage-error.ts";
import { rebuildAs } from "./parameters/parametric.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The twin of a scenario by its name.
 *
 * @returns The scenario itself where no name is given.
 * @throws {@link UsageError} where the scenario has no such variant.
 */
export function applyVariant(scenario: Scenario, name: string | undefined): Scenario {
  if (name === undefined) return scenario;
  const variant = scenario.variants?.[name];
  if (variant === undefined) {
    const known = Object.keys(scenario.variants ?? {});
    const hint = known.length === 0 ? "Leave --variant away: it has none." : `Use one of ${known.join(", ")}.`;
    throw new UsageError(`Scenario ${scenario.name} has no variant "${name}".`, hint);
  }
  const made = { ...variant.make(scenario), name: scenario.name, variant: name };
  return rebuildAs(scenario, made, (base) => applyVariant(base, name));
}
