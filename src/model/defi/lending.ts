import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount, Usd8 } from "./tokens.ts";

/** Kinked curve of a borrow rate; all in basis points. */
export interface RateCurve {
  readonly optimal: bigint;
  readonly base: bigint;
  readonly slope1: bigint;
  readonly slope2: bigint;
}

export interface ReserveSpec {
  readonly token: string;
  readonly feed: string;
  /** [basis points]; 0 ltv: no collateral for new debt. */
  readonly ltv: bigint;
  readonly lt: bigint;
  /** Liquidation bonus as a factor [basis points, 10,500 = 5 %]. */
  readonly bonus: bigint;
  /** Protocol's share of the bonus [basis points]. */
  readonly bonusFee: bigint;
  readonly reserveFactor: bigint;
  readonly curve: RateCurve;
  readonly supplyCap: Amount | null;
  readonly borrowCap: Amount | null;
  readonly borrowable: boolean;
}

export interface EModeSpec {
  readonly id: string;
  readonly ltv: bigint;
  readonly lt: bigint;
  readonly bonus: bigint;
  readonly collateral: readonly string[];
  readonly borrowable: readonly string[];
}

/** A pooled market: prices are US dollars with 8 decimals. */
export interface LendingSpec {
  readonly id: string;
  readonly reserves: readonly ReserveSpec[];
  readonly eModes: readonly EModeSpec[];
  /** `default`: 50 % while health and sizes are above the thresholds, else 100 %; or one fraction [basis points]. */
  readonly closeFactor: "default" | bigint;
  readonly flashFeeBps: bigint;
  readonly insurance: readonly InsuranceSpec[];
}

/** Staked supply claims on one reserve that cover its deficit. */
export interface InsuranceSpec {
  readonly token: string;
  readonly offset: Amount;
  readonly cooldown: Seconds;
  readonly window: Seconds;
  readonly feeBps: bigint;
}

/** What a participant has in a pooled market when the run begins. */
export interface LendingPositionSpec {
  readonly market: string;
  readonly participant: string;
  readonly eMode: string | null;
  readonly supplied: Readonly<Record<string, Amount>>;
  readonly borrowed: Readonly<Record<string, Amount>>;
  /** Supply claims staked as insurance, by token. */
  readonly insured: Readonly<Record<string, Amount>>;
  /** What is borrowed stays in the wallet; else it goes to the protocol, which made what is supplied. */
  readonly keep: boolean;
}

export interface ReserveView {
  readonly price: Usd8;
  readonly cash: Amount;
  readonly debt: Amount;
  /** Claims of all suppliers, the treasury's and the insurance's included, with interest up to now. */
  readonly supplied: Amount;
  readonly treasury: Amount;
  readonly deficit: Amount;
  /** [ray]. */
  readonly liquidityIndex: bigint;
  readonly borrowIndex: bigint;
  readonly liquidityRate: bigint;
  readonly borrowRate: bigint;
  /** Debt over cash and debt [WAD]. */
  readonly utilisation: Wad;
  readonly ltv: bigint;
  readonly lt: bigint;
  readonly bonus: bigint;
  readonly bonusFee: bigint;
  readonly supplyCap: Amount | null;
  readonly borrowCap: Amount | null;
  readonly paused: boolean;
  readonly frozen: boolean;
}

export interface LendingAccountView {
  /** [WAD]; null without debt, and while a price that it needs cannot be read: what is unknown is not below one. */
  readonly health: Wad | null;
  /** Value by the prices that can be read. */
  readonly collateral: Usd8;
  readonly debt: Usd8;
  /** Average liquidation threshold and borrowing limit [basis points]. */
  readonly lt: bigint;
  readonly ltv: bigint;
  readonly eMode: string | null;
  readonly supplied: Readonly<Record<string, Amount>>;
  readonly borrowed: Readonly<Record<string, Amount>>;
  readonly asCollateral: readonly string[];
}

export interface InsuranceView {
  readonly assets: Amount;
  readonly shares: Amount;
  readonly offset: Amount;
  readonly pending: Amount;
  readonly paused: boolean;
  readonly stakers: Readonly<
    Record<
      string,
      {
        readonly shares: Amount;
        readonly assets: Amount;
        readonly cooldownShares: Amount;
        /** First instant at which it may leave; null when it never asked. */
        readonly leavesAt: Seconds | null;
      }
    >
  >;
}

export interface LendingView {
  /** Terms that hold for all reserves. */
  readonly eModes: readonly EModeSpec[];
  readonly closeFactor: LendingSpec["closeFactor"];
  readonly flashFeeBps: bigint;
  readonly reserves: Readonly<Record<string, ReserveView>>;
  /** Everybody with a claim or a debt. */
  readonly accounts: Readonly<Record<string, LendingAccountView>>;
  readonly insurance: Readonly<Record<string, InsuranceView>>;
}

interface In {
  readonly market: string;
  readonly token: string;
}

interface Moved extends In {
  readonly who: string;
  readonly amount: Amount;
}

export type LendingAction =
  | ({ readonly type: "supply"; readonly amount: Amount } & In)
  /** `all` takes whatever the claim is worth. */
  | ({ readonly type: "withdraw"; readonly amount: Amount | "all" } & In)
  | ({ readonly type: "borrow"; readonly amount: Amount } & In)
  | ({ readonly type: "repay"; readonly amount: Amount | "all" } & In)
  | ({ readonly type: "useAsCollateral"; readonly use: boolean } & In)
  | { readonly type: "setEMode"; readonly market: string; readonly eMode: string | null }
  /**
   * Repays a borrower's debt for its collateral. With `sellOn` the debt is lent by flash loan, the collateral sold on
   * that pool in the same action, and the whole reverts where less than `minProfit` of the debt token would be left;
   * `forced` sells at any price and takes the rest from the wallet. Without it the wallet pays and keeps the collateral.
   */
  | {
      readonly type: "liquidate";
      readonly market: string;
      readonly borrower: string;
      readonly collateral: string;
      readonly debt: string;
      readonly amount: Amount | "max";
      readonly sellOn: string | null;
      readonly minProfit: Amount;
      readonly forced?: boolean;
    }
  /** Levers up in one go: flash-borrows `debt`, buys `collateral` on the pool, supplies all, borrows the loan back. */
  | {
      readonly type: "openLoop";
      readonly market: string;
      readonly collateral: string;
      readonly debt: string;
      readonly equity: Amount;
      readonly borrow: Amount;
      readonly pool: string;
    }
  /**
   * Repays `amount` of debt, lent by flash loan, out of the sale of `sell` collateral on the pool; what the sale brings
   * beyond it comes to the wallet, and it reverts where the sale does not bring enough.
   */
  | {
      readonly type: "closeLoop";
      readonly market: string;
      readonly collateral: string;
      readonly debt: string;
      readonly amount: Amount | "all";
      readonly sell: Amount | "all";
      readonly pool: string;
    }
  | ({ readonly type: "stakeInsurance"; readonly amount: Amount } & In)
  | ({ readonly type: "cooldownInsurance" } & In)
  | ({ readonly type: "unstakeInsurance"; readonly shares: Amount | "all" } & In)
  /** Slashes the insurance for the booked deficit and covers it. */
  | ({ readonly type: "coverDeficit" } & In)
  | ({ readonly type: "pauseInsurance"; readonly paused: boolean } & In)
  /** The treasury, or anybody, gives tokens against the deficit. */
  | ({ readonly type: "donateToDeficit"; readonly amount: Amount } & In)
  /** What guardian and governor may do. */
  | ({ readonly type: "freezeReserve"; readonly frozen: boolean } & In)
  | ({ readonly type: "pauseReserve"; readonly paused: boolean } & In)
  | ({ readonly type: "setReserveLimits"; readonly ltv: bigint; readonly lt: bigint; readonly bonus: bigint } & In)
  | ({ readonly type: "setCaps"; readonly supplyCap: Amount | null; readonly borrowCap: Amount | null } & In)
  | ({ readonly type: "setCurve"; readonly curve: RateCurve } & In)
  | ({ readonly type: "setReserveFeed"; readonly feed: string } & In);

export type LendingFact =
  | ({ readonly kind: "lendingMoved"; readonly move: "supply" | "withdraw" | "borrow" | "repay" } & Moved)
  | {
      readonly kind: "liquidated";
      readonly market: string;
      readonly borrower: string;
      readonly liquidator: string;
      readonly collateral: string;
      readonly debt: string;
      /** Collateral taken in all, the protocol's fee included. */
      readonly seized: Amount;
      readonly fee: Amount;
      readonly repaid: Amount;
      readonly healthBefore: Wad;
      /** Prices that the market used [8 decimals]; isolated markets: 0 and the ratio. */
      readonly collateralPrice: bigint;
      readonly debtPrice: bigint;
      /** What the sale brought and what was left after repaying [debt token]; null where it was not sold. */
      readonly proceeds: Amount | null;
      readonly profit: bigint | null;
      /** Debt of the borrower that nobody will pay, booked now [debt tokens by id]. */
      readonly badDebt: Readonly<Record<string, Amount>>;
    }
  /** Lent for a flash and paid back with a fee, of which the treasury has its part, and suppliers the rest. */
  | ({ readonly kind: "flashLoaned"; readonly fee: Amount; readonly treasuryFee: Amount } & Moved)
  | ({ readonly kind: "deficitCovered"; readonly by: "insurance" | "donation" } & Moved)
  | ({ readonly kind: "insuranceSlashed"; readonly amount: Amount } & In);
