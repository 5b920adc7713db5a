import { VectorInvalidError } from "../../../errors/vector-invalid-error.ts";
import type { DefiVector } from "./vector.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a whole number as vectors write it: decimal, or with an exponent (`2.48e18`, `1999.99e6`).
 *
 * @returns The number, or undefined when the value is none.
 */
export function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string") return undefined;
  const match = /^(-?)(\d[\d_,]*)(?:\.(\d+))?(?:e(\d{1,3}))?$/.exec(value.trim());
  if (match === null) return undefined;
  const [, sign, whole = "", decimals = "", exponent = "0"] = match;
  const zeros = Number(exponent) - decimals.length;
  if (zeros < 0) return undefined;
  const size = BigInt(whole.replace(/[_,]/g, "") + decimals) * 10n ** BigInt(zeros);
  return sign === "-" ? -size : size;
}

/** Reads a vector's inputs by any of their names, and says which field is wrong. */
export class Inputs {
  readonly vector: DefiVector;
  readonly #fields: Fields;

  /** @param fields - What to read; by default the inputs with everything they refer to. */
  constructor(vector: DefiVector, fields: Fields = vector.inputs) {
    this.vector = vector;
    this.#fields = fields;
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.#fields[name] !== undefined);
  }

  /** The first of these that is there. */
  raw(...names: readonly string[]): unknown {
    return names.map((name) => this.#fields[name]).find((value) => value !== undefined);
  }

  /** Text under one of these names; empty when there is none. */
  text(...names: readonly string[]): string {
    const value = this.raw(...names);
    return typeof value === "string" ? value : "";
  }

  integer(...names: readonly string[]): bigint {
    const value = this.raw(...names);
    return wholeNumber(value) ?? this.complain(names, "a whole number", value);
  }

  integerOr(fallback: bigint, ...names: readonly string[]): bigint {
    return this.has(...names) ? this.integer(...names) : fallback;
  }

  integers(...names: readonly string[]): bigint[] {
    const value = this.raw(...names);
    if (!Array.isArray(value)) return this.complain(names, "a list of whole numbers", value);
    return value.map((item) => wholeNumber(item) ?? this.complain(names, "a list of whole numbers", value));
  }

  integersOr(fallback: readonly bigint[], ...names: readonly string[]): bigint[] {
    return this.has(...names) ? this.integers(...names) : [...fallback];
  }

  /** Lists of whole numbers, such as pairs. */
  rows(...names: readonly string[]): bigint[][] {
    const value = this.raw(...names);
    if (!Array.isArray(value)) return this.complain(names, "a list of lists", value);
    return value.map((row: unknown) => {
      if (!Array.isArray(row)) return this.complain(names, "a list of lists", value);
      return row.map((item) => wholeNumber(item) ?? this.complain(names, "lists of whole numbers", value));
    });
  }

  /** Refuses an input. */
  complain(names: readonly string[], wanted: string, value: unknown): never {
    const place = { file: this.vector.id, place: `inputs.${names.join(" or ")}` };
    throw new VectorInvalidError(place, `expected ${wanted}, but it holds ${JSON.stringify(value) ?? "nothing"}`);
  }
}
