import { isError } from "ethers";

import { VectorInvalidError } from "../../errors/vector-invalid-error.ts";
import type { ConformanceCase } from "./parse.ts";

/** A number that was wanted and cannot be had: what is there instead, and what it was wanted for. */
interface Unusable {
  readonly value: string;
  readonly wanted: string;
}

/** What a case says itself, by field. */
function contentOf(single: ConformanceCase): unknown {
  if (single.kind === "vector") return { given: single.vector.given, steps: single.vector.steps };
  if (single.kind === "defi") return { inputs: single.book.get(single.id)?.inputs };
  return single.kind === "trace" ? single.trace : undefined;
}

/** Path of the first field that holds a text or a number. */
function fieldWith(value: string, content: unknown, path: string): string | undefined {
  if (typeof content !== "object" || content === null) return String(content) === value ? path : undefined;
  const isList = Array.isArray(content);
  for (const [name, inner] of Object.entries(content)) {
    const place = isList ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    const found = fieldWith(value, inner, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unusableIn(error: unknown): Unusable | undefined {
  if (isError(error, "INVALID_ARGUMENT")) {
    const argument = error.argument === "" ? "there" : `as ${error.argument}`;
    return { value: String(error.value), wanted: `a number that the contracts take ${argument}` };
  }
  const text = error instanceof Error ? /^Cannot convert (.*) to a BigInt$/.exec(error.message)?.[1] : undefined;
  return text === undefined ? undefined : { value: text, wanted: "a whole number" };
}

/**
 * Says in one line why a case could not be played, with the field that is to blame where a value is.
 *
 * @param error - What playing it threw.
 * @param single - The case.
 */
export function explain(error: unknown, single: ConformanceCase): string {
  const unusable = unusableIn(error);
  if (unusable === undefined) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  }
  const { value, wanted } = unusable;
  const place = fieldWith(value, contentOf(single), "");
  const reason =
    place === undefined ? `expected ${wanted}, but it comes to ${value}` : `expected ${wanted}, but it holds ${value}`;
  return new VectorInvalidError({ file: single.name, place: place ?? "its numbers" }, reason, error).message;
}
