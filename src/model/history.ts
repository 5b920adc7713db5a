/** A number that a replay starts from. */
export interface HistoryInput {
  readonly name: string;
  /** As a reader wants it: with its unit. */
  readonly value: string;
  readonly kind: "historical" | "assumed";
  /** Where it was published; an assumption says why it is made. */
  readonly source: string;
}

/** A published number that the replay has to come to by itself: never an input. */
export interface HistoryOutcome {
  readonly name: string;
  /** Metric of the scenario that is compared, and which of its rows. */
  readonly metric: string;
  readonly when: "end" | "peak" | "lowest";
  /** What happened, in the metric's unit and at the replay's scale. */
  readonly history: bigint;
  readonly source: string;
}

/** What a scenario replays, so that its record can lay history and replay side by side. */
export interface History {
  readonly inputs: readonly HistoryInput[];
  readonly outcomes: readonly HistoryOutcome[];
  /** What was read. */
  readonly sources: readonly string[];
}
