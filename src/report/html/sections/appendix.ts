import { formatInteger } from "../../format/ether.ts";
import type { RunAction, RunParameter, RunRecord } from "../../run-record.ts";
import { revertedActions, tallyActions } from "../../story/reverts.ts";
import { html, type HtmlValue } from "../html.ts";
import { renderFolded, renderTable } from "../table.ts";

import { note, type Section, type SectionSource } from "./section.ts";

/** What was tried and what reverted. */
export function actionSection({ story: { record } }: SectionSource): Section {
  const reverted = revertedActions(record);
  return {
    id: "actions",
    title: "What was tried, and what reverted",
    body: html`${note("A revert is an outcome, not a failure of the run: the contracts refused, and say why.")}
    ${renderTable({
      caption: "Actions by kind",
      columns: [
        { name: "Action" },
        { name: "Tried", numeric: true },
        { name: "Reverted", numeric: true },
        { name: "Gas", numeric: true },
        { name: "Errors" },
      ],
      rows: tallyActions(record).map(({ type, tried, reverted: failed, gas, errors }) => [
        type,
        tried,
        failed,
        formatInteger(gas),
        errors.map(({ name, count }) => `${name} × ${count.toString()}`).join(", "),
      ]),
    })}
    ${reverted.length === 0 ? null : renderFolded(`All ${reverted.length.toString()} reverts`, revertTable(reverted))}`,
  };
}

function revertTable(reverted: readonly RunAction[]) {
  return {
    caption: "Reverted actions, in order",
    columns: [
      { name: "Step", numeric: true },
      { name: "Agent" },
      { name: "Action" },
      { name: "Error" },
      { name: "Values" },
    ],
    rows: reverted.map(({ step, agent, type, outcome }) => [
      step,
      agent,
      type,
      outcome.status === "reverted" ? outcome.error : "",
      outcome.status === "reverted"
        ? flatten(outcome.args)
            .map(([key, value]) => `${key} ${value}`)
            .join(", ")
        : "",
    ]),
  };
}

/** The laws that held, and what was expected. */
export function checkSection({ story: { record } }: SectionSource): Section {
  return {
    id: "checks",
    title: "Invariants and expectations",
    body: html`${renderTable({
      caption: "Invariants, checked after every step",
      columns: [{ name: "Name" }, { name: "Law" }, { name: "Checks", numeric: true }, { name: "Result" }],
      rows: record.invariants.map(({ name, sentence, checks, broken }) => [
        name,
        sentence,
        checks,
        broken === null
          ? html`<span class="good">holds</span>`
          : html`<strong class="bad">broken after step ${broken.step}</strong>: ${broken.detail}`,
      ]),
    })}
    ${record.expectations.length === 0 ? null : expectationTable(record)}`,
  };
}

function expectationTable(record: RunRecord) {
  return renderTable({
    caption: "Expectations of the scenario",
    columns: [
      { name: "Metric" },
      { name: "Unit" },
      { name: "Expected" },
      { name: "Actual", numeric: true },
      { name: "Result" },
    ],
    rows: record.expectations.map(({ metric, expected, actual, passed }) => [
      metric,
      record.metrics[metric]?.unit ?? "",
      expected,
      record.metrics[metric]?.unit === "wei" ? BigInt(actual) : formatInteger(actual),
      passed ? html`<span class="good">met</span>` : html`<strong class="bad">not met</strong>`,
    ]),
  });
}

/** How to make this run again. */
export function replaySection({ story: { record } }: SectionSource): Section {
  const { clock } = record;
  const facts: readonly (readonly HtmlValue[])[] = [
    ["scenario", record.scenario.name],
    ["scenario hash", record.scenario.hash],
    ["contracts hash", record.contracts.hash],
    ["seed", record.seed],
    ["clock", `${clock.mode}, ${clock.secondsPerUnit.toString()} s a unit, from ${formatInteger(clock.start)}`],
    ["withdrawal delay", `${formatInteger(clock.withdrawalDelay)} units`],
    ["deallocation delay", `${formatInteger(clock.deallocationDelay)} units`],
    ["configuration delay", `${formatInteger(clock.configurationDelay)} units`],
    ...flatten(record.parameters),
  ];
  return {
    id: "replay",
    title: "Parameters, and how to run it again",
    body: html`<pre><code>${record.replay}</code></pre>
      ${note("Same seed, same bytes: the command makes this very record again.")}
      ${renderTable({ caption: "Parameters", columns: [{ name: "Parameter" }, { name: "Value" }], rows: facts, shown: 16 })}`,
  };
}

/** Lists nested values by their paths: `delays.preset`. */
function flatten(value: RunParameter, path = ""): [string, string][] {
  if (value === null) return [[path, "none"]];
  if (typeof value !== "object") return [[path, String(value)]];
  const entries: [string, RunParameter][] = Array.isArray(value)
    ? value.map((item: RunParameter, place) => [place.toString(), item])
    : Object.entries(value);
  return entries.flatMap(([key, item]) => flatten(item, path === "" ? key : `${path}.${key}`));
}
