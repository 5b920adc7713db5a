import { toPageSvg, type Picture } from "../charts/picture.ts";

import { escapeHtml, html, trusted, type Html } from "./html.ts";

/** Puts a picture on the page, with its words for those who cannot see it. */
export function renderFigure(pictures: readonly Picture[], id: string): Html | null {
  const picture = pictures.find((item) => item.id === id);
  if (picture === undefined) return null;
  const label = escapeHtml(`${picture.title}. ${picture.description}`);
  const svg = toPageSvg(picture).replace(/^<svg width="\d+" height="\d+"/, `<svg role="img" aria-label="${label}"`);
  return html`<figure id="${picture.id}">
    <div class="scroll" role="region" aria-label="${picture.title}" tabindex="0">${trusted(svg)}</div>
    <figcaption>${picture.caption}</figcaption>
  </figure>`;
}
