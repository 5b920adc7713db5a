import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/** A reserve-backed dollar; its id is also the token's. Amounts of the dollar have 18 decimals. */
export interface DollarSpec {
  readonly id: string;
  /** External token that it is minted against and pays out, such as a par dollar with 6 decimals. */
  readonly settlement: string;
  /** Supply when the run begins is the sum of balances; the buckets say what stands behind it. */
  readonly reserve: {
    /** Instant cash [settlement tokens]. */
    readonly cash: Amount;
    /** Fund whose shares are the T+1 bucket, and how many settlement tokens' worth. */
    readonly fund: { readonly id: string; readonly worth: Amount } | null;
    /** Term assets: face [settlement tokens] and haircut [WAD]. */
    readonly term: { readonly face: Amount; readonly haircut: Wad };
  };
  readonly buffer: Amount;
  readonly junior: Amount;
  readonly backstop: Amount;
  readonly redemption: {
    readonly policy: "pariPassu" | "firstCome";
    readonly minFeeBps: bigint;
    readonly maxFeeBps: bigint;
    /** Most that an epoch pays [dollars], and its length; null: no gate. */
    readonly gate: { readonly cap: Amount; readonly epoch: Seconds } | null;
    /** Closed from Friday evening to Monday morning, or never. */
    readonly calendar: "always" | "bankHours";
  };
  readonly swap: {
    readonly tin: Wad;
    readonly tout: Wad;
    readonly cap: Amount;
    /**
     * Prices of the settlement token, by a feed that counts it in the dollar, outside of which the window freezes and
     * inside of which it opens again [WAD].
     */
    readonly band: {
      readonly feed: string;
      readonly freeze: readonly [Wad, Wad];
      readonly unfreeze: readonly [Wad, Wad];
    } | null;
  } | null;
}

/** A permissioned fund share; its id is also the token's (6 decimals). */
export interface FundSpec {
  readonly id: string;
  readonly settlement: string;
  /** [settlement tokens per share, 6 decimals]. */
  readonly nav: bigint;
  readonly feeBps: bigint;
  readonly minimum: Amount;
  /** Seconds of a day after which the next NAV applies. */
  readonly cutOff: Seconds;
  readonly settleDelay: Seconds;
  readonly yearlyYield: Wad;
  /** Participants (and ids of markets) that may hold it. */
  readonly allowed: readonly string[];
  readonly instant: { readonly limit: Amount; readonly feeBps: bigint } | null;
}

export interface DollarRequestView {
  readonly id: bigint;
  readonly holder: string;
  readonly amount: Amount;
  /** Dollars of it that were served so far, and what can be collected now [settlement tokens]. */
  readonly filled: Amount;
  readonly claimable: Amount;
  readonly requestedAt: Seconds;
}

export interface DollarView {
  readonly settlement: string;
  readonly supply: Amount;
  readonly cash: Amount;
  readonly fundShares: Amount;
  readonly fundMarked: Amount;
  readonly termFace: Amount;
  readonly termMarked: Amount;
  readonly buffer: Amount;
  readonly junior: Amount;
  readonly backstop: Amount;
  /** Marked assets over supply; what a dollar redeems for before fees [WAD, at most WAD]. */
  readonly backing: Wad;
  readonly redemptionRate: Wad;
  readonly feeBps: bigint;
  readonly gateOpen: boolean;
  readonly gateRemaining: Amount;
  readonly queue: readonly DollarRequestView[];
  /** Settlement tokens that the swap window holds. */
  readonly swapCash: Amount;
  readonly swapFrozen: boolean;
  readonly swapHalted: boolean;
  readonly frozen: readonly string[];
  readonly holders: Readonly<Record<string, Amount>>;
  readonly juniorHolders: Readonly<Record<string, Amount>>;
}

export interface FundView {
  readonly settlement: string;
  readonly nav: bigint;
  readonly struckAt: Seconds;
  readonly supply: Amount;
  /** Money that its teller holds, subscriptions that wait among it [token wei]. */
  readonly liquidity: Amount;
  readonly halted: boolean;
  readonly orders: readonly {
    readonly id: bigint;
    /** Participant, or the dollar whose reserve gave it. */
    readonly holder: string;
    readonly side: "subscribe" | "redeem";
    /** Money or shares of it that are not claimed yet. */
    readonly amount: Amount;
    readonly claimableAt: Seconds;
  }[];
  readonly allowed: readonly string[];
  readonly holders: Readonly<Record<string, Amount>>;
}

export type DollarAction =
  | { readonly type: "dollarMint"; readonly dollar: string; readonly amount: Amount }
  /** Redeems at once where cash, gate and calendar allow, else joins the queue. */
  | { readonly type: "dollarRedeem"; readonly dollar: string; readonly amount: Amount }
  | { readonly type: "dollarClaim"; readonly dollar: string; readonly request: bigint }
  /** Swap window: settlement tokens for dollars, and back. */
  | {
      readonly type: "dollarSwap";
      readonly dollar: string;
      readonly side: "sellSettlement" | "buySettlement";
      readonly amount: Amount;
    }
  /** The reserve manager marks term assets down (or up), settles fund shares into cash, serves the queue. */
  | { readonly type: "dollarImpair"; readonly dollar: string; readonly fraction: Wad }
  | { readonly type: "dollarRestore"; readonly dollar: string; readonly face: Amount }
  | { readonly type: "dollarServe"; readonly dollar: string }
  | { readonly type: "dollarFreeze"; readonly dollar: string; readonly holder: string; readonly frozen: boolean }
  | { readonly type: "dollarSeize"; readonly dollar: string; readonly holder: string }
  | { readonly type: "dollarHalt"; readonly dollar: string; readonly halted: boolean }
  | { readonly type: "dollarClose"; readonly dollar: string; readonly closed: boolean }
  | { readonly type: "dollarMintUnbacked"; readonly dollar: string; readonly to: string; readonly amount: Amount }
  | { readonly type: "juniorDeposit"; readonly dollar: string; readonly amount: Amount }
  | { readonly type: "juniorRedeem"; readonly dollar: string; readonly shares: Amount };

export type FundAction =
  | { readonly type: "fundSubscribe"; readonly fund: string; readonly amount: Amount }
  | { readonly type: "fundRedeem"; readonly fund: string; readonly shares: Amount; readonly instant?: boolean }
  | { readonly type: "fundClaim"; readonly fund: string; readonly order: bigint }
  | { readonly type: "fundStrike"; readonly fund: string; readonly nav: bigint }
  | { readonly type: "fundAllow"; readonly fund: string; readonly holder: string; readonly allowed: boolean }
  | { readonly type: "fundHalt"; readonly fund: string; readonly halted: boolean };

export type DollarFact =
  | {
      readonly kind: "dollarMinted";
      readonly dollar: string;
      readonly holder: string;
      readonly amount: Amount;
      /** Money that was paid for them, with the fee. */
      readonly paid: Amount;
    }
  | {
      readonly kind: "dollarRedeemed";
      readonly dollar: string;
      readonly holder: string;
      readonly burned: Amount;
      readonly paid: Amount;
      readonly fee: Amount;
      readonly rate: Wad;
    }
  | { readonly kind: "dollarQueued"; readonly dollar: string; readonly holder: string; readonly amount: Amount }
  | { readonly kind: "reserveImpaired"; readonly dollar: string; readonly before: Amount; readonly after: Amount }
  /** Surplus left the cash, or a gap was covered: what each pot gained, below zero where it gave [settlement tokens]. */
  | {
      readonly kind: "potsMoved";
      readonly dollar: string;
      readonly buffer: Amount;
      readonly junior: Amount;
      readonly backstop: Amount;
    }
  | { readonly kind: "dollarFrozen"; readonly dollar: string; readonly holder: string; readonly frozen: boolean }
  | { readonly kind: "navStruck"; readonly fund: string; readonly before: bigint; readonly after: bigint }
  | {
      readonly kind: "fundOrdered";
      readonly fund: string;
      readonly holder: string;
      readonly side: "subscribe" | "redeem";
      readonly amount: Amount;
    }
  | {
      readonly kind: "fundSettled";
      readonly fund: string;
      readonly holder: string;
      readonly side: "subscribe" | "redeem";
      /** Shares created, or money paid. */
      readonly amount: Amount;
      /** Order; null for a redemption at once. */
      readonly order: bigint | null;
      /** Shares that a redemption at once took; null for an order. */
      readonly shares: Amount | null;
    }
  /** Somebody joined the junior tranche, or left it: below zero. */
  | {
      readonly kind: "juniorMoved";
      readonly dollar: string;
      readonly holder: string;
      readonly assets: Amount;
      readonly shares: Amount;
    };
