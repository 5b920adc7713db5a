import { deployStablePool, type StablePool } from "./amm/stable-pool.ts";
import type { Answer } from "./answer.ts";
import type { Deployed } from "./deployed.ts";
import type { Ground } from "./ground.ts";
import { Inputs } from "./inputs.ts";
import { hasInputs, type DefiKind } from "./kind.ts";
import { reasonOf } from "./lending/accounts.ts";
import { PooledMarket, type Reserve } from "./lending/market.ts";
import { usualLtv } from "./lending/sides.ts";
import type { DefiVector } from "./vector.ts";

const WAD = 10n ** 18n;
const SETTINGS = { description: "case", decimals: 8n, minAnswer: 0n, maxAnswer: 10n ** 60n, heartbeat: 2n ** 64n };
/** Makes the collateral worth enough to borrow against, until the debts stand. */
const BOOM = 2n ** 40n;
/** More rounds than any cascade of a case takes. */
const ROUNDS = 1_000n;

/** Borrowers, their market, and the pool that prices their collateral and takes what is seized of it. */
interface Stage {
  readonly ground: Ground;
  readonly market: PooledMarket;
  readonly ether: Reserve;
  readonly collateral: Reserve;
  readonly pool: StablePool;
  readonly feed: Deployed;
  readonly borrowers: readonly string[];
}

/** Feed of the collateral in dollars: what the pool says, or what its exchange rate says. */
async function feedOf(ground: Ground, words: string, parts: Pick<Stage, "pool" | "ether">): Promise<Deployed> {
  const operator = await ground.actor("owner");
  const [first, second] = parts.pool.coins;
  const base = parts.ether.feed;
  if (/oracle\s*[=:]?\s*(fundamental|exchange|nav|rate)/i.test(words)) {
    return await ground.deploy("ExchangeRateFeed", [operator, SETTINGS, second, base]);
  }
  const source = { market: parts.pool.pool, token: second, quoteToken: first, window: 0n };
  return await ground.deploy("MarketFeed", [operator, SETTINGS, source, base]);
}

async function setUp(inputs: Inputs, ground: Ground, words: string): Promise<Stage> {
  const market = await PooledMarket.open(ground);
  const [price, rate] = [inputs.integer("ethUsd"), inputs.integerOr(WAD, "rate")];
  const [ltBps, bonusBps] = [inputs.integer("lt"), inputs.integer("lb")];
  const risk = { ltvBps: usualLtv(ltBps), ltBps, bonusBps };
  const ether = await market.list({ price });
  const liquidationFeeBps = inputs.integerOr(0n, "liqFee", "feeBps");
  const collateral = await market.list({ price: price * BOOM, risk, liquidationFeeBps });
  await collateral.token.must("owner", ["setRate", rate]);

  const borrowers: string[] = [];
  for (const [index, [held = 0n, owed = 0n]] of inputs.rows("positions").entries()) {
    const who = `borrower ${index}`;
    if (held > 0n) await market.supply(who, collateral, held);
    if (owed > 0n) await market.borrow(who, ether, owed);
    borrowers.push(who);
  }
  const terms = {
    balances: inputs.integers("pool"),
    rates: [WAD, rate],
    amp: inputs.integer("amp"),
    fee: inputs.integer("fee"),
    multiplier: inputs.integerOr(0n, "mult"),
    supply: undefined,
  };
  const pool = await deployStablePool(ground, terms, [ether.token, collateral.token]);
  const feed = await feedOf(ground, words, { pool, ether });
  await market.book.must("owner", ["setTerms", collateral.token, { ...collateral.listing, feed }]);
  await market.fund("liquidator", ether.token, market.pool);
  await collateral.token.must("liquidator", ["approve", pool.pool, 2n ** 255n]);
  return { ground, market, ether, collateral, pool, feed, borrowers };
}

const answerOf = async (feed: Deployed): Promise<bigint> => BigInt(String((await feed.ask("latestRoundData"))[1]));

/** Health of everybody who owes something; the least first, the earlier where two are alike. */
async function leastHealthy({ ground, market, ether, borrowers }: Stage) {
  let least: { readonly index: number; readonly account: string; readonly health: bigint } | undefined;
  for (const [index, who] of borrowers.entries()) {
    const account = await ground.actor(who);
    if ((await market.pool.number("debtOf", ether.token, account)) === 0n) continue;
    const [data] = await market.pool.ask("accountData", account);
    const { healthFactor: health } = data as { readonly healthFactor: bigint };
    if (least === undefined || health < least.health) least = { index, account, health };
  }
  return least !== undefined && least.health < WAD ? least : undefined;
}

interface Round {
  readonly entry: readonly Answer[];
  readonly stopped?: string;
}

/** Liquidates the least healthy account at most, and sells what was seized; a rational liquidator stops at a loss. */
async function playRound(stage: Stage, isForced: boolean): Promise<Round | undefined> {
  const { ground, market, ether, collateral, pool } = stage;
  const target = await leastHealthy(stage);
  if (target === undefined) return undefined;
  const before = await ground.request("evm_snapshot");
  const all = 2n ** 256n - 1n;
  const request = ["liquidate", collateral.token, ether.token, target.account, all, false] as const;
  const outcome = await market.pool.act("liquidator", request);
  if (!outcome.ok) {
    const stopped = reasonOf(outcome) ?? outcome.reason;
    return { entry: [stopped, BigInt(target.index), target.health], stopped };
  }

  const { repaid, seized } = outcome.values[0] as { readonly repaid: bigint; readonly seized: bigint };
  const proceeds = seized === 0n ? 0n : await pool.pool.number("quote", collateral.token, ether.token, seized);
  if (!isForced && proceeds < repaid) {
    await ground.request("evm_revert", before);
    return { entry: ["unprofitable", BigInt(target.index), target.health], stopped: "unprofitable" };
  }
  const to = await ground.actor("liquidator");
  const sale = ["swap", collateral.token, ether.token, seized, proceeds, to] as const;
  if (proceeds > 0n) await pool.pool.must("liquidator", sale);
  return { entry: [BigInt(target.index), target.health, repaid, seized, proceeds] };
}

async function positionsOf({ ground, market, ether, collateral, borrowers }: Stage): Promise<readonly Answer[]> {
  const positions: Answer[] = [];
  for (const who of borrowers) {
    const account = await ground.actor(who);
    const held = await market.pool.number("supplyOf", collateral.token, account);
    positions.push([held, await market.pool.number("debtOf", ether.token, account)]);
  }
  return positions;
}

async function playCascade(vector: DefiVector, ground: Ground): Promise<Answer> {
  const inputs = new Inputs(vector);
  const words = [vector.title, `oracle=${inputs.text("oracle")}`, inputs.text("liquidators", "mode")].join(" ");
  const isForced = /forced|backstop|any price/i.test(words);
  const stage = await setUp(inputs, ground, words);
  const { pool, feed, market, ether, collateral } = stage;
  const trader = await ground.actor("trader");
  const shock = inputs.integer("shock");
  const dump = ["swap", collateral.token, ether.token, shock, 0n, trader] as const;
  const [shockOut] = shock === 0n ? [0n] : await pool.pool.must("trader", dump);
  const priceAfterShock = await answerOf(feed);

  const log: Answer[] = [];
  let [steps, stopped] = [0n, "none-liquidatable"];
  for (let round = await playRound(stage, isForced); round !== undefined; round = await playRound(stage, isForced)) {
    log.push(round.entry);
    if (round.stopped !== undefined || steps === ROUNDS) {
      stopped = round.stopped ?? "too many rounds";
      break;
    }
    steps += 1n;
  }
  const [balances] = await pool.pool.ask("state");
  const deficit = (await market.books(ether))["deficit"] ?? 0n;
  return {
    ...{
      shockOut: shockOut as bigint,
      priceAfterShock,
      finalPrice: await answerOf(feed),
      steps,
      log,
      stopped,
      deficit,
    },
    finalBalances: [...(balances as Iterable<bigint>)],
    positions: await positionsOf(stage),
  };
}

/** Cases about a dump of collateral, and the liquidations that follow from it. */
export const cascadeKinds: readonly DefiKind[] = [
  {
    name: "liquidation cascade",
    matches: (vector) => hasInputs(vector, "shock", "positions", "pool", "lt", "lb"),
    play: playCascade,
  },
];
