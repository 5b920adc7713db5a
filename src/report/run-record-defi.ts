import { z } from "zod";

const quantity = z.string().regex(/^-?(0|[1-9][0-9]*)$/, "expected a whole number as a decimal string");
const index = z.int().nonnegative();
const name = z.string().min(1);
const instant = quantity.describe("seconds since the run's start");
const wei = quantity.describe("[wei of ether, at true worth]");

/** What one column of the rows' `defi` holds. */
const series = z.strictObject({
  label: z.string(),
  group: z.enum(["price", "discount", "feed", "pool", "vault", "reserve", "health", "debt", "dollar", "queue"]),
  subject: name.describe("token, pool, market or vault that it is about"),
  unit: name.describe("what a whole of it is: ETH, USD, share of one, a token's id, seconds, count"),
  decimals: index,
});

/** One attempt to liquidate, failures included. */
const liquidation = z.strictObject({
  step: index,
  time: instant,
  kind: z.enum(["pooled", "isolated", "trove"]),
  market: name,
  borrower: name,
  liquidator: name,
  collateral: name,
  debt: name,
  result: z.enum(["done", "unprofitable", "no liquidity", "paused", "dust", "permissioned", "healthy", "failed"]),
  error: z.string().nullable().describe("name of the revert's error"),
  health: quantity.nullable().describe("before the step [WAD]"),
  collateralPrice: wei.nullable().describe("of a whole token as the market saw it [wei]"),
  marketPrice: wei.nullable().describe("of a whole token on the pool of its sale, before the step [wei]"),
  seized: wei,
  repaid: wei,
  proceeds: wei.nullable(),
  profit: wei.nullable(),
  badDebt: wei,
  gas: quantity,
});

const position = z.strictObject({
  market: name,
  owner: name,
  health: quantity.describe("[WAD]"),
  debt: wei,
});

const healthPicture = z.strictObject({
  when: z.enum(["first", "worst", "last"]),
  step: index,
  time: instant,
  positions: z.array(position).describe("every position with a debt"),
});

const line = z.strictObject({ channel: name, with: name, amount: wei });

const party = z.strictObject({
  party: name,
  kind: z.enum(["participant", "institution"]),
  population: name,
  first: wei,
  last: wei,
  lines: z.array(line).describe("sums to last - first, exactly"),
});

const loss = z.strictObject({
  channel: name,
  with: name,
  layer: name,
  population: name,
  amount: wei.describe("above zero: lost"),
});

/** Collateral that falls at once, on the state when the run began. */
const drops = z.strictObject({
  market: name,
  oracle: name.describe("kind of the feeds that price its collateral"),
  points: z.array(
    z.strictObject({
      drop: index.describe("[basis points]"),
      liquidatable: z.record(name, quantity).describe("debt that falls below health 1, by collateral [wei]"),
      market: wei.describe("bad debt where the oracle follows and liquidators act at once"),
      blind: wei.describe("bad debt where the oracle does not move"),
    }),
  ),
});

const sale = z.strictObject({
  size: wei,
  impact: quantity.describe("of the price before, fees included [WAD]"),
});

const slippage = z.strictObject({
  pool: name,
  sell: name,
  buy: name,
  bonus: index.nullable().describe("largest bonus that a market pays for what is sold [basis points]"),
  points: z.array(sale),
});

/** A sale on all pools at once, split so that it fetches the most, on the state when the run began. */
const depth = z.strictObject({
  sell: name,
  bonus: index.describe("largest bonus that a market pays for what is sold [basis points]"),
  pools: z.array(name),
  points: z.array(sale),
  room: wei.nullable().describe("largest sale whose impact is within the bonus [wei]; null: larger than all of them"),
  cap: wei.nullable().describe("twice that: the most that a supply cap should let in [wei]"),
  pledged: wei.describe("what stands as collateral [wei of ether, at true worth]"),
});

const guardianAct = z.strictObject({
  step: index,
  time: instant,
  agent: name,
  type: name,
  on: z.string(),
  ok: z.boolean(),
  latency: quantity.nullable().describe("seconds since the shock before it; null where there was none"),
});

/** The DeFi layer's part of a run record; absent in a world without one. */
export const defiSchema = z.strictObject({
  series: z.record(name, series),
  liquidations: z.array(liquidation),
  health: z.array(healthPicture),
  parties: z.array(party),
  total: z.strictObject({ first: wei, last: wei }).describe("real assets; the parties' equity sums to them"),
  waterfall: z.array(loss).describe("who bore each loss, through every layer"),
  drops: z.array(drops),
  slippage: z.array(slippage),
  depth: z.array(depth),
  guardians: z.array(guardianAct),
});

/** Columns of the rows of a world with a DeFi layer. */
export const defiRow = z.record(name, quantity).describe("by the ids of defi.series");

export type RunDefi = z.infer<typeof defiSchema>;
export type RunLiquidation = z.infer<typeof liquidation>;
export type RunDepth = z.infer<typeof depth>;
export type RunHealth = z.infer<typeof healthPicture>;
