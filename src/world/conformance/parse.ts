import type { z } from "zod";

import { VectorInvalidError } from "../../errors/vector-invalid-error.ts";
import { VectorBook } from "./defi/book.ts";
import { defiFile } from "./defi/vector.ts";
import { anyFile, anyTrace, traceFile, vectorFile, type Trace, type Vector } from "./schema.ts";

/** Formats that are run. */
export const CONFORMANCE_FORMATS: readonly string[] = ["faultline-trace/1", "restaking-vectors/1", "defi-vectors/1"];

/** One thing that passes or fails. */
export type ConformanceCase =
  | { readonly kind: "trace"; readonly name: string; readonly trace: Trace }
  | { readonly kind: "vector"; readonly name: string; readonly vector: Vector }
  | { readonly kind: "defi"; readonly name: string; readonly book: VectorBook; readonly id: string }
  | { readonly kind: "unbuilt"; readonly name: string; readonly reason: string };

/** Writes a path as one writes it in code: `steps[3].amount`. */
function placeOf(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return written === "" ? "the whole file" : written.replace(/^\./, "");
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The most telling complaint: in a union, that of the branch that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors
    .flat()
    .map(deepest)
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
}

function check<T>(schema: z.ZodType<T>, content: unknown, file: string): T {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const [issue] = result.error.issues.map(deepest);
  const path = issue?.path ?? [];
  const value = JSON.stringify(valueAt(content, path)) ?? "nothing";
  const place = placeOf(path);
  throw new VectorInvalidError({ file, place }, `${issue?.message ?? "malformed"}, but it holds ${value.slice(0, 80)}`);
}

/** Where JSON breaks off, from what the engine says about it. */
function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const before = content.slice(0, position === undefined ? content.length : Number(position));
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    const place = `line ${line}, column ${column}`;
    throw new VectorInvalidError({ file, place }, `no valid JSON (${message}); is the file whole`, error);
  }
}

/** A vector with the steps of those that it continues from in their places; what is not there, or is itself, stays. */
function resumed(vector: Vector, all: readonly Vector[], beyond: ReadonlySet<string> = new Set([vector.id])): Vector {
  const steps = vector.steps.flatMap((step) => {
    const from = step.op === "continueFrom" ? all.find(({ id }) => id === step["vector"]) : undefined;
    if (from === undefined || beyond.has(from.id)) return [step];
    return resumed(from, all, new Set([...beyond, from.id])).steps;
  });
  return { ...vector, steps };
}

/**
 * Reads a conformance file.
 *
 * @param file - Its path, for messages and for the names of cases.
 * @param content - Its text.
 * @returns Its cases; a model that is not built is a case that fails.
 * @throws {@link VectorInvalidError} when the file is malformed, truncated or of another format.
 */
export function parseConformanceFile(file: string, content: string): ConformanceCase[] {
  const json = parseJson(file, content);
  const { format } = check(anyFile, json, file);
  const name = file.split(/[\\/]/).at(-1) ?? file;
  if (format === "faultline-trace/1") {
    const { model } = check(anyTrace, json, file);
    if (model !== "unique-stake") return [{ kind: "unbuilt", name, reason: `model "${model}" is not built` }];
    return [{ kind: "trace", name, trace: check(traceFile, json, file) }];
  }
  if (format === "restaking-vectors/1") {
    const { vectors } = check(vectorFile, json, file);
    return vectors
      .map((vector) => resumed(vector, vectors))
      .map((vector) => ({ kind: "vector", name: `${name} ${vector.id}`, vector }));
  }
  if (format === "defi-vectors/1") {
    const { vectors } = check(defiFile, json, file);
    const book = new VectorBook(vectors);
    return vectors.map(({ id }) => ({ kind: "defi", name: `${name} ${id}`, book, id }));
  }
  const known = CONFORMANCE_FORMATS.join(" or ");
  throw new VectorInvalidError({ file, place: "format" }, `expected ${known}, but it holds ${JSON.stringify(format)}`);
}
