import { createHash } from "node:crypto";

import type { RunParameter } from "../report/run-record.ts";

/** Anything as plain JSON values: bigints become decimal strings, functions and undefined fields disappear. */
export function toParameter(value: unknown): RunParameter {
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(toParameter);
  if (typeof value !== "object") return null;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== "function");
  return Object.fromEntries(fields.map(([key, field]) => [key, toParameter(field)]));
}

/** JSON with sorted keys: equal values, equal text. */
export function canonicalJson(value: RunParameter): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(",")}}`;
}

/** SHA-256 of a value's canonical JSON. */
export function hashOf(value: unknown): string {
  return `sha256:${createHash("sha256")
    .update(canonicalJson(toParameter(value)))
    .digest("hex")}`;
}
