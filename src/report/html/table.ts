import { plural } from "../format/text.ts";

import { html, type Html, type HtmlValue } from "./html.ts";

/** One column of a table. */
export interface Column {
  readonly name: string;
  /** Numbers stand right and line up; the rest stands left. */
  readonly numeric?: boolean;
  /** A name or an instant: kept on one line. */
  readonly whole?: boolean;
}

/** A table that a reader can sort where scripts run, and read where they do not. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells in the order of the columns; the first names the row. */
  readonly rows: readonly (readonly HtmlValue[])[];
  /** Rows shown at once; the rest folds. All by default. */
  readonly shown?: number;
}

const MOST_ROWS = 2_000;
/** Tables up to so many rows stay on one printed page. */
const SHORT_TABLE = 14;
/** Tables from so many columns on are set closer. */
const WIDE_TABLE = 10;

/** Draws a table; rows beyond `shown` fold away, and beyond a few thousand the record has them. Without rows: a line. */
export function renderTable(table: Table): Html {
  if (table.rows.length === 0) return html`<p class="quiet">${table.caption.split(/[,;:]/)[0] ?? ""}: none.</p>`;
  const shown = table.shown ?? table.rows.length;
  const rest = table.rows.slice(shown, MOST_ROWS);
  const left = table.rows.length - shown - rest.length;
  const folded =
    rest.length === 0
      ? null
      : html`<details>
          <summary>${plural(rest.length, "more row")}</summary>
          ${drawTable({ ...table, caption: `${table.caption}, continued`, rows: rest })}
          ${left > 0 ? html`<p class="quiet">${left} further rows are in the record.</p>` : null}
        </details>`;
  return html`${drawTable({ ...table, rows: table.rows.slice(0, shown) })}${folded}`;
}

/** A table that folds away: exact numbers for those who want them. */
export function renderFolded(summary: string, table: Table): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${renderTable(table)}
  </details>`;
}

function drawTable({ caption, columns, rows }: Table): Html {
  const kinds = [...(rows.length <= SHORT_TABLE ? ["short"] : []), ...(columns.length >= WIDE_TABLE ? ["wide"] : [])];
  return html`<div class="${["scroll", ...kinds].join(" ")}" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" ${column.numeric === true ? html`class="num"` : null}>${column.name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => drawRow(row, columns))}
      </tbody>
    </table>
  </div>`;
}

/** Zeros step back, so that what is not zero stands out. */
function quiet(cell: HtmlValue): HtmlValue {
  return cell === 0n ? html`<data class="zero" value="0">0</data>` : cell;
}

function drawRow(row: readonly HtmlValue[], columns: readonly Column[]): Html {
  const cells = row.map((cell, place) => {
    const column = columns[place];
    const kind = column?.numeric === true ? html` class="num"` : column?.whole === true ? html` class="id"` : null;
    return place === 0 ? html`<th scope="row" ${kind}>${quiet(cell)}</th>` : html`<td${kind}>${quiet(cell)}</td>`;
  });
  return html`<tr>
    ${cells}
  </tr>`;
}
