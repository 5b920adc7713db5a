/**
 * A pooled market with its insurance as its rules say, in plain whole numbers: an independent witness for the contracts.
 *
 * Everybody and everything goes by a name. What is refused throws {@link Refused}, named like the contract's error.
 */
import { FROZEN, INACTIVE, LTV_ZERO, NO_FLASH, NOT_BORROWABLE, PAUSED } from "./lending.ts";
import { account as accountOf, growth, liquidation, rates, type OracleCurve } from "./lending-oracle.ts";
import type { ModelCategory, ModelLiquidation, ModelPolicy, ModelRisk, ModelTerms } from "./lending-terms.ts";
import { above, ceil, demand, halfUp, least, Refused } from "./model.ts";

const RAY = 10n ** 27n;
const WAD = 10n ** 18n;
const BPS = 10_000n;
const CLOSED = INACTIVE | PAUSED;

interface ModelReserve extends ModelTerms {
  readonly unit: bigint;
  readonly curve: OracleCurve;
  price: bigint;
  restrictions: bigint;
  supplyIndex: bigint;
  debtIndex: bigint;
  supplyRate: bigint;
  borrowRate: bigint;
  updatedAt: bigint;
  scaledSupply: bigint;
  scaledDebt: bigint;
  scaledTreasury: bigint;
  cash: bigint;
  deficit: bigint;
}

interface ModelPosition {
  supply: bigint;
  debt: bigint;
  isCollateral: boolean;
}

interface ModelState {
  readonly reserves: Map<string, ModelReserve>;
  readonly positions: Map<string, ModelPosition>;
  readonly categories: Map<string, bigint>;
  readonly delegations: Map<string, bigint>;
  /** Tokens in wallets, by asset and owner; only changes, so they may be negative. */
  readonly wallets: Map<string, bigint>;
  isPaused: boolean;
  /** Deficit of an asset that only its insurer may cover. */
  heldBack: { asset: string; by: string; amount: bigint } | null;
}

export class LendingModel {
  readonly categories: Readonly<Record<string, ModelCategory>>;
  readonly policy: ModelPolicy;
  now: bigint;
  state: ModelState;

  constructor(setup: {
    readonly reserves: Readonly<Record<string, ModelTerms & { unit: bigint; curve: OracleCurve; price: bigint }>>;
    readonly categories: Readonly<Record<string, ModelCategory>>;
    readonly policy: ModelPolicy;
    readonly now: bigint;
  }) {
    this.categories = setup.categories;
    this.policy = setup.policy;
    this.now = setup.now;
    const empty = {
      ...{ restrictions: 0n, supplyIndex: RAY, debtIndex: RAY, supplyRate: 0n, borrowRate: 0n, updatedAt: this.now },
      ...{ scaledSupply: 0n, scaledDebt: 0n, scaledTreasury: 0n, cash: 0n, deficit: 0n },
    };
    const reserves = Object.entries(setup.reserves).map(([name, terms]) => [name, { ...empty, ...terms }] as const);
    this.state = {
      ...{ reserves: new Map(reserves), positions: new Map(), categories: new Map(), delegations: new Map() },
      ...{ wallets: new Map(), isPaused: false, heldBack: null },
    };
    for (const asset of this.assets) this.#setRates(asset);
  }

  get assets(): readonly string[] {
    return [...this.state.reserves.keys()];
  }

  /* WHAT ANYBODY DOES */

  supply(who: string, asset: string, amount: bigint, account: string): void {
    this.#requireOpen(asset, CLOSED | FROZEN);
    const reserve = this.#accrue(asset);
    const claims = ((reserve.scaledSupply + reserve.scaledTreasury) * reserve.supplyIndex) / RAY;
    const { supplyCap } = reserve;
    demand(
      supplyCap === 0n || claims + amount <= supplyCap,
      "LendingPoolCapExceeded",
      asset,
      claims + amount,
      supplyCap,
    );
    const scaled = (amount * RAY) / reserve.supplyIndex;
    demand(scaled > 0n, "LendingPoolZeroAmount");
    const own = this.position(asset, account);
    const isFirst = own.supply === 0n;
    this.#give(asset, account, scaled);
    this.#pull(asset, who, amount);
    if (isFirst && this.riskOf(asset, account).ltvBps > 0n) own.isCollateral = true;
    this.#setRates(asset);
  }

  withdraw(who: string, asset: string, wanted: bigint | "all", to: string): void {
    this.#requireOpen(asset, CLOSED);
    const reserve = this.#accrue(asset);
    const balance = this.supplyOf(asset, who);
    const amount = wanted === "all" ? balance : wanted;
    demand(amount > 0n, "LendingPoolZeroAmount");
    demand(amount <= balance, "LendingPoolInsufficientBalance", asset, amount, balance);
    const wasCollateral = this.position(asset, who).isCollateral;
    this.#take(asset, who, ceil(amount * RAY, reserve.supplyIndex));
    this.#pay(asset, to, amount);
    if (wasCollateral) this.#requireMayLeave(asset, who);
    this.#setRates(asset);
  }

  borrow(who: string, asset: string, amount: bigint, account: string): void {
    demand(amount > 0n, "LendingPoolZeroAmount");
    this.#requireOpen(asset, CLOSED | FROZEN);
    this.#requireBorrowable(asset, this.categoryOf(account));
    const reserve = this.#accrue(asset);
    const debts = ceil(reserve.scaledDebt * reserve.debtIndex, RAY);
    const { borrowCap } = reserve;
    demand(borrowCap === 0n || debts + amount <= borrowCap, "LendingPoolCapExceeded", asset, debts + amount, borrowCap);
    this.#useDelegation(who, asset, amount, account);
    const scaled = ceil(amount * RAY, reserve.debtIndex);
    reserve.scaledDebt += scaled;
    this.position(asset, account).debt += scaled;
    this.#pay(asset, who, amount);
    const data = this.#requireHealthy(account);
    const most = (data.collateral * data.ltv) / BPS;
    demand(data.debt <= most, "LendingPoolInsufficientCollateral", account, data.debt, most);
    this.#setRates(asset);
  }

  repay(who: string, asset: string, wanted: bigint | "all", account: string): void {
    this.#requireOpen(asset, CLOSED);
    const reserve = this.#accrue(asset);
    const debt = this.debtOf(asset, account);
    demand(debt > 0n, "LendingPoolNoDebt", account, asset);
    const amount = wanted === "all" ? debt : least(wanted, debt);
    const own = this.position(asset, account);
    const scaled = amount === debt ? own.debt : (amount * RAY) / reserve.debtIndex;
    demand(scaled > 0n, "LendingPoolZeroAmount");
    own.debt -= scaled;
    reserve.scaledDebt -= scaled;
    this.#pull(asset, who, amount);
    this.#setRates(asset);
  }

  delegate(who: string, asset: string, borrower: string, amount: bigint): void {
    this.state.delegations.set(`${asset}/${who}/${borrower}`, amount);
  }

  useAsCollateral(who: string, asset: string, isCollateral: boolean): void {
    this.#requireOpen(asset, CLOSED);
    const own = this.position(asset, who);
    if (own.isCollateral === isCollateral) return;
    const isPossible = !isCollateral || (own.supply > 0n && this.riskOf(asset, who).ltvBps > 0n);
    demand(isPossible, "LendingPoolCannotBeCollateral", asset, who);
    own.isCollateral = isCollateral;
    if (!isCollateral) this.#requireMayLeave(asset, who);
  }

  enter(who: string, category: bigint): void {
    const isKnown = category === 0n || this.categories[category.toString()] !== undefined;
    demand(isKnown, "LendingPoolUnknownCategory", category);
    for (const asset of this.assets) {
      if (this.position(asset, who).debt > 0n) this.#requireBorrowable(asset, category);
    }
    this.state.categories.set(who, category);
    this.#requireHealthy(who);
  }

  transfer(asset: string, amount: bigint, from: string, to: string): void {
    this.#requireOpen(asset, CLOSED);
    const reserve = this.#accrue(asset);
    const balance = this.supplyOf(asset, from);
    demand(amount <= balance, "LendingPoolInsufficientBalance", asset, amount, balance);
    const wasCollateral = this.position(asset, from).isCollateral;
    const scaled = ceil(amount * RAY, reserve.supplyIndex);
    if (from !== to) {
      this.#take(asset, from, scaled);
      this.#give(asset, to, scaled);
    }
    if (wasCollateral) this.#requireMayLeave(asset, from);
  }

  flashLoan(asset: string, amount: bigint, receiver: string): void {
    this.#requireOpen(asset, CLOSED | NO_FLASH);
    const { cash } = this.reserve(asset);
    demand(amount <= cash, "LendingPoolInsufficientCash", asset, amount, cash);
    const reserve = this.#accrue(asset);
    const fee = ceil(amount * this.policy.flashFeeBps, BPS);
    const claims = reserve.scaledSupply + reserve.scaledTreasury;
    const treasury = claims === 0n ? fee : (fee * this.policy.flashTreasuryBps) / BPS;
    if (claims > 0n) reserve.supplyIndex += ((fee - treasury) * RAY) / claims;
    reserve.scaledTreasury += (treasury * RAY) / reserve.supplyIndex;
    this.#pull(asset, receiver, fee);
    this.#setRates(asset);
  }

  accrue(asset: string): void {
    this.#accrue(asset);
    this.#setRates(asset);
  }

  mintToTreasury(asset: string): void {
    const reserve = this.#accrue(asset);
    demand(reserve.scaledTreasury > 0n, "LendingPoolZeroAmount");
    this.#give(asset, "treasury", reserve.scaledTreasury);
    reserve.scaledTreasury = 0n;
    this.#setRates(asset);
  }

  eliminate(who: string, asset: string, amount: bigint): void {
    const reserve = this.#accrue(asset);
    demand(amount > 0n, "LendingPoolZeroAmount");
    const { heldBack } = this.state;
    const isFree = heldBack === null || heldBack.asset !== asset || heldBack.by === who;
    const most = above(reserve.deficit, isFree ? 0n : heldBack.amount);
    demand(amount <= most, "LendingPoolDeficitTooSmall", asset, amount, most);
    const scaled = ceil(amount * RAY, reserve.supplyIndex);
    const own = this.position(asset, who);
    demand(scaled <= own.supply, "LendingPoolInsufficientBalance", asset, amount, this.supplyOf(asset, who));
    const wasCollateral = own.isCollateral;
    reserve.deficit -= amount;
    this.#take(asset, who, scaled);
    if (wasCollateral) this.#requireMayLeave(asset, who);
    this.#setRates(asset);
  }

  /* LIQUIDATION */

  liquidate(
    who: string,
    pair: { readonly collateral: string; readonly debt: string },
    account: string,
    given: { readonly asked: bigint; readonly receivesClaims: boolean },
  ): ModelLiquidation {
    demand(given.asked > 0n, "LendingPoolZeroAmount");
    demand(who !== account, "LendingPoolSelfLiquidation", account);
    this.#requireOpen(pair.collateral, CLOSED);
    this.#requireOpen(pair.debt, CLOSED);
    const [from, owed] = [this.#accrue(pair.collateral), this.#accrue(pair.debt)];
    const data = this.data(account);
    demand(data.health < WAD, "LendingPoolHealthy", account, data.health);
    const risk = this.riskOf(pair.collateral, account);
    const [held, owing] = [this.position(pair.collateral, account), this.position(pair.debt, account)];
    demand(held.isCollateral && risk.ltBps > 0n, "LendingPoolNotCollateral", account, pair.collateral);
    const debt = this.debtOf(pair.debt, account);
    demand(debt > 0n, "LendingPoolNoDebt", account, pair.debt);
    const size = liquidation({
      collateral: { amount: this.supplyOf(pair.collateral, account), price: from.price, unit: from.unit },
      debt: { amount: debt, price: owed.price, unit: owed.unit },
      ...{ totalDebt: data.debt, health: data.health, bonus: risk.bonusBps, fee: from.liquidationFeeBps },
      ...{ closeFactor: this.policy.closeFactor, asked: given.asked },
    });
    demand(!size.isDust, "LendingPoolMustNotLeaveDust", account);

    this.#pull(pair.debt, who, size.repaid);
    const seized = size.seized - size.treasury;
    const toLiquidator = least(ceil(seized * RAY, from.supplyIndex), held.supply);
    const toTreasury = least(ceil(size.treasury * RAY, from.supplyIndex), held.supply - toLiquidator);
    this.#take(pair.collateral, account, toLiquidator + toTreasury);
    this.#give(pair.collateral, "treasury", toTreasury);
    if (given.receivesClaims) this.#give(pair.collateral, who, toLiquidator);
    else this.#pay(pair.collateral, who, seized);

    const consumed = ((toLiquidator + toTreasury) * from.supplyIndex) / RAY;
    const isBadDebt = (consumed * from.price) / from.unit === data.collateral;
    const isAll = isBadDebt || size.repaid === debt;
    const burned = isAll ? owing.debt : (size.repaid * RAY) / owed.debtIndex;
    owing.debt -= burned;
    owed.scaledDebt -= burned;
    if (isBadDebt) {
      owed.deficit += debt - size.repaid;
      this.#writeOffElsewhere(account);
    }
    this.#setRates(pair.collateral);
    this.#setRates(pair.debt);
    return { repaid: size.repaid, seized, fee: size.treasury, healthFactor: data.health, isBadDebt };
  }

  #writeOffElsewhere(account: string): void {
    for (const asset of this.assets) {
      const own = this.position(asset, account);
      if (own.debt === 0n) continue;
      const reserve = this.#accrue(asset);
      reserve.deficit += ceil(own.debt * reserve.debtIndex, RAY);
      reserve.scaledDebt -= own.debt;
      own.debt = 0n;
      this.#setRates(asset);
    }
  }

  /* WHAT THE RISK ADMIN DOES */

  retune(asset: string, terms: ModelTerms): void {
    this.accrue(asset);
    Object.assign(this.reserve(asset), terms);
    this.#setRates(asset);
  }

  /* WHAT CAN BE SEEN */

  reserve(asset: string): ModelReserve {
    const found = this.state.reserves.get(asset);
    if (found === undefined) throw new RangeError(`no reserve ${asset}`);
    return found;
  }

  position(asset: string, who: string): ModelPosition {
    const key = `${asset}/${who}`;
    const known = this.state.positions.get(key) ?? { supply: 0n, debt: 0n, isCollateral: false };
    this.state.positions.set(key, known);
    return known;
  }

  categoryOf(who: string): bigint {
    return this.state.categories.get(who) ?? 0n;
  }

  restrictionsOf(asset: string): bigint {
    return this.reserve(asset).restrictions | (this.state.isPaused ? PAUSED : 0n);
  }

  /** Indexes with interest until now. */
  indexes(asset: string): { readonly supply: bigint; readonly debt: bigint } {
    const { supplyIndex, debtIndex, supplyRate, borrowRate, updatedAt, scaledDebt } = this.reserve(asset);
    const elapsed = this.now - updatedAt;
    return {
      supply: supplyRate === 0n ? supplyIndex : halfUp(growth(supplyRate, elapsed).linear * supplyIndex, RAY),
      debt: scaledDebt === 0n ? debtIndex : halfUp(growth(borrowRate, elapsed).compounded * debtIndex, RAY),
    };
  }

  supplyOf(asset: string, who: string): bigint {
    return (this.position(asset, who).supply * this.indexes(asset).supply) / RAY;
  }

  debtOf(asset: string, who: string): bigint {
    return ceil(this.position(asset, who).debt * this.indexes(asset).debt, RAY);
  }

  /** The treasury's earnings with interest until now, scaled. */
  treasuryOf(asset: string): bigint {
    const { scaledDebt, scaledTreasury, debtIndex, reserveFactorBps } = this.reserve(asset);
    const { supply, debt } = this.indexes(asset);
    const interest = (scaledDebt * (debt - debtIndex)) / RAY;
    return scaledTreasury + (halfUp(interest * reserveFactorBps, BPS) * RAY) / supply;
  }

  riskOf(asset: string, who: string): ModelRisk {
    const { risk, restrictions } = this.reserve(asset);
    const mode = this.categories[this.categoryOf(who).toString()];
    const own = mode?.collateral.includes(asset) === true ? mode.risk : risk;
    return (restrictions & LTV_ZERO) === 0n ? own : { ...own, ltvBps: 0n };
  }

  /** An account as a whole. */
  data(who: string) {
    const collaterals = [];
    const debts = [];
    for (const asset of this.assets) {
      const { price, unit } = this.reserve(asset);
      const own = this.position(asset, who);
      const { ltvBps: ltv, ltBps: lt } = this.riskOf(asset, who);
      if (own.isCollateral && lt > 0n) collaterals.push({ amount: this.supplyOf(asset, who), price, unit, ltv, lt });
      if (own.debt > 0n) debts.push({ amount: this.debtOf(asset, who), price, unit });
    }
    return { ...accountOf(collaterals, debts), hasLtvZero: collaterals.some(({ ltv }) => ltv === 0n) };
  }

  /** Does something; takes it back if it is refused. */
  attempt<T>(verb: () => T): { readonly refused: Refused } | { readonly done: T } {
    const before = structuredClone(this.state);
    try {
      return { done: verb() };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.state = before;
      return { refused: error };
    }
  }

  /** Moves tokens between wallets; nothing else keeps account of them. */
  credit(asset: string, who: string, amount: bigint): void {
    const key = `${asset}/${who}`;
    this.state.wallets.set(key, (this.state.wallets.get(key) ?? 0n) + amount);
  }

  #requireOpen(asset: string, restrictions: bigint): void {
    const found = this.restrictionsOf(asset) & restrictions;
    demand(found === 0n, "LendingPoolRestricted", asset, found);
  }

  #requireBorrowable(asset: string, category: bigint): void {
    const mode = this.categories[category.toString()];
    const isFree = (this.reserve(asset).restrictions & NOT_BORROWABLE) === 0n;
    demand(mode === undefined ? isFree : mode.borrowable.includes(asset), "LendingPoolNotBorrowable", asset, category);
  }

  #useDelegation(who: string, asset: string, amount: bigint, account: string): void {
    if (who === account) return;
    const key = `${asset}/${account}/${who}`;
    const allowed = this.state.delegations.get(key) ?? 0n;
    demand(amount <= allowed, "LendingPoolInsufficientDelegation", asset, amount, allowed);
    this.state.delegations.set(key, allowed - amount);
  }

  #requireHealthy(who: string) {
    const data = this.data(who);
    demand(data.health >= WAD, "LendingPoolUnhealthy", who, data.health);
    return data;
  }

  #requireMayLeave(asset: string, who: string): void {
    const data = this.#requireHealthy(who);
    if (data.debt === 0n || !data.hasLtvZero) return;
    demand(this.riskOf(asset, who).ltvBps === 0n, "LendingPoolLtvZeroFirst", who, asset);
  }

  #accrue(asset: string): ModelReserve {
    const reserve = this.reserve(asset);
    const { supply, debt } = this.indexes(asset);
    reserve.scaledTreasury = this.treasuryOf(asset);
    [reserve.supplyIndex, reserve.debtIndex, reserve.updatedAt] = [supply, debt, this.now];
    return reserve;
  }

  #setRates(asset: string): void {
    const reserve = this.reserve(asset);
    const debt = ceil(reserve.scaledDebt * reserve.debtIndex, RAY);
    const { borrow, supply } = rates(reserve.curve, { ...reserve, debt });
    [reserve.borrowRate, reserve.supplyRate] = [borrow, supply];
  }

  #give(asset: string, who: string, scaled: bigint): void {
    this.reserve(asset).scaledSupply += scaled;
    this.position(asset, who).supply += scaled;
  }

  #take(asset: string, who: string, scaled: bigint): void {
    const own = this.position(asset, who);
    this.reserve(asset).scaledSupply -= scaled;
    own.supply -= scaled;
    if (own.supply === 0n) own.isCollateral = false;
  }

  #pull(asset: string, who: string, amount: bigint): void {
    this.reserve(asset).cash += amount;
    this.credit(asset, who, -amount);
  }

  #pay(asset: string, to: string, amount: bigint): void {
    const reserve = this.reserve(asset);
    demand(amount <= reserve.cash, "LendingPoolInsufficientCash", asset, amount, reserve.cash);
    reserve.cash -= amount;
    this.credit(asset, to, amount);
  }
}
