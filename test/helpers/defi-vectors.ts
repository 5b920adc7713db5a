import { readFileSync } from "node:fs";

/** One case of `test/conformance/vectors/defi.json`: integers as decimal strings. */
export interface DefiVector {
  readonly id: string;
  readonly title: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

const FILE = new URL("../conformance/vectors/defi.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(FILE, "utf8")) as { readonly vectors: readonly DefiVector[] };

/** Every case whose id begins with `prefix`; at least one. */
export function vectorsOf(prefix: string): readonly DefiVector[] {
  const found = vectors.filter(({ id }) => id.startsWith(prefix));
  if (found.length === 0) throw new RangeError(`no vector begins with ${prefix}`);
  return found;
}

/** The case of one id, its numbers read by name. */
export function vector(id: string) {
  const found = vectorsOf(id).find((single) => single.id === id);
  if (found === undefined) throw new RangeError(`no vector is called ${id}`);
  const list = (values: unknown) => (values as readonly string[]).map(BigInt);
  return {
    input: (name: string) => BigInt(found.inputs[name] as string),
    inputs: (name: string) => list(found.inputs[name]),
    expected: (name: string) => BigInt(found.expected[name] as string),
    allExpected: (name: string) => list(found.expected[name]),
    raw: found,
  };
}
