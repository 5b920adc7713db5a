import { formatEther, formatPercent } from "../format/ether.ts";
import { clean, plural } from "../format/text.ts";
import { formatDuration, formatInstant } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";
import { answerMarkets, answersOf, headlineOf } from "../story/answers.ts";
import { LOSS_LAYERS } from "../story/losses.ts";
import { toText } from "../story/phrase.ts";
import { sum } from "../story/sums.ts";
import { readStory, type Story } from "../story/story.ts";
import { FATE_NAMES, LAYER_NAMES, RESULT_NAMES } from "../story/words.ts";
import type { ReportFiles } from "../write-report.ts";

import { WIDTH, wrap } from "./columns.ts";
import { makePaint, type Paint } from "./paint.ts";
import { textTable } from "./text-table.ts";

/** How to print a summary. */
export interface SummaryOptions {
  /** ANSI emphasis; none by default. */
  readonly colour?: boolean;
  /** Rows of each table before the rest is summed. */
  readonly top?: number;
  /** Where the report was written. */
  readonly files?: ReportFiles;
}

interface Context {
  readonly story: Story;
  readonly top: number;
  readonly paint: Paint;
}

/** Writes a run's summary for a terminal of 80 columns, with a newline at the end. */
export function formatSummary(record: RunRecord, options: SummaryOptions = {}): string {
  const context: Context = {
    story: readStory(record),
    top: options.top ?? 6,
    paint: makePaint(options.colour ?? false),
  };
  const lines = [
    ...opening(context),
    ...markets(context),
    ...losses(context),
    ...cases(context),
    ...escapes(context),
    ...security(context),
    ...answers(context),
    ...checks(context),
    ...closing(record, options.files),
  ];
  return `${lines.join("\n")}\n`;
}

function opening({ story, paint }: Context): string[] {
  const { scenario, seed } = story.record;
  return [
    paint.quiet("─".repeat(WIDTH)),
    ...wrap(`${scenario.name}, seed ${seed.toString()}`).map(paint.quiet),
    ...wrap(scenario.question).map(paint.strong),
    "",
    ...wrap(toText(headlineOf(story))),
  ];
}

/** What the DeFi layer came to; nothing in a world without one. */
function markets({ story: { defi, record }, paint }: Context): string[] {
  if (defi === null) return [];
  return answerMarkets(record, defi).flatMap(({ title, phrases }) => [
    ...heading(title, paint),
    ...phrases.flatMap((phrase) => wrap(toText(phrase), WIDTH, "  ")),
  ]);
}

function losses({ story, top, paint }: Context): string[] {
  if (story.losses.total === 0n) return [];
  const layers = LOSS_LAYERS.map((layer) => {
    const value = story.losses.byLayer.get(layer) ?? 0n;
    return [LAYER_NAMES[layer], formatEther(value), formatPercent(value, story.losses.total)];
  });
  const holders = story.losses.holders.filter(({ holder }) => holder !== "rounding");
  const rest = holders.slice(top);
  const rows = holders
    .slice(0, top)
    .map(({ holder, total, capital }) => [holder, formatEther(total), formatPercent(total, capital)]);
  if (rest.length > 0) rows.push([plural(rest.length, "other"), formatEther(sum(rest.map(({ total }) => total))), ""]);
  const columns = [
    { width: 44, numeric: false },
    { width: 18, numeric: true },
    { width: 14, numeric: true },
  ];
  const named = (names: readonly string[]) => columns.map((column, place) => ({ ...column, name: names[place] ?? "" }));
  return [
    ...heading("Who lost what", paint),
    ...textTable(named(["Layer", "Lost", "Of the loss"]), layers),
    "",
    ...textTable(named(["Holder", "Lost", "Of capital"]), rows),
  ];
}

function cases({ story, top, paint }: Context): string[] {
  const items = story.record.cases;
  if (items.length === 0) return [];
  const columns = [
    { name: "Case", width: 36 },
    { name: "Reported after", width: 15, numeric: true },
    { name: "  Result", width: 12 },
    { name: "At", width: 12, numeric: true },
  ];
  const rows = items
    .slice(0, top)
    .map((item) => [
      `${item.operator} at ${item.set}`,
      formatDuration(BigInt(item.reportedAt) - BigInt(item.faultAt)),
      `  ${RESULT_NAMES[item.result]}`,
      item.closedAt === null ? "–" : (formatInstant(item.closedAt).split(",")[0] ?? ""),
    ]);
  return [...heading("Cases", paint), ...textTable(columns, rows), ...more(items.length - rows.length)];
}

function escapes({ story, top, paint }: Context): string[] {
  const telling = story.escapes.filter(({ fate }) => fate !== "untouched" && fate !== "early");
  if (telling.length === 0) return [];
  const columns = [
    { name: "Exit of", width: 24 },
    { name: "Fate", width: 22 },
    { name: "Lost", width: 14, numeric: true },
    { name: "Saved", width: 14, numeric: true },
  ];
  const rows = telling
    .slice(0, top)
    .map(({ exit, fate, lost, saved }) => [exit.holder, FATE_NAMES[fate], formatEther(lost), formatEther(saved)]);
  return [...heading("Who escaped", paint), ...textTable(columns, rows), ...more(telling.length - rows.length)];
}

function security({ story, top, paint }: Context): string[] {
  const fallen = story.security.filter((fall) => fall.lowest < fall.before);
  if (fallen.length === 0) return [];
  const columns = [
    { name: "Operator set", width: 24 },
    { name: "Before", width: 14, numeric: true },
    { name: "Lowest", width: 14, numeric: true },
    { name: "Fall", width: 9, numeric: true },
    { name: "Below for", width: 12, numeric: true },
  ];
  const rows = fallen
    .slice(0, top)
    .map((fall) => [
      fall.set,
      formatEther(fall.before),
      formatEther(fall.lowest),
      formatPercent(fall.before - fall.lowest, fall.before, 1),
      formatDuration(fall.below),
    ]);
  return [...heading("Security", paint), ...textTable(columns, rows), ...more(fallen.length - rows.length)];
}

/** What the tables above do not say: the answers on detection and on yields. */
function answers({ story, paint }: Context): string[] {
  return answersOf(story)
    .filter(({ title }) => title.startsWith("What") && title !== "What the markets did")
    .flatMap(({ title, phrases }) => [
      ...heading(title, paint),
      ...phrases.flatMap((phrase) => wrap(toText(phrase), WIDTH, "  ")),
    ]);
}

function checks({ story, paint }: Context): string[] {
  const { invariants, expectations } = story.record;
  const broken = invariants.flatMap(({ name, broken: breach }) =>
    breach === null ? [] : [`${name} broken after step ${breach.step.toString()}: ${breach.detail}`],
  );
  const unmet = expectations.flatMap(({ metric, expected, actual, passed }) =>
    passed ? [] : [`${metric}: expected ${expected}, got ${actual}`],
  );
  const held = `${plural(invariants.length - broken.length, "invariant")} held, ${(expectations.length - unmet.length).toString()} of ${plural(expectations.length, "expectation")} met.`;
  return [
    ...heading("Checks", paint),
    ...wrap(held, WIDTH, "  ").map(broken.length + unmet.length === 0 ? paint.good : paint.strong),
    ...[...broken, ...unmet].flatMap((text) => wrap(text, WIDTH, "  ").map(paint.bad)),
  ];
}

function closing(record: RunRecord, files: ReportFiles | undefined): string[] {
  const places =
    files === undefined
      ? []
      : [
          ["Report", files.html],
          ["Record", files.record],
          ["Pictures", `${files.folder}/pictures (${files.pictures.length.toString()})`],
        ];
  const replay: [string, string] = ["Again", record.replay];
  return ["", ...[...places, replay].flatMap(([name = "", value = ""]) => fact(name, value))];
}

/** A path or command stays on one line where it fits, and loses nothing where it does not. */
function fact(name: string, value: string): string[] {
  const label = `  ${name.padEnd(10)}`;
  const [first = "", ...rest] = wrap(clean(value), WIDTH - label.length);
  return [label + first, ...rest.map((line) => " ".repeat(label.length) + line)];
}

function heading(text: string, paint: Paint): string[] {
  return ["", paint.strong(text)];
}

function more(count: number): string[] {
  return count > 0 ? [`  and ${count.toString()} more in the report`] : [];
}
