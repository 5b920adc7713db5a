import { SimError } from "./sim-error.ts";

/** Longest value that a message quotes. */
const SHOWN = 80;

/** A value on one line: text in quotes, long text cut. */
function show(value: string | number | bigint | boolean): string {
  if (typeof value !== "string") return String(value);
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return /^[\x20-\x7e…]+$/.test(shown) ? shown : JSON.stringify(shown);
}

/** A field of a scenario holds a value that cannot be run. Exit code 2. */
export class ScenarioInvalidError extends SimError {
  readonly field: string;

  /**
   * @param field - Path of the field, such as `populations.stakers.count`.
   * @param value - What it holds.
   * @param hint - What to write instead.
   */
  constructor(field: string, value: string | number | bigint | boolean, hint: string) {
    super(`Scenario field ${field} has value ${show(value)}.`, {
      code: "SCENARIO_INVALID",
      details: { field, value },
      hint,
    });
    this.field = field;
  }
}
