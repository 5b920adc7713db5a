import { SimError } from "./sim-error.ts";

const HINT = "The fields are described in docs/sweeps.md and docs/sweep.schema.json.";

/** A sweep file cannot be read or does not say what a sweep is. Exit code 2. */
export class SweepFileError extends SimError {
  /**
   * @param place - `file:line:column`, or the file alone.
   * @param reason - What is wrong there.
   * @param told - What to write instead, where that is known, and what raised it.
   */
  constructor(place: string, reason: string, { hint = HINT, cause }: { hint?: string; cause?: unknown } = {}) {
    super(`${place}: ${reason}`, { code: "SWEEP_FILE", details: { place, reason }, hint, cause });
  }
}
