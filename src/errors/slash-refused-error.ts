import { SimError } from "./sim-error.ts";

/** A slash that the core would refuse, asked about before it is made. Exit code 2. */
export class SlashRefusedError extends SimError {
  /**
   * @param error - Name of the contract's error.
   * @param args - Its values.
   */
  constructor(error: string, args: Readonly<Record<string, string | number | boolean | null>>) {
    const values = Object.entries(args).map(([name, value]) => `${name} ${String(value)}`);
    super(`The core would refuse this slash: ${error}${values.length === 0 ? "" : ` (${values.join(", ")})`}.`, {
      code: "SLASH_REFUSED",
      details: { error, ...args },
      hint: "Name a member of the operator set, a fraction above 0 and up to 100 %, and strategies of the set.",
    });
  }
}
