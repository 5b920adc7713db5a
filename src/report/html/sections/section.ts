import type { Picture } from "../../charts/picture.ts";
import type { Story } from "../../story/story.ts";
import { html, type Html, type HtmlValue } from "../html.ts";

/** What a section is made from. */
export interface SectionSource {
  readonly story: Story;
  readonly pictures: readonly Picture[];
}

/** A section of the page, with an anchor for the list of contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** Draws a section. */
export function renderSection({ id, title, body }: Section): Html {
  return html`<section id="section-${id}" aria-labelledby="title-${id}">
    <h2 id="title-${id}">${title}</h2>
    ${body}
  </section>`;
}

/** A paragraph of plain words. */
export function note(...words: readonly HtmlValue[]): Html {
  return html`<p class="quiet">${words}</p>`;
}
