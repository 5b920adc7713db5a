import type { Seconds, Wad, Wei } from "../units/units.ts";
import type { Agent } from "./agent.ts";
import type { DefiParams, PositionParams } from "./defi/params.ts";
import type { Distribution } from "./distribution.ts";
import type { Expectation } from "./expectation.ts";
import type { History } from "./history.ts";
import type { Invariant } from "./invariant.ts";
import type { Metric, Unit } from "./metric.ts";
import type { Member } from "./names.ts";
import type { Scalar } from "./parameters/parameter-path.ts";
import type { ModuleSpec, RuleSpec } from "./rule.ts";
import type { TimelineEntry } from "./shock.ts";
import type { ClockMode, StrategySpec } from "./world-spec.ts";

/** Grid of steps. */
export interface ScenarioClock {
  readonly step: Seconds;
  readonly steps: number;
  /** Further times at which agents may act, besides the grid's and the timeline's. */
  readonly also?: readonly Seconds[];
  /** Default: timestamp. The rows are the same in both. */
  readonly mode?: ClockMode;
}

/** Parameters of the restaking core; what is left out comes from the preset. */
export interface RestakingParams {
  /** Default: mainnet (14 d, 14 d, 17.5 d). `fast` is 50, 50 and 75 blocks. */
  readonly preset?: "mainnet" | "fast";
  readonly withdrawalDelay?: Seconds;
  readonly deallocationDelay?: Seconds;
  readonly configurationDelay?: Seconds;
  /** Escrow of slashed shares: 0 (default) or 7 days. */
  readonly releaseDelay?: Seconds;
  readonly rewardsActivationDelay?: Seconds;
}

export interface LstParams {
  readonly fee?: Wad;
  readonly initialStake?: Wei;
  readonly maxYearlyGain?: Wad;
  /** Rewards of the validators behind the LST, as a yearly fraction; default 0. */
  readonly yearlyYield?: Wad;
  /** Time between two pool reports, where the validators earn; default 1 day. */
  readonly reportEvery?: Seconds;
}

/** One operator set and the service behind it. Default: a plain service on the LST, judged by nobody. */
export interface AvsParams<P extends string = string> {
  /** AVS it belongs to; default: one of its own name. */
  readonly avs?: string;
  readonly service?: "plain" | "oracle" | "availability" | "bridge";
  readonly strategies?: readonly string[];
  readonly rule?: RuleSpec;
  readonly module?: ModuleOf<P>;
  /** Default: burned. */
  readonly redistributeTo?: Member<P>;
  /** What the AVS pays its operators and their stakers at the end of every period; a root follows each payment. */
  readonly rewards?: { readonly amount: Wei; readonly every: Seconds };
}

/** {@link ModuleSpec} whose committee, judge and slasher are members of the scenario. */
export type ModuleOf<P extends string> =
  | Extract<ModuleSpec, { kind: "instant" }>
  | (Extract<ModuleSpec, { kind: "veto" }> & { readonly committee: Member<P> })
  | (Extract<ModuleSpec, { kind: "optimistic" }> & { readonly judge: Member<P> })
  | (Extract<ModuleSpec, { kind: "direct" }> & { readonly slasher: Member<P> });

/** One homogeneous group of participants. */
export interface PopulationParams<P extends string = string, S extends string = string> {
  readonly count: number;
  readonly agent: Agent<P | S>;
  /** Restaked when the run begins, as wei of ether. */
  readonly stake?: Distribution;
  /** Strategy of `stake`; default: lst. */
  readonly strategy?: string;
  /** Plain ether in each wallet. */
  readonly ether?: Distribution;
  /** Liquid staking tokens in each wallet, as ether. */
  readonly lst?: Distribution;
  readonly delegateTo?: DelegationParams<P>;
  /** Tokens of the DeFi layer in each wallet, by token. */
  readonly tokens?: Readonly<Record<string, Distribution>>;
  /** What each member has in markets when the run begins. */
  readonly positions?: readonly PositionParams[];
  /** Operators: fraction of their stake that each set can slash when the run begins. */
  readonly allocations?: { readonly [K in S]?: Wad | readonly Wad[] };
  readonly allocationDelay?: Seconds;
  /** Operators' share of rewards [WAD]. */
  readonly commission?: Wad;
}

/**
 * Whom the members of a population delegate to: one member; or all members of a population in turn; or in proportion
 * to weights, one per operator (skewed delegation); or a list, one operator per member.
 */
export type DelegationParams<P extends string = string> =
  Member<P> | { readonly to: P; readonly weights: readonly bigint[] } | { readonly list: readonly Member<P>[] };

/** A twin of a scenario that differs in a single choice. */
export interface Variant {
  /** What differs, in words: stands beside its results. */
  readonly title: string;
  /** Makes the twin out of the scenario as it is run, seed and all. */
  readonly make: (base: Scenario) => Scenario;
}

/** What a run is made of. `P`, `S`, `M` capture the names that timeline, metrics and expectations may use. */
export interface Scenario<
  P extends string = string,
  S extends string = string,
  M extends Readonly<Record<string, Metric<Unit, string>>> = Readonly<Record<string, Metric<Unit, string>>>,
> {
  readonly name: string;
  readonly question: string;
  readonly seed: number;
  /** What its own code was built from, see `withParameters`. */
  readonly parameters?: Readonly<Record<string, Scalar>>;
  readonly clock: ScenarioClock;
  readonly restaking?: RestakingParams;
  readonly lst?: LstParams;
  /** Tokens, vaults, dollars, pools, feeds and lenders beside the restaked stake. */
  readonly defi?: DefiParams;
  /** Default: one strategy `lst` on the liquid staking token. */
  readonly strategies?: readonly StrategySpec[];
  readonly avss: { readonly [K in S]: AvsParams<NoInfer<P>> };
  readonly populations: { readonly [K in P]: PopulationParams<NoInfer<P>, NoInfer<S>> };
  readonly timeline?: readonly TimelineEntry<NoInfer<P>, NoInfer<S>>[];
  /** Order of a step's actions; default: shuffled by the seed. */
  readonly order?: "shuffle" | "declared";
  readonly metrics: M & { readonly [K in keyof M]: Metric<Unit, NoInfer<P | S>> };
  /** Twins that differ in a single choice, by name. */
  readonly variants?: Readonly<Record<string, Variant>>;
  /** Which of them this is; a scenario as written is none. */
  readonly variant?: string;
  /** Published inputs and outcomes of what it replays. */
  readonly history?: History;
  /** Besides the built-in laws. */
  readonly invariants?: readonly Invariant[];
  readonly expect?: { readonly [K in keyof NoInfer<M>]?: ExpectationOf<NoInfer<M>[K]> };
}

type ExpectationOf<T> = T extends { readonly unit: infer U extends Unit } ? Expectation<U> : never;

/**
 * Declares a scenario; the identity at run time.
 *
 * The names of populations, operator sets and metrics are captured as types: a timeline, a metric or an expectation
 * that mentions another name does not compile.
 *
 * @param scenario - What to run. Its `seed` fixes every random choice.
 * @returns The same scenario.
 * @example
 * export default defineScenario({
 *   name: "one-slash",
 *   question: "What does one 10 % slash cost the stakers?",
 *   seed: 42,
 *   clock: { step: days(1), steps: 30 },
 *   avss: { oracle: { module: { kind: "direct", slasher: "watcher" } } },
 *   populations: {
 *     operators: { count: 1, agent: honestOperator({}), stake: each(ether(100)), allocations: { oracle: percent(50) } },
 *     watcher: { count: 1, agent: observer({}) },
 *   },
 *   timeline: [{ at: days(3), shock: slash({ avs: "oracle", operator: "operators", fraction: percent(10) }) }],
 *   metrics: { restaked: totalRestaked() },
 *   expect: { restaked: atEnd({ above: ether(94) }) },
 * });
 */
export function defineScenario<
  const P extends string,
  const S extends string,
  const M extends Readonly<Record<string, Metric<Unit, string>>>,
>(scenario: Scenario<P, S, M>): Scenario<P, S, M> {
  return scenario;
}
