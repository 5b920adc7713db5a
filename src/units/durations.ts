import { parseDecimal, type Decimal } from "./amounts.ts";
import { UnitInvalidError } from "./unit-invalid-error.ts";
import { SECONDS_PER_BLOCK, type Seconds } from "./units.ts";

const MILLI = 1000n;

/** A duration, refused when it is no whole number of seconds. */
function duration(value: Decimal, unit: Seconds): Seconds {
  const scaled = parseDecimal(value, 3) * unit;
  if (scaled % MILLI !== 0n) {
    throw new UnitInvalidError(String(value), `of ${unit} s is no whole number of seconds`, "Use a smaller unit.");
  }
  return scaled / MILLI;
}

/** Seconds. */
export function seconds(value: Decimal): Seconds {
  return duration(value, 1n);
}

/** Minutes in seconds. */
export function minutes(value: Decimal): Seconds {
  return duration(value, 60n);
}

/** Hours in seconds. `hours(1.5)` is 5400. */
export function hours(value: Decimal): Seconds {
  return duration(value, 3600n);
}

/** Days in seconds. */
export function days(value: Decimal): Seconds {
  return duration(value, 86_400n);
}

/** Blocks in seconds, twelve each. */
export function blocks(value: Decimal): Seconds {
  return duration(value, SECONDS_PER_BLOCK);
}
