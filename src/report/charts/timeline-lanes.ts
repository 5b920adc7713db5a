import { formatEtherShort } from "../format/ether.ts";
import { compareBigint, compareText, shorten } from "../format/text.ts";
import { formatDuration } from "../format/time.ts";
import type { RunCase } from "../run-record.ts";
import type { Escape } from "../story/escapes.ts";
import type { Story } from "../story/story.ts";
import { RESULT_NAMES } from "../story/words.ts";

const MOST_CASES = 8;
const MOST_EXITS = 12;

/** A stretch of time in a lane. */
export type WindowKind = "undetected" | "veto" | "executable" | "slashable" | "waiting";

/** A point in a lane. */
export type MomentKind = "fault" | "closed" | "vetoed" | "hit" | "missed" | "last";

/** One row of the timeline: a case on its way to a slash, or an exit. */
export interface Lane {
  readonly label: string;
  readonly outcome: string;
  readonly windows: readonly { readonly kind: WindowKind; readonly from: bigint; readonly to: bigint }[];
  readonly moments: readonly { readonly kind: MomentKind; readonly at: bigint }[];
}

/** Lays out the lanes: cases first, then the exits that a slash hit or missed, in order of time. */
export function readLanes(story: Story): Lane[] {
  const exits = tellingExits(story);
  const cases = tellingCases(story, exits);
  return [...cases.map((item) => caseLane(item, story.end)), ...exits.map((item) => exitLane(item, story))];
}

/** Cases in order of their reports; where there are too many, those that decided on the exits shown. */
function tellingCases({ record }: Story, exits: readonly Escape[]): RunCase[] {
  const deciding = new Set(exits.flatMap(({ exit }) => [...exit.hitBy, ...exit.escaped.map(({ slash }) => slash)]));
  const rank = ({ slash }: RunCase): number => (slash === null ? 2 : deciding.has(slash) ? 0 : 1);
  const order = (a: RunCase, b: RunCase): number => byTime(a.reportedAt, b.reportedAt) || compareText(a.id, b.id);
  return [...record.cases]
    .sort((a, b) => rank(a) - rank(b) || order(a, b))
    .slice(0, MOST_CASES)
    .sort(order);
}

/** Exits that a slash met or missed: the closest calls where there are too many, ordered by when they queued. */
function tellingExits({ escapes }: Story): Escape[] {
  return escapes
    .filter(({ fate }) => fate !== "untouched" && fate !== "early")
    .sort((a, b) => compareBigint(closeness(a), closeness(b)) || compareText(a.exit.id, b.exit.id))
    .slice(0, MOST_EXITS)
    .sort((a, b) => byTime(a.exit.queuedAt, b.exit.queuedAt) || compareText(a.exit.id, b.exit.id));
}

function closeness({ escapedBy, caughtWith }: Escape): bigint {
  if (escapedBy === null) return caughtWith ?? 0n;
  return caughtWith === null || escapedBy < caughtWith ? escapedBy : caughtWith;
}

function caseLane(item: RunCase, end: bigint): Lane {
  const [fault, reported] = [BigInt(item.faultAt), BigInt(item.reportedAt)];
  const closed = item.closedAt === null ? null : BigInt(item.closedAt);
  const veto =
    item.vetoableUntil === null ? [] : [{ kind: "veto" as const, from: reported, to: BigInt(item.vetoableUntil) }];
  const from = item.executableFrom === null ? null : BigInt(item.executableFrom);
  const executable =
    from === null || item.result === "vetoed"
      ? []
      : [{ kind: "executable" as const, from, to: BigInt(item.expiresAt ?? end) }];
  const moment = { kind: item.result === "vetoed" ? ("vetoed" as const) : ("closed" as const), at: closed ?? end };
  const since = closed === null ? "" : ` after ${formatDuration(closed - fault)}`;
  return {
    label: `${shorten(item.operator, 16)} at ${shorten(item.set, 18)}`,
    outcome: `${RESULT_NAMES[item.result]}${since}`,
    windows: [{ kind: "undetected", from: fault, to: reported }, ...veto, ...executable],
    moments: [{ kind: "fault", at: fault }, ...(closed === null ? [] : [moment])],
  };
}

function exitLane(escape: Escape, { record, end }: Story): Lane {
  const { exit } = escape;
  const [queued, until] = [BigInt(exit.queuedAt), BigInt(exit.slashableUntil)];
  const out = BigInt(exit.completedAt ?? end);
  const slashesOf = (ids: readonly string[], kind: "hit" | "missed") =>
    record.slashes.filter(({ id }) => ids.includes(id)).map(({ time }) => ({ kind, at: BigInt(time) }));
  const hits = slashesOf(exit.hitBy, "hit");
  const missed = slashesOf(
    exit.escaped.map(({ slash }) => slash),
    "missed",
  ).filter(({ at }) => at - until < end - queued);
  const waiting = out > until ? [{ kind: "waiting" as const, from: until, to: out }] : [];
  return {
    label: `${shorten(exit.holder, 22)} leaves`,
    outcome: outcomeOf(escape),
    windows: [{ kind: "slashable", from: queued, to: until }, ...waiting],
    moments: [{ kind: "last", at: until }, ...missed, ...hits],
  };
}

function outcomeOf({ fate, escapedBy, lost }: Escape): string {
  const away = escapedBy === null ? "escaped" : `escaped by ${formatDuration(escapedBy)}`;
  if (fate === "escaped") return away;
  const hit = `lost ${formatEtherShort(lost)}`;
  return fate === "partly" ? `${hit}, then safe` : hit;
}

function byTime(a: string, b: string): number {
  return compareBigint(BigInt(a), BigInt(b));
}
