/** A dollar told again, naively: everything a holder or the manager can do to it, in money with 18 decimals. */

const WAD = 10n ** 18n;
const least = (...values: readonly bigint[]): bigint => values.reduce((low, value) => (value < low ? value : low));
const above = (value: bigint): bigint => (value > 0n ? value : 0n);
const up = (value: bigint, divisor: bigint): bigint => (value + divisor - 1n) / divisor;

export interface Waiting {
  left: bigint;
  claimable: bigint;
}

/** Books of a dollar with a fee of `feeBps` at any level of cash and a gate of `cap` an epoch. */
export class DollarOracle {
  supply = 0n;
  cash = 0n;
  buffer = 0n;
  junior = 0n;
  backstop = 0n;
  spent = 0n;
  readonly terms: { face: bigint; haircut: bigint }[] = [];
  readonly requests: Waiting[] = [];
  readonly #feeBps: bigint;
  readonly #cap: bigint;

  constructor(feeBps: bigint, cap: bigint) {
    this.#feeBps = feeBps;
    this.#cap = cap;
  }

  get assets(): bigint {
    return this.terms.reduce((sum, { face, haircut }) => sum + (face * (WAD - haircut)) / WAD, this.cash);
  }

  get residual(): bigint {
    return above(this.supply - this.assets - this.buffer - this.junior - this.backstop);
  }

  get rate(): bigint {
    return this.supply === 0n ? WAD : ((this.supply - this.residual) * WAD) / this.supply;
  }

  get waiting(): bigint {
    return this.requests.reduce((sum, { left }) => sum + left, 0n);
  }

  mint(amount: bigint): void {
    this.supply += amount;
    this.cash += amount;
  }

  /** What a redemption pays; undefined where it has to fail. */
  redeem(dollars: bigint): bigint | undefined {
    if (this.waiting > 0n || dollars > this.#cap - this.spent || dollars > this.supply) return undefined;
    return this.#pay(dollars, 1n);
  }

  /** Fills the queue once an epoch; false where nothing can be filled. */
  fill(): boolean {
    const [waiting, rate] = [this.waiting, this.rate];
    const allowed = rate === 0n ? 0n : least(this.#cap - this.spent, (this.cash * WAD) / rate, waiting);
    if (allowed === 0n) return false;
    const parts = this.requests.map(({ left }) => (left * allowed) / waiting);
    const filled = parts.reduce((sum, part) => sum + part, 0n);
    const paid = this.#pay(filled, 0n) ?? 0n;
    for (const [k, request] of this.requests.entries()) {
      const part = parts[k] ?? 0n;
      request.left -= part;
      request.claimable += filled === 0n ? 0n : (paid * part) / filled;
    }
    return true;
  }

  cover(): void {
    const gap = above(this.supply - this.assets);
    const fromBuffer = least(this.buffer, gap);
    const fromJunior = least(this.junior, gap - fromBuffer);
    const fromBackstop = least(this.backstop, gap - fromBuffer - fromJunior);
    this.buffer -= fromBuffer;
    this.junior -= fromJunior;
    this.backstop -= fromBackstop;
    this.cash += fromBuffer + fromJunior + fromBackstop;
  }

  #pay(dollars: bigint, minimum: bigint): bigint | undefined {
    const gross = (dollars * this.rate) / WAD;
    const isWhole = this.assets >= this.supply;
    const fee = isWhole ? up(gross * this.#feeBps, 10_000n) : 0n;
    if (gross > this.cash || gross - fee < minimum) return undefined;
    this.supply -= dollars;
    this.cash -= gross;
    this.buffer += fee;
    this.spent += dollars;
    return gross - fee;
  }
}
