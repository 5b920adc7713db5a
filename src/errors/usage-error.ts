import { SimError } from "./sim-error.ts";

/** The command line asks for something that does not exist or cannot be. Exit code 2. */
export class UsageError extends SimError {
  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { code: "USAGE", hint, cause });
  }
}
