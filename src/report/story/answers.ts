import { formatPercent } from "../format/ether.ts";
import { compareBigint, leastOf, listWords, plural, shorten } from "../format/text.ts";
import { formatDuration } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";

import { defiHeadline, defiWords, type DefiStory } from "./defi.ts";
import { caughtEarlier, type Detection } from "./detection.ts";
import { readEscapeCurve } from "./escape-curve.ts";
import type { Escape } from "./escapes.ts";
import { LOSS_DESTINATIONS, LOSS_LAYERS } from "./losses.ts";
import { marketLosses, marketOrder, marketSigns } from "./market-course.ts";
import { answerYields } from "./yield-answer.ts";
import { depthPpm, type SecurityFall } from "./security.ts";
import { joinPhrases, say, type Phrase } from "./phrase.ts";
import type { Story } from "./story.ts";
import { DESTINATION_WORDS, LAYER_WORDS } from "./words.ts";

const DAY = 86_400n;

/** One question that a report answers in words before it shows a picture. */
export interface Answer {
  readonly title: string;
  readonly phrases: readonly Phrase[];
}

/** The run in one sentence. */
export function headlineOf(story: Story): Phrase {
  const count = story.record.slashes.length;
  if (count === 0 && story.defi !== null) return defiHeadline(story.defi);
  if (count === 0) return say`Nobody was slashed: all ${story.restaked} restaked at the start came through.`;
  const share = formatPercent(story.losses.total, story.restaked);
  return say`${plural(count, "slash", "slashes")} took ${story.losses.total}, ${share} of the ${story.restaked} restaked at the start.`;
}

/** The answers, in the order in which people ask. */
export function answersOf(story: Story): Answer[] {
  // A run about markets alone does not say of each layer below that nothing happened there.
  const quiet = story.defi !== null && story.record.slashes.length === 0;
  return [
    ...(story.defi === null ? [] : answerMarkets(story.record, story.defi)),
    { title: "Who lost what", phrases: quiet ? [] : answerLosses(story) },
    { title: "Who escaped, and why", phrases: quiet && story.record.exits.length === 0 ? [] : answerEscapes(story) },
    { title: "How far security fell, and for how long", phrases: quiet ? [] : answerSecurity(story) },
    { title: "What a shorter detection would have saved", phrases: answerDetection(story) },
    { title: "What restaking paid", phrases: answerYields(story.record) },
  ].filter((answer) => answer.phrases.length > 0);
}

/** What the markets did: in short, by bearer, by time, and how much sooner one could have known. */
export function answerMarkets(record: RunRecord, defi: DefiStory): Answer[] {
  return [
    { title: "What the markets did", phrases: defiWords(defi) },
    { title: "Who lost what in the markets", phrases: marketLosses(defi) },
    { title: "In which order", phrases: marketOrder(record, defi) },
    { title: "How much earlier it could be seen", phrases: marketSigns(record, defi) },
  ].filter(({ phrases }) => phrases.length > 0);
}

function answerLosses({ losses }: Story): Phrase[] {
  if (losses.total === 0n) return [say`Nobody lost anything to a slash.`];
  const layers = LOSS_LAYERS.filter((layer) => layer !== "dust").map(
    (layer) => say`${LAYER_WORDS[layer]} ${losses.byLayer.get(layer) ?? 0n}`,
  );
  const destinations = LOSS_DESTINATIONS.filter((kind) => (losses.byDestination.get(kind) ?? 0n) !== 0n).map(
    (kind) => say`${losses.byDestination.get(kind) ?? 0n} ${DESTINATION_WORDS[kind]}`,
  );
  const holders = losses.holders.filter(({ holder }) => holder !== "rounding");
  const [most] = holders;
  const phrases: Phrase[] = [
    ["Of the loss, ", ...joinPhrases(layers), "."],
    ["By the end of the run ", ...joinPhrases(destinations), "."],
  ];
  if (most !== undefined) {
    const share = most.capital === 0n ? "" : ` (${formatPercent(most.total, most.capital)} of its capital)`;
    phrases.push(
      say`${plural(holders.length, "holder")} lost something; ${most.holder} lost most: ${most.total}${share}.`,
    );
  }
  return phrases;
}

function answerEscapes(story: Story): Phrase[] {
  const { escapes, escaped, record } = story;
  if (record.exits.length === 0) return [say`Nobody tried to leave.`];
  const count = (fate: Escape["fate"]): number => escapes.filter((item) => item.fate === fate).length;
  const fates = [
    [count("escaped"), "escaped every slash that could have met it", "escaped every slash that could have met them"],
    [count("partly"), "was hit by one slash and escaped another", "were hit by one slash and escaped another"],
    [count("hit"), "was hit by all that came", "were hit by all that came"],
    [count("early"), "was safe before the fault", "were safe before the fault"],
    [count("untouched"), "met no slash", "met no slash"],
  ] as const;
  const told = fates.filter(([many]) => many > 0).map(([many, one, more]) => plural(many, one, more));
  const phrases = [
    say`Of ${plural(escapes.length, "exit")}, ${listWords(told)}.`,
    ...(escaped === 0n ? [] : [say`What the slashes missed would have cost those who escaped ${escaped}.`]),
  ];
  return [...phrases, ...narrowest(escapes), ...unluckiest(escapes), ...curveWords(story)];
}

function narrowest(free: readonly Escape[]): Phrase[] {
  const least = leastOf(free.flatMap(({ escapedBy }) => (escapedBy === null ? [] : [escapedBy])));
  const escape = free.find(({ escapedBy }) => escapedBy !== null && escapedBy === least);
  if (escape === undefined || least === null) return [];
  return [
    say`The narrowest escape was ${escape.exit.holder}'s: its last slashable instant lay ${formatDuration(least)} before the slash, which would have taken ${escape.saved}.`,
  ];
}

function unluckiest(caught: readonly Escape[]): Phrase[] {
  const least = leastOf(caught.flatMap(({ caughtWith }) => (caughtWith === null ? [] : [caughtWith])));
  const escape = caught.find(({ caughtWith }) => caughtWith !== null && caughtWith === least);
  if (escape === undefined || least === null) return [];
  const when = least === 0n ? "in its very last slashable instant" : `with ${formatDuration(least)} of its window left`;
  return [say`The unluckiest was ${escape.exit.holder}: hit ${when}, it lost ${escape.lost}.`];
}

function answerSecurity({ security }: Story): Phrase[] {
  const fallen = security.filter((fall) => fall.lowest < fall.before);
  if (fallen.length === 0) return [say`No operator set's security fell.`];
  const slashed = fallen.filter((fall) => fall.slashed).length;
  const shown = fallen.slice(0, Math.max(1, Math.min(3, slashed)));
  const rest = fallen.slice(shown.length);
  const deepest = rest.reduce<SecurityFall | null>(
    (most, fall) => (most === null || depthPpm(fall) > depthPpm(most) ? fall : most),
    null,
  );
  return [
    ...shown.map(
      (fall) => say`${fall.set} fell by ${depthOf(fall)}, from ${fall.before} to ${fall.lowest}${lastingOf(fall)}.`,
    ),
    ...(deepest === null
      ? []
      : [
          say`${plural(rest.length, "other operator set")} fell too, by up to ${depthOf(deepest)} (${deepest.set}${lastingOf(deepest)}).`,
        ]),
  ];
}

function depthOf(fall: SecurityFall): string {
  return formatPercent(fall.before - fall.lowest, fall.before, 1);
}

/** How long a fall lasted; nothing for one that stayed within a hundredth. */
function lastingOf(fall: SecurityFall): string {
  if (fall.fellAt === null) return "";
  const back = fall.recoveredAt === null ? ", and was not back by the end of the run" : "";
  return `; it stood below 99 % of that for ${formatDuration(fall.below)}${back}`;
}

function answerDetection({ detection, record }: Story): Phrase[] {
  if (record.slashes.length === 0) return [];
  const latencies = latencyWords(detection);
  const first = latencies === "" ? [] : [say`From fault to report it took ${latencies}.`];
  const [next] = detection.missed;
  const last = detection.missed.at(-1);
  if (next === undefined || last === undefined) {
    return [...first, say`No shorter detection would have caught more: nothing left between the fault and the slash.`];
  }
  const exits = new Set(detection.missed.map(({ exit }) => exit)).size;
  const nearest = say`A slash ${formatDuration(next.earlierBy)} earlier would have caught ${next.holder}'s exit, and ${next.value} more.`;
  if (detection.missed.length === 1) return [...first, nearest];
  return [
    ...first,
    nearest,
    say`${formatDuration(last.earlierBy)} earlier, it would have caught all of ${plural(exits, "exit")} that were still within reach: ${detection.total} more.`,
    say`One day earlier it comes to ${caughtEarlier(detection, DAY)}, three days to ${caughtEarlier(detection, 3n * DAY)}, seven to ${caughtEarlier(detection, 7n * DAY)}.`,
  ];
}

function latencyWords({ latencies }: Detection): string {
  if (latencies.length <= 4) {
    return listWords(
      latencies.map(({ case: item, seconds }) => `${formatDuration(seconds)} (${shorten(item.set, 30)})`),
    );
  }
  const ordered = latencies.map(({ seconds }) => seconds).sort(compareBigint);
  return `${formatDuration(ordered[0] ?? 0n)} to ${formatDuration(ordered.at(-1) ?? 0n)} in ${latencies.length.toString()} cases`;
}

/** From when on a late slash lets some, half and nearly all of what leaves get away. */
function curveWords(story: Story): Phrase[] {
  const curve = readEscapeCurve(story.record);
  const from = (percent: bigint): bigint | undefined =>
    curve.find(({ escaped, leaving }) => escaped > 0n && escaped * 100n >= leaving * percent)?.latency;
  const stages = [
    ["the first stake got away", from(0n)],
    ["half of what was leaving", from(50n)],
    ["nine tenths", from(90n)],
  ] as const;
  const told = stages.flatMap(([what, latency]) =>
    latency === undefined ? [] : [`${what} at ${formatDuration(latency)}`],
  );
  return told.length === 0 ? [] : [say`By the time from fault to slash: ${listWords(told)}.`];
}
