import { basename, join, resolve } from "node:path";

import { toCanonicalJson } from "./files/canonical-json.ts";
import { writeFiles } from "./files/write-files.ts";
import type { IndexEntry } from "./html/index-html.ts";
import type { TwinEntry } from "./html/twins-html.ts";
import { runRecordSchema, type RunRecord } from "./run-record.ts";
import { readStory } from "./story/story.ts";

/** Where a report's files are, as absolute paths. */
export interface ReportFiles {
  readonly folder: string;
  readonly html: string;
  readonly record: string;
  readonly pictures: readonly string[];
}

/**
 * Writes a run's report: `report.html`, `record.json` and `pictures/*.png`, all or nothing.
 *
 * The same record gives the same bytes.
 *
 * @param record - The run.
 * @param folder - Where to write; made when missing. Files of the same names are replaced.
 * @throws OutputUnwritableError when the folder cannot take the files.
 */
export async function writeReport(record: RunRecord, folder: string): Promise<ReportFiles> {
  const { drawGallery, renderPng, renderReport } = await import("./drawing.ts");
  const story = readStory(record);
  const pictures = drawGallery(story);
  const [html = "", json = "", ...images] = await writeFiles(folder, [
    { path: "report.html", content: renderReport(story, pictures) },
    { path: "record.json", content: toCanonicalJson(runRecordSchema.parse(record)) },
    ...pictures.map((picture) => ({ path: join("pictures", `${picture.id}.png`), content: renderPng(picture) })),
  ]);
  return { folder: resolve(folder), html, record: json, pictures: images };
}

/** Names a run's folder: `operator-fault-seed-42`; one safe path segment, whatever the scenario is called. */
export function reportFolderName(record: RunRecord): string {
  const { name: scenario, variant } = record.scenario;
  const whole = variant === undefined ? scenario : `${scenario}-${variant}`;
  const name = whole.replace(/[^A-Za-z0-9-]+/g, "-").replace(/^-+|-+$/g, "");
  return `${name.slice(0, 80) || "scenario"}-seed-${record.seed.toString()}`;
}

/**
 * Writes `index.html`, which links several reports.
 *
 * @param folder - Where to write; each entry's folder is given relative to it.
 * @returns The page's absolute path.
 */
export async function writeReportIndex(folder: string, entries: readonly IndexEntry[]): Promise<string> {
  const { renderIndex } = await import("./drawing.ts");
  const title = basename(resolve(folder));
  const [path = ""] = await writeFiles(folder, [{ path: "index.html", content: renderIndex(title, entries) }]);
  return path;
}

/**
 * Writes `twins.html`, which lays runs of one scenario's twins side by side, and its pictures.
 *
 * @param folder - Where to write; each twin's own report is in a folder given relative to it.
 * @returns The page's absolute path.
 */
export async function writeTwins(folder: string, twins: readonly TwinEntry[]): Promise<string> {
  const { drawTwins, renderPng, renderTwins } = await import("./drawing.ts");
  const pictures = drawTwins(twins);
  const [path = ""] = await writeFiles(folder, [
    { path: "twins.html", content: renderTwins(twins, pictures) },
    ...pictures.map((picture) => ({ path: join("pictures", `${picture.id}.png`), content: renderPng(picture) })),
  ]);
  return path;
}
