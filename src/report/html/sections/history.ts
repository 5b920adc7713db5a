import { formatFixed } from "../../format/ether.ts";
import { formatMetric } from "../../format/metric.ts";
import type { RunRecord } from "../../run-record.ts";
import { html, type Html } from "../html.ts";
import { renderTable } from "../table.ts";

import { note, type Section, type SectionSource } from "./section.ts";

/** A twin leaves history on purpose. */
function twinNote({ scenario: { variant } }: RunRecord): Html | null {
  if (variant === undefined) return null;
  return note(
    html`This is the twin <strong>${variant}</strong>, which did not happen: what stands as error below is what its
      choice changes, beside the error of the scenario as written.`,
  );
}

/** What happened beside what the replay came to, and what it started from. */
export function historySection({ story: { record } }: SectionSource): Section | null {
  const { history } = record;
  if (history === undefined) return null;
  const error = (text: string | null): string =>
    text === null ? "–" : `${formatFixed(BigInt(text), 10n ** 16n, 1)} %`;
  const assumed = history.inputs.filter(({ kind }) => kind === "assumed").length;
  return {
    id: "history",
    title: "History and replay",
    body: html`${twinNote(record)}${renderTable({
        caption: "What happened, what the replay came to, and how far apart they are; no outcome is an input",
        columns: [
          { name: "Outcome" },
          { name: "History", numeric: true },
          { name: "Replay", numeric: true },
          { name: "Error", numeric: true },
          { name: "Source" },
        ],
        rows: history.outcomes.map((outcome) => [
          outcome.name,
          formatMetric(outcome.history, outcome.unit),
          formatMetric(outcome.replay, outcome.unit),
          error(outcome.error),
          outcome.source,
        ]),
      })}
      <p>
        <strong>Calibration.</strong> ${history.inputs.length - assumed} of ${history.inputs.length} inputs are
        historical, ${assumed} are assumed.
      </p>
      ${renderTable({
        caption: "What the replay started from",
        columns: [{ name: "Input" }, { name: "Value", numeric: true }, { name: "Kind" }, { name: "Source or reason" }],
        rows: history.inputs.map(({ name, value, kind, source }) => [name, value, kind, source]),
      })}
      <p class="quiet">Sources: ${history.sources.join("; ")}.</p>`,
  };
}
