import type { Magnitude, Seconds, Wad, Wei } from "../units/units.ts";
import type { DefiSpec } from "./defi/defi.ts";
import type { Role } from "./names.ts";
import type { ModuleSpec, RuleSpec } from "./rule.ts";

/** What the contracts' clock counts. */
export type ClockMode = "blocknumber" | "timestamp";

/** Delays in seconds; multiples of 12, so that both clock modes agree. */
export interface DelaySpec {
  readonly withdrawal: Seconds;
  readonly deallocation: Seconds;
  readonly configuration: Seconds;
  /** How long slashed shares stay in escrow: 0 or 604,800. */
  readonly release: Seconds;
  /** How long a rewards root waits before it can be claimed. */
  readonly rewardsActivation: Seconds;
}

/** Everything to deploy and to arrange before a run begins, resolved: no names left to look up, no draws left. */
export interface WorldSpec {
  readonly clock: ClockMode;
  readonly delays: DelaySpec;
  readonly lst: LstSpec;
  readonly strategies: readonly StrategySpec[];
  readonly sets: readonly SetSpec[];
  /** Every actor, the protocol's administrator (`protocol`) and each AVS (by its name) included. */
  readonly participants: readonly ParticipantSpec[];
  readonly operators: readonly OperatorSpec[];
  /** Markets, vaults, dollars and lenders; null in a world without them. */
  readonly defi: DefiSpec | null;
}

export interface LstSpec {
  /** Fee on gains [WAD]. */
  readonly fee: Wad;
  /** Ether staked by nobody who takes part: gives the pool a realistic size. */
  readonly initialStake: Wei;
  /** Largest gain a report may claim, per year [WAD]. */
  readonly maxYearlyGain: Wad;
}

export type StrategySpec =
  /** `lst`: the liquid staking token's wrapped form; `token`: a plain ERC-20 worth one ether each; `native`: pods. */
  | { readonly id: string; readonly asset: "lst" | "token" | "native" }
  /** Shares of a restaking vault: what stands in it is restaked twice. */
  | { readonly id: string; readonly asset: "share"; readonly vault: string };

export interface SetSpec {
  /** Name of the operator set, as in the scenario. */
  readonly id: string;
  /** Participant that is the AVS; several sets may share one. */
  readonly avs: string;
  readonly service: "plain" | "oracle" | "availability" | "bridge";
  readonly strategies: readonly string[];
  readonly rule: RuleSpec | null;
  readonly module: ModuleSpec;
  readonly destination: { readonly kind: "burned" } | { readonly kind: "redistributed"; readonly recipient: string };
}

export interface ParticipantSpec {
  readonly id: string;
  readonly population: string;
  readonly role: Role;
  /** Restaked before the run begins [wei of ether, per strategy]. */
  readonly stakes: readonly { readonly strategy: string; readonly amount: Wei }[];
  /** Plain ether in the wallet when the run begins. */
  readonly ether: Wei;
  /** Liquid staking tokens in the wallet when the run begins, as ether. */
  readonly lst: Wei;
  /** Operator delegated to when the run begins; operators: themselves. */
  readonly delegatedTo: string | null;
}

export interface OperatorSpec {
  /** Id of the participant. */
  readonly id: string;
  readonly allocationDelay: Seconds;
  readonly splitBips: number;
  /** Sets joined and magnitudes already in effect when the run begins. */
  readonly allocations: readonly { readonly set: string; readonly strategy: string; readonly magnitude: Magnitude }[];
}
