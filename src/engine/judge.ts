import type { InvariantBrokenError } from "../errors/invariant-broken-error.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Invariant, InvariantContext } from "../model/invariant.ts";
import type { RunRecord, RunRow } from "../report/run-record.ts";

type InvariantResults = RunRecord["invariants"];

/** The results that a run begins with: nothing checked, nothing broken. */
export function openInvariants(invariants: readonly Invariant[]): InvariantResults {
  return invariants.map(({ name, sentence }) => ({ name, sentence, checks: 0, broken: null }));
}

/** A broken law, before the run's record is at hand. */
export interface BrokenLaw {
  readonly name: string;
  readonly values: ConstructorParameters<typeof InvariantBrokenError>[0]["values"];
}

/** Checks every law after a step and notes it in `results`; returns the first that is broken, or null. */
export function checkInvariants(
  invariants: readonly Invariant[],
  context: InvariantContext,
  results: InvariantResults,
): BrokenLaw | null {
  let first: BrokenLaw | null = null;
  for (const [at, invariant] of invariants.entries()) {
    const values = invariant.check(context);
    const result = results[at];
    if (result === undefined) continue;
    const detail = Object.entries(values ?? {}).map(([key, value]) => `${key} ${String(value)}`);
    const broken = values === null ? null : { step: context.after.step, detail: detail.join(", ") };
    results[at] = { ...result, checks: result.checks + 1, broken };
    if (values !== null) first ??= { name: invariant.name, values };
  }
  return first;
}

/** Value that an expectation looks at; for `always`, the first that breaks it, or else the last. */
function observed(expectation: Expectation, values: readonly bigint[]): bigint {
  const last = values.at(-1) ?? 0n;
  if (expectation.when === "end") return last;
  if (expectation.when === "peak") return values.reduce((a, b) => (b > a ? b : a), values[0] ?? 0n);
  return values.find((value) => !within(expectation, value)) ?? last;
}

function within({ limits: { above, below, equal } }: Expectation, value: bigint): boolean {
  return (
    (above === undefined || value > above) &&
    (below === undefined || value < below) &&
    (equal === undefined || value === equal)
  );
}

/** Judges what a scenario expects, row by row where it says so. */
export function judgeExpectations(
  expect: Readonly<Record<string, Expectation | undefined>>,
  rows: readonly RunRow[],
): RunRecord["expectations"] {
  return Object.entries(expect).flatMap(([metric, expectation]) => {
    if (expectation === undefined) return [];
    const values = rows.map((row) => BigInt(row.metrics[metric] ?? "0"));
    const actual = observed(expectation, values);
    const limits = Object.entries(expectation.limits).map(([word, limit]) => `${word} ${String(limit)}`);
    const expected = `${expectation.when}: ${limits.join(", ")}`;
    return [{ metric, expected, actual: actual.toString(), passed: within(expectation, actual) }];
  });
}
