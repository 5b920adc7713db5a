/** One request of the model's queue. */
interface Request {
  readonly id: bigint;
  readonly holder: number;
  shares: bigint;
  readonly quote: bigint;
  frozen?: bigint;
}

const ceil = (a: bigint, b: bigint, d: bigint): bigint => (a * b + d - 1n) / d;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * A restaking vault with a live rate, one virtual share and freeze point Unlock, written from its rules alone: assets are
 * one number, operators are what each holds, a slash takes a fraction of one of them.
 */
export class VaultModel {
  readonly balances: bigint[] = [0n, 0n, 0n];
  readonly requests: Request[] = [];
  readonly staked: bigint[] = [0n, 0n];
  supply = 0n;
  buffer = 0n;
  #frozen = 0;

  get assets(): bigint {
    return this.staked.reduce((sum, stake) => sum + stake, this.buffer);
  }

  /** Both prices of a share, as fractions. */
  #prices(): readonly (readonly [bigint, bigint])[] {
    return [
      [this.assets, this.supply],
      [this.assets + 1n, this.supply + 1n],
    ];
  }

  /** Shares for assets at the dearer price. */
  toShares(assets: bigint): bigint {
    if (this.supply === 0n) return assets;
    if (this.assets === 0n) return 0n;
    return this.#prices()
      .map(([a, s]) => (assets * s) / a)
      .reduce(least);
  }

  /** Assets for shares at the cheaper price. */
  toAssets(shares: bigint): bigint {
    if (this.supply === 0n) return shares;
    return this.#prices()
      .map(([a, s]) => (shares * a) / s)
      .reduce(least);
  }

  deposit(holder: number, assets: bigint): void {
    const shares = this.toShares(assets);
    this.balances[holder] = (this.balances[holder] ?? 0n) + shares;
    this.supply += shares;
    this.buffer += assets;
  }

  request(holder: number, shares: bigint): void {
    const id = BigInt(this.requests.length + 1);
    this.balances[holder] = (this.balances[holder] ?? 0n) - shares;
    this.requests.push({ id, holder, shares, quote: this.toAssets(shares) });
  }

  /** What may be restaked: the buffer beyond every quote that waits. */
  get spendable(): bigint {
    const waiting = this.requests.slice(this.#frozen).reduce((sum, { quote }) => sum + quote, 0n);
    return this.buffer > waiting ? this.buffer - waiting : 0n;
  }

  /** Fixes requests in turn, all at the price before the first, until one does not fit. */
  process(): void {
    let [shares, paid] = [0n, 0n];
    for (; this.#frozen < this.requests.length; this.#frozen += 1) {
      const next = this.requests[this.#frozen];
      if (next === undefined) break;
      const payout = least(next.quote, this.toAssets(next.shares));
      if (paid + payout > this.buffer) break;
      [shares, paid] = [shares + next.shares, paid + payout];
      next.frozen = payout;
    }
    this.supply -= shares;
    this.buffer -= paid;
  }

  /** What a holder can claim now. */
  claimable(holder: number): bigint {
    const own = this.requests.filter((one) => one.holder === holder);
    return own.reduce((sum, { frozen = 0n }) => sum + frozen, 0n);
  }

  restake(operator: number, assets: bigint): void {
    this.buffer -= assets;
    this.staked[operator] = (this.staked[operator] ?? 0n) + assets;
  }

  /** Takes `wad` of an operator's stake: what is left rounds down. */
  slash(operator: number, wad: bigint): void {
    const left = 10n ** 18n - wad;
    this.staked[operator] = ((this.staked[operator] ?? 0n) * left) / 10n ** 18n;
  }

  /** Assets for shares at the dearer price, rounded up. */
  cost(shares: bigint): bigint {
    if (this.supply === 0n) return shares;
    return this.#prices()
      .map(([a, s]) => ceil(shares, a, s))
      .reduce((a, b) => (a > b ? a : b));
  }
}
