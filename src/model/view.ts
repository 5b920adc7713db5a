import type { Magnitude, Seconds, Shares, Wad, Wei } from "../units/units.ts";
import type { DefiView } from "./defi/defi.ts";
import type { HealthLog } from "./defi/health-log.ts";
import type { Fault } from "./fault.ts";
import type { Incident } from "./incident.ts";

/**
 * Whole state after a step, as plain data. Ids and names as in the scenario; every instant in seconds since the
 * run's start, whatever the contracts' clock counts; fractions in WAD; shares with 18 decimals.
 */
export interface WorldView {
  readonly time: Seconds;
  /** The contracts' own clock: block number or unix seconds. */
  readonly clock: bigint;
  readonly lst: LstView;
  readonly strategies: Readonly<Record<string, StrategyView>>;
  readonly operators: Readonly<Record<string, OperatorView>>;
  /** One per (operator, set, strategy) that was ever allocated. */
  readonly allocations: readonly AllocationView[];
  readonly sets: Readonly<Record<string, SetView>>;
  /** Everybody who can hold stake, operators included. */
  readonly stakers: Readonly<Record<string, StakerView>>;
  /** Open withdrawals, in queue order. */
  readonly withdrawals: readonly WithdrawalView[];
  /** Slashed shares that have not left yet. */
  readonly escrows: readonly EscrowView[];
  readonly services: Readonly<Record<string, ServiceView>>;
  /** Cases of veto and optimistic modules, closed ones included. */
  readonly cases: readonly CaseView[];
  readonly rewards: RewardsView;
  readonly paused: readonly string[];
  readonly defi: DefiView;
}

export interface LstView {
  /** Ether per LST share. */
  readonly rate: Wad;
  readonly totalEther: Wei;
  readonly totalShares: Shares;
  readonly bunker: boolean;
  /** Balance of the mock validators, as the next report will say. */
  readonly validatorBalance: Wei;
  readonly unfinalized: Wei;
  readonly requests: readonly UnstakeView[];
}

export interface UnstakeView {
  readonly request: bigint;
  readonly holder: string;
  readonly requestedAt: Seconds;
  readonly amount: Wei;
  readonly finalized: boolean;
  readonly claimed: boolean;
}

/** Value of `n` shares is `floor(floor(n * (balance + 1e3) / (totalShares + 1e3)) * etherPerToken / WAD)`. */
export interface StrategyView {
  readonly totalShares: Shares;
  /** Tokens of its asset that the strategy holds. */
  readonly balance: Wei;
  /** WAD where the token counts as ether (or rebases); the rate of the LST or of the vault whose share it is. */
  readonly etherPerToken: Wad;
  /** Vault whose shares the strategy takes; left out where it takes something else. */
  readonly vault?: string;
  /** True for the beacon strategy: shares are wei, no tokens are held. */
  readonly native: boolean;
}

/** Per strategy. */
export interface OperatorStakeView {
  readonly shares: Shares;
  readonly maxMagnitude: Magnitude;
  readonly encumbered: Magnitude;
  readonly allocatable: Magnitude;
}

export interface OperatorView {
  readonly registered: boolean;
  readonly allocationDelay: Seconds;
  readonly strategies: Readonly<Record<string, OperatorStakeView>>;
  /** Default share of rewards [basis points]. */
  readonly splitBips: number;
}

export interface AllocationView {
  readonly operator: string;
  readonly set: string;
  readonly strategy: string;
  /** As viewed now: matured changes count. */
  readonly current: Magnitude;
  /** Signed change that has not matured. */
  readonly pending: bigint;
  /** When it matures; null when nothing is pending. */
  readonly effectAt: Seconds | null;
  /** Shares a full slash would take from the operator's delegated shares now. */
  readonly slashableShares: Shares;
  /** Guaranteed slashable shares one deallocation delay from now (pending deallocations applied). */
  readonly minSlashableShares: Shares;
  /** Scaled shares in the operator's withdrawal queue that a full slash would take now. */
  readonly slashableInQueue: Shares;
}

export interface SetView {
  readonly avs: string;
  readonly strategies: readonly string[];
  readonly members: readonly MemberView[];
  /** Sum of the members' slashable shares, at today's value [wei]. */
  readonly slashable: Wei;
  readonly slashCount: bigint;
  /** Participant that may slash directly, or `module:instant`, `module:veto`, `module:optimistic`. */
  readonly slasher: string;
  readonly pendingSlasher: { readonly slasher: string; readonly effectAt: Seconds } | null;
}

export interface MemberView {
  readonly operator: string;
  readonly registered: boolean;
  readonly registeredAt: Seconds;
  /** Last instant, inclusive, at which a deregistered operator can be slashed; null while registered. */
  readonly slashableUntil: Seconds | null;
  readonly slashable: boolean;
}

export interface StakerStakeView {
  readonly depositShares: Shares;
  readonly scalingFactor: Wad;
  readonly withdrawable: Shares;
  /** WAD for everything but native stake. */
  readonly beaconFactor: Wad;
}

export interface StakerView {
  readonly delegatedTo: string | null;
  /** Plain ether in the wallet. */
  readonly ether: Wei;
  /** Liquid staking tokens in the wallet, as ether. */
  readonly lst: Wei;
  /** Tokens of each strategy's asset in the wallet. */
  readonly tokens: Readonly<Record<string, Wei>>;
  /** Reward tokens received so far and still held. */
  readonly rewardTokens: Wei;
  readonly stakes: Readonly<Record<string, StakerStakeView>>;
}

export interface WithdrawalView {
  readonly id: string;
  readonly staker: string;
  /** Operator whose slashes reach it; null when the staker was undelegated. */
  readonly operator: string | null;
  readonly strategy: string;
  readonly scaledShares: Shares;
  /** What it would release now: at today's slashing factor within its window, later at the factor of the window's end. */
  readonly shares: Shares;
  readonly queuedAt: Seconds;
  /** Last instant, inclusive, at which a slash reaches it. */
  readonly slashableUntil: Seconds;
  readonly completableAt: Seconds;
}

export interface EscrowView {
  readonly set: string;
  readonly slashId: bigint;
  readonly strategy: string;
  readonly shares: Shares;
  readonly releasableAt: Seconds;
}

/** State of a mock service; fields that its kind does not have are empty. */
export interface ServiceView {
  readonly kind: "plain" | "oracle" | "availability" | "bridge";
  readonly round: bigint;
  readonly price: Wad;
  readonly lastHeartbeat: Readonly<Record<string, Seconds>>;
  readonly tasks: readonly { readonly id: bigint; readonly openedAt: Seconds; readonly attested: readonly string[] }[];
}

export interface CaseView {
  readonly id: string;
  readonly set: string;
  readonly operator: string;
  readonly module: "veto" | "optimistic";
  readonly reportedBy: string;
  readonly reportedAt: Seconds;
  /** First instant at which a veto or challenge comes too late. */
  readonly vetoableUntil: Seconds;
  readonly executableFrom: Seconds;
  readonly expiresAt: Seconds | null;
  readonly state: "open" | "challenged" | "vetoed" | "executed" | "rejected" | "expired";
}

export interface RewardsView {
  readonly submissions: readonly {
    readonly set: string;
    readonly amount: Wei;
    readonly from: Seconds;
    readonly until: Seconds;
  }[];
  readonly roots: readonly {
    readonly index: number;
    readonly until: Seconds;
    readonly activeAt: Seconds;
    readonly disabled: boolean;
  }[];
  /** Cumulative amounts claimed. */
  readonly claimed: Readonly<Record<string, Wei>>;
  /** What could be claimed now. */
  readonly claimable: Readonly<Record<string, Wei>>;
}

/** A slash as everybody can see it happened. */
export interface SlashNotice {
  readonly id: string;
  readonly set: string;
  readonly operator: string;
  readonly at: Seconds;
  readonly strategy: string;
  readonly wadSlashed: Wad;
}

/** What agents, metrics and invariants see: the chain's state and the engine's log. */
export interface View extends WorldView {
  readonly step: number;
  readonly faults: readonly Fault[];
  readonly slashes: readonly SlashNotice[];
  /** Faults that a report was accepted for, by fault id. */
  readonly reported: readonly string[];
  /** Reports that were refused: the fault's id and when. */
  readonly refusals: readonly { readonly fault: string; readonly at: Seconds }[];
  /** Shocks of the timeline so far, in their order. */
  readonly incidents?: readonly Incident[];
  /** Since when positions could be liquidated. */
  readonly unhealthySince?: HealthLog;
}
