import { SimError } from "./sim-error.ts";

/** A field of a scenario holds a value that cannot be run. Exit code 2. */
export class ScenarioInvalidError extends SimError {
  readonly field: string;

  /**
   * @param field - Path of the field, such as `populations.stakers.count`.
   * @param value - What it holds.
   * @param hint - What to write instead.
   */
  constructor(field: string, value: string | number | bigint | boolean, hint: string) {
    super(`Scenario field ${field} has value ${String(value)}.`, {
      code: "SCENARIO_INVALID",
      details: { field, value },
      hint,
    });
    this.field = field;
  }
}
