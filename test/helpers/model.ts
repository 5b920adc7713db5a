/** What independent models of contracts share: refusals, and divisions with their rounding in the name. */

/** What a model refuses: name and arguments of the contract's error; accounts and tokens by name. */
export class Refused extends RangeError {
  readonly args: readonly (string | bigint | boolean)[];

  constructor(error: string, ...args: readonly (string | bigint | boolean)[]) {
    super(error);
    this.args = args;
  }
}

export function demand(holds: boolean, error: string, ...args: readonly (string | bigint | boolean)[]): void {
  if (!holds) throw new Refused(error, ...args);
}

export const ceil = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
export const halfUp = (a: bigint, b: bigint): bigint => (a + b / 2n) / b;
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
/** By how much one exceeds another; zero if it does not. */
export const above = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** Numbers as text with sorted names, for whoever has to find the one that differs. */
export function asText(value: unknown): string {
  const write = (_: string, part: unknown): unknown => {
    if (typeof part === "bigint") return part.toString();
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(value, write, 1);
}
