import { SimError } from "./sim-error.ts";

/** A sweep file cannot be read or does not say what a sweep is. Exit code 2. */
export class SweepFileError extends SimError {
  /**
   * @param place - `file:line:column`, or the file alone.
   * @param reason - What is wrong there.
   */
  constructor(place: string, reason: string, cause?: unknown) {
    super(`${place}: ${reason}`, {
      code: "SWEEP_FILE",
      details: { place, reason },
      hint: "The fields are described in docs/sweeps.md and docs/sweep.schema.json.",
      cause,
    });
  }
}
