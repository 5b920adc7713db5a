import { SimError } from "./sim-error.ts";

/** A conformance case asks for what the deployed contracts refuse, or for a state that they cannot come to. */
export class CaseImpossibleError extends SimError {
  /**
   * @param operation - What was tried, and by whom.
   * @param reason - The contract's error with its values, or what came instead.
   */
  constructor(operation: string, reason: string, cause?: unknown) {
    super(`The contracts cannot play this case: ${operation} ended with ${reason}.`, {
      code: "CASE_IMPOSSIBLE",
      details: { operation, reason },
      hint: "Give inputs that the contracts accept; docs/contracts says what each of them refuses.",
      cause,
    });
  }
}
