import { SimError } from "./sim-error.ts";

/** A sweep cannot go on: its workers cannot hand over what they make, or die again and again. */
export class SweepWorkerError extends SimError {
  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { code: "SWEEP_WORKER", hint, cause });
  }
}
