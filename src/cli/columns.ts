import { wrap } from "../report/summary/columns.ts";

/** Text folded beside what stands left of it, to the width of a terminal: a line each. */
export function besides(left: string, text: string): readonly string[] {
  const indent = " ".repeat(left.length);
  return wrap(text, undefined, indent).map((line, row) => (row === 0 ? `${left}${line.slice(left.length)}` : line));
}
