import type { Answer } from "./answer.ts";
import type { Deployed } from "./deployed.ts";
import type { Ground } from "./ground.ts";
import { Inputs, wholeNumber } from "./inputs.ts";
import { expectsAny, hasInputs, type DefiKind } from "./kind.ts";
import type { DefiVector } from "./vector.ts";

const WAD = 10n ** 18n;
const NOBODY = `0x${"00".repeat(20)}`;
const DAY = 86_400n;

/** A feed in dollars with eight decimals and no bounds that a case could reach. */
const SETTINGS = {
  description: "conformance",
  decimals: 8n,
  minAnswer: -(10n ** 60n),
  maxAnswer: 10n ** 60n,
  heartbeat: DAY,
};

/** A feed whose operator reports `answer` once. */
async function reported(ground: Ground, answer: bigint): Promise<Deployed> {
  const feed = await ground.deploy("ReportedFeed", [await ground.actor("operator"), SETTINGS, NOBODY, 0n]);
  await feed.must("operator", ["setRound", answer, ground.now]);
  return feed;
}

const answerOf = async (feed: Deployed): Promise<bigint> => BigInt(String((await feed.ask("latestRoundData"))[1]));

/** A token whose exchange rate is `rate`. */
async function rated(ground: Ground, rate: bigint): Promise<Deployed> {
  const token = await ground.token();
  await token.must("operator", ["setRate", rate]);
  return token;
}

/** A capped feed whose snapshot is taken now. */
async function capped(
  ground: Ground,
  sources: { readonly rate: bigint; readonly base: Deployed | string },
  snapshot: { readonly ratio: bigint; readonly growthBps: bigint },
): Promise<Deployed> {
  const limits = { minDelay: 0n, maxAge: 180n * DAY, maxStepBps: 0n };
  return await ground.deploy("CappedRateFeed", [
    await ground.actor("operator"),
    SETTINGS,
    [await rated(ground, sources.rate), sources.base],
    limits,
    { ...snapshot, takenAt: ground.now },
  ]);
}

async function playGrowth(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const snapshot = {
    ratio: inputs.integer("snapshotRatio", "snapshot"),
    growthBps: inputs.integer("maxYearlyBps", "growthBps"),
  };
  const current = inputs.integerOr(snapshot.ratio, "current", "ratio");
  const feed = await capped(ground, { rate: current, base: NOBODY }, snapshot);
  await ground.advance(inputs.integer("dt", "elapsed"));
  const [isCapped] = await feed.ask("isCapped");
  return {
    growthPerSecScaled: await feed.number("growthPerSecond"),
    maxRatio: await feed.number("maxRatio"),
    ratio: await feed.number("ratio"),
    isCapped: isCapped === true,
  };
}

async function playCap(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const base = await reported(ground, inputs.integer("ethUsd", "basePrice"));
  const rate = inputs.integer("current", "ratio");
  const feed = await capped(ground, { rate, base }, { ratio: inputs.integer("maxRatio"), growthBps: 0n });
  const free = await ground.deploy("ExchangeRateFeed", [
    await ground.actor("operator"),
    SETTINGS,
    await rated(ground, rate),
    base,
  ]);
  const [price, uncapped] = [await answerOf(feed), await answerOf(free)];
  const [isCapped] = await feed.ask("isCapped");
  return {
    ...{ price, uncapped, isCapped: isCapped === true },
    shortfallBpsX100: uncapped === 0n ? 0n : ((uncapped - price) * 1_000_000n) / uncapped,
    hfThresholdWad: await feed.number("underpricing"),
  };
}

/** Reads `(rate-cap)/rate`, or a part of one as a decimal, as a rate and its cap. */
function shortfallOf(inputs: Inputs): { readonly rate: bigint; readonly cap: bigint } {
  const text = inputs.text("shortfall").replace(/\s/g, "");
  const [, whole, part, under] = /^\(([\d.]+)-([\d.]+)\)\/([\d.]+)$/.exec(text) ?? [];
  const fraction = wadOf(text.replace(/%$/, ""));
  if (whole !== undefined && part !== undefined && whole === under) {
    const [rate, cap] = [wadOf(whole), wadOf(part)];
    if (rate !== undefined && cap !== undefined) return { rate, cap };
  }
  if (fraction === undefined) return inputs.complain(["shortfall"], "(rate-cap)/rate, or a fraction", text);
  const isWad = !text.includes(".") && fraction >= WAD * 1_000_000n;
  const short = isWad ? fraction / WAD : text.endsWith("%") ? fraction / 100n : fraction;
  return { rate: WAD, cap: WAD - short };
}

/** A decimal number in WAD. */
function wadOf(text: string): bigint | undefined {
  return wholeNumber(`${text}e18`);
}

async function playThreshold(vector: DefiVector, ground: Ground): Promise<Answer> {
  const { rate, cap } = shortfallOf(new Inputs(vector));
  const feed = await capped(ground, { rate, base: NOBODY }, { ratio: cap, growthBps: 0n });
  return { hfThresholdWad: await feed.number("underpricing") };
}

async function playComposite(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const base = await reported(ground, inputs.integer("ethUsd", "basePrice"));
  const token = await rated(ground, inputs.integer("ratio", "rate"));
  const feed = await ground.deploy("ExchangeRateFeed", [await ground.actor("operator"), SETTINGS, token, base]);
  const correct = await answerOf(feed);
  await feed.must("operator", ["setBase", NOBODY]);
  return { correct, price: correct, broken: await answerOf(feed) };
}

/** Cases about price feeds. */
export const oracleKinds: readonly DefiKind[] = [
  {
    name: "growth of a rate's cap",
    matches: (vector) => hasInputs(vector, "snapshotRatio", "maxYearlyBps", "dt"),
    play: playGrowth,
  },
  {
    name: "capped exchange rate",
    matches: (vector) => hasInputs(vector, "current", "maxRatio", "ethUsd"),
    play: playCap,
  },
  {
    name: "accounts that a cap makes liquidatable",
    matches: (vector) => hasInputs(vector, "shortfall") && expectsAny(vector, "hfThresholdWad"),
    play: playThreshold,
  },
  {
    name: "composite price",
    matches: (vector) => hasInputs(vector, "ratio", "ethUsd") && expectsAny(vector, "correct", "broken"),
    play: playComposite,
  },
];
