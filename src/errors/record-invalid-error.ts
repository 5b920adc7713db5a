import { SimError } from "./sim-error.ts";

/** A file that should hold a run record does not. Exit code 2. */
export class RecordInvalidError extends SimError {
  constructor(source: string, path: string, reason: string) {
    super(`${source} is no run record: ${path === "" ? "the whole" : path}: ${reason}.`, {
      code: "RECORD_INVALID",
      details: { source, path, reason },
      hint: "Make it again with: npm run simulate -- <scenario> --out <folder>",
    });
  }
}
