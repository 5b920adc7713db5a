import path from "node:path";

import { toCanonicalJson } from "../report/files/canonical-json.ts";
import type { TwinEntry } from "../report/html/twins-html.ts";
import type { RunRecord } from "../report/run-record.ts";
import { headlineOf } from "../report/story/answers.ts";
import { toText } from "../report/story/phrase.ts";
import { readStory } from "../report/story/story.ts";

import { besides } from "./columns.ts";

/** A run among several, and the name of its folder beside their page. */
export interface ListedRun {
  readonly record: RunRecord;
  readonly folder: string;
}

/** A run's answer in a sentence, as plain text. */
function headlineText(record: RunRecord): string {
  return toText(headlineOf(readStory(record)));
}

/**
 * Tells several runs and the page that they share as JSON.
 *
 * @param page - Path of the page; the runs' folders lie beside it.
 * @param runs - The runs, in their order on the page.
 * @returns `{ page, runs: [{ scenario, variant, seed, passed, headline, record, report }] }`; paths are absolute, `variant` is
 *   null for a scenario as written.
 */
export function formatRunList(page: string, runs: readonly ListedRun[]): string {
  const beside = (...names: readonly string[]): string => path.resolve(path.dirname(page), ...names);
  const listed = runs.map(({ record, folder }) => ({
    scenario: record.scenario.name,
    variant: record.scenario.variant ?? null,
    seed: record.seed,
    passed: record.passed,
    headline: headlineText(record),
    record: beside(folder, "record.json"),
    report: beside(folder, "report.html"),
  }));
  return toCanonicalJson({ page: path.resolve(page), runs: listed });
}

/** Tells for people what differs in each twin and what it came to, and where they lie side by side. */
export function formatTwins(page: string, entries: readonly TwinEntry[]): string {
  const lines = entries.flatMap(({ name, title, record }) => [
    ...besides(`${name.padEnd(18)} ${record.passed ? "passed" : "FAILED"}  `, title),
    ...besides(" ".repeat(27), headlineText(record)),
  ]);
  return `${lines.join("\n")}\n\nSide by side: ${page}\n`;
}
