import { WAD } from "../../units/units.ts";
import { showValue } from "../parameters/parameter-value.ts";
import { MOST_PARTS } from "../shape/checks.ts";
import type { DefiSpec } from "./defi.ts";
import type { FeedSpec } from "./feeds.ts";
import type { PoolSpec } from "./pools.ts";
import { assertRange, refuse } from "./refuse.ts";

function assertTokens(part: string, tokens: readonly string[], known: ReadonlySet<string>): void {
  const strange = tokens.find((token) => !known.has(token));
  if (strange !== undefined) refuse(part, `no token is named ${strange}`, "Declare it, or what makes it.");
  const twice = tokens.find((token, at) => tokens.indexOf(token) !== at);
  if (twice !== undefined) refuse(part, `it names ${twice} twice`, "Name each token once.");
}

/** Most that a StableSwap fee comes to far from balance: its fee times its multiplier, both in 1e10. */
const MOST_FAR_FEE = 50_000_000_000_000_000_000n;

type Banded = Extract<PoolSpec, { kind: "banded" }>;

function assertBands(part: string, { edges, bands, price, fee }: Banded): void {
  const isRising = edges.every((edge, at) => edge > (edges[at - 1] ?? 0n));
  if (bands.length < 3 || bands.length > 5 || edges.length !== bands.length + 1 || !isRising) {
    refuse(part, "its edges do not bound its bands", "Give three to five bands, and one rising edge more.");
  }
  assertRange(part, { name: "highest edge", value: edges.at(-1) ?? 0n, unit: "decimal" }, [1n, null]);
  if (bands.reduce((sum, band) => sum + band, 0n) !== WAD || bands.some((band) => band < 0n)) {
    refuse(part, "its bands do not share out its liquidity", "Let them sum to 100 %.");
  }
  const [lowest = 0n, highest = 0n] = [edges[0], edges.at(-1)];
  if (price < lowest || price > highest) refuse(part, "its price lies outside its edges", "Move one of them.");
  if (fee < 0n || fee >= 1_000_000n) refuse(part, "its fee is not below 100 %", "Give it in millionths.");
}

function assertPool(pool: PoolSpec, known: ReadonlySet<string>): void {
  const part = `pool ${pool.id}`;
  const { tokens, liquidity } = pool;
  assertTokens(part, tokens, known);
  const most = pool.kind === "stableSwap" ? 8 : 2;
  if (tokens.length < 2 || tokens.length > most) {
    refuse(part, `it has ${tokens.length} tokens`, `A pool of this kind has ${most === 2 ? "two" : "two to eight"}.`);
  }
  if (liquidity.length !== tokens.length) {
    const reason = `it has liquidity of ${liquidity.length} of its ${tokens.length} tokens`;
    refuse(part, reason, "Give its first provider an amount of each, above zero.");
  }
  liquidity.forEach((value, at) => assertRange(part, { name: `liquidity of ${tokens[at] ?? ""}`, value }, [1n, null]));
  if (pool.kind === "banded") assertBands(part, pool);
  if (pool.kind !== "stableSwap") return;
  const { amplification, fee, window, scaled, offpegMultiplier } = pool;
  const strange = scaled.find((token) => !tokens.includes(token));
  if (strange !== undefined) refuse(part, `it scales ${strange}, which it does not hold`, "Take it out of `scaled`.");
  if (amplification < 100n || amplification > 100_000_000n) {
    refuse(part, `its amplification is ${amplification}`, "It is A times 100, from 100 to 100,000,000.");
  }
  if (fee < 0n || fee > 5_000_000_000n) refuse(part, `its fee is ${showValue(fee, "fraction10")}`, "Use 0 % to 50 %.");
  const growth = { name: "off-peg multiplier", value: offpegMultiplier, unit: "decimal10" } as const;
  assertRange(part, growth, [0n, fee === 0n ? null : MOST_FAR_FEE / fee]);
  assertRange(part, { name: "average's window", value: window, unit: "seconds" }, [1n, null]);
}

function assertMarketFeed(part: string, feed: Extract<FeedSpec, { kind: "market" }>, spec: DefiSpec): void {
  const pool = spec.pools.find(({ id }) => id === feed.pool);
  if (pool === undefined) return refuse(part, `no pool is named ${feed.pool}`, "Declare it under defi.pools.");
  const strange = [feed.token, feed.against].find((token) => !pool.tokens.includes(token));
  if (strange !== undefined) refuse(part, `pool ${pool.id} does not hold ${strange}`, "Name tokens of the pool.");
  if (feed.token === feed.against) refuse(part, "it prices a token in itself", "Name two tokens of the pool.");
  assertRange(part, { name: "window", value: feed.window, unit: "seconds" }, [0n, null]);
  if (pool.kind === "stableSwap" && feed.window !== 0n && feed.window !== pool.window) {
    refuse(
      part,
      `its window is ${feed.window} s`,
      `Pool ${pool.id} averages over ${pool.window} s only; 0 is its spot.`,
    );
  }
}

/** Most that the cap of a rate may grow a year: a thousandfold. */
const MOST_GROWTH = 10_000_000n;

function assertCappedRate(part: string, feed: Extract<FeedSpec, { kind: "cappedRate" }>): void {
  assertRange(part, { name: "yearly growth", value: feed.maxYearlyBps, unit: "fraction4" }, [0n, MOST_GROWTH]);
  assertRange(part, { name: "snapshot's delay", value: feed.minDelay, unit: "seconds" }, [0n, null]);
  if (feed.snapshot === null) return;
  if (feed.snapshot <= 0n) {
    const reason = `its snapshot is ${showValue(feed.snapshot, "decimal")}`;
    refuse(part, reason, "Give a ratio above 0, or null for the rate when the run begins.");
  }
  assertRange(part, { name: "snapshot", value: feed.snapshot, unit: "decimal" }, [1n, null]);
}

function assertMedian(part: string, { of, quorum, maxAge }: Extract<FeedSpec, { kind: "median" }>): void {
  if (quorum < 1n || quorum > BigInt(of.length)) {
    refuse(part, `its quorum is ${quorum} of ${of.length}`, "Ask for one answer at least, and for all at most.");
  }
  // Answers are as old as the block in which they were given: with no age at all hardly any would count.
  assertRange(part, { name: "greatest age", value: maxAge, unit: "seconds" }, [1n, null]);
}

function assertFeed(feed: FeedSpec, spec: DefiSpec, known: ReadonlySet<string>): void {
  const part = `feed ${feed.id}`;
  const ids = new Set(spec.feeds.map(({ id }) => id));
  const own = feed.kind === "median" ? feed.of : feed.kind === "reported" ? [feed.source ?? null] : [];
  const read = ["base" in feed ? feed.base : null, ...own].filter((id) => id !== null);
  const strange = read.find((id) => !ids.has(id));
  if (strange !== undefined) refuse(part, `no feed is named ${strange}`, "Declare it under defi.feeds.");
  for (const [name, value] of Object.entries({ "least answer": feed.minAnswer, "greatest answer": feed.maxAnswer })) {
    if (value !== undefined) assertRange(part, { name, value }, [-MOST_PARTS, MOST_PARTS]);
  }
  if (feed.minAnswer !== undefined && feed.maxAnswer !== undefined && feed.minAnswer > feed.maxAnswer) {
    refuse(part, "its least answer exceeds its greatest", "Swap them.");
  }
  assertRange(part, { name: "decimals", value: BigInt(feed.decimals ?? 8), unit: "count" }, [0n, 18n]);
  assertRange(part, { name: "heartbeat", value: feed.heartbeat ?? 0n, unit: "seconds" }, [0n, null]);
  if (feed.kind === "reported") {
    assertRange(part, { name: "first answer", value: feed.answer }, [1n, null]);
    assertRange(part, { name: "deviation", value: feed.deviationBps ?? 0n, unit: "fraction4" }, [0n, 10_000n]);
  }
  if (feed.prices !== undefined) assertTokens(part, [feed.prices], known);
  if (feed.kind === "market") assertMarketFeed(part, feed, spec);
  if (feed.kind === "exchangeRate" || feed.kind === "cappedRate") assertTokens(part, [feed.token], known);
  if (feed.kind === "cappedRate") assertCappedRate(part, feed);
  if (feed.kind === "median") assertMedian(part, feed);
}

/** Refuses feeds that read each other in a circle: none of them could answer. */
function assertNoCircle(feeds: readonly FeedSpec[]): void {
  const sources = new Map(
    feeds.map((feed) => {
      const own = feed.kind === "median" ? feed.of : feed.kind === "reported" ? [feed.source ?? null] : [];
      return [feed.id, ["base" in feed ? feed.base : null, ...own].filter((id) => id !== null)] as const;
    }),
  );
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) refuse(`feed ${id}`, `it reads itself: ${[...path, id].join(", ")}`, "Break the circle.");
    for (const source of sources.get(id) ?? []) visit(source, [...path, id]);
  };
  for (const { id } of feeds) visit(id, []);
}

/**
 * Refuses pools and feeds that cannot be deployed, or that would never answer.
 *
 * @param known - Every token of the layer.
 * @throws {@link WorldImpossibleError} naming the part, what is wrong with it and what to do.
 */
export function assertMarkets(spec: DefiSpec, known: ReadonlySet<string>): void {
  for (const pool of spec.pools) assertPool(pool, known);
  for (const feed of spec.feeds) assertFeed(feed, spec, known);
  assertNoCircle(spec.feeds);
  const { etherFeed } = spec;
  if (etherFeed !== null && !spec.feeds.some(({ id }) => id === etherFeed)) {
    refuse(`feed ${etherFeed}`, "it is the reference of ether, but not declared", "Declare it under defi.feeds.");
  }
}
