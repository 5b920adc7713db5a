import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import type { Scenario } from "./scenario.ts";

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

/** Refuses a replay whose outcomes are among its inputs, or that compares what it does not measure. */
export function assertHistory({ history, metrics }: Scenario): void {
  if (history === undefined) return;
  const inputs = new Set(history.inputs.map(({ name }) => name.toLowerCase()));
  for (const { name, metric } of history.outcomes) {
    if (inputs.has(name.toLowerCase())) {
      throw new ScenarioInvalidError(
        "history.outcomes",
        name,
        "An outcome may not be an input: remove one of the two.",
      );
    }
    if (!(metric in metrics)) {
      throw new ScenarioInvalidError(
        "history.outcomes",
        metric,
        "Declare the metric that this outcome is compared with.",
      );
    }
  }
}
