import path from "node:path";

import { isMap, isSeq, LineCounter, parseDocument, type Document } from "yaml";

import { SweepFileError } from "../../errors/sweep-file-error.ts";
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

function fieldOf(place: Path): string {
  return place.length === 0 ? "the file" : place.map(String).join(".");
}

/** Whether a folder is not below the working folder: a file that somebody sent shall not write elsewhere. */
function liesOutside(folder: string): boolean {
  return path.isAbsolute(folder) || path.normalize(folder).startsWith("..");
}

/**
 * Reads a sweep from YAML or JSON (which is YAML).
 *
 * @param text - The file's content.
 * @param file - What to call it in a message.
 * @throws {@link SweepFileError} with file, line and column of the first thing that is wrong.
 */
export function readSweepFile(text: string, file: string): SweepFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, uniqueKeys: true });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw new SweepFileError(place(fault.pos[0]), fault.message.split("\n")[0]?.replace(/ at line .*$/, ".") ?? "");
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new SweepFileError(place(0), error instanceof Error ? `${error.message}.` : "it cannot be read.", error);
  }
  const result = sweepFileSchema.safeParse(data);
  if (result.success) {
    const { out } = result.data;
    if (out === undefined || !liesOutside(out)) return result.data;
    const told = `out: "${out}" lies outside of the working folder; use --out for such a place.`;
    throw new SweepFileError(place(offsetOf(document, ["out"])), told);
  }
  const [issue] = result.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const at = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
  throw new SweepFileError(place(offsetOf(document, at)), `${fieldOf(at)}: ${issue?.message ?? "invalid"}.`);
}
