import path from "node:path";

import { isMap, isSeq, parseDocument, type Document } from "yaml";

import { SweepFileError } from "../../errors/sweep-file-error.ts";
import { findJsonFault } from "./json-fault.ts";
import { sweepFileSchema, type SweepFile } from "./sweep-file-schema.ts";

/** Most aliases of a YAML file that are followed: a file of a few lines shall not unfold into gigabytes. */
const MAX_ALIASES = 100;

type Path = readonly PropertyKey[];

/** Offset at which a field begins: its name's where it has one, so that an unknown field is pointed at itself. */
function offsetOf(document: Document, place: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of place) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      const name = pair?.key as { range?: readonly number[] } | undefined;
      offset = name?.range?.[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as { range?: readonly number[] } | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

/** Refuses a text at an offset. */
type Fail = (offset: number, reason: string) => never;

/** `line:column` of an offset, both counted from one. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

function fieldOf(place: Path): string {
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
  if (fault !== undefined) fail(fault.pos[0], `${fault.message.replace(/\.$/, "")}.`);
  if (isJson) return { data: content, document };
  try {
    return { data: document.toJS({ maxAliasCount: MAX_ALIASES }), document };
  } catch (error) {
    return fail(0, error instanceof Error ? `${error.message}.` : "it cannot be read.");
  }
}

/**
 * Reads a sweep from YAML, or from JSON where the file's name ends so.
 *
 * @param content - The file's.
 * @param file - What to call it in a message.
 * @throws {@link SweepFileError} with file, line and column of the first thing that is wrong.
 */
export function readSweepFile(content: string, file: string): SweepFile {
  const text = content.replace(/^\uFEFF/, "");
  const fail: Fail = (offset, reason) => {
    throw new SweepFileError(`${file}:${placeOf(text, offset)}`, reason);
  };
  const { data, document } = parse(text, /\.json$/i.test(file), fail);
  const result = sweepFileSchema.safeParse(data);
  if (result.success) {
    const { out } = result.data;
    if (out === undefined || !liesOutside(out)) return result.data;
    const told = `out: "${out}" lies outside of the working folder; use --out for such a place.`;
    return fail(offsetOf(document, ["out"]), told);
  }
  const [issue] = result.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const at = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
  return fail(offsetOf(document, at), `${fieldOf(at)}: ${issue?.message ?? "invalid"}.`);
}
