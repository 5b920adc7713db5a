import type { Seconds, Shares, Wad, Wei } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/**
 * A liquid restaking token; its id is also the token's. Its asset is what its strategy takes: the wrapped LST, or the
 * shares of a vault that is declared before it, upon which it lies.
 */
export interface VaultSpec {
  readonly id: string;
  /** Operators it delegates to, with weights that need no common sum. */
  readonly operators: readonly { readonly operator: string; readonly weight: bigint }[];
  /** Strategy it restakes in; its asset must be `lst` or `share`. */
  readonly strategy: string;
  /** Assets per share when the run begins [WAD]: WAD, or more by what the protocol gives to the vault. */
  readonly rate: Wad;
  readonly buffer: {
    /** Tokens kept for instant exits when the run begins, as a fraction of all assets [WAD]. */
    readonly target: Wad;
    readonly capacity: Amount;
    readonly drawdownFloor: Amount;
    readonly minFeeBps: bigint;
    readonly maxFeeBps: bigint;
  };
  readonly oracle: {
    readonly mode: "live" | "pushed" | "quorum" | "guarded";
    /** How often the keeper pushes; the lag. 0: never by itself. */
    readonly every: Seconds;
    /** Bound of one push: beyond it, it is refused, clamped, or held with all doors closed until acknowledged. */
    readonly guard?: { readonly bps: bigint; readonly policy: "reject" | "clamp" | "hold" };
    readonly quorum?: bigint;
    readonly maxAge?: Seconds;
    readonly feeBps: bigint;
  };
  readonly queue: {
    readonly freeze: "claim" | "unlock" | "batch" | "finalisation";
    /** Deliberate faults of the past. */
    readonly fault?: "cachedQuote" | "firstComeAtPar";
    readonly cooldown: Seconds;
  };
  /** False: no exits but by selling, as before withdrawals went live. */
  readonly redeemable: boolean;
}

export interface VaultRequestView {
  readonly id: bigint;
  readonly holder: string;
  readonly shares: Shares;
  /** Quote when requested, and what a claim would pay now [asset]. */
  readonly quote: Amount;
  readonly payable: Amount;
  readonly requestedAt: Seconds;
  readonly claimable: boolean;
}

export interface VaultView {
  readonly supply: Shares;
  /** Assets that truly stand behind the shares; what is owed to claimable requests is left out. */
  readonly assets: Amount;
  /** Ether per share: as the oracle says, and as the assets give now [WAD]. */
  readonly reportedRate: Wad;
  readonly liveRate: Wad;
  readonly buffer: Amount;
  /** Restaked and not queued, after slashing, by operator; and the strategy that it is in. */
  readonly delegated: Readonly<Record<string, Amount>>;
  readonly strategy: string;
  /** Vault upon which it lies, whose shares are its asset; left out where its asset is the wrapped LST. */
  readonly below?: string;
  /** In the core's withdrawal queue, at today's slashing factor. */
  readonly queued: Amount;
  readonly owed: Amount;
  readonly deficit: Amount;
  readonly instantFeeBps: bigint;
  readonly requests: readonly VaultRequestView[];
  readonly pushedAt: Seconds;
  readonly paused: boolean;
  readonly holders: Readonly<Record<string, Shares>>;
}

export type VaultAction =
  /**
   * Assets of the wallet become shares; missing wrapped LST are made from its liquid staking tokens, then its ether.
   * Shares of a vault below are not made.
   */
  | { readonly type: "vaultDeposit"; readonly vault: string; readonly amount: Amount }
  | { readonly type: "vaultRequest"; readonly vault: string; readonly shares: Shares }
  | { readonly type: "vaultClaim"; readonly vault: string; readonly request: bigint }
  | { readonly type: "vaultInstantExit"; readonly vault: string; readonly shares: Shares; readonly minOut: Amount }
  /** Pushes the live rate, or `rate` where given [WAD]. */
  | { readonly type: "vaultPushRate"; readonly vault: string; readonly rate?: Wad }
  | { readonly type: "vaultAcknowledge"; readonly vault: string }
  /** The curator pulls stake for the queue, completes what has matured and unlocks what can be paid. */
  | { readonly type: "vaultServe"; readonly vault: string }
  | { readonly type: "vaultRestake"; readonly vault: string }
  /** Shares without assets: a key or a bridge was compromised. */
  | { readonly type: "vaultMintUnbacked"; readonly vault: string; readonly to: string; readonly shares: Shares }
  | { readonly type: "vaultPause"; readonly vault: string; readonly paused: boolean };

export type VaultFact =
  | {
      readonly kind: "vaultDeposited";
      readonly vault: string;
      readonly holder: string;
      readonly assets: Amount;
      readonly shares: Shares;
    }
  | {
      readonly kind: "vaultRequested";
      readonly vault: string;
      readonly holder: string;
      readonly request: bigint;
      readonly shares: Shares;
      readonly quote: Amount;
    }
  /** What a request is paid is fixed: its shares are burned, and its assets set aside. */
  | { readonly kind: "vaultSettled"; readonly vault: string; readonly request: bigint; readonly assets: Amount }
  | {
      readonly kind: "vaultPaid";
      readonly vault: string;
      readonly holder: string;
      readonly request: bigint | null;
      readonly shares: Shares;
      readonly assets: Amount;
      readonly fee: Amount;
    }
  | {
      readonly kind: "ratePushed";
      readonly vault: string;
      readonly before: Wad;
      readonly after: Wad;
      readonly live: Wad;
      readonly accepted: boolean;
      /** Shares made for whoever runs the vault, as its fee on growth. */
      readonly feeShares: Shares;
    }
  | {
      readonly kind: "unbackedMinted";
      readonly token: string;
      readonly to: string;
      readonly amount: Amount;
      readonly value: Wei;
    };
