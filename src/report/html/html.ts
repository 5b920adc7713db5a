import { formatEther, formatWei } from "../format/ether.ts";
import { clean } from "../format/text.ts";
import type { Phrase } from "../story/phrase.ts";

/** Markup that is safe to put on a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold: text is escaped, markup stays, a bigint is an amount of wei. */
export type HtmlValue = string | number | bigint | Html | readonly HtmlValue[] | null;

/** Makes markup; everything interpolated is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.map((text, place) => text + render(values[place] ?? null)).join(""));
}

/** Takes text as markup; only for what this project made itself. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** Shows an amount in ether; its exact wei are in the tooltip and in the value. */
export function amount(wei: string | bigint): Html {
  return html`<data value="${wei.toString()}" title="${formatWei(wei)}">${formatEther(wei)}</data>`;
}

/** Shows a sentence with its amounts. */
export function sentence(phrase: Phrase): Html {
  return html`${phrase.map((part) => (typeof part === "bigint" ? part : keepUnits(part)))}`;
}

/** Keeps a number and its unit on one line. */
function keepUnits(text: string): string {
  return text.replace(/(\d) (%|d|h|min|s|ETH)(?![\w])/g, "$1\u00a0$2");
}

/** Escapes text for markup and attribute values, and drops what neither can hold. */
export function escapeHtml(text: string): string {
  return clean(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function render(value: HtmlValue): string {
  if (value === null) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "bigint") return amount(value).text;
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(render).join("");
}
