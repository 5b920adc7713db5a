import type { Seconds } from "../units/units.ts";
import type { Action } from "./action.ts";
import type { Role } from "./names.ts";
import type { PartNames } from "./part-names.ts";
import type { Random } from "./random.ts";
import type { View } from "./view.ts";

export type { Random } from "./random.ts";

/**
 * What a number of a behaviour is: `fraction` from 0 to 100 %, `ratio` and `amount` 0 or more, `signed` on either side of 0,
 * `delay` from 0 s to a hundred years, `power` a whole number from 0 to 64.
 */
export type NumberRule = "fraction" | "ratio" | "amount" | "signed" | "delay" | "power";

/** All that an agent can know when it decides. */
export interface AgentContext<Params> {
  /** Its own id. */
  readonly me: string;
  /** Its place in its population, from 0. */
  readonly index: number;
  /** When its actions will execute; the view is the state after the step before. */
  readonly now: Seconds;
  readonly view: View;
  readonly random: Random;
  /** A stream that is the same in each of the member's steps: what it draws first is its nature. */
  readonly fate: Random;
  readonly params: Params;
}

/** A behaviour with its parameters: what a population of a scenario is made of. */
export interface Agent<Names extends string = never> {
  readonly name: string;
  readonly role: Role;
  readonly params: object;
  /** Pure: same context, same actions. */
  readonly decide: (context: Omit<AgentContext<never>, "params">) => readonly Action[];
  /** Whose hat it wears when it acts: `protocol` for who administers; itself where this is left out. */
  readonly actsAs?: "protocol";
  /** Names of populations and operator sets it mentions; only the types use it. */
  readonly mentions?: readonly Names[];
  /** What its numbers are, by their field: one that cannot be is refused before a run. */
  readonly numbers?: Readonly<Record<string, NumberRule>>;
  /** Parts of the DeFi layer that it cannot do without: one that nothing declares is refused. */
  readonly parts?: () => PartNames;
  /** The same behaviour with other parameters, for sweeps over them; absent where its code fixes them. */
  readonly remake?: (params: never) => Agent<Names>;
}

/**
 * Makes a behaviour: a pure function from what an agent sees to what it wants.
 *
 * @param definition.name - kebab-case, as in the run record's parameters.
 * @param definition.role - Role its population plays.
 * @param definition.decide - Reads `view`, draws from `random`, returns plain actions.
 * @returns A function from parameters to the agent that a scenario names.
 * @example
 * export const sleeper = defineAgent<{ wake: Seconds }>({
 *   name: "sleeper",
 *   role: "staker",
 *   decide: ({ now, params }) => (now >= params.wake ? [{ type: "undelegate" }] : []),
 * });
 */
export function defineAgent<Params extends object, Names extends string = never>(definition: {
  readonly name: string;
  readonly role: Role;
  /** `protocol`: its actions are those of the protocol's administrator, as keepers' and guardians' are. */
  readonly actsAs?: "protocol";
  /** What numbers of its parameters are, by their field, wherever in them it stands. */
  readonly numbers?: Readonly<Record<string, NumberRule>>;
  /** Parts of the DeFi layer that its parameters name. */
  readonly parts?: (params: Params) => PartNames;
  readonly decide: (context: AgentContext<Params>) => readonly Action[];
}): (params: Params) => Agent<Names> {
  const { actsAs, numbers } = definition;
  const hat = { ...(actsAs === undefined ? {} : { actsAs }), ...(numbers === undefined ? {} : { numbers }) };
  const make = (params: Params): Agent<Names> => ({
    ...hat,
    name: definition.name,
    role: definition.role,
    params,
    parts: () => definition.parts?.(params) ?? {},
    decide: (context) => definition.decide({ ...context, params }),
    remake: make,
  });
  return make;
}
