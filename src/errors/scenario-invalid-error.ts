import { SimError } from "./sim-error.ts";

/** Longest value that a message quotes. */
const SHOWN = 80;

/** A value on one line: text in quotes, long text cut. */
function show(value: string | number | bigint | boolean): string {
  if (typeof value !== "string") return String(value);
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return /^[\x20-\x7e…]+$/.test(shown) ? shown : JSON.stringify(shown);
}

/** A value, and how people write it where its bare number would not tell. */
interface Written {
  readonly value: bigint;
  readonly shown: string;
}

/** A field of a scenario holds a value that cannot be run. Exit code 2. */
export class ScenarioInvalidError extends SimError {
  readonly field: string;
  readonly value: string | number | bigint | boolean;

  /**
   * @param field - Path of the field, such as `populations.stakers.count`.
   * @param held - What it holds.
   * @param hint - What to write instead.
   */
  constructor(field: string, held: string | number | bigint | boolean | Written, hint: string) {
    const { value, shown } = typeof held === "object" ? held : { value: held, shown: show(held) };
    super(`Scenario field ${field} has value ${shown}.`, {
      code: "SCENARIO_INVALID",
      details: { field, value },
      hint,
    });
    this.field = field;
    this.value = value;
  }
}
