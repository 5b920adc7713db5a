import { expect } from "chai";

/** Expects a number of floating point near another one: chai's own matcher counts whole numbers alone here. */
export function expectNear(value: number | null | undefined, wanted: number, within: number): void {
  const isNear = typeof value === "number" && Math.abs(value - wanted) <= within;
  expect(isNear, `${String(value)} is not within ${within} of ${wanted}`).to.equal(true);
}
