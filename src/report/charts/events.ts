import { shorten } from "../format/text.ts";
import { formatInstant, toAxis, type TimeUnit } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";
import { TEXT } from "./picture.ts";
import { colour } from "./theme.ts";

/** More marks would be a fence before the picture. */
const MOST_MARKS = 6;
/** Part of the picture's width within which two marks would have their numbers upon each other. */
const TOGETHER = 40n;
/** Longest that one event is told. */
const LONGEST = 80;

/** What happened about one time: where it is marked, and in words. */
interface Event {
  readonly time: bigint;
  readonly texts: readonly string[];
}

/** Upright lines of a picture, with their numbers. */
export interface Marks {
  readonly data: readonly Record<string, unknown>[];
  readonly [look: string]: unknown;
}

/** What a scenario did, and slashes, in the order of time; what is close together is one. */
export function readEvents({ notes, slashes, rows }: RunRecord): readonly Event[] {
  const span = BigInt(rows.at(-1)?.time ?? 0);
  const told = [
    ...notes.map(({ time, text }) => ({ time: BigInt(time), text: shorten(text, LONGEST) })),
    ...slashes.map(({ time, operator, set }) => ({ time: BigInt(time), text: `slash of ${operator} at ${set}` })),
  ].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const events: { time: bigint; texts: string[] }[] = [];
  for (const { time, text } of told) {
    const last = events.at(-1);
    if (last !== undefined && (time - last.time) * TOGETHER < span) last.texts.push(text);
    else events.push({ time, texts: [text] });
  }
  return events.length > MOST_MARKS ? [] : events;
}

/** Dashed upright lines at events, numbered as the words number them; undefined where there are none. */
export function eventMarks(events: readonly Event[], unit: TimeUnit): Marks | undefined {
  if (events.length === 0) return undefined;
  return {
    symbol: "none",
    silent: true,
    precision: 12,
    lineStyle: { color: colour("muted"), type: "dashed", width: 1.5 },
    data: events.map(({ time }, at) => ({
      xAxis: toAxis(time, unit),
      label: { position: "end", formatter: String(at + 1), color: colour("ink"), fontSize: TEXT.small, distance: 4 },
    })),
  };
}

/** The events in words, by their numbers; empty where none is marked. */
export function eventWords(events: readonly Event[]): string {
  if (events.length === 0) return "";
  return ` Dashed upright: ${events.map(({ time, texts }, at) => `(${(at + 1).toString()}) ${texts.join(", ")}, ${formatInstant(time)}`).join("; ")}.`;
}
