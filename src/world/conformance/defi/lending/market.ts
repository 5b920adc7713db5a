import { doubles } from "../../../../../deploy/doubles.ts";
import { CaseImpossibleError } from "../../../../errors/case-impossible-error.ts";
import type { Deployed } from "../deployed.ts";
import type { Ground } from "../ground.ts";

/** More than any reserve of a case holds. */
const PLENTY = 2n ** 160n;
const FOREVER = 2n ** 64n;
const NO_RISK = { ltvBps: 0n, ltBps: 0n, bonusBps: 0n };
/** A feed's settings: eight decimals, any answer. */
const SETTINGS = { description: "case", decimals: 8, minAnswer: 0n, maxAnswer: 2n ** 200n, heartbeat: FOREVER };

/** How much an asset counts as collateral [basis points]. */
export interface Risk {
  readonly ltvBps: bigint;
  readonly ltBps: bigint;
  readonly bonusBps: bigint;
}

/** What a reserve of a case is listed with; what is left out is free of any effect. */
export interface ReserveTerms {
  readonly decimals?: bigint;
  readonly price?: bigint;
  readonly risk?: Risk;
  readonly reserveFactorBps?: bigint;
  readonly liquidationFeeBps?: bigint;
  /** Curve as the contract names it; without one rates are as told. */
  readonly curve?: Readonly<Record<string, bigint>>;
}

/** One reserve: its token, its feed, its rates. */
export interface Reserve {
  readonly token: Deployed;
  readonly feed: Deployed;
  readonly rates: Deployed;
  readonly listing: Readonly<Record<string, unknown>>;
}

/** A pooled market of a case: actors come by their names, hold what they need, and what they borrow is there. */
export class PooledMarket {
  readonly #ground: Ground;
  readonly book: Deployed;
  readonly pool: Deployed;
  readonly lens: Deployed;
  #listed = 0n;

  private constructor(ground: Ground, [book, pool, lens]: readonly [Deployed, Deployed, Deployed]) {
    this.#ground = ground;
    [this.book, this.pool, this.lens] = [book, pool, lens];
  }

  static async open(ground: Ground): Promise<PooledMarket> {
    const policy = {
      treasury: await ground.actor("treasury"),
      flashFeeBps: 0n,
      flashTreasuryBps: 0n,
      closeFactor: 0,
      closeFactorBps: 0n,
    };
    const book = await ground.deploy("ReserveBook", [await ground.actor("owner"), policy]);
    const pool = await ground.deploy("LendingPool", [book]);
    await book.must("owner", ["wire", pool]);
    return new PooledMarket(ground, [book, pool, await ground.deploy("LendingLens")]);
  }

  /** Number of assets listed so far; the next one's place in the bitmaps. */
  get listed(): bigint {
    return this.#listed;
  }

  async list(terms: ReserveTerms = {}): Promise<Reserve> {
    const token = await this.#ground.token(terms.decimals ?? 18n);
    const feed = await this.feed(terms.price ?? 10n ** 8n);
    const rates =
      terms.curve === undefined
        ? await this.#ground.deploy(doubles.scriptedRates)
        : await this.#ground.deploy("KinkedRateModel", [await this.#ground.actor("owner"), terms.curve]);
    const listing = {
      feed,
      maxAge: FOREVER,
      rateModel: rates,
      claim: await this.#ground.deploy("SupplyClaim", [this.pool, token]),
      reserveFactorBps: terms.reserveFactorBps ?? 0n,
      liquidationFeeBps: terms.liquidationFeeBps ?? 0n,
      supplyCap: 0n,
      borrowCap: 0n,
      risk: terms.risk ?? NO_RISK,
    };
    await this.book.must("owner", ["list", token, listing]);
    this.#listed += 1n;
    return { token, feed, rates, listing };
  }

  /** A feed of dollars that says `price` until told otherwise. */
  async feed(price: bigint): Promise<Deployed> {
    const feed = await this.#ground.deploy("ReportedFeed", [await this.#ground.actor("owner"), SETTINGS, ZERO, 0n]);
    await feed.must("owner", ["setRound", price, this.#ground.now]);
    return feed;
  }

  async price(reserve: Reserve, price: bigint): Promise<void> {
    await reserve.feed.must("owner", ["setRound", price, this.#ground.now]);
  }

  async supply(who: string, { token }: Reserve, amount: bigint): Promise<void> {
    await this.fund(who, token, this.pool);
    await this.pool.must(who, ["supply", token, amount, await this.#ground.actor(who)]);
  }

  /** Borrows what a lender brings for it. */
  async borrow(who: string, reserve: Reserve, amount: bigint): Promise<void> {
    const { cash = 0n } = await this.books(reserve);
    if (cash < amount) await this.supply("lender", reserve, amount - cash);
    await this.pool.must(who, ["borrow", reserve.token, amount, await this.#ground.actor(who)]);
  }

  /** Gives an actor plenty of a token, and lets `spender` take it. */
  async fund(who: string, token: Deployed, spender: Deployed): Promise<void> {
    await token.must(who, ["mint", await this.#ground.actor(who), PLENTY]);
    await token.must(who, ["approve", spender, 2n ** 256n - 1n]);
  }

  /** A reserve's books as last touched. */
  async books({ token }: Reserve): Promise<Readonly<Record<string, bigint>>> {
    const [books] = await this.pool.ask("reserveOf", token);
    return (books as { toObject(): Record<string, bigint> }).toObject();
  }

  /** What an actor has and owes in a reserve, scaled. */
  async position({ token }: Reserve, who: string): Promise<{ scaledSupply: bigint; scaledDebt: bigint }> {
    const [position] = await this.pool.ask("positionOf", token, await this.#ground.actor(who));
    return position as { scaledSupply: bigint; scaledDebt: bigint };
  }

  async indexes({ token }: Reserve): Promise<readonly [supply: bigint, debt: bigint]> {
    const [supply, debt] = (await this.pool.ask("indexesOf", token)) as unknown as [bigint, bigint];
    return [supply, debt];
  }

  /**
   * Brings a reserve's deficit up by exactly `amount`: somebody borrows one unit more, its collateral becomes worth that
   * unit, and it is liquidated.
   */
  async addDeficit(reserve: Reserve, amount: bigint): Promise<void> {
    if (amount === 0n) return;
    const before = (await this.books(reserve))["deficit"] ?? 0n;
    const who = `bankrupt ${this.#listed}`;
    const [debtPrice] = (await this.book.ask("priceOf", reserve.token)) as unknown as [bigint];
    const unit = 10n ** BigInt(String((await reserve.token.ask("decimals"))[0]));
    const risk = { ltvBps: 9_000n, ltBps: 9_000n, bonusBps: 10_000n };
    // One unit of collateral is worth one unit of debt when all is over.
    const price = (debtPrice * 10n ** 18n) / unit;
    const collateral = await this.list({ price: price * 2n ** 110n, risk });
    await this.supply(who, collateral, 1n);
    await this.borrow(who, reserve, amount + 1n);
    await this.price(collateral, price);
    await this.fund("liquidator", reserve.token, this.pool);
    const account = await this.#ground.actor(who);
    await this.pool.must("liquidator", ["liquidate", collateral.token, reserve.token, account, amount + 1n, true]);
    const after = (await this.books(reserve))["deficit"] ?? 0n;
    if (after - before !== amount) {
      throw new CaseImpossibleError("deficit of a case", `${amount} was wanted, ${after - before} was left`);
    }
  }
}

/** No address. */
export const ZERO = `0x${"0".repeat(40)}`;
