import { compareBigint, plural } from "../format/text.ts";
import { formatDuration, formatInstant } from "../format/time.ts";
import type { RunRecord } from "../run-record.ts";
import { CHANNEL_NAMES, DEFI_LAYERS, type DefiStory } from "./defi.ts";
import { say, type Phrase } from "./phrase.ts";
import { addTo } from "./sums.ts";

const WAD = 10n ** 18n;
/** A discount that a holder sees: a hundredth [WAD]. */
const SEEN = WAD / 100n;
/** Bearers and moments that are told before the rest is counted. */
const SHOWN = 5;
/** Less than this is dust to a reader [wei]. */
const DUST = 10n ** 12n;

/** The largest entry of a map of sums. */
function largest(sums: ReadonlyMap<string, bigint>): string {
  return [...sums].reduce((most, one) => (one[1] > most[1] ? one : most), ["", -1n])[0];
}

/** What a population lost, by capacity and by cause. */
interface Bearer {
  total: bigint;
  readonly layers: Map<string, bigint>;
  readonly causes: Map<string, bigint>;
}

function nothingBorne(): Bearer {
  return { total: 0n, layers: new Map(), causes: new Map() };
}

/** Who lost what in the markets, in which capacity and mostly by what; the most first. */
export function marketLosses({ defi }: DefiStory): Phrase[] {
  const bearers = new Map<string, Bearer>();
  for (const { population, layer, channel, amount } of defi.waterfall) {
    const bearer = bearers.get(population) ?? nothingBorne();
    bearer.total += BigInt(amount);
    addTo(bearer.layers, layer, BigInt(amount));
    addTo(bearer.causes, channel, BigInt(amount));
    bearers.set(population, bearer);
  }
  const losing = [...bearers]
    .filter(([, { total }]) => total > DUST)
    .sort(([, a], [, b]) => compareBigint(b.total, a.total));
  if (losing.length === 0) return [say`Nobody lost anything in the markets.`];
  const told = losing.slice(0, SHOWN).map(([name, { total, layers, causes }]) => {
    const [layer, cause] = [largest(layers), largest(causes)];
    return say`${name} lost ${total}, mostly as ${DEFI_LAYERS[layer] ?? layer} and by ${CHANNEL_NAMES[cause] ?? cause}.`;
  });
  const rest = losing.length - told.length;
  return rest === 0 ? told : [...told, say`${plural(rest, "other population")} lost less.`];
}

interface Moment {
  readonly time: bigint;
  readonly what: Phrase;
}

/** The first row in which a column of the DeFi layer reaches `least`. */
function firstReach(record: RunRecord, id: string, least: bigint): bigint | undefined {
  const row = record.rows.find(({ defi }) => BigInt(defi?.[id] ?? 0) >= least);
  return row === undefined ? undefined : BigInt(row.time);
}

/** When a market first told a discount of a hundredth, and of which token. */
function firstDiscount(record: RunRecord, { defi }: DefiStory): (Moment & { readonly token: string }) | undefined {
  return Object.entries(defi.series)
    .filter(([, { group }]) => group === "discount")
    .flatMap(([id, { subject: token, label: pool }]) => {
      const time = firstReach(record, id, SEEN);
      return time === undefined ? [] : [{ token, time, what: say`${token} was 1 % below its worth on ${pool}` }];
    })
    .sort((a, b) => compareBigint(a.time, b.time))[0];
}

/** What the run was told to happen; of much, what came first and when the rest began. */
function notedMoments({ notes }: RunRecord): Moment[] {
  const told = notes.length === SHOWN + 1 ? notes.length : SHOWN;
  const rest = notes.slice(told);
  const [next] = rest;
  return [
    ...notes.slice(0, told).map(({ time, text }) => ({ time: BigInt(time), what: say`${text}` })),
    ...(next === undefined
      ? []
      : [{ time: BigInt(next.time), what: say`the first of ${plural(rest.length, "other event")} followed` }]),
  ];
}

/** What happened in the markets, in the order of time: what began it, signs, liquidations, guardians, bad debt. */
function momentsOf(record: RunRecord, story: DefiStory): Moment[] {
  const { done, defi } = story;
  const at = (time: bigint | string | undefined, what: Phrase): Moment[] =>
    time === undefined ? [] : [{ time: BigInt(time), what }];
  const guardian = defi.guardians.find(({ ok }) => ok);
  const seen = firstDiscount(record, story);
  return [
    ...notedMoments(record),
    ...(seen === undefined ? [] : [seen]),
    ...at(firstReach(record, "debt/underwater", DUST), say`debt stood below health 1`),
    ...at(done[0]?.time, say`the first of ${plural(done.length, "liquidation")} was made`),
    ...(done.length > 1 ? at(done.at(-1)?.time, say`the last was made`) : []),
    ...at(guardian?.time, say`${guardian?.agent ?? ""} acted: ${guardian?.type ?? ""} ${guardian?.on ?? ""}`),
    ...at(firstReach(record, "debt/hidden", DUST), say`debt was owed that no collateral was worth`),
    ...at(firstReach(record, "debt/deficit", DUST), say`bad debt was booked`),
  ].sort((a, b) => compareBigint(a.time, b.time));
}

/** The order of events, one sentence each. */
export function marketOrder(record: RunRecord, story: DefiStory): Phrase[] {
  return momentsOf(record, story).map(({ time, what }) => [`${formatInstant(time)}: `, ...what, "."]);
}

/** How long before a loss the run's own markets told of it. */
export function marketSigns(record: RunRecord, story: DefiStory): Phrase[] {
  const seen = firstDiscount(record, story);
  const liquidated = story.done[0];
  const hidden = firstReach(record, "debt/hidden", DUST);
  const booked = firstReach(record, "debt/deficit", DUST);
  const earlier = (from: bigint | undefined, to: bigint | undefined): string | undefined =>
    from === undefined || to === undefined || from >= to ? undefined : formatDuration(to - from);
  const market = earlier(seen?.time, liquidated === undefined ? undefined : BigInt(liquidated.time));
  const books = earlier(hidden, booked);
  return [
    ...(market === undefined
      ? []
      : [say`The market told ${seen?.token ?? ""} 1 % below its worth ${market} before the first liquidation.`]),
    ...(books === undefined ? [] : [say`What collateral could not pay was there ${books} before it was booked.`]),
    ...(hidden !== undefined && booked === undefined
      ? [say`What collateral could not pay was there from ${formatInstant(hidden)} on, and was never booked.`]
      : []),
    ...(seen === undefined && liquidated !== undefined
      ? [say`No market told it: none stood 1 % below what is behind its token.`]
      : []),
  ];
}
