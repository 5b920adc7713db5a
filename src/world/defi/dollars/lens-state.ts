/** The lens's answers, field by field as the contract names them. */
export interface HolderState {
  readonly juniorShares: bigint;
  readonly isFrozen: boolean;
  readonly requests: readonly {
    readonly id: bigint;
    readonly request: {
      readonly requested: bigint;
      readonly waiting: bigint;
      readonly claimable: bigint;
      readonly requestedAt: bigint;
    };
  }[];
}

export interface LensState {
  readonly time: bigint;
  readonly number: bigint;
  readonly reserve: {
    readonly supply: bigint;
    readonly cash: bigint;
    readonly fundShares: bigint;
    readonly fundValue: bigint;
    readonly termValue: bigint;
    readonly buffer: bigint;
    readonly juniorAssets: bigint;
    readonly backstop: bigint;
  };
  readonly rates: {
    readonly gap: bigint;
    readonly backingRatio: bigint;
    readonly redemptionRate: bigint;
    readonly feeBps: bigint;
  };
  readonly terms: readonly { readonly face: bigint; readonly haircut: bigint }[];
  readonly gate: {
    readonly isOpen: boolean;
    readonly epochLeft: bigint;
    readonly blockLeft: bigint;
    readonly redeemableNow: bigint;
    readonly isEpochFilled: boolean;
    readonly totalWaiting: bigint;
  };
  readonly window: {
    readonly gems: bigint;
    readonly isFrozenNow: boolean;
    readonly tin: bigint;
    readonly tout: bigint;
  };
  readonly holders: readonly HolderState[];
}

export interface InvestorState {
  readonly shares: bigint;
  readonly isAllowed: boolean;
  readonly orders: readonly {
    readonly id: bigint;
    readonly order: { readonly isRedemption: boolean; readonly amount: bigint };
    readonly quote: {
      readonly state: bigint;
      readonly nav: bigint;
      readonly claimableAt: bigint;
      readonly left: bigint;
    };
  }[];
}

export interface FundLensState {
  readonly time: bigint;
  readonly number: bigint;
  readonly fund: {
    readonly strike: { readonly nav: bigint; readonly struckAt: bigint };
    readonly shares: bigint;
    readonly liquidity: bigint;
    readonly isHalted: boolean;
  };
  readonly investors: readonly InvestorState[];
}
