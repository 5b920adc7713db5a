import type { Fact } from "../../model/fact.ts";
import type { WorldView } from "../../model/view.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import type { Wei } from "../../units/units.ts";
import type { Layer } from "./account-book.ts";

/** Causes of a change of equity. */
export const CHANNELS = [
  /** Validators behind the LST earned, or lost. */
  "staking",
  /** What services paid their operators and stakers. */
  "avsFees",
  "slash",
  /** A dollar's price in ether moved. */
  "price",
  /** A dollar's reserve was marked anew. */
  "reserve",
  "fundIncome",
  "interest",
  /** What a trader gave up, or gained, against a pool's providers, fees apart. */
  "trading",
  "swapFees",
  /** Collateral seized against debt repaid: bonus, and the protocol's share of it. */
  "liquidation",
  /** Debts that nobody will pay, and who bears them. */
  "badDebt",
  "cover",
  /** What who comes or goes has against those who stay: fees, haircuts, rates and quotes that are not the true ones. */
  "redemption",
  /** Donations and made-up tokens. */
  "incentives",
  "unbackedMint",
  "transfers",
  /** What facts do not explain. */
  "revaluation",
  "rounding",
] as const;

export type Channel = (typeof CHANNELS)[number];

/** One reason for which a party's equity changed. */
export interface Line {
  readonly party: string;
  readonly channel: Channel;
  /** Counterparty: a participant, a market, a slash, `outside`. */
  readonly with: string;
  /** In which capacity, where that is known. */
  readonly layer: Layer | null;
  /** Above zero: gained [wei]. */
  readonly amount: Wei;
}

/** Counterparty of what comes from, or goes to, beyond the world. */
export const OUTSIDE = "outside";

/** What happened between two views besides actions, and what the world was like once it had. */
export interface HoldingStage {
  readonly channel: Channel;
  readonly with: string;
  /** Whose doing it was: the counterparty of everybody else; left out where it was nobody's. */
  readonly by?: string;
  readonly view: WorldView;
}

/** Something that a fact did, and whose doing it was; null where the world shows nothing of what it tells of. */
export interface Dealing extends Omit<HoldingStage, "view"> {
  readonly change: (spec: WorldSpec, view: WorldView) => WorldView | null;
}

/** What facts of each kind did, one thing after the other; kinds of which nothing is told are left out. */
export type Dealings = {
  readonly [K in Fact["kind"]]?: (fact: Extract<Fact, { kind: K }>) => readonly Dealing[];
};
