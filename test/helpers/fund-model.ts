/**
 * A fund's teller, share and calendar as their rules say, in plain whole numbers: an independent witness for the contracts.
 *
 * Accounts go by a name, the teller by `teller`. What is refused throws, named like the contract's error. A refused call
 * leaves the model half changed: {@link FundModel.attempt} takes it back.
 */
import { above, ceil, demand, least, Refused } from "./model.ts";

const DAY = 86_400n;
const WEEK = 7n * DAY;
const NAV_ONE = 1_000_000n;
const BPS = 10_000n;
export const NEVER = 2n ** 256n - 1n;
/** Bits that pause subscriptions, redemptions and claims. */
const FLAGS = { subscribe: 0n, redeem: 1n, claim: 2n };
const STATE = { none: 0n, pending: 1n, claimable: 2n, claimed: 3n };

export interface FundTerms {
  readonly settleDelay: bigint;
  readonly minAssets: bigint;
  readonly minShares: bigint;
  readonly feeBps: bigint;
  readonly instantFeeBps: bigint;
  readonly instantLimit: bigint;
}

interface ModelOrder {
  readonly controller: string;
  readonly isRedemption: boolean;
  readonly isGift: boolean;
  readonly amount: bigint;
  readonly placedAt: bigint;
  readonly day: bigint;
  readonly settleDelay: bigint;
  readonly feeBps: bigint;
  claimed: bigint;
  given: bigint;
  fee: bigint;
}

interface Window {
  readonly from: bigint;
  readonly until: bigint;
}

/** How much is taken out of a controller's orders, by what was brought or by what they give, and for whom. */
export interface ModelClaim {
  readonly controller: string;
  readonly receiver: string;
  readonly isRedemption: boolean;
  readonly isByAmount: boolean;
  readonly amount: bigint;
}

interface Given {
  readonly terms: FundTerms;
  readonly cutoff: bigint;
  readonly nav: bigint;
  readonly struckAt: bigint;
  readonly weekend: Window;
  readonly holders: readonly string[];
}

export class FundModel {
  readonly cutoff: bigint;
  now: bigint;
  state;

  constructor({ terms, cutoff, nav, struckAt, weekend, holders }: Given) {
    [this.cutoff, this.now] = [cutoff, struckAt];
    this.state = {
      ...{ terms, weekend, holidays: [] as Window[], isClosed: false, isHalted: false, paused: 0n, supply: 0n },
      strikes: [{ day: struckAt / DAY, at: struckAt, nav }],
      orders: [] as ModelOrder[],
      money: new Map<string, bigint>(),
      shares: new Map<string, bigint>(),
      /** Shares that one may spend of another's, by `owner/spender`. */
      allowances: new Map<string, bigint>(),
      allowed: new Set(holders),
      /** Operators, by `controller/operator`. */
      operators: new Set<string>(),
      instant: { day: 0n, spent: 0n },
    };
  }

  /* ORDERS */

  requestDeposit(caller: string, assets: bigint, [controller, owner]: readonly [string, string]): void {
    this.#requireOpen("subscribe");
    demand(this.actsFor(caller, owner), "FundTellerNotOperator", caller, owner);
    this.#requireAtLeast(assets, this.state.terms.minAssets);
    this.#place(caller, controller, { isRedemption: false, amount: assets });
    this.#move(owner, "teller", assets);
  }

  requestRedeem(caller: string, shares: bigint, [controller, owner]: readonly [string, string]): void {
    this.#requireOpen("redeem");
    this.#requireAtLeast(shares, this.state.terms.minShares);
    this.#place(caller, controller, { isRedemption: true, amount: shares });
    if (!this.actsFor(caller, owner)) {
      const allowance = this.state.allowances.get(`${owner}/${caller}`) ?? 0n;
      demand(shares <= allowance, "ERC20InsufficientAllowance", caller, allowance, shares);
      if (allowance !== NEVER) this.state.allowances.set(`${owner}/${caller}`, allowance - shares);
    }
    this.#burn(owner, shares);
  }

  redeemInstantly(caller: string, shares: bigint, receiver: string): void {
    const { terms, instant } = this.state;
    this.#requireOpen("redeem");
    this.#requireAtLeast(shares, terms.minShares);
    const gross = (shares * this.nav) / NAV_ONE;
    demand(gross <= this.instantLeft, "FundTellerInstantLimit", gross, this.instantLeft);
    const today = this.now / DAY;
    this.state.instant = { day: today, spent: gross + (instant.day === today ? instant.spent : 0n) };
    this.#burn(caller, shares);
    this.#pay(receiver, gross - ceil(gross * terms.instantFeeBps, BPS));
  }

  /** Takes an order whole. */
  claimWhole(caller: string, id: number, receiver: string): void {
    this.#requireOpen("claim");
    const { state } = this.quote(id);
    demand(state === STATE.claimable, "FundTellerNotClaimable", BigInt(id), state);
    const { controller, isRedemption } = this.order(id);
    this.#requireClaimant(caller, controller, isRedemption);
    const [, given] = this.#take(id, this.quote(id).left, true);
    this.#hand(receiver, isRedemption, given);
  }

  /** Takes of a controller's orders, the oldest first. */
  claim(caller: string, { controller, receiver, isRedemption, isByAmount, amount }: ModelClaim): void {
    this.#requireOpen("claim");
    this.#requireClaimant(caller, controller, isRedemption);
    const most = this.claimable(controller, isRedemption)[isByAmount ? "amount" : "gives"];
    demand(amount > 0n, "FundTellerZeroAmount");
    demand(amount <= most, "FundTellerInsufficientClaimable", controller, amount, most);
    let [left, handed] = [amount, 0n];
    for (const id of this.readyOf(controller, isRedemption)) {
      const [taken, given] = this.#take(id, left, isByAmount);
      left -= isByAmount ? taken : given;
      handed += given;
    }
    this.#hand(receiver, isRedemption, handed);
  }

  /* WHO RUNS IT */

  strike(caller: string, nav: bigint): void {
    demand(caller === "owner", "NavStrikesUnauthorized", caller, "owner");
    const day = this.now / DAY;
    demand(day > (this.state.strikes.at(-1)?.day ?? 0n), "NavStrikesAlreadyStruck", day);
    demand(nav > 0n && nav <= 10n ** 18n, "NavStrikesInvalidNav", nav);
    this.state.strikes.push({ day, at: this.now, nav });
  }

  setTerms(terms: FundTerms): void {
    demand(terms.feeBps <= BPS, "FundTellerInvalidFee", terms.feeBps);
    demand(terms.instantFeeBps <= BPS, "FundTellerInvalidFee", terms.instantFeeBps);
    this.state.terms = terms;
  }

  invest(to: string, assets: bigint): void {
    this.#pay(to, assets);
  }

  giveBack(from: string, assets: bigint): void {
    this.#move(from, "teller", assets);
  }

  addHoliday(from: bigint, until: bigint): void {
    demand(from < until, "BankCalendarInvalidWindow", from, until);
    this.state.holidays.push({ from, until });
  }

  transfer(from: string, to: string, shares: bigint): void {
    this.#requireHolder(from);
    this.#requireHolder(to);
    this.#requireShares(from, shares);
    this.#book(from, -shares);
    this.#book(to, shares);
  }

  /* WHAT CAN BE SEEN */

  get nav(): bigint {
    return this.state.strikes.at(-1)?.nav ?? 0n;
  }

  get instantLeft(): bigint {
    const { instant, terms } = this.state;
    return above(terms.instantLimit, instant.day === this.now / DAY ? instant.spent : 0n);
  }

  order(id: number): ModelOrder {
    const order = this.state.orders[id - 1];
    if (order === undefined) throw new RangeError(`no order ${id}`);
    return order;
  }

  actsFor(caller: string, account: string): boolean {
    return caller === account || this.state.operators.has(`${account}/${caller}`);
  }

  moneyOf(who: string): bigint {
    return this.state.money.get(who) ?? 0n;
  }

  sharesOf(who: string): bigint {
    return this.state.shares.get(who) ?? 0n;
  }

  openOf(controller: string): readonly number[] {
    return this.state.orders.flatMap((order, at) =>
      order.controller === controller && order.claimed < order.amount ? [at + 1] : [],
    );
  }

  giftsOf(controller: string): bigint {
    return BigInt(this.openOf(controller).filter((id) => this.order(id).isGift).length);
  }

  readyOf(controller: string, isRedemption: boolean): readonly number[] {
    return this.openOf(controller).filter(
      (id) => this.order(id).isRedemption === isRedemption && this.quote(id).state === STATE.claimable,
    );
  }

  quote(id: number) {
    const nothing = { state: STATE.none, nav: 0n, claimableAt: 0n, left: 0n, gives: 0n, fee: 0n };
    const order = this.state.orders[id - 1];
    if (order === undefined) return nothing;
    const left = order.amount - order.claimed;
    const struck = this.state.strikes.find(({ day }) => day >= order.day);
    if (struck === undefined) return { ...nothing, state: STATE.pending, left };
    const begun = order.placedAt > struck.at ? order.placedAt : struck.at;
    const claimableAt = this.#opening(begun + order.settleDelay);
    const { nav } = struck;
    if (left === 0n) return { ...nothing, state: STATE.claimed, nav, claimableAt };
    const { total, fee } = this.#whole(order, nav);
    const state = this.now >= claimableAt ? STATE.claimable : STATE.pending;
    return { state, nav, claimableAt, left, gives: total - order.given, fee: fee - order.fee };
  }

  /** Money or shares that wait, or can be claimed for. */
  waiting(controller: string, isRedemption: boolean, state: "pending" | "claimable"): bigint {
    const quotes = this.openOf(controller).filter((id) => this.order(id).isRedemption === isRedemption);
    return quotes
      .map((id) => this.quote(id))
      .reduce((sum, one) => sum + (one.state === STATE[state] ? one.left : 0n), 0n);
  }

  /** What a controller can claim: all its settled orders, or as far as the teller's money goes. */
  claimable(controller: string, isRedemption: boolean): { readonly amount: bigint; readonly gives: bigint } {
    const budget = isRedemption ? this.moneyOf("teller") : NEVER;
    let [amount, gives] = [0n, 0n];
    for (const id of this.readyOf(controller, isRedemption)) {
      const quote = this.quote(id);
      if (gives + quote.gives > budget) return { amount: amount + this.#affordable(id, budget - gives), gives: budget };
      amount += quote.left;
      gives += quote.gives;
    }
    return { amount, gives };
  }

  /** The most that a controller is told it may claim, by what was brought and by what is given. */
  most(controller: string, isRedemption: boolean): readonly [bigint, bigint] {
    const { isHalted, allowed } = this.state;
    const isBarred = !isRedemption && (isHalted || !allowed.has(controller));
    if (this.#isPaused("claim") || isBarred) return [0n, 0n];
    const { amount, gives } = this.claimable(controller, isRedemption);
    return [amount, gives];
  }

  worthOf(who: string): bigint {
    const own = (this.sharesOf(who) * this.nav) / NAV_ONE;
    return this.openOf(who).reduce((sum, id) => {
      const [order, { nav, gives }] = [this.order(id), this.quote(id)];
      if (order.isRedemption) return sum + (nav === 0n ? this.#whole(order, this.nav).total : gives);
      return sum + (nav === 0n ? order.amount : (gives * this.nav) / NAV_ONE);
    }, own);
  }

  /** Does something; takes it back if it is refused. */
  attempt(verb: () => void): { readonly refused: Refused } | { readonly done: true } {
    const before = structuredClone(this.state);
    try {
      verb();
      return { done: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.state = before;
      return { refused: error };
    }
  }

  /* INSIDE */

  /** All that an order gives at a value, and the fee kept of it. */
  #whole({ isRedemption, amount, feeBps }: ModelOrder, nav: bigint): { readonly total: bigint; readonly fee: bigint } {
    if (!isRedemption) return { total: (amount * NAV_ONE) / nav, fee: 0n };
    const gross = (amount * nav) / NAV_ONE;
    const fee = ceil(gross * feeBps, BPS);
    return { total: gross - fee, fee };
  }

  /** Takes at most so much of an order; tells what was brought for it, and what it gave. */
  #take(id: number, most: bigint, isByAmount: boolean): readonly [bigint, bigint] {
    const [order, { nav, left, gives }] = [this.order(id), this.quote(id)];
    const { total, fee } = this.#whole(order, nav);
    const { claimed, given } = order;
    if (isByAmount) {
      order.claimed += least(most, left);
      order.given = (total * order.claimed) / order.amount;
    } else if (least(most, gives) > 0n) {
      order.given += least(most, gives);
      const reached = ceil(order.amount * order.given, total);
      if (reached > claimed) order.claimed = reached;
    }
    order.fee = (fee * order.claimed) / order.amount;
    return [order.claimed - claimed, order.given - given];
  }

  /** The most of an order that gives no more than so much, found by halving. */
  #affordable(id: number, budget: bigint): bigint {
    const [order, { nav, left }] = [this.order(id), this.quote(id)];
    const { total } = this.#whole(order, nav);
    let [low, high] = [0n, left];
    while (low < high) {
      const middle = (low + high + 1n) / 2n;
      const pays = (total * (order.claimed + middle)) / order.amount - order.given;
      if (pays <= budget) low = middle;
      else high = middle - 1n;
    }
    return low;
  }

  #place(caller: string, controller: string, given: { readonly isRedemption: boolean; readonly amount: bigint }): void {
    const { allowed, terms, orders } = this.state;
    demand(allowed.has(controller), "FundTellerNotAllowed", controller);
    const isGift = !this.actsFor(caller, controller);
    demand(!isGift || this.giftsOf(controller) < 64n, "FundTellerTooManyOrders", 64n);
    const today = this.now / DAY;
    orders.push({
      ...{ ...given, controller, isGift, placedAt: this.now, claimed: 0n, given: 0n, fee: 0n },
      day: this.now - today * DAY < this.cutoff ? today : today + 1n,
      settleDelay: terms.settleDelay,
      feeBps: given.isRedemption ? terms.feeBps : 0n,
    });
  }

  #hand(receiver: string, isRedemption: boolean, given: bigint): void {
    if (isRedemption) return this.#pay(receiver, given);
    this.#requireHolder(receiver);
    this.#book(receiver, given);
    this.state.supply += given;
  }

  #pay(to: string, assets: bigint): void {
    const held = this.moneyOf("teller");
    demand(assets <= held, "FundTellerInsufficientLiquidity", assets, held);
    this.#move("teller", to, assets);
  }

  #move(from: string, to: string, assets: bigint): void {
    this.state.money.set(from, this.moneyOf(from) - assets);
    this.state.money.set(to, this.moneyOf(to) + assets);
  }

  #book(who: string, shares: bigint): void {
    this.state.shares.set(who, this.sharesOf(who) + shares);
  }

  #burn(who: string, shares: bigint): void {
    this.#requireHolder(who);
    this.#requireShares(who, shares);
    this.#book(who, -shares);
    this.state.supply -= shares;
  }

  /** The first moment from `time` on that lies in no closed window. */
  #opening(time: bigint): bigint {
    const { isClosed, weekend, holidays } = this.state;
    if (isClosed) return NEVER;
    // Weeks are counted from the Monday before 1970.
    const monday = ((time + 3n * DAY) / WEEK) * WEEK - 3n * DAY;
    const length = (weekend.until - weekend.from + WEEK) % WEEK;
    const weekly = [monday - WEEK, monday]
      .map((week) => week + weekend.from)
      .map((from) => [from, from + length] as const);
    const windows = [...weekly, ...holidays.map(({ from, until }) => [from, until] as const)];
    const within = windows.find(([from, until]) => from <= time && time < until);
    return within === undefined ? time : this.#opening(within[1]);
  }

  #isPaused(flag: keyof typeof FLAGS): boolean {
    return (this.state.paused >> FLAGS[flag]) % 2n === 1n;
  }

  #requireOpen(flag: keyof typeof FLAGS): void {
    demand(!this.#isPaused(flag), "PausableFlagsPaused", FLAGS[flag]);
  }

  #requireAtLeast(amount: bigint, minimum: bigint): void {
    demand(amount > 0n && amount >= minimum, "FundTellerBelowMinimum", amount, minimum);
  }

  #requireClaimant(caller: string, controller: string, isRedemption: boolean): void {
    demand(this.actsFor(caller, controller), "FundTellerNotOperator", caller, controller);
    demand(isRedemption || this.state.allowed.has(controller), "FundTellerNotAllowed", controller);
  }

  #requireHolder(who: string): void {
    demand(!this.state.isHalted, "FundShareHalted");
    demand(this.state.allowed.has(who), "FundShareNotAllowed", who);
  }

  #requireShares(who: string, shares: bigint): void {
    const held = this.sharesOf(who);
    demand(shares <= held, "ERC20InsufficientBalance", who, held, shares);
  }
}
