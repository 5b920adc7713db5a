import type { SweepFile, SweepFileValues } from "./sweep-file-schema.ts";
import { parseAssignments } from "../../model/parameters/set-parameters.ts";

/** `a..b` or `a..b/5`; a list stands with commas. */
const RANGE = /^(.+?)\.\.(.+?)(?:\/(\d{1,5}))?$/;

function readValues(text: string): SweepFileValues {
  const range = RANGE.exec(text);
  if (range === null) return text.split(",").map((value) => value.trim());
  const [, from = "", to = "", count] = range;
  return { from: from.trim(), to: to.trim(), ...(count === undefined ? {} : { count: Number(count) }) };
}

/** Reads `--set "path=a,b,c; path=a..b; path=a..b/5"` as a sweep file would say it. */
export function parseSweepSet(text: string): NonNullable<SweepFile["set"]> {
  return Object.fromEntries(Object.entries(parseAssignments(text)).map(([path, values]) => [path, readValues(values)]));
}
