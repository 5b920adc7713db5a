import { VectorInvalidError } from "../../../errors/vector-invalid-error.ts";
import type { VectorStep } from "../schema.ts";

const said = (value: unknown): string => JSON.stringify(value) ?? "nothing";

/** Instants lie before it, in files of every format: a 48-bit clock shows them, wherever it begins. */
const LATEST = 10n ** 14n;

/** Reads the arguments of a vector's step; several names may stand for one thing. */
export class Arguments {
  readonly step: VectorStep;
  readonly #place: { readonly file: string; readonly place: string };

  constructor(step: VectorStep, vector: string) {
    this.step = step;
    this.#place = { file: vector, place: `operation ${step.op}` };
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.step[name] !== undefined);
  }

  /** A whole number under any of these names. */
  integer(...names: readonly string[]): bigint {
    const value = this.#find(names);
    if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
    if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
    throw new VectorInvalidError(this.#place, `expected a whole number in ${names.join(" or ")}, got ${said(value)}`);
  }

  /** A whole number of zero or more under any of these names. */
  natural(...names: readonly string[]): bigint {
    const value = this.integer(...names);
    if (value >= 0n) return value;
    throw new VectorInvalidError(this.#place, `expected zero or more in ${names.join(" or ")}, got ${value}`);
  }

  /** An instant, or a number of blocks, that a 48-bit clock can show. */
  instant(...names: readonly string[]): bigint {
    const value = this.natural(...names);
    if (value < LATEST) return value;
    throw new VectorInvalidError(this.#place, `expected less than 1e14 in ${names.join(" or ")}, got ${value}`);
  }

  integerOr(fallback: bigint, ...names: readonly string[]): bigint {
    return this.has(...names) ? this.integer(...names) : fallback;
  }

  textOr(fallback: string, ...names: readonly string[]): string {
    const value = this.#find(names);
    return typeof value === "string" ? value : fallback;
  }

  flagOr(fallback: boolean, ...names: readonly string[]): boolean {
    const value = this.#find(names);
    return typeof value === "boolean" ? value : fallback;
  }

  /** Whole numbers under any of these names. */
  integers(...names: readonly string[]): bigint[] {
    const value = this.#find(names);
    const isList = Array.isArray(value) && value.every((item) => /^-?\d+$/.test(String(item)));
    if (!isList) {
      throw new VectorInvalidError(this.#place, `expected whole numbers in ${names.join(" or ")}, got ${said(value)}`);
    }
    return value.map((item) => BigInt(String(item)));
  }

  #find(names: readonly string[]): unknown {
    return names.map((name) => this.step[name]).find((value) => value !== undefined);
  }
}
