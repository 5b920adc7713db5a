import { compareBigint } from "../../format/text.ts";
import { formatDuration, formatInstant } from "../../format/time.ts";
import type { RunCase, RunRecord } from "../../run-record.ts";
import { rowBeforeTrouble } from "../../story/security.ts";
import { FATE_NAMES, RESULT_NAMES } from "../../story/words.ts";
import { renderFigure } from "../figure.ts";
import { html, type Html, type HtmlValue } from "../html.ts";
import { renderTable } from "../table.ts";

import { note, type Section, type SectionSource } from "./section.ts";

/** Who secures whom when the run begins. */
export function networkSection({ story: { record }, pictures }: SectionSource): Section {
  const [first, last] = [rowBeforeTrouble(record), record.rows.at(-1)];
  return {
    id: "network",
    title: "Who secures what",
    body: html`${renderFigure(pictures, "operator-network")}
    ${renderTable({
      caption: "Operator sets, their rules and the stake behind them",
      columns: [
        { name: "Operator set" },
        { name: "Service" },
        { name: "Rule" },
        { name: "Slashed stake is" },
        { name: "Operators", numeric: true },
        { name: "Stake before the first fault", numeric: true },
        { name: "Stake at end", numeric: true },
      ],
      rows: [...record.operatorSets]
        .sort((a, b) => compareBigint(BigInt(first?.security[b.id] ?? 0), BigInt(first?.security[a.id] ?? 0)))
        .map((set) => [
          record.slashes.some((slash) => slash.set === set.id) ? html`<strong>${set.id}</strong> (slashed)` : set.id,
          set.service,
          set.rule ?? "none",
          set.destination,
          set.operators.length,
          BigInt(first?.security[set.id] ?? 0),
          BigInt(last?.security[set.id] ?? 0),
        ]),
      shown: 8,
    })}`,
  };
}

/** What happened, when: cases, windows, slashes. */
export function timelineSection({ story: { record }, pictures }: SectionSource): Section {
  return {
    id: "timeline",
    title: "What happened, and when",
    body: html`${renderFigure(pictures, "slash-timeline")} ${notesOf(record)}
    ${renderTable({
      caption: "Cases, from fault to verdict",
      columns: [
        { name: "Operator" },
        { name: "Operator set", whole: true },
        { name: "Rule" },
        { name: "Fault" },
        { name: "Reported" },
        { name: "Veto until" },
        { name: "Executable" },
        { name: "Expires" },
        { name: "Closed" },
        { name: "Result" },
        { name: "Reason" },
      ],
      rows: record.cases.map(caseRow),
      shown: 12,
    })}`,
  };
}

function caseRow(item: RunCase): HtmlValue[] {
  return [
    item.operator,
    item.set,
    `${item.rule} (${item.module})`,
    formatInstant(item.faultAt),
    html`${formatInstant(item.reportedAt)}<br /><small
        >after ${formatDuration(BigInt(item.reportedAt) - BigInt(item.faultAt))}</small
      >`,
    when(item.vetoableUntil),
    when(item.executableFrom),
    when(item.expiresAt),
    when(item.closedAt),
    RESULT_NAMES[item.result],
    item.reason,
  ];
}

/** Every exit and its fate. */
export function escapeSection({ story }: SectionSource): Section {
  return {
    id: "escapes",
    title: "Who escaped, who did not, and why",
    body: html`${note("“Saved” is what the slashes that missed an exit would have taken of it at the same fraction.")}
    ${renderTable({
      caption: "Exits, the largest stakes first",
      columns: [
        { name: "Holder" },
        { name: "Queued", whole: true },
        { name: "Last slashable instant", whole: true },
        { name: "Value when queued", numeric: true },
        { name: "Fate" },
        { name: "Lost", numeric: true },
        { name: "Saved", numeric: true },
        { name: "Received", numeric: true },
        { name: "Why" },
      ],
      rows: story.escapes.map(({ exit, fate, lost, saved, why, caughtWith }) => [
        html`${exit.holder}<br /><small>with ${exit.operator === "" ? "no operator" : exit.operator}</small>`,
        html`${formatInstant(exit.queuedAt)}${exit.trigger === "withdrawal" ? null : html`<br /><small>${exit.trigger}</small>`}`,
        formatInstant(exit.slashableUntil),
        BigInt(exit.requested),
        html`<span class="${fate === "escaped" ? "good" : fate === "hit" || fate === "partly" ? "bad" : "quiet"}"
          >${FATE_NAMES[fate]}</span
        >`,
        lost,
        saved,
        exit.received === null ? "open" : BigInt(exit.received),
        [hitWords(exit.hitBy, caughtWith), why].filter((text) => text !== "").join(" "),
      ]),
      shown: 14,
    })}`,
  };
}

function hitWords(hitBy: readonly string[], left: bigint | null): string {
  if (hitBy.length === 0) return "";
  const slack =
    left === null
      ? ""
      : left === 0n
        ? ", in the very last slashable instant"
        : `, ${formatDuration(left)} of the window left`;
  return `Hit by ${hitBy.join(", ")}${slack}.`;
}

function notesOf(record: RunRecord): Html | null {
  if (record.notes.length === 0) return null;
  return html`<ol class="notes">
    ${record.notes.slice(0, 40).map(({ time, text }) => html`<li><strong>${formatInstant(time)}</strong> ${text}</li>`)}
  </ol>`;
}

function when(instant: string | null): string {
  return instant === null ? "–" : formatInstant(instant);
}
