import { SimError } from "./sim-error.ts";

/** The results of a sweep cannot be read, written or asked what was asked. Exit code 2. */
export class StoreError extends SimError {
  constructor(what: string, reason: string, hint: string) {
    super(`${what}: ${reason}.`, { code: "STORE", details: { what, reason }, hint });
  }
}
