import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import type { Scenario } from "./scenario.ts";

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
