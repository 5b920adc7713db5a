import type { Seconds, Shares } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/** A network that counts on a vault's stake; a participant that is its own middleware. */
export interface EpochNetworkSpec {
  readonly network: string;
  /** Most stake that stands for it, above 0 [asset]. */
  readonly limit: Amount;
  /** Who works for it, and with how much: a limit under `fullRestake`, parts of the whole under `networkRestake`. */
  readonly operators: readonly { readonly operator: string; readonly stake: Amount }[];
}

/**
 * A vault whose one pool of stake stands for several networks, slashed by the stake of a second that lies behind.
 * Source: spec of restaking protocols 2.6.
 */
export interface EpochVaultSpec {
  readonly id: string;
  /** Token that it takes: one of `tokens`, a vault's or a dollar. */
  readonly asset: string;
  /** Who sets limits: a participant, or `protocol`. */
  readonly curator: string;
  /** Length of an epoch: a withdrawal is paid from the end of the next one. Its first begins while the world is set up. */
  readonly epoch: Seconds;
  /** Who receives what is slashed; null: nobody. */
  readonly burner: string | null;
  /** Whether operators stand for the same stake each, or for parts of it. */
  readonly delegator: "fullRestake" | "networkRestake";
  readonly networks: readonly EpochNetworkSpec[];
}

/** What somebody has deposited when the run begins. */
export interface EpochPositionSpec {
  readonly vault: string;
  readonly participant: string;
  readonly deposited: Amount;
}

/** Assets and the shares of them: active stake, or the bucket of an epoch. */
export interface EpochPoolView {
  readonly assets: Amount;
  readonly shares: Shares;
}

export interface EpochHolderView {
  /** Active shares. */
  readonly shares: Shares;
  /** Shares of buckets that it has not claimed, by epoch. */
  readonly waiting: Readonly<Record<string, Shares>>;
}

export interface EpochVaultView {
  readonly asset: string;
  readonly active: EpochPoolView;
  /** Buckets of withdrawals by epoch, as far as anybody may have something in them. */
  readonly buckets: Readonly<Record<string, EpochPoolView>>;
  /** Tokens in the vault's hands. */
  readonly held: Amount;
  readonly epoch: bigint;
  /** When the running epoch ends. */
  readonly epochEnds: Seconds;
  /** Everybody who has anything in it. */
  readonly holders: Readonly<Record<string, EpochHolderView>>;
  /** Stake that stands for each operator now, by network. */
  readonly promised: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
}

interface OnVault {
  readonly vault: string;
}

export type EpochVaultAction =
  | ({ readonly type: "epochDeposit"; readonly amount: Amount } & OnVault)
  /** An amount of assets, or all active shares, to the next epoch's bucket. */
  | ({ readonly type: "epochWithdraw"; readonly amount: Amount | "all" } & OnVault)
  /** Takes what waits in the bucket of an epoch that is over. */
  | ({ readonly type: "epochClaim"; readonly epoch: bigint } & OnVault)
  /** A network (the actor) slashes an operator by its stake at the second `captured` of the run. */
  | ({
      readonly type: "epochSlash";
      readonly operator: string;
      readonly amount: Amount;
      readonly captured: Seconds;
    } & OnVault);

export type EpochVaultFact =
  | ({
      readonly kind: "epochDeposited";
      readonly who: string;
      readonly assets: Amount;
      readonly shares: Shares;
    } & OnVault)
  | ({
      readonly kind: "epochWithdrawn";
      readonly who: string;
      readonly epoch: bigint;
      readonly assets: Amount;
      readonly shares: Shares;
      /** Shares of the bucket. */
      readonly minted: Shares;
    } & OnVault)
  | ({
      readonly kind: "epochClaimed";
      readonly who: string;
      readonly epoch: bigint;
      readonly assets: Amount;
    } & OnVault)
  | ({
      readonly kind: "epochSlashed";
      readonly network: string;
      readonly operator: string;
      /** What the network was due; the vault may have had less. */
      readonly promised: Amount;
      readonly taken: Amount;
      readonly captured: Seconds;
      /** Where it was taken: active stake, and the buckets of the running epoch and of the next. */
      readonly active: Amount;
      readonly current: Amount;
      readonly next: Amount;
    } & OnVault);

/** What shares of active stake or of a bucket are worth: with a share and a wei that nobody has, rounded down. */
export function epochAssets({ assets, shares }: EpochPoolView, part: Shares): Amount {
  return (part * (assets + 1n)) / (shares + 1n);
}

const NO_POOL: EpochPoolView = { assets: 0n, shares: 0n };

/** The bucket of an epoch. */
export function bucketOf({ buckets }: Pick<EpochVaultView, "buckets">, epoch: bigint | string): EpochPoolView {
  return buckets[epoch.toString()] ?? NO_POOL;
}

/** Assets of buckets that can still be slashed: those of the running epoch and of the next. */
export function waitingIn(vault: Pick<EpochVaultView, "buckets" | "epoch">): Amount {
  return bucketOf(vault, vault.epoch).assets + bucketOf(vault, vault.epoch + 1n).assets;
}

/** Everything that holders have in a vault: stake, and withdrawals that are not claimed. */
export function owedByEpochVault(vault: EpochVaultView): Amount {
  return Object.values(vault.holders).reduce((sum, holder) => sum + owedTo(vault, holder), 0n);
}

/** Everything that one holder has in a vault. */
export function owedTo(vault: EpochVaultView, { shares, waiting }: EpochHolderView): Amount {
  return Object.entries(waiting).reduce(
    (sum, [epoch, part]) => sum + epochAssets(bucketOf(vault, epoch), part),
    epochAssets(vault.active, shares),
  );
}

/** Epochs that are over and in whose buckets somebody has something that pays. */
export function claimableEpochs(vault: EpochVaultView, who: string): readonly bigint[] {
  const waiting = Object.entries(vault.holders[who]?.waiting ?? {});
  return waiting
    .filter(([epoch, part]) => BigInt(epoch) < vault.epoch && epochAssets(bucketOf(vault, epoch), part) > 0n)
    .map(([epoch]) => BigInt(epoch));
}
