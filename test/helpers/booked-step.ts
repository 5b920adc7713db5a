import { expect } from "chai";

import { attributeStep } from "../../src/analysis/defi/attribute-step.ts";
import { balanceSheet, checkBalanceSheet } from "../../src/analysis/defi/balance-sheet.ts";
import type { PlannedAction } from "../../src/model/action.ts";
import type { World } from "../../src/model/world.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import type { Seconds } from "../../src/units/units.ts";

/** What is done in a step, and when. */
interface Doing {
  readonly time: Seconds;
  readonly actions: readonly PlannedAction[];
}

/** Does something in a world, and keeps books of it: states, balance sheets, and the lines that tell their change. */
export async function bookedStep(spec: WorldSpec, world: World, doing: Doing) {
  const before = await world.read();
  const results = await world.perform(doing);
  const after = await world.read();
  const sheets = { before: balanceSheet(spec, before), after: balanceSheet(spec, after) };
  return { before, after, results, sheets, lines: attributeStep({ spec, before, after, results, sheets }) };
}

export type BookedStep = Awaited<ReturnType<typeof bookedStep>>;

/** Lines of the step sum to the change of each party's equity, to the wei. */
export function expectBooksToSum({ sheets, lines }: BookedStep): void {
  expect(checkBalanceSheet(sheets.after)).to.equal(null);
  for (const party of new Set([...sheets.before.equity.keys(), ...sheets.after.equity.keys()])) {
    const told = lines.filter((line) => line.party === party).reduce((sum, { amount }) => sum + amount, 0n);
    expect(told, party).to.equal((sheets.after.equity.get(party) ?? 0n) - (sheets.before.equity.get(party) ?? 0n));
  }
}

/** Everything was done, and its books sum. */
export function expectDoneAndBooked(step: BookedStep): void {
  expect(step.results.map(({ outcome }) => outcome)).to.deep.equal(step.results.map(() => ({ status: "ok" })));
  expectBooksToSum(step);
}

/** Everything was done, its books sum, and a fact tells every line of them. */
export function expectExactBooks(step: BookedStep): void {
  expectDoneAndBooked(step);
  expect(step.lines.filter(({ channel }) => channel === "revaluation")).to.deep.equal([]);
}
