import { SimError } from "./sim-error.ts";

/** Results cannot be written where they were asked for. Exit code 2. */
export class OutputUnwritableError extends SimError {
  constructor(path: string, reason: string, cause?: unknown) {
    super(`Cannot write to ${path}: ${reason}.`, {
      code: "OUTPUT_UNWRITABLE",
      details: { path, reason },
      hint: "Choose a folder you may write to with --out.",
      cause,
    });
  }
}
