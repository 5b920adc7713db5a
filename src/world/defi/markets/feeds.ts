import type { Part } from "../../../../deploy/parts.ts";
import type { DefiView } from "../../../model/defi/defi.ts";
import type { FeedAction, FeedFact, FeedSpec, FeedView } from "../../../model/defi/feeds.ts";
import { PROTOCOL } from "../../../model/names.ts";
import { SECONDS_PER_BLOCK, WAD } from "../../../units/units.ts";
import type { DecodedEvent } from "../../codec/prepared-contract.ts";
import type { FactContext } from "../../facts/fact-context.ts";
import { readRevert } from "../../revert-reader.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiDomain, DefiPartsContext, DefiReading, DefiWorld, DomainPreparers } from "../domain.ts";
import { DESK, deskCall, FEED_LENS, feedAt, feedPart, markets, poolPart } from "./market-contracts.ts";

const NOBODY = `0x${"00".repeat(20)}`;
/** Heartbeat of a feed that is never stale, and age that no snapshot exceeds [s]. */
const NEVER = 10n ** 12n;
/** Bound of an answer that says none [10^decimals]. */
const UNBOUNDED = 10n ** 60n;
/** When the snapshot is taken that a capped feed is deployed with; the set-up sets the real one [unix s]. */
const LONG_AGO = 1n;

const baseOf = (feed: FeedSpec): string | null => ("base" in feed ? feed.base : null);
const reference = (id: string | null): string => (id === null ? NOBODY : `@${feedPart(id)}`);

function settingsOf(feed: FeedSpec) {
  const heartbeat = feed.heartbeat === undefined || feed.heartbeat === 0n ? NEVER : feed.heartbeat;
  const { minAnswer = -UNBOUNDED, maxAnswer = UNBOUNDED } = feed;
  return { description: feed.id, decimals: BigInt(feed.decimals ?? 8), minAnswer, maxAnswer, heartbeat };
}

function feedArguments(feed: FeedSpec, { token }: DefiPartsContext): Omit<Part, "id"> {
  const common = [`@${DESK}`, settingsOf(feed)] as const;
  const base = reference(baseOf(feed));
  switch (feed.kind) {
    case "fixed":
      return { contract: "FixedFeed", args: [...common, base] };
    case "market": {
      const market = `@${poolPart(feed.pool)}`;
      const source = { market, token: token(feed.token), quoteToken: token(feed.against), window: feed.window };
      return { contract: "MarketFeed", args: [...common, source, base] };
    }
    case "exchangeRate":
      return { contract: "ExchangeRateFeed", args: [...common, token(feed.token), base] };
    case "cappedRate": {
      const limits = { minDelay: feed.minDelay, maxAge: NEVER, maxStepBps: 0n };
      const snapshot = { ratio: WAD, takenAt: LONG_AGO, growthBps: feed.maxYearlyBps };
      return { contract: "CappedRateFeed", args: [...common, [token(feed.token), base], limits, snapshot] };
    }
    case "median":
      return { contract: "MedianFeed", args: [...common, feed.of.map(reference), feed.quorum, feed.maxAge] };
    case "reported":
      return { contract: "ReportedFeed", args: [...common, reference(feed.source ?? null), feed.deviationBps ?? 0n] };
  }
}

/** Feeds that a feed reads. */
function sourcesOf(feed: FeedSpec): readonly string[] {
  const base = baseOf(feed);
  const own =
    feed.kind === "median" ? feed.of : feed.kind === "reported" && feed.source !== undefined ? [feed.source] : [];
  return base === null ? own : [base, ...own];
}

/** Feeds in an order in which each comes after those it reads; a circle stays as it is written. */
function inOrder(feeds: readonly FeedSpec[]): readonly FeedSpec[] {
  const done: FeedSpec[] = [];
  const visit = (feed: FeedSpec, path: readonly string[]): void => {
    if (done.includes(feed) || path.includes(feed.id)) return;
    for (const id of sourcesOf(feed)) {
      const source = feeds.find((one) => one.id === id);
      if (source !== undefined) visit(source, [...path, feed.id]);
    }
    done.push(feed);
  };
  for (const feed of feeds) visit(feed, []);
  return done;
}

const deskOrder = (world: DefiWorld, part: string, calls: readonly Call[]): Arrangement => ({
  part,
  actor: world.book.participants.address(PROTOCOL),
  calls,
});

/** First rounds and snapshots. */
function openFeeds(world: DefiWorld): readonly Arrangement[] {
  if (world.defi.feeds.length === 0) return [];
  const target = world.at(DESK);
  return inOrder(world.defi.feeds).flatMap((feed): readonly Arrangement[] => {
    const at = feedAt(world, feed.id);
    if (feed.kind === "reported") {
      const data = markets.desk.encode("setAnswer", [at, feed.answer, 0n]);
      return [deskOrder(world, `first round of feed ${feed.id}`, [{ target, data }])];
    }
    if (feed.kind !== "cappedRate") return [];
    const data = markets.desk.encode("setSnapshot", [at, feed.snapshot ?? 0n, feed.minDelay]);
    return [deskOrder(world, `snapshot of feed ${feed.id}`, [{ target, data }])];
  });
}

interface FeedState {
  readonly decimals: bigint;
  readonly answer: bigint;
  readonly updatedAt: bigint;
  readonly isStale: boolean;
  readonly failure: string;
}

async function toView(kind: FeedSpec["kind"], state: FeedState, startedAt: bigint): Promise<FeedView> {
  const { decimals, answer, updatedAt, isStale: stale, failure } = state;
  const revert = failure === "0x" ? null : await readRevert({ returned: failure, gas: 0n }, 1n, () => null);
  const since = revert === null ? updatedAt - startedAt : 0n;
  return { kind, decimals: Number(decimals), answer, updatedAt: since, stale, broken: revert?.error ?? null };
}

async function read({ world, ask }: DefiReading): Promise<Partial<DefiView>> {
  const { feeds: specs } = world.defi;
  if (specs.length === 0) return {};
  const data = markets.feedLens.encode("read", [specs.map(({ id }) => feedAt(world, id))]);
  const [answer = ""] = await ask([{ target: world.at(FEED_LENS), data }]);
  const { states, timestamp, number } = markets.feedLens.decode("read", answer);
  const { mode, start } = world.clock;
  const passed = ((number as bigint) - start) * SECONDS_PER_BLOCK;
  const startedAt = mode === "timestamp" ? start : (timestamp as bigint) - passed;
  const views = await Promise.all(
    specs.map(async ({ id, kind }, at) => {
      const state = (states as unknown as readonly FeedState[])[at];
      return state === undefined ? [] : [[id, await toView(kind, state, startedAt)] as const];
    }),
  );
  return { feeds: Object.fromEntries(views.flat()) };
}

function facts({ world }: FactContext & { readonly world: DefiWorld }, event: DecodedEvent): readonly FeedFact[] {
  const feed = world.defi.feeds.find(({ id }) => feedAt(world, id) === event.address);
  if (event.name !== "AnswerUpdated" || feed === undefined) return [];
  return [{ kind: "answerSet", feed: feed.id, answer: event.args["answer"] as bigint }];
}

/** What the feed operator can do, who is the protocol's administrator. */
export const feedPreparers: DomainPreparers<FeedAction["type"]> = {
  setAnswer: ({ world }, { feed, answer, age = 0n }) => ({
    calls: [{ target: world.at(DESK), data: markets.desk.encode("setAnswer", [feedAt(world, feed), answer, age]) }],
  }),
  followFeed: ({ world }, { feed }) => ({
    calls: [deskCall(world, feedAt(world, feed), markets.reportedFeed.encode("follow", []))],
  }),
  setFeedBounds: ({ world }, { feed, min, max }) => ({
    calls: [deskCall(world, feedAt(world, feed), markets.priceFeed.encode("setBounds", [min, max]))],
  }),
  setHeartbeat: ({ world }, { feed, heartbeat }) => ({
    calls: [deskCall(world, feedAt(world, feed), markets.priceFeed.encode("setHeartbeat", [heartbeat]))],
  }),
  setSnapshot: ({ world }, { feed, ratio, age }) => ({
    calls: [{ target: world.at(DESK), data: markets.desk.encode("setSnapshot", [feedAt(world, feed), ratio, age]) }],
  }),
  setFeedBase: ({ world }, { feed, base }) => {
    const to = base === null ? NOBODY : feedAt(world, base);
    return { calls: [deskCall(world, feedAt(world, feed), markets.ratioFeed.encode("setBase", [to]))] };
  },
};

/** Price feeds of every kind. */
export const feeds: DefiDomain = {
  name: "feeds",
  parts: (context) =>
    inOrder(context.defi.feeds).map((feed) => ({ id: feedPart(feed.id), ...feedArguments(feed, context) })),
  arrange: { open: openFeeds },
  read,
  readers: (world) => world.defi.feeds.map(({ id }) => ({ address: feedAt(world, id), decoder: markets.reportedFeed })),
  facts,
};
