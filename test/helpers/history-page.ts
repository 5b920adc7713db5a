import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { formatFixed } from "../../src/report/format/ether.ts";
import { formatMetric } from "../../src/report/format/metric.ts";
import type { RunRecord } from "../../src/report/run-record.ts";

type Outcome = NonNullable<RunRecord["history"]>["outcomes"][number];

/** An outcome as a scenario's page lays it out. */
function rowOf({ name, history, replay, error, source, unit }: Outcome): string {
  const off = error === null ? "–" : `${formatFixed(BigInt(error), 10n ** 16n, 1)} %`;
  return `| ${[name, formatMetric(history, unit), formatMetric(replay, unit), off, source].join(" | ")} |`;
}

/** What a scenario's page has to say of its record: a row an outcome, and how much of it is history. */
export function historyLines({ history }: RunRecord): readonly string[] {
  const { inputs = [], outcomes = [] } = history ?? {};
  const assumed = inputs.filter(({ kind }) => kind === "assumed").length;
  const told = `${inputs.length - assumed} of ${inputs.length} inputs are historical, ${assumed} are assumed`;
  return ["| Outcome | History | Replay | Error | Source |", ...outcomes.map(rowOf), told];
}

/** A scenario's page lays history, replay, error and sources side by side, as the record of its own seed has them. */
export async function expectHistoryPage(record: RunRecord): Promise<void> {
  const file = new URL(`../../docs/scenarios/${record.scenario.name}.md`, import.meta.url);
  const page = (await readFile(file, "utf8")).replace(/\s+/g, " ");
  const lines = historyLines(record);
  expect(lines.length).to.be.greaterThan(2);
  for (const line of lines) expect(page).to.include(line);
}
