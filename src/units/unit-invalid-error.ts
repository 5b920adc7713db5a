/** A value that no unit can hold, such as `ether("1,5")`; it says what to write instead. */
export class UnitInvalidError extends RangeError {
  readonly code = "UNIT_INVALID";

  constructor(value: string, reason: string, hint: string) {
    super(`"${value}" ${reason}. ${hint}`);
    this.name = "UnitInvalidError";
  }
}
