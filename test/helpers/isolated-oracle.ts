const WAD = 10n ** 18n;
const PRICE_SCALE = 10n ** 36n;

const ceil = (numerator: bigint, denominator: bigint): bigint => (numerator + denominator - 1n) / denominator;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

interface Account {
  supply: bigint;
  debt: bigint;
  collateral: bigint;
}

/** What the model refuses, by the name of the contract's error. */
export class Refused extends RangeError {}

/**
 * An isolated market as its rules say, in plain whole numbers: an independent witness for the contract.
 *
 * Every operation moves tokens in and out of `cash` and `held`, which the tests compare with the balances of the contract.
 */
export class IsolatedOracle {
  readonly #lltv: bigint;
  readonly #accounts = new Map<string, Account>();
  readonly #fee: bigint;
  rate = 0n;
  price = PRICE_SCALE;
  time: bigint;
  supplyAssets = 0n;
  supplyShares = 0n;
  borrowAssets = 0n;
  borrowShares = 0n;
  cash = 0n;
  held = 0n;

  constructor(terms: { readonly lltv: bigint; readonly fee: bigint; readonly time: bigint }) {
    this.#lltv = terms.lltv;
    this.#fee = terms.fee;
    this.time = terms.time;
  }

  account(name: string): Account {
    const known = this.#accounts.get(name) ?? { supply: 0n, debt: 0n, collateral: 0n };
    this.#accounts.set(name, known);
    return known;
  }

  /** Interest of the span, and the fee's shares. */
  accrue(time: bigint): void {
    const x = this.rate * (time - this.time);
    const square = (x * x) / (2n * WAD);
    const interest = (this.borrowAssets * (x + square + (square * x) / (3n * WAD))) / WAD;
    this.time = time;
    this.borrowAssets += interest;
    this.supplyAssets += interest;
    const fee = (interest * this.#fee) / WAD;
    const minted = (fee * (this.supplyShares + 10n ** 6n)) / (this.supplyAssets - fee + 1n);
    this.account("fees").supply += minted;
    this.supplyShares += minted;
  }

  /** Takes back an {@link accrue}, as a refused call does. */
  undoLater(): () => void {
    const { time, supplyAssets, supplyShares, borrowAssets } = this;
    const fees = this.account("fees").supply;
    return () => {
      Object.assign(this, { time, supplyAssets, supplyShares, borrowAssets });
      this.account("fees").supply = fees;
    };
  }

  supply(name: string, assets: bigint): void {
    const shares = (assets * (this.supplyShares + 10n ** 6n)) / (this.supplyAssets + 1n);
    this.account(name).supply += shares;
    this.supplyShares += shares;
    this.supplyAssets += assets;
    this.cash += assets;
  }

  withdraw(name: string, assets: bigint): void {
    const shares = ceil(assets * (this.supplyShares + 10n ** 6n), this.supplyAssets + 1n);
    const own = this.account(name);
    if (shares > own.supply) throw new Refused("IsolatedMarketsInsufficientPosition");
    if (this.borrowAssets > this.supplyAssets - assets) throw new Refused("IsolatedMarketsInsufficientLiquidity");
    own.supply -= shares;
    this.supplyShares -= shares;
    this.supplyAssets -= assets;
    this.cash -= assets;
  }

  borrow(name: string, assets: bigint): void {
    const shares = ceil(assets * (this.borrowShares + 10n ** 6n), this.borrowAssets + 1n);
    const own = this.account(name);
    own.debt += shares;
    this.borrowShares += shares;
    this.borrowAssets += assets;
    const isHealthy = this.owed(name) <= this.limit(name);
    const isLiquid = this.borrowAssets <= this.supplyAssets;
    if (isHealthy && isLiquid) {
      this.cash -= assets;
      return;
    }
    own.debt -= shares;
    this.borrowShares -= shares;
    this.borrowAssets -= assets;
    throw new Refused(isHealthy ? "IsolatedMarketsInsufficientLiquidity" : "IsolatedMarketsInsufficientCollateral");
  }

  repay(name: string, shares: bigint): void {
    const own = this.account(name);
    if (shares > own.debt) throw new Refused("IsolatedMarketsInsufficientPosition");
    const assets = ceil(shares * (this.borrowAssets + 1n), this.borrowShares + 10n ** 6n);
    this.#repaid(own, { shares, assets });
  }

  pledge(name: string, assets: bigint): void {
    this.account(name).collateral += assets;
    this.held += assets;
  }

  release(name: string, assets: bigint): void {
    const own = this.account(name);
    if (assets > own.collateral) throw new Refused("IsolatedMarketsInsufficientPosition");
    own.collateral -= assets;
    if (this.owed(name) > this.limit(name) && own.debt > 0n) {
      own.collateral += assets;
      throw new Refused("IsolatedMarketsInsufficientCollateral");
    }
    this.held -= assets;
  }

  liquidate(name: string, given: { readonly seized: bigint; readonly shares: bigint }): void {
    const own = this.account(name);
    if (this.owed(name) <= this.limit(name)) throw new Refused("IsolatedMarketsHealthyPosition");
    const cut = (3n * (WAD - this.#lltv)) / 10n;
    const factor = least((115n * WAD) / 100n, (WAD * WAD) / (WAD - cut));
    let { seized, shares } = given;
    const [assets, all] = [this.borrowAssets + 1n, this.borrowShares + 10n ** 6n];
    if (seized > 0n) shares = ceil(ceil(ceil(seized * this.price, PRICE_SCALE) * WAD, factor) * all, assets);
    else seized = (((((shares * assets) / all) * factor) / WAD) * PRICE_SCALE) / this.price;
    if (shares > own.debt || seized > own.collateral) throw new Refused("IsolatedMarketsInsufficientPosition");
    this.#repaid(own, { shares, assets: ceil(shares * assets, all) });
    own.collateral -= seized;
    this.held -= seized;
    if (own.collateral === 0n) this.#socialise(name);
  }

  owed(name: string): bigint {
    return ceil(this.account(name).debt * (this.borrowAssets + 1n), this.borrowShares + 10n ** 6n);
  }

  limit(name: string): bigint {
    return (((this.account(name).collateral * this.price) / PRICE_SCALE) * this.#lltv) / WAD;
  }

  #repaid(own: Account, paid: { readonly shares: bigint; readonly assets: bigint }): void {
    own.debt -= paid.shares;
    this.borrowShares -= paid.shares;
    this.borrowAssets = this.borrowAssets > paid.assets ? this.borrowAssets - paid.assets : 0n;
    this.cash += paid.assets;
  }

  #socialise(name: string): void {
    const lost = least(this.borrowAssets, this.owed(name));
    this.borrowAssets -= lost;
    this.supplyAssets -= lost;
    this.borrowShares -= this.account(name).debt;
    this.account(name).debt = 0n;
  }
}
