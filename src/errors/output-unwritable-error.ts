import { SimError } from "./sim-error.ts";

/** What a full disk is called. */
export const FULL = "no space is left";
const OTHER = "Choose a folder you may write to with --out.";

/** Results cannot be written where they were asked for. Exit code 2. */
export class OutputUnwritableError extends SimError {
  constructor(path: string, reason: string, cause?: unknown) {
    super(`Cannot write to ${path}: ${reason}.`, {
      code: "OUTPUT_UNWRITABLE",
      details: { path, reason },
      hint: reason === FULL ? "Make space; what is written stays, and a sweep goes on with --resume." : OTHER,
      cause,
    });
  }
}
