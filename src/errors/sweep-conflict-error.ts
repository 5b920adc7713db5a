import { SimError } from "./sim-error.ts";

/** A sweep's folder, parts or workers do not belong to the sweep that is asked for. Exit code 2. */
export class SweepConflictError extends SimError {
  constructor(what: string, hint: string) {
    super(what, { code: "SWEEP_CONFLICT", hint });
  }
}
