import type { Picture } from "../charts/picture.ts";
import { toText } from "../story/phrase.ts";
import { headlineOf } from "../story/answers.ts";
import type { Story } from "../story/story.ts";

import { html, type Html } from "./html.ts";
import { renderPage } from "./page.ts";
import { actionSection, checkSection, replaySection } from "./sections/appendix.ts";
import { defiSections } from "./sections/defi.ts";
import { escapeSection, networkSection, timelineSection } from "./sections/events.ts";
import { historySection } from "./sections/history.ts";
import { lossSection } from "./sections/losses.ts";
import { detectionSection, securitySection, yieldSection } from "./sections/measures.ts";
import { renderAnswers, renderOverview } from "./sections/overview.ts";
import { renderSection, type Section, type SectionSource } from "./sections/section.ts";

/** Writes a run's report as one self-contained page: words first, then the pictures in the order of the story. */
export function renderReport(story: Story, pictures: readonly Picture[]): string {
  const source: SectionSource = { story, pictures };
  const sections: Section[] = [
    { id: "words", title: "In words", body: renderAnswers(story) },
    ...[historySection(source)].filter((section) => section !== null),
    ...defiSections(source),
    networkSection(source),
    timelineSection(source),
    ...slashSections(source),
    ...(story.record.earnings.length === 0 ? [] : [yieldSection(source)]),
    actionSection(source),
    checkSection(source),
    replaySection(source),
  ];
  return renderPage({
    title: `${story.record.scenario.name}, seed ${story.record.seed.toString()}: ${toText(headlineOf(story))}`,
    header: html`${renderOverview(story)}${contents(sections)}`,
    main: html`${sections.map(renderSection)}`,
    footer: html`<p class="quiet">
      Made by Faultline from <a href="record.json">record.json</a>. Amounts are rounded for reading; hover for the exact
      wei.
    </p>`,
  });
}

/** Sections about slashes; in a run about markets alone, only those in which something happened. */
function slashSections(source: SectionSource): Section[] {
  const { record, escapes, security, detection, defi } = source.story;
  const always = defi === null || record.slashes.length > 0;
  return [
    ...(always ? [lossSection(source)] : []),
    ...(always || escapes.length > 0 ? [escapeSection(source)] : []),
    ...(always || security.some(({ fellAt }) => fellAt !== null) ? [securitySection(source)] : []),
    ...(always || detection.missed.length > 0 ? [detectionSection(source)] : []),
  ];
}

function contents(sections: readonly Section[]): Html {
  return html`<nav aria-label="Contents">
    <ul>
      ${sections.map(({ id, title }) => html`<li><a href="#section-${id}">${title}</a></li>`)}
    </ul>
  </nav>`;
}
