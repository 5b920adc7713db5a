import { formatPercent } from "../format/ether.ts";
import { leastOf, listWords, plural, shorten } from "../format/text.ts";
import { formatDuration } from "../format/time.ts";

import type { Escape } from "./escapes.ts";
import { LOSS_DESTINATIONS, LOSS_LAYERS } from "./losses.ts";
import type { SecurityFall } from "./security.ts";
import { say, type Phrase } from "./phrase.ts";
import type { Story } from "./story.ts";
import { readYields } from "./yields.ts";
import { DESTINATION_WORDS, LAYER_WORDS } from "./words.ts";

/** One question that a report answers in words before it shows a picture. */
export interface Answer {
  readonly title: string;
  readonly phrases: readonly Phrase[];
}

/** The run in one sentence. */
export function headlineOf(story: Story): Phrase {
  const count = story.record.slashes.length;
  if (count === 0) return say`Nobody was slashed: all ${story.restaked} restaked at the start came through.`;
  const share = formatPercent(story.losses.total, story.restaked);
  return say`${plural(count, "slash", "slashes")} took ${story.losses.total}, ${share} of the ${story.restaked} restaked at the start.`;
}

/** The answers, in the order in which people ask. */
export function answersOf(story: Story): Answer[] {
  return [
    { title: "Who lost what", phrases: answerLosses(story) },
    { title: "Who escaped, and why", phrases: answerEscapes(story) },
    { title: "How far security fell, and for how long", phrases: answerSecurity(story) },
    { title: "What a shorter detection would have saved", phrases: answerDetection(story) },
    { title: "What restaking paid", phrases: answerYields(story) },
  ].filter((answer) => answer.phrases.length > 0);
}

function answerLosses({ losses }: Story): Phrase[] {
  if (losses.total === 0n) return [say`Nobody lost anything to a slash.`];
  const layers = LOSS_LAYERS.filter((layer) => layer !== "dust").map(
    (layer) => say`${LAYER_WORDS[layer]} ${losses.byLayer.get(layer) ?? 0n}`,
  );
  const destinations = LOSS_DESTINATIONS.filter((kind) => (losses.byDestination.get(kind) ?? 0n) !== 0n).map(
    (kind) => say`${losses.byDestination.get(kind) ?? 0n} ${DESTINATION_WORDS[kind]}`,
  );
  const most = losses.holders.find(({ holder }) => holder !== "rounding");
  const phrases: Phrase[] = [
    ["Of the loss, ", ...join(layers), "."],
    ["By the end of the run ", ...join(destinations), "."],
  ];
  if (most !== undefined) {
    const share = most.capital === 0n ? "" : ` (${formatPercent(most.total, most.capital)} of its capital)`;
    phrases.push(
      say`${plural(losses.holders.length, "holder")} lost something; ${most.holder} lost most: ${most.total}${share}.`,
    );
  }
  return phrases;
}

function answerEscapes({ escapes, escaped, record }: Story): Phrase[] {
  if (record.exits.length === 0) return [say`Nobody tried to leave.`];
  const free = escapes.filter(({ fate }) => fate === "escaped");
  const caught = escapes.filter(({ fate }) => fate === "hit" || fate === "partly");
  const early = escapes.filter(({ fate }) => fate === "early").length;
  const phrases = [
    say`Of ${plural(escapes.length, "exit")}, ${plural(free.length, "was out of reach", "were out of reach")} when the slash came and ${plural(caught.length, "was hit", "were hit")}; what came too late for them would have taken ${escaped} more.`,
    ...(early === 0 ? [] : [say`${plural(early, "more was", "more were")} safe before the fault.`]),
  ];
  return [...phrases, ...narrowest(free), ...unluckiest(caught)];
}

function narrowest(free: readonly Escape[]): Phrase[] {
  const least = leastOf(free.flatMap(({ escapedBy }) => (escapedBy === null ? [] : [escapedBy])));
  const escape = free.find(({ escapedBy }) => escapedBy !== null && escapedBy === least);
  if (escape === undefined || least === null) return [];
  return [
    say`The narrowest escape was ${escape.exit.holder}'s: its last slashable instant lay ${formatDuration(least)} before the slash, and it saved ${escape.saved}.`,
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
  const shown = fallen.slice(0, 3).map((fall) => {
    const depth = formatPercent(fall.before - fall.lowest, fall.before, 1);
    return say`${fall.set} fell by ${depth}, from ${fall.before} to ${fall.lowest}${lastingOf(fall)}.`;
  });
  const rest = fallen.length - shown.length;
  return rest > 0 ? [...shown, say`${plural(rest, "other operator set")} fell less.`] : shown;
}

/** How long a fall lasted; nothing for one that stayed within a hundredth. */
function lastingOf(fall: SecurityFall): string {
  if (fall.fellAt === null) return "";
  const back = fall.recoveredAt === null ? ", and was not back by the end of the run" : "";
  return `; it stood below 99 % of that for ${formatDuration(fall.below)}${back}`;
}

function answerDetection({ detection, record }: Story): Phrase[] {
  if (record.slashes.length === 0) return [];
  const latencies = detection.latencies.map(
    ({ case: item, seconds }) => `${formatDuration(seconds)} (${shorten(item.set, 30)})`,
  );
  const first = latencies.length === 0 ? [] : [say`From fault to report it took ${listWords(latencies)}.`];
  const [next] = detection.missed;
  const last = detection.missed.at(-1);
  if (next === undefined || last === undefined) {
    return [...first, say`No shorter detection would have caught more: nothing left between the fault and the slash.`];
  }
  const exits = new Set(detection.missed.map(({ exit }) => exit)).size;
  return [
    ...first,
    say`A slash ${formatDuration(next.earlierBy)} earlier would have caught ${next.holder}'s exit and ${next.value} more; ${formatDuration(last.earlierBy)} earlier, all of ${plural(exits, "exit")} still reachable: ${detection.total}.`,
  ];
}

function answerYields({ record }: Story): Phrase[] {
  const worst = readYields(record).filter(({ capital }) => capital > 0n);
  if (worst.length === 0) return [];
  const behind = worst.filter((item) => item.net < item.plainStaking);
  const last = [...worst].sort((a, b) => (a.net - a.plainStaking < b.net - b.plainStaking ? -1 : 1))[0];
  const phrases = [
    say`${behind.length.toString()} of ${plural(worst.length, "participant")} ended worse than plain staking.`,
  ];
  if (last === undefined || behind.length === 0) return phrases;
  return [
    ...phrases,
    say`${last.name} most of all: net ${last.net} beside ${last.plainStaking} from plain staking, ${last.plainStaking - last.net} less.`,
  ];
}

function join(phrases: readonly Phrase[]): Phrase {
  return phrases.flatMap((phrase, place) => {
    if (place === 0) return phrase;
    return [place === phrases.length - 1 ? " and " : ", ", ...phrase];
  });
}
