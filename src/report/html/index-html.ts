import { drawCover } from "../charts/cover.ts";
import { plural } from "../format/text.ts";
import type { RunRecord } from "../run-record.ts";
import { headlineOf } from "../story/answers.ts";
import { readStory } from "../story/story.ts";

import { renderFigure } from "./figure.ts";
import { html, sentence, type Html } from "./html.ts";
import { renderPage } from "./page.ts";

/** One report of an index: its run, and its folder relative to the index. */
export interface IndexEntry {
  readonly record: RunRecord;
  readonly folder: string;
}

/** Writes the page that links several reports, each with its question, its answer in a sentence, and one picture. */
export function renderIndex(title: string, entries: readonly IndexEntry[]): string {
  return renderPage({
    title: `Faultline: ${title}`,
    header: html`<p class="eyebrow">Faultline</p>
      <h1>${plural(entries.length, "run")}: who loses what, and why</h1>
      <p>
        Each run lets simulated people use restaking and lending contracts on a local chain, and breaks something.
        Amounts are in ether (ETH) at true worth: what stands behind a token, whatever its market says. A heading leads
        to the run's report.
      </p>`,
    main: html`${entries.map(renderEntry)}`,
    footer: html`<p class="quiet">Made by Faultline. Each report stands alone; copy its folder where you like.</p>`,
  });
}

function renderEntry({ record, folder }: IndexEntry, position: number): Html {
  const story = readStory(record);
  const cover = drawCover(story, `run-${(position + 1).toString()}`);
  const path = folder
    .split(/[\\/]/)
    .filter((part) => part !== "")
    .map(encodeURIComponent)
    .join("/");
  const verdict = record.passed
    ? html`<span class="verdict good">All checks passed</span>`
    : html`<span class="verdict bad">A check failed</span>`;
  return html`<section>
    <p class="eyebrow">${record.scenario.name} · seed ${record.seed}</p>
    <h2><a href="${path === "" ? "" : `./${path}/`}report.html">${record.scenario.question}</a></h2>
    <p>${sentence(headlineOf(story))}</p>
    ${
      cover === null
        ? null
        : html`<h3>${cover.title}</h3>
            ${renderFigure([cover], cover.id)}`
    }
    <p>${verdict}</p>
  </section>`;
}
