import type { DefiView } from "../../model/defi/defi.ts";

/** The lenses' answers, field by field as the contracts name them; instants and delays in clock units. */
export interface StrategyState {
  readonly totalShares: bigint;
  readonly balance: bigint;
}

export interface OperatorState {
  readonly registered: boolean;
  readonly allocationDelay: bigint;
  readonly stakes: readonly {
    readonly shares: bigint;
    readonly maxMagnitude: bigint;
    readonly encumbered: bigint;
    readonly allocatable: bigint;
  }[];
}

export interface AllocationState {
  readonly current: bigint;
  readonly pendingDiff: bigint;
  readonly effectAt: bigint;
  readonly slashableShares: bigint;
  readonly minSlashableShares: bigint;
  readonly slashableInQueue: bigint;
}

export interface MemberState {
  readonly registered: boolean;
  readonly registeredAt: bigint;
  readonly slashableUntil: bigint;
  readonly slashable: boolean;
  readonly allocations: readonly AllocationState[];
}

export interface SetState {
  readonly slashCount: bigint;
  readonly slasher: string;
  readonly pendingSlasher: string;
  readonly pendingSlasherAt: bigint;
  readonly strategies: readonly string[];
  readonly members: readonly MemberState[];
}

export interface EscrowState {
  readonly set: { readonly avs: string; readonly id: bigint };
  readonly slashId: bigint;
  readonly strategy: string;
  readonly shares: bigint;
  readonly releasableAt: bigint;
}

export interface OperatorSide {
  readonly clock: bigint;
  readonly strategies: readonly StrategyState[];
  readonly operators: readonly OperatorState[];
  readonly sets: readonly SetState[];
  readonly escrow: readonly EscrowState[];
}

export interface StakerState {
  readonly delegatedTo: string;
  readonly wallet: bigint;
  readonly beaconFactor: bigint;
  /** Shares of the liquid staking token: the balance rebases, they do not. */
  readonly liquidShares: bigint;
  readonly rewardTokens: bigint;
  readonly stakes: readonly {
    readonly tokens: bigint;
    readonly depositShares: bigint;
    readonly scalingFactor: bigint;
    readonly withdrawable: bigint;
  }[];
}

export interface PoolState {
  readonly totalEther: bigint;
  readonly totalShares: bigint;
  readonly bunkerSince: bigint;
  readonly validatorBalance: bigint;
  readonly unfinalized: bigint;
  readonly buffered: bigint;
}

/** An operator set with its members by name. */
export type KnownSet = Omit<SetState, "members"> & { readonly members: ReadonlyMap<string, MemberState> };

/** Everything that is known of a world's state, by the scenario's names. */
export interface RawState extends Pick<OperatorSide, "clock" | "strategies" | "escrow"> {
  readonly operators: ReadonlyMap<string, OperatorState>;
  readonly sets: ReadonlyMap<string, KnownSet>;
  readonly stakers: ReadonlyMap<string, StakerState>;
  /** What each open withdrawal would release. */
  readonly releasable: ReadonlyMap<bigint, bigint>;
  readonly pool: PoolState;
  readonly paused: readonly bigint[];
  /** Each operator's default share of rewards in force [basis points]. */
  readonly splits: ReadonlyMap<string, bigint>;
  readonly defi: DefiView;
}
