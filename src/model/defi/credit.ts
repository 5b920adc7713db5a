import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

/** An isolated market; immutable. */
export interface IsolatedSpec {
  readonly id: string;
  readonly loan: string;
  readonly collateral: string;
  /** Feeds of the two tokens in the same measure; null: the token counts as one. */
  readonly collateralFeed: string;
  readonly loanFeed: string | null;
  readonly lltv: Wad;
  readonly fee: Wad;
}

export interface IsolatedPositionSpec {
  readonly market: string;
  readonly participant: string;
  readonly supplied: Amount;
  readonly collateral: Amount;
  readonly borrowed: Amount;
  /** What is borrowed stays in the wallet; else it goes to the protocol, which made what is supplied. */
  readonly keep: boolean;
}

export interface IsolatedPositionView {
  readonly supplyShares: bigint;
  readonly supplied: Amount;
  readonly borrowShares: bigint;
  readonly borrowed: Amount;
  readonly collateral: Amount;
  readonly healthy: boolean;
  /** Value at the threshold over debt [WAD]; null without debt. */
  readonly health: Wad | null;
}

export interface IsolatedView {
  readonly loan: string;
  readonly collateral: string;
  readonly lltv: Wad;
  /** Liquidation incentive factor [WAD]. */
  readonly lif: Wad;
  readonly totalSupply: Amount;
  readonly totalSupplyShares: bigint;
  readonly totalBorrow: Amount;
  readonly totalBorrowShares: bigint;
  /** Loan tokens per collateral token [1e36 · 10^(loan decimals − collateral decimals)]. */
  readonly price: bigint;
  /** [WAD per second]. */
  readonly borrowRate: bigint;
  readonly feeShares: bigint;
  readonly positions: Readonly<Record<string, IsolatedPositionView>>;
}

/** A branch of debt on one collateral; the synthetic dollar's id is the CDP's. */
export interface CdpSpec {
  readonly id: string;
  readonly branches: readonly {
    readonly id: string;
    readonly collateral: string;
    readonly feed: string;
    readonly mcr: Wad;
    readonly ccr: Wad;
    readonly scr: Wad;
    readonly poolPenalty: Wad;
    readonly redistributionPenalty: Wad;
  }[];
  readonly minDebt: Amount;
  readonly troves: readonly {
    readonly branch: string;
    readonly participant: string;
    readonly collateral: Amount;
    readonly debt: Amount;
    readonly rate: Wad;
  }[];
  readonly deposits: readonly { readonly branch: string; readonly participant: string; readonly amount: Amount }[];
}

export interface CdpBranchView {
  readonly collateral: string;
  /** [WAD dollars per whole collateral]. */
  readonly price: Wad;
  readonly totalDebt: Amount;
  readonly totalCollateral: Amount;
  readonly shutdown: boolean;
  readonly pool: {
    readonly total: Amount;
    readonly collateral: Amount;
    /** Interest that waits for deposits to be given to. */
    readonly pending: Amount;
    /** What is left of each deposit, collateral gained, and interest gained in dollars. */
    readonly deposits: Readonly<
      Record<string, { readonly compounded: Amount; readonly gain: Amount; readonly income: Amount }>
    >;
  };
  readonly troves: Readonly<
    Record<
      string,
      {
        readonly debt: Amount;
        readonly collateral: Amount;
        readonly rate: Wad;
        /** Interest that grows in a year, on what is written of the debt. */
        readonly yearly: Amount;
        /** Collateral ratio [WAD]. */
        readonly icr: Wad;
        readonly zombie: boolean;
      }
    >
  >;
  readonly surplus: Readonly<Record<string, Amount>>;
}

export interface CdpView {
  readonly supply: Amount;
  readonly baseRate: Wad;
  readonly branches: Readonly<Record<string, CdpBranchView>>;
}

interface OnMarket {
  readonly market: string;
}
interface OnBranch {
  readonly cdp: string;
  readonly branch: string;
}

export type CreditAction =
  | ({ readonly type: "isolatedSupply"; readonly amount: Amount } & OnMarket)
  | ({ readonly type: "isolatedWithdraw"; readonly amount: Amount | "all" } & OnMarket)
  | ({ readonly type: "isolatedBorrow"; readonly amount: Amount } & OnMarket)
  | ({ readonly type: "isolatedRepay"; readonly amount: Amount | "all" } & OnMarket)
  | ({ readonly type: "addCollateral"; readonly amount: Amount } & OnMarket)
  | ({ readonly type: "takeCollateral"; readonly amount: Amount } & OnMarket)
  /** `seize`: collateral, or all that the debt buys. With `sellOn`, `minProfit` and `forced` as in a pooled market. */
  | ({
      readonly type: "isolatedLiquidate";
      readonly borrower: string;
      readonly seize: Amount | "max";
      readonly sellOn: string | null;
      readonly minProfit: Amount;
      readonly forced?: boolean;
    } & OnMarket)
  | ({
      readonly type: "openTrove";
      readonly collateral: Amount;
      readonly debt: Amount;
      readonly rate: Wad;
    } & OnBranch)
  | ({ readonly type: "closeTrove" } & OnBranch)
  | ({ readonly type: "adjustTrove"; readonly collateral: bigint; readonly debt: bigint } & OnBranch)
  | ({ readonly type: "liquidateTrove"; readonly owner: string } & OnBranch)
  /** Yearly interest of one's own trove; within a week of the last change a fee is due. */
  | ({ readonly type: "setTroveRate"; readonly rate: Wad } & OnBranch)
  /** Against the troves of the named owners, of a branch that is shut down: two percent more collateral, no fee. */
  | ({ readonly type: "redeemUrgently"; readonly amount: Amount; readonly owners: readonly string[] } & OnBranch)
  /** What liquidations and interest brought to one's deposit in the stability pool. */
  | ({ readonly type: "claimStability" } & OnBranch)
  | ({ readonly type: "provideStability"; readonly amount: Amount } & OnBranch)
  | ({ readonly type: "withdrawStability"; readonly amount: Amount | "all" } & OnBranch)
  | { readonly type: "redeemSynthetic"; readonly cdp: string; readonly amount: Amount }
  | ({ readonly type: "claimSurplus" } & OnBranch)
  | ({ readonly type: "shutdownBranch" } & OnBranch);

export type CreditFact =
  | ({
      readonly kind: "isolatedMoved";
      readonly move: "supply" | "withdraw" | "borrow" | "repay" | "addCollateral" | "takeCollateral";
      readonly who: string;
      readonly amount: Amount;
    } & OnMarket)
  /** Bad debt is spread over the market's suppliers at once. */
  | ({ readonly kind: "socialised"; readonly borrower: string; readonly amount: Amount } & OnMarket)
  | ({
      readonly kind: "troveLiquidated";
      readonly owner: string;
      readonly liquidator: string;
      readonly debtOffset: Amount;
      readonly debtRedistributed: Amount;
      readonly collateralToPool: Amount;
      readonly collateralRedistributed: Amount;
      /** What the liquidator has for its gas. */
      readonly gasCollateral: Amount;
      readonly surplus: Amount;
    } & OnBranch)
  /** One trove's part of a redemption. */
  | ({
      readonly kind: "troveRedeemed";
      readonly owner: string;
      readonly who: string;
      readonly debt: Amount;
      readonly collateral: Amount;
      readonly urgent: boolean;
    } & OnBranch)
  | { readonly kind: "redeemedSynthetic"; readonly cdp: string; readonly who: string; readonly amount: Amount }
  /** Interest became dollars: the stability pool's depositors' part, and the treasury's. */
  | ({ readonly kind: "interestMinted"; readonly toPool: Amount; readonly toTreasury: Amount } & OnBranch)
  /** Somebody's deposit in the stability pool was written anew: what is left of it now. */
  | ({ readonly kind: "depositMoved"; readonly who: string; readonly left: Amount } & OnBranch)
  /** A trove was charged a fee on opening, or on a change of its rate or debt. */
  | ({ readonly kind: "upfrontFee"; readonly owner: string; readonly fee: Amount } & OnBranch)
  | ({ readonly kind: "branchShut"; readonly at: Seconds } & OnBranch);
