import { SimError } from "./sim-error.ts";

/** The chain itself failed: no answer, a refused transaction, state that does not come back. */
export class ChainError extends SimError {
  constructor(operation: string, reason: string, cause?: unknown) {
    super(`The chain failed at ${operation}: ${reason}.`, {
      code: "CHAIN",
      details: { operation, reason },
      hint: "Run it again; if it stays, the chain behind it is at fault, not the scenario.",
      cause,
    });
  }
}
