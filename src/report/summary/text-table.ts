import Table from "cli-table3";

import { shorten } from "../format/text.ts";

import { WIDTH } from "./columns.ts";

/** A column of a terminal table. */
export interface TextColumn {
  readonly name: string;
  readonly width: number;
  readonly numeric?: boolean;
}

const CHARS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ",
};

/** Draws a table of fixed widths, at most 80 columns; long names end in an ellipsis. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const table = new Table({
    head: columns.map(({ name }) => name),
    colWidths: columns.map(({ width }) => width),
    colAligns: columns.map(({ numeric }) => (numeric === true ? "right" : "left")),
    chars: CHARS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  for (const row of rows) table.push(row.map((cell, place) => shorten(cell, columns[place]?.width ?? WIDTH)));
  return table
    .toString()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd());
}
