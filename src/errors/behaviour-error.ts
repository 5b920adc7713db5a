import { SimError } from "./sim-error.ts";

/** A scenario's own code, an agent's or a metric's, failed or gave what it may not give. */
export class BehaviourError extends SimError {
  /** @param where - Whose code, and when: `agent "stakers-3" in step 7`. */
  constructor(where: string, reason: string, cause?: unknown) {
    super(`The code of ${where} failed: ${reason}.`, {
      code: "BEHAVIOUR",
      details: { where, reason },
      hint: "Mend it in the scenario: agents return a list of actions, metrics return a bigint.",
      cause,
    });
  }
}

/** Runs a scenario's own code; what it throws says whose code it was. */
export function guarded<T>(where: string, code: () => T): T {
  try {
    return code();
  } catch (error) {
    throw new BehaviourError(where, error instanceof Error ? error.message : String(error), error);
  }
}
