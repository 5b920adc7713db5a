import { isWithin, type Tolerance } from "./tolerance.ts";

/** What a kind observed: whole numbers as bigint, or text that says the same. */
export type Answer =
  bigint | number | string | boolean | null | readonly Answer[] | { readonly [name: string]: Answer };

/** The first place at which an answer is not what was expected. */
export interface AnswerDifference {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  const plain = (_: string, inner: unknown): unknown => (typeof inner === "bigint" ? inner.toString() : inner);
  return JSON.stringify(value, plain);
}

const integerIn = (text: string): bigint | undefined => (/^-?\d+$/.test(text) ? BigInt(text) : undefined);

/**
 * Compares an answer with what is expected, key by key; an answer may hold more than is asked for.
 *
 * @param field - Path of what is compared.
 * @param pair - What is expected and what was answered; undefined when nothing was.
 * @param tolerance - How far whole numbers may lie from each other.
 * @returns The first difference, or undefined when there is none.
 */
export function compareAnswer(
  field: string,
  pair: { readonly expected: unknown; readonly got: unknown },
  tolerance: Tolerance,
): AnswerDifference | undefined {
  const { expected, got } = pair;
  if (got === undefined) {
    return { field, expected: show(expected), got: "no such observable: the kind does not answer it" };
  }
  const differs = { field, expected: show(expected), got: show(got) };
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return differs;
    return firstOf(
      expected.map((value: unknown, k) => [`${field}[${k}]`, value, got[k] as unknown] as const),
      tolerance,
    );
  }
  if (isTree(expected)) {
    if (!isTree(got)) return differs;
    const keys = Object.entries(expected).map(([key, value]) => [`${field}.${key}`, value, got[key]] as const);
    return firstOf(keys, tolerance);
  }
  if (show(expected) === show(got)) return undefined;
  const [wanted, given] = [integerIn(show(expected)), integerIn(show(got))];
  const isNear = wanted !== undefined && given !== undefined && isWithin(wanted, given, tolerance);
  return isNear ? undefined : differs;
}

function firstOf(
  pairs: readonly (readonly [string, unknown, unknown])[],
  tolerance: Tolerance,
): AnswerDifference | undefined {
  for (const [field, expected, got] of pairs) {
    const difference = compareAnswer(field, { expected, got }, tolerance);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
