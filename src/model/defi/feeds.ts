import type { Seconds } from "../../units/units.ts";

/**
 * A price feed of one token in US dollars, 8 decimals, or of its exchange rate where `base` is null.
 * `base`: id of the feed that turns the ratio into dollars, such as the one of ether.
 */
export type FeedSpec = {
  readonly id: string;
  /** Token whose price it says, where its kind does not tell: it is then drawn beside the token's market. */
  readonly prices?: string;
  /** Longest age of an answer before it is stale; 0: never. */
  readonly heartbeat?: Seconds;
  readonly decimals?: number;
  readonly minAnswer?: bigint;
  readonly maxAnswer?: bigint;
} & (
  | { readonly kind: "fixed"; readonly base: string | null }
  /** Price of `token` in `against` on a pool: spot where `window` is 0, else the average over it. */
  | {
      readonly kind: "market";
      readonly pool: string;
      readonly token: string;
      readonly against: string;
      readonly window: Seconds;
      readonly base: string | null;
    }
  | { readonly kind: "exchangeRate"; readonly token: string; readonly base: string | null }
  | {
      readonly kind: "cappedRate";
      readonly token: string;
      readonly base: string | null;
      readonly maxYearlyBps: bigint;
      /** Snapshot ratio; null: the rate when the run begins. */
      readonly snapshot: bigint | null;
      readonly minDelay: Seconds;
    }
  | { readonly kind: "median"; readonly of: readonly string[]; readonly quorum: bigint; readonly maxAge: Seconds }
  /** Rounds by the scenario's feed operator; with a source it follows that feed when the answer moved enough. */
  | {
      readonly kind: "reported";
      readonly answer: bigint;
      readonly source?: string;
      readonly deviationBps?: bigint;
    }
);

export interface FeedView {
  readonly kind: FeedSpec["kind"];
  readonly decimals: number;
  readonly answer: bigint;
  readonly updatedAt: Seconds;
  readonly stale: boolean;
  /** Error's name where the feed does not answer; the answer is then 0. */
  readonly broken: string | null;
}

export type FeedAction =
  /** A round of a reported feed. `age`: seconds that it pretends to be old. */
  | { readonly type: "setAnswer"; readonly feed: string; readonly answer: bigint; readonly age?: Seconds }
  | { readonly type: "followFeed"; readonly feed: string }
  | { readonly type: "setFeedBounds"; readonly feed: string; readonly min: bigint; readonly max: bigint }
  | { readonly type: "setHeartbeat"; readonly feed: string; readonly heartbeat: Seconds }
  /** Snapshot of a capped feed: a wrong one is the fault of 10 March 2026. `age`: how old it claims to be. */
  | { readonly type: "setSnapshot"; readonly feed: string; readonly ratio: bigint; readonly age: Seconds }
  /** Leg that turns a ratio into dollars; null leaves it out: the fault of 15 February 2026. */
  | { readonly type: "setFeedBase"; readonly feed: string; readonly base: string | null };

export type FeedFact = { readonly kind: "answerSet"; readonly feed: string; readonly answer: bigint };
