import { demand } from "./model.ts";

const FLOOR = 10n ** 18n;
const ONE = 10n ** 36n;
const SCALE = 10n ** 9n;

interface ModelDeposit {
  readonly amount: bigint;
  readonly p: bigint;
  readonly s: bigint;
  readonly y: bigint;
  readonly scale: number;
}

/** A stability pool as its rules say: deposits, the product `P`, and a sum of collateral and one of interest per scale. */
export class StabilityModel {
  total = 0n;
  p = ONE;
  scale = 0;
  pendingYield = 0n;
  readonly s: bigint[] = [0n];
  readonly y: bigint[] = [0n];
  readonly deposits = new Map<string, ModelDeposit>();

  get offsettable(): bigint {
    return this.total > FLOOR ? this.total - FLOOR : 0n;
  }

  depositOf(who: string): ModelDeposit {
    return this.deposits.get(who) ?? { amount: 0n, p: 0n, s: 0n, y: 0n, scale: 0 };
  }

  worthOf(who: string): bigint {
    const { amount, p, scale } = this.depositOf(who);
    const behind = this.scale - scale;
    return amount === 0n || behind > 8 ? 0n : (amount * this.p) / p / SCALE ** BigInt(behind);
  }

  gainOf(who: string, kind: "s" | "y"): bigint {
    const own = this.depositOf(who);
    if (own.amount === 0n) return 0n;
    const sum = (k: number): bigint => this[kind][own.scale + k] ?? 0n;
    return (own.amount * (sum(0) - own[kind] + sum(1) / SCALE + sum(2) / SCALE ** 2n)) / own.p;
  }

  /** Writes a deposit anew; tells what it has gained until now. */
  touch(who: string, amount: bigint): { readonly collateral: bigint; readonly interest: bigint } {
    const gained = { collateral: this.gainOf(who, "s"), interest: this.gainOf(who, "y") };
    const [s, y] = [this.s[this.scale] ?? 0n, this.y[this.scale] ?? 0n];
    this.deposits.set(who, { amount, p: this.p, s, y, scale: this.scale });
    return gained;
  }

  deposit(who: string, amount: bigint): { readonly collateral: bigint; readonly interest: bigint } {
    this.total += amount;
    const gained = this.touch(who, this.worthOf(who) + amount);
    this.#distribute();
    return gained;
  }

  withdraw(who: string, amount: bigint): { readonly collateral: bigint; readonly interest: bigint } {
    const held = this.worthOf(who);
    demand(amount <= held, "StabilityPoolInsufficientDeposit", who, amount, held);
    demand(this.total - amount >= FLOOR, "StabilityPoolBelowFloor", this.total - amount);
    this.total -= amount;
    return this.touch(who, held - amount);
  }

  receive(interest: bigint): void {
    this.pendingYield += interest;
    this.#distribute();
  }

  offset(debt: bigint, collateral: bigint): void {
    this.s[this.scale] = (this.s[this.scale] ?? 0n) + (this.p * collateral) / this.total;
    let numerator = this.p * (this.total - debt);
    while (numerator / this.total < ONE / SCALE) {
      numerator *= SCALE;
      this.scale += 1;
      this.s.push(0n);
      this.y.push(0n);
    }
    this.p = numerator / this.total;
    this.total -= debt;
  }

  #distribute(): void {
    if (this.total < FLOOR) return;
    this.y[this.scale] = (this.y[this.scale] ?? 0n) + (this.p * this.pendingYield) / this.total;
    this.pendingYield = 0n;
  }
}
