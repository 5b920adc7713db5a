import path from "node:path";

import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from "yaml";

import { isSimError } from "../../errors/sim-error.ts";
import { SweepFileError } from "../../errors/sweep-file-error.ts";
import { findJsonFault } from "./json-fault.ts";
import type { FieldPath, Locate } from "./locate.ts";
import { faultOf, hintFor } from "./sweep-file-fault.ts";
import { sweepFileSchema, type SweepFile } from "./sweep-file-schema.ts";

/** Most aliases of a YAML file that are followed: a file of a few lines shall not unfold into gigabytes. */
const MAX_ALIASES = 100;

/** A part of a file: what stands at a field, and the offset at which the field begins. */
interface Part {
  readonly node: unknown;
  readonly offset: number;
}

/** Finds a field: it begins at its name where it has one, so that an unknown field is pointed at itself. */
function partAt(document: Document, place: FieldPath): Part {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of place) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      const name = pair?.key as { range?: readonly number[] } | undefined;
      offset = name?.range?.[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as { range?: readonly number[] } | undefined)?.range?.[0] ?? offset;
    } else node = undefined;
  }
  return { node: isAlias(node) ? node.resolve(document) : node, offset };
}

/** A number as it was written, so that it loses no digit; undefined for what is no plain decimal number. */
function writtenNumber(document: Document, place: FieldPath): string | undefined {
  const { node } = partAt(document, place);
  const source = isScalar(node) ? node.source : undefined;
  return source !== undefined && /^-?[0-9]+(\.[0-9]+)?$/.test(source) ? source : undefined;
}

/** A name that objects give a meaning of their own, so that the schema does not see it. */
const HIDDEN = ["set", "__proto__"];
/** Deepest place of a parameter's value. */
const DEEPEST = 3;

/** The values of parameters as they were written: amounts may have more digits than a number in JavaScript. */
function withExactNumbers(data: unknown, document: Document): unknown {
  const exact = (value: unknown, place: FieldPath): unknown => {
    if (typeof value === "number") return writtenNumber(document, place) ?? value;
    if (typeof value !== "object" || value === null || place.length === DEEPEST) return value;
    if (Array.isArray(value)) return value.map((item, at) => exact(item, [...place, at]));
    const fields = Object.entries(value).map(([name, item]): readonly [string, unknown] => {
      // How many values a range has is no value of its own.
      const isCount = place.length === 2 && name === "count";
      return [name, isCount ? item : exact(item, [...place, name])];
    });
    return Object.fromEntries(fields);
  };
  if (typeof data !== "object" || data === null || !("set" in data)) return data;
  return { ...data, set: exact(data.set, ["set"]) };
}

/** Refuses a text at an offset. */
type Fail = (offset: number, reason: string, hint?: string) => never;

/** `line:column` of an offset, both counted from one. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

function fieldOf(place: FieldPath): string {
  return place.length === 0 ? "the file" : place.map(String).join(".");
}

/** Whether a folder is not below the working folder: a file that somebody sent shall not write elsewhere. */
function liesOutside(folder: string): boolean {
  return path.isAbsolute(folder) || path.normalize(folder).startsWith("..");
}

/** A text's content, and where its fields are. */
interface Parsed {
  readonly data: unknown;
  readonly document: Document;
}

/** Refuses a text that is no JSON, where it stops being so: what only YAML allows has no place in a `.json` file. */
function parseJson(text: string, fail: Fail): unknown {
  const fault = findJsonFault(text);
  if (fault !== undefined) fail(fault.offset, `it is no JSON: ${fault.expected} is expected here.`);
  return JSON.parse(text);
}

function parse(text: string, isJson: boolean, fail: Fail): Parsed {
  const content = isJson ? parseJson(text, fail) : undefined;
  const document = parseDocument(text, { stringKeys: true, uniqueKeys: true, prettyErrors: false });
  // Only one that is given twice is a fault of JSON too.
  const fault = document.errors.find(({ code }) => !isJson || code === "DUPLICATE_KEY");
  if (fault !== undefined) fail(fault.pos[0], `${fault.message.replace(/(; please use YAML.*)?\.?$/s, "")}.`);
  if (isJson) return { data: content, document };
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }), document };
  } catch (error) {
    return fail(0, error instanceof Error ? `${error.message}.` : "it cannot be read.");
  }
}

/** What a file says, and how to tell of a refusal of one of its fields where it stands. */
export interface ReadSweep {
  readonly sweep: SweepFile;
  readonly locate: Locate;
}

/**
 * Reads a sweep from YAML, or from JSON where the file's name ends so.
 *
 * @param content - The file's.
 * @param file - What to call it in a message.
 * @throws {@link SweepFileError} with file, line and column of the first thing that is wrong.
 */
export function readSweepFile(content: string, file: string): ReadSweep {
  const text = content.replace(/^\uFEFF/, "");
  const fail: Fail = (offset, reason, hint) => {
    throw new SweepFileError(`${file}:${placeOf(text, offset)}`, reason, hint === undefined ? {} : { hint });
  };
  const { data, document } = parse(text, /\.json$/i.test(file), fail);
  const locate: Locate = (field, error) => {
    if (!isSimError(error)) return error;
    const place = `${file}:${placeOf(text, partAt(document, field).offset)}`;
    // What options are called stands there without its dashes.
    const reason = error.shortMessage.replace(/^--[a-z-]+/, String(field[0]));
    return new SweepFileError(place, reason, { hint: error.hint, cause: error });
  };
  const result = sweepFileSchema.safeParse(withExactNumbers(data, document));
  if (!result.success) {
    const [issue] = result.error.issues;
    const { at, reason } = issue === undefined ? { at: [], reason: "invalid" } : faultOf(issue);
    return fail(partAt(document, at).offset, `${fieldOf(at)}: ${reason}.`, hintFor(at));
  }
  const hidden = partAt(document, HIDDEN);
  if (hidden.node !== undefined) fail(hidden.offset, `${fieldOf(HIDDEN)}: no scenario has such a parameter.`);
  const { out } = result.data;
  if (out !== undefined && liesOutside(out)) {
    const told = `out: "${out}" lies outside of the working folder; use --out for such a place.`;
    fail(partAt(document, ["out"]).offset, told);
  }
  return { sweep: result.data, locate };
}
