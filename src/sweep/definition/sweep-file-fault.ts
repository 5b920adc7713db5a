import type { z } from "zod";

import type { FieldPath } from "./locate.ts";
import { describeField } from "./sweep-file-schema.ts";

/** What is wrong with a sweep file's content, and where. */
interface Fault {
  readonly at: FieldPath;
  readonly reason: string;
  /** Kinds of values that would do, where the value itself is of none of them. */
  readonly expected?: readonly string[];
}

const listed = (words: readonly string[]): string => words.join(", ").replace(/, ([^,]*)$/, " or $1");

/** Of alternatives that all failed: what is wrong within the one that was meant, or which kinds there are. */
function faultOfUnion(path: FieldPath, alternatives: readonly (readonly z.core.$ZodIssue[])[]): Fault {
  const faults = alternatives.flatMap(([first]) => (first === undefined ? [] : [faultOf(first)]));
  const meant = faults.find(({ expected }) => expected === undefined);
  if (meant !== undefined) return { at: [...path, ...meant.at], reason: meant.reason };
  const expected = [...new Set(faults.flatMap(({ expected: kinds }) => kinds ?? []))];
  const reason = `Invalid input: expected ${listed(expected)}`;
  return path.length === 0 ? { at: path, reason, expected } : { at: path, reason };
}

/** Says of what the schema refuses where exactly it is and what is wrong with it. */
export function faultOf(issue: z.core.$ZodIssue): Fault {
  const { path, message: reason } = issue;
  if (issue.code === "unrecognized_keys") return { at: [...path, ...issue.keys.slice(0, 1)], reason };
  if (issue.code === "invalid_union") return faultOfUnion(path, issue.errors);
  const isKind = issue.code === "invalid_type" && path.length === 0;
  return isKind ? { at: path, reason, expected: [issue.expected] } : { at: path, reason };
}

const FIELDS = "The fields are described in docs/sweeps.md and docs/sweep.schema.json.";

/** What to write into a field: what the schema says of it. */
export function hintFor([root]: FieldPath): string {
  const told = describeField(String(root));
  return told === undefined ? FIELDS : `${String(root)}: ${told}. ${FIELDS}`;
}
