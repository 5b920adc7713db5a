import type { Answer } from "../defi/answer.ts";
import type { Ground } from "../defi/ground.ts";
import { bonusOf } from "../defi/lending/sides.ts";
import { PooledMarket, type Reserve } from "../defi/lending/market.ts";
import type { Vector, VectorStep } from "../schema.ts";
import { PeerPlay } from "./peer-play.ts";

const WAD = 10n ** 18n;
const BPS = WAD / 10_000n;
/** Makes collateral worth enough to borrow against, until the debt stands. */
const BOOM = 2n ** 40n;

/**
 * A vector of a pooled lending market being played.
 *
 * Its prices are ratios with 18 decimals: read with the eight of the market, they make every position large enough for the
 * half that may be closed at once, and leave no dust.
 */
export class LendingPlay extends PeerPlay {
  readonly market: PooledMarket;
  collateral: Reserve | undefined;
  debt: Reserve | undefined;

  private constructor(ground: Ground, vector: Vector, market: PooledMarket) {
    super(ground, vector);
    this.market = market;
  }

  static async open(ground: Ground, vector: Vector): Promise<LendingPlay> {
    return new LendingPlay(ground, vector, await PooledMarket.open(ground));
  }

  async health(): Promise<bigint> {
    const [data] = await this.market.pool.ask("accountData", await this.ground.actor("borrower"));
    return (data as { healthFactor: bigint }).healthFactor;
  }

  /** A field of any step, for terms that a market is listed with before they are told. */
  anywhere(fallback: bigint, ...names: readonly string[]): bigint {
    return this.vector.steps.map((step) => this.find(step, ...names)).find((one) => one !== undefined) ?? fallback;
  }
}

type LendingOperation = (play: LendingPlay, step: VectorStep) => Promise<void>;

const position: LendingOperation = async (play, step) => {
  const { market } = play;
  const price = play.need(step, "price");
  const threshold = play.need(step, "liquidationThreshold", "threshold");
  if (threshold % BPS !== 0n) play.complain(step, "whole basis points in liquidationThreshold", String(threshold));
  const ltBps = threshold / BPS;
  const risk = { ltBps, ltvBps: ltBps, bonusBps: bonusOf(play.anywhere(500n, "bonusBps", "bonus")) };
  const collateral = await market.list({ price: price * BOOM, risk });
  const debt = await market.list({ price: WAD });
  await market.supply("borrower", collateral, play.need(step, "collateral"));
  await market.borrow("borrower", debt, play.need(step, "debt"));
  await market.price(collateral, price);
  [play.collateral, play.debt] = [collateral, debt];
  play.saw(await play.health(), "healthBefore");
};

const setPrice: LendingOperation = async (play, step) => {
  if (play.collateral === undefined) return play.complain(step, "a position before it", "none");
  await play.market.price(play.collateral, play.need(step, "price"));
  play.saw(await play.health(), "healthAfter");
};

const liquidate: LendingOperation = async (play, step) => {
  const { market, collateral, debt } = play;
  if (collateral === undefined || debt === undefined) return play.complain(step, "a position before it", "none");
  await market.fund("liquidator", debt.token, market.pool);
  const borrower = await play.ground.actor("borrower");
  const asked = play.need(step, "repay", "amount");
  play.outcome = await market.pool.act("liquidator", [
    "liquidate",
    collateral.token,
    debt.token,
    borrower,
    asked,
    false,
  ]);
  if (!play.outcome.ok) return;
  const did = play.outcome.values[0] as { repaid: bigint; seized: bigint; fee: bigint };
  play.saw(did.repaid, "repaid");
  play.saw(did.seized + did.fee, "seizedCollateral", "seized");
};

/** Operations by name. */
export const lendingOperations: Readonly<Record<string, LendingOperation>> = { position, setPrice, liquidate };

/** What the contracts say to an observable; undefined when there is none of that name. */
export async function lendingAnswer(play: LendingPlay, key: string): Promise<Answer | undefined> {
  const { market, collateral, debt } = play;
  const borrower = await play.ground.actor("borrower");
  if (key === "healthPost" || key === "health") return await play.health();
  if (key === "collateralLeft" && collateral !== undefined) {
    return await market.pool.number("supplyOf", collateral.token, borrower);
  }
  return key === "debtLeft" && debt !== undefined
    ? await market.pool.number("debtOf", debt.token, borrower)
    : undefined;
}
