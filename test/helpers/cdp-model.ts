/**
 * Branches of collateralised debt as their rules say, in plain whole numbers: an independent witness for the contracts.
 *
 * Accounts go by a name, branches by their place. What is refused throws, named like the contract's error. A refused call
 * leaves the model half changed: whoever plays one keeps a copy.
 */
import { demand, least } from "./model.ts";
import type { Purse } from "./purse.ts";
import { StabilityModel } from "./stability-model.ts";

const WAD = 10n ** 18n;
const YEAR = 31_536_000n;
const WEEK = 604_800n;

export interface CdpTerms {
  readonly minDebt: bigint;
  readonly minRatio: bigint;
  readonly criticalRatio: bigint;
  readonly shutdownRatio: bigint;
  readonly poolPenalty: bigint;
  readonly redistributionPenalty: bigint;
  /** Gas tokens that every trove leaves with its branch. */
  readonly gasReserve: bigint;
  /** Greatest age of a price. */
  readonly maxAge: bigint;
}

/** What a feed tells: an answer in 1e8, and of when. */
interface ModelRound {
  readonly answer: bigint;
  readonly updatedAt: bigint;
}

const STATUS = { active: 1n, zombie: 2n, closed: 3n, liquidated: 4n };

interface ModelTrove {
  readonly owner: string;
  status: bigint;
  debt: bigint;
  collateral: bigint;
  stake: bigint;
  rate: bigint;
  lastUpdate: bigint;
  lastRateUpdate: bigint;
  debtPerStake: bigint;
  collateralPerStake: bigint;
}

export const interestOf = (weighted: bigint, elapsed: bigint): bigint => (weighted * elapsed) / (YEAR * WAD);
const ratioOf = (collateral: bigint, debt: bigint, price: bigint): bigint =>
  debt === 0n ? 2n ** 256n - 1n : (collateral * price) / debt;

export class BranchModel {
  readonly id: string;
  readonly terms: CdpTerms;
  readonly purse: Purse;
  readonly pool = new StabilityModel();
  readonly troves: ModelTrove[] = [];
  /** Active troves, lowest rate first; of equal ones the latest first. */
  queue: number[] = [];
  zombie = 0;
  shutdownTime = 0n;
  round: ModelRound;
  lastGoodPrice = 0n;
  now: bigint;
  lastAccrual: bigint;
  activeDebt = 0n;
  weightedDebt = 0n;
  activeCollateral = 0n;
  redistributedDebt = 0n;
  redistributedCollateral = 0n;
  stakes = {
    total: 0n,
    totalBefore: 0n,
    collateralBefore: 0n,
    debt: 0n,
    collateral: 0n,
    debtRest: 0n,
    collateralRest: 0n,
  };
  readonly surplus = new Map<string, bigint>();

  constructor(id: string, terms: CdpTerms, given: { readonly purse: Purse; readonly now: bigint }) {
    [this.id, this.terms, this.purse, this.now, this.lastAccrual] = [id, terms, given.purse, given.now, given.now];
    this.round = { answer: 2_000n * 10n ** 8n, updatedAt: given.now };
  }

  /** Whether the feed's answer counts: above zero, and not too old; one from the future has no age. */
  get isPriceGood(): boolean {
    const { round } = this;
    return round.answer > 0n && this.now - round.updatedAt <= this.terms.maxAge;
  }

  /** The feed's price while that counts, else the last that did. */
  get price(): bigint {
    return this.isPriceGood ? this.round.answer * 10n ** 10n : this.lastGoodPrice;
  }

  /* TROVES */

  open(who: string, collateral: bigint, dollars: bigint, rate: bigint): void {
    this.#requireAlive();
    this.#requireRate(rate);
    this.#requirePrice();
    this.accrue();
    const place = { stake: 0n, rate: 0n, lastUpdate: 0n, debtPerStake: 0n, collateralPerStake: 0n };
    this.troves.push({ owner: who, status: 1n, debt: 0n, collateral: 0n, lastRateUpdate: this.now, ...place });
    const id = this.troves.length;
    const nothing = { debt: 0n, collateral: 0n, debtGain: 0n, collateralGain: 0n };
    const fee = this.#upfrontFee(id, nothing, [dollars, dollars, rate]);
    const debt = dollars + fee;
    this.#requireDebt(debt);
    this.#write(id, nothing, [debt, collateral, rate]);
    this.#enqueue(id, rate);
    this.#requireRatio(collateral, debt);
    this.#requireAboveCritical();
    this.purse.add(this.id, who, -collateral);
    this.#moveGas(who, `branch${this.id}`);
    this.purse.mint(who, dollars);
    this.#mintYield(fee);
  }

  adjust(who: string, id: number, collateralChange: bigint, debtChange: bigint): void {
    this.#requireAlive();
    const trove = this.#owned(who, id);
    demand(collateralChange !== 0n || debtChange !== 0n, "CollateralBranchInvalidChange", 0n, 0n);
    this.#requirePrice();
    this.accrue();
    const wasCritical = this.#ratio() < this.terms.criticalRatio;
    const latest = this.latest(id);
    const change = (amount: bigint, by: bigint): bigint => {
      demand(amount + by >= 0n, "CollateralBranchInvalidChange", amount, by);
      return amount + by;
    };
    const collateral = change(latest.collateral, collateralChange);
    const debt = change(latest.debt, debtChange);
    const fee = debtChange > 0n ? this.#upfrontFee(id, latest, [debtChange, debt, trove.rate]) : 0n;
    this.#requireDebt(debt + fee);
    if (trove.status === STATUS.zombie) {
      if (this.zombie === id) this.zombie = 0;
      trove.status = STATUS.active;
      this.#enqueue(id, trove.rate);
    }
    this.#write(id, latest, [debt + fee, collateral, trove.rate]);
    this.#requireRatio(collateral, debt + fee);
    const isPaid = collateralChange >= 0n || -debtChange >= (-collateralChange * this.price) / WAD;
    if (!wasCritical || debtChange > 0n || !isPaid) this.#requireAboveCritical();
    this.purse.add(this.id, who, -collateralChange);
    if (debtChange > 0n) this.purse.mint(who, debtChange);
    if (debtChange < 0n) this.purse.burn(who, -debtChange);
    this.#mintYield(fee);
  }

  setRate(who: string, id: number, rate: bigint): void {
    this.#requireAlive();
    const trove = this.#owned(who, id);
    this.#requireRate(rate);
    demand(trove.status === STATUS.active, "CollateralBranchNotOpen", BigInt(id), trove.status);
    this.accrue();
    const latest = this.latest(id);
    const isEarly = this.now < trove.lastRateUpdate + WEEK;
    const fee = isEarly ? this.#upfrontFee(id, latest, [latest.debt, latest.debt, rate]) : 0n;
    trove.lastRateUpdate = this.now;
    this.#dequeue(id);
    this.#enqueue(id, rate);
    this.#write(id, latest, [latest.debt + fee, latest.collateral, rate]);
    if (fee > 0n) {
      this.#requirePrice();
      this.#requireRatio(latest.collateral, latest.debt + fee);
      this.#requireAboveCritical();
    }
    this.#mintYield(fee);
  }

  close(who: string, id: number): void {
    this.#owned(who, id);
    demand(this.openCount > 1 || this.shutdownTime > 0n, "CollateralBranchLastTrove", BigInt(id));
    this.accrue();
    const latest = this.latest(id);
    this.#end(id, latest, STATUS.closed);
    if (this.shutdownTime === 0n) {
      this.#requirePrice();
      this.#requireAboveCritical();
    }
    this.purse.burn(who, latest.debt);
    this.purse.add(this.id, who, latest.collateral);
    this.#moveGas(`branch${this.id}`, who);
  }

  settle(id: number): void {
    this.#requireAlive();
    const trove = this.#opened(id);
    this.accrue();
    const latest = this.latest(id);
    this.#write(id, latest, [latest.debt, latest.collateral, trove.rate]);
  }

  claimSurplus(who: string): void {
    const amount = this.surplus.get(who) ?? 0n;
    demand(amount > 0n, "CollateralBranchNoSurplus", who);
    this.surplus.set(who, 0n);
    this.purse.add(this.id, who, amount);
  }

  /* LIQUIDATION, REDEMPTION, SHUTDOWN */

  liquidate(who: string, id: number): { readonly isOffset: boolean; readonly isRedistributed: boolean } {
    const { owner } = this.#opened(id);
    if (this.shutdownTime === 0n || this.isPriceGood) this.#requirePrice();
    this.accrue();
    const { poolPenalty, redistributionPenalty, minRatio } = this.terms;
    const latest = this.latest(id);
    const ratio = ratioOf(latest.collateral, latest.debt, this.price);
    demand(ratio < minRatio, "CollateralBranchNotLiquidatable", BigInt(id), ratio, minRatio);
    const offset = least(latest.debt, this.pool.offsettable);
    const part = latest.debt === 0n ? 0n : (latest.collateral * offset) / latest.debt;
    const gas = least(part / 200n, 2n * WAD);
    const toPool = least(part - gas, (offset * (WAD + poolPenalty)) / this.price);
    const rest = latest.debt - offset;
    const left = latest.collateral - gas - toPool;
    const toTroves = least(left, (rest * (WAD + redistributionPenalty)) / this.price);
    this.#end(id, latest, STATUS.liquidated);
    this.surplus.set(owner, (this.surplus.get(owner) ?? 0n) + left - toTroves);
    this.#redistribute(id, rest, toTroves);
    this.stakes.totalBefore = this.stakes.total;
    this.stakes.collateralBefore = this.collateral;
    if (offset > 0n) {
      this.purse.burn(`pool${this.id}`, offset);
      this.purse.add(this.id, `pool${this.id}`, toPool);
      this.pool.offset(offset, toPool);
    }
    this.purse.add(this.id, who, gas);
    this.#moveGas(`branch${this.id}`, who);
    return { isOffset: offset > 0n, isRedistributed: rest > 0n };
  }

  redeem(who: string, amount: bigint, rate: bigint, most: number): bigint {
    this.#requirePrice();
    this.accrue();
    let [redeemed, out] = [0n, 0n];
    const order = [...(this.zombie === 0 ? [] : [this.zombie]), ...this.queue];
    for (const id of order.slice(0, most === 0 ? order.length : most)) {
      if (redeemed >= amount) break;
      const latest = this.latest(id);
      if (ratioOf(latest.collateral, latest.debt, this.price) < WAD) continue;
      const debt = least(amount - redeemed, latest.debt);
      const worth = (debt * WAD) / this.price;
      const paid = worth - (worth * rate) / WAD;
      this.#reduce(id, debt, paid);
      [redeemed, out] = [redeemed + debt, out + paid];
    }
    this.purse.burn(who, redeemed);
    this.purse.add(this.id, who, out);
    return redeemed;
  }

  redeemUrgently(who: string, amount: bigint, ids: readonly number[]): void {
    demand(this.shutdownTime > 0n, "CollateralBranchShutDown", false);
    let [redeemed, out] = [0n, 0n];
    for (const id of ids) {
      if (redeemed >= amount) break;
      this.#opened(id);
      const latest = this.latest(id);
      const bonus = WAD + WAD / 50n;
      let debt = least(amount - redeemed, latest.debt);
      let taken = (debt * bonus) / this.price;
      if (taken > latest.collateral) [debt, taken] = [(latest.collateral * this.price) / bonus, latest.collateral];
      this.#reduce(id, debt, taken);
      [redeemed, out] = [redeemed + debt, out + taken];
    }
    this.purse.burn(who, redeemed);
    this.purse.add(this.id, who, out);
  }

  shutDown(): void {
    this.#requireAlive();
    this.accrue();
    const { shutdownRatio } = this.terms;
    const isSound = this.isPriceGood && this.#ratio() >= shutdownRatio;
    demand(!isSound, "CollateralBranchStillSound", this.#ratio(), shutdownRatio);
    this.lastGoodPrice = this.price;
    this.shutdownTime = this.now;
  }

  /* STABILITY POOL */

  deposit(who: string, amount: bigint): void {
    demand(amount > 0n, "StabilityPoolZeroAmount");
    this.accrue();
    const gained = this.pool.deposit(who, amount);
    this.purse.take(who, amount);
    this.purse.add("dollar", `pool${this.id}`, amount);
    this.#payGains(who, gained);
  }

  withdraw(who: string, amount: bigint): void {
    demand(amount > 0n, "StabilityPoolZeroAmount");
    this.accrue();
    const gained = this.pool.withdraw(who, amount);
    this.purse.take(`pool${this.id}`, amount);
    this.purse.add("dollar", who, amount);
    this.#payGains(who, gained);
  }

  claim(who: string): void {
    this.accrue();
    this.#payGains(who, this.pool.touch(who, this.pool.worthOf(who)));
  }

  /* WHAT CAN BE SEEN */

  get openCount(): number {
    return this.troves.filter(({ status }) => status === STATUS.active || status === STATUS.zombie).length;
  }

  get pendingInterest(): bigint {
    if (this.shutdownTime > 0n) return 0n;
    return (this.weightedDebt * (this.now - this.lastAccrual) + YEAR * WAD - 1n) / (YEAR * WAD);
  }

  get debt(): bigint {
    return this.activeDebt + this.redistributedDebt + this.pendingInterest;
  }

  get collateral(): bigint {
    return this.activeCollateral + this.redistributedCollateral;
  }

  /** What redemptions count: all debt, and what the pool could not pay; null while the branch takes no part. */
  get redeemable(): { readonly debt: bigint; readonly unbacked: bigint } | null {
    const isSound = this.isPriceGood && this.#ratio() >= this.terms.shutdownRatio;
    if (this.shutdownTime > 0n || !isSound) return null;
    const [debt, held] = [this.debt, this.pool.total];
    return { debt, unbacked: debt > held ? debt - held : 0n };
  }

  trove(id: number): ModelTrove {
    const trove = this.troves[id - 1];
    if (trove === undefined) throw new RangeError(`no trove ${id}`);
    return trove;
  }

  latest(id: number) {
    const trove = this.trove(id);
    const end = this.shutdownTime === 0n ? this.now : this.shutdownTime;
    const elapsed = end > trove.lastUpdate ? end - trove.lastUpdate : 0n;
    const interest = interestOf(trove.debt * trove.rate, elapsed);
    const debtGain = (trove.stake * (this.stakes.debt - trove.debtPerStake)) / WAD;
    const collateralGain = (trove.stake * (this.stakes.collateral - trove.collateralPerStake)) / WAD;
    const debt = trove.debt + interest + debtGain;
    return { debt, collateral: trove.collateral + collateralGain, interest, debtGain, collateralGain };
  }

  accrue(): void {
    const interest = this.pendingInterest;
    this.lastAccrual = this.now;
    this.activeDebt += interest;
    this.#mintYield(interest);
  }

  #mintYield(amount: bigint): void {
    if (amount === 0n) return;
    const part = (amount * 3n) / 4n;
    this.purse.mint("treasury", amount - part);
    this.purse.mint(`pool${this.id}`, part);
    this.pool.receive(part);
  }

  #payGains(who: string, { collateral, interest }: { readonly collateral: bigint; readonly interest: bigint }): void {
    this.purse.take(`pool${this.id}`, interest);
    this.purse.add("dollar", who, interest);
    this.purse.add(this.id, `pool${this.id}`, -collateral);
    this.purse.add(this.id, who, collateral);
  }

  #write(
    id: number,
    latest: Omit<ReturnType<BranchModel["latest"]>, "interest">,
    next: readonly [bigint, bigint, bigint],
  ) {
    const trove = this.trove(id);
    const [debt, collateral, rate] = next;
    this.redistributedDebt -= latest.debtGain;
    this.redistributedCollateral -= latest.collateralGain;
    this.activeDebt += latest.debtGain + debt - latest.debt;
    this.activeCollateral += latest.collateralGain + collateral - latest.collateral;
    this.weightedDebt += debt * rate - trove.debt * trove.rate;
    const { totalBefore, collateralBefore } = this.stakes;
    const stake = collateralBefore === 0n ? collateral : (collateral * totalBefore) / collateralBefore;
    this.stakes.total += stake - trove.stake;
    const sums = { debtPerStake: this.stakes.debt, collateralPerStake: this.stakes.collateral };
    Object.assign(trove, { debt, collateral, rate, stake, lastUpdate: this.now, ...sums });
  }

  #end(id: number, latest: ReturnType<BranchModel["latest"]>, status: bigint): void {
    this.#dequeue(id);
    this.trove(id).status = status;
    if (this.zombie === id) this.zombie = 0;
    this.#write(id, latest, [0n, 0n, 0n]);
  }

  /** Takes debt and collateral out of a trove that is redeemed. */
  #reduce(id: number, debt: bigint, collateral: bigint): void {
    const [trove, latest] = [this.trove(id), this.latest(id)];
    const left = latest.debt - debt;
    if (left < this.terms.minDebt) {
      if (trove.status === STATUS.active) {
        this.#dequeue(id);
        trove.status = STATUS.zombie;
        if (left > 0n) this.zombie = id;
      } else if (left === 0n && this.zombie === id) this.zombie = 0;
    }
    this.#write(id, latest, [left, latest.collateral - collateral, trove.rate]);
  }

  #redistribute(id: number, debt: bigint, collateral: bigint): void {
    if (debt === 0n) return;
    const { total } = this.stakes;
    demand(total > 0n, "CollateralBranchLastTrove", BigInt(id));
    const [debts, collaterals] = [debt * WAD + this.stakes.debtRest, collateral * WAD + this.stakes.collateralRest];
    this.stakes.debt += debts / total;
    this.stakes.collateral += collaterals / total;
    [this.stakes.debtRest, this.stakes.collateralRest] = [debts % total, collaterals % total];
    this.redistributedDebt += debt;
    this.redistributedCollateral += collateral;
  }

  #upfrontFee(id: number, latest: { debt: bigint; debtGain: bigint }, next: readonly [bigint, bigint, bigint]): bigint {
    const trove = this.trove(id);
    const debt = this.activeDebt + latest.debtGain + next[1] - latest.debt;
    const weighted = this.weightedDebt + next[1] * next[2] - trove.debt * trove.rate;
    return debt === 0n ? 0n : interestOf(next[0] * (weighted / debt), WEEK);
  }

  #enqueue(id: number, rate: bigint): void {
    const at = this.queue.findIndex((other) => this.trove(other).rate >= rate);
    this.queue.splice(at === -1 ? this.queue.length : at, 0, id);
  }

  #dequeue(id: number): void {
    this.queue = this.queue.filter((other) => other !== id);
  }

  #ratio(): bigint {
    return ratioOf(this.collateral, this.debt, this.price);
  }

  #opened(id: number): ModelTrove {
    const trove = this.troves[id - 1];
    const isOpen = trove?.status === STATUS.active || trove?.status === STATUS.zombie;
    demand(isOpen, "CollateralBranchNotOpen", BigInt(id), trove?.status ?? 0n);
    return this.trove(id);
  }

  #owned(who: string, id: number): ModelTrove {
    const trove = this.#opened(id);
    demand(trove.owner === who, "CollateralBranchUnauthorized", who, trove.owner);
    return trove;
  }

  /** Moves the gas reserve of one trove. */
  #moveGas(from: string, to: string): void {
    this.purse.add("gas", from, -this.terms.gasReserve);
    this.purse.add("gas", to, this.terms.gasReserve);
  }

  /** A living branch works with a price of now, and remembers it. */
  #requirePrice(): void {
    demand(this.isPriceGood, "CollateralBranchBrokenFeed");
    this.lastGoodPrice = this.price;
  }

  #requireAlive(): void {
    demand(this.shutdownTime === 0n, "CollateralBranchShutDown", true);
  }

  #requireRate(rate: bigint): void {
    demand(rate >= WAD / 200n && rate <= (5n * WAD) / 2n, "CollateralBranchInvalidRate", rate);
  }

  #requireDebt(debt: bigint): void {
    demand(debt >= this.terms.minDebt, "CollateralBranchDebtTooLow", debt, this.terms.minDebt);
  }

  #requireRatio(collateral: bigint, debt: bigint): void {
    const ratio = ratioOf(collateral, debt, this.price);
    demand(ratio >= this.terms.minRatio, "CollateralBranchRatioTooLow", ratio, this.terms.minRatio);
  }

  #requireAboveCritical(): void {
    const { criticalRatio } = this.terms;
    demand(this.#ratio() >= criticalRatio, "CollateralBranchCritical", this.#ratio(), criticalRatio);
  }
}
