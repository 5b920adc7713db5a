import type { Scenario } from "../scenario.ts";
import type { Scalar } from "./parameter-path.ts";

/** Parameters that a scenario's own code is built from, beside those that stand in its data. */
export type Parameters = Readonly<Record<string, Scalar>>;

const builders = new WeakMap<Scenario, (parameters: Parameters) => Scenario>();

/** Widens literals, so that another value of the same kind fits. */
type Widened<T> = {
  readonly [K in keyof T]: T[K] extends bigint
    ? bigint
    : T[K] extends number
      ? number
      : T[K] extends string
        ? string
        : boolean;
};

/**
 * Makes a scenario of values that its data do not show, such as an agent's: they become parameters like any other.
 *
 * @param parameters - Names and usual values.
 * @param build - Makes the scenario from values of the same names and kinds.
 * @returns The scenario with the usual values; `--set "parameters.<name>=…"` makes it with others.
 * @example
 * export default withParameters({ notice: percent(10) }, ({ notice }) =>
 *   defineScenario({ …, populations: { stakers: { count: 9, agent: casualStaker({ notice }) } } }),
 * );
 */
export function withParameters<const T extends Parameters>(
  parameters: T,
  build: (parameters: Widened<T>) => Scenario,
): Scenario {
  const make = (values: Parameters): Scenario => {
    const scenario: Scenario = { ...build(values as Widened<T>), parameters: values };
    builders.set(scenario, make);
    return scenario;
  };
  return make(parameters);
}

/** The same scenario built from other parameters; undefined where it has none, or has been changed since. */
export function rebuild(scenario: Scenario, parameters: Parameters): Scenario | undefined {
  return builders.get(scenario)?.(parameters);
}

/** Lets what was made out of a scenario be made again out of the scenario with other parameters. */
export function rebuildAs(from: Scenario, to: Scenario, make: (base: Scenario) => Scenario): Scenario {
  const build = builders.get(from);
  if (build !== undefined) builders.set(to, (parameters) => make(build(parameters)));
  return to;
}
