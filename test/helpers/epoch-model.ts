/** The rules of an epoch vault, its delegator and its slasher by plain arithmetic, one history at a time. */
const least = (...values: readonly bigint[]): bigint => values.reduce((one, other) => (other < one ? other : one));
const up = (x: bigint, y: bigint, d: bigint): bigint => (x * y + d - 1n) / d;

/** What was said last in a second or before. */
export class Past {
  readonly #said: (readonly [second: bigint, value: bigint])[] = [];

  at(second: bigint): bigint {
    return this.#said.findLast(([since]) => since <= second)?.[1] ?? 0n;
  }

  get now(): bigint {
    return this.#said.at(-1)?.[1] ?? 0n;
  }

  say(second: bigint, value: bigint): void {
    this.#said.push([second, value]);
  }
}

interface Bucket {
  assets: bigint;
  shares: bigint;
  readonly of: Map<string, bigint>;
  readonly claimed: Set<string>;
}

/** Why something is refused, in the contracts' words, or what it gives. */
export type Told = string | readonly bigint[];

/** Vault, shared pool of one network and slasher, with one epoch length. */
export class EpochModel {
  readonly epoch: bigint;
  readonly start: bigint;
  readonly stake = new Past();
  readonly shares = new Past();
  readonly limit = new Past();
  readonly totalShares = new Past();
  readonly sharesOf = new Map<string, bigint>();
  readonly operatorShares = new Map<string, Past>();
  readonly cumulative = new Map<string, Past>();
  readonly latest = new Map<string, bigint>();
  readonly buckets = new Map<bigint, Bucket>();

  constructor(epoch: bigint, start: bigint) {
    [this.epoch, this.start] = [epoch, start];
  }

  epochAt(second: bigint): bigint {
    return (second - this.start) / this.epoch;
  }

  bucket(epoch: bigint): Bucket {
    const known = this.buckets.get(epoch);
    if (known !== undefined) return known;
    const fresh = { assets: 0n, shares: 0n, of: new Map<string, bigint>(), claimed: new Set<string>() };
    this.buckets.set(epoch, fresh);
    return fresh;
  }

  pastOf(map: Map<string, Past>, name: string): Past {
    const known = map.get(name) ?? new Past();
    map.set(name, known);
    return known;
  }

  deposit(now: bigint, who: string, assets: bigint): Told {
    if (assets === 0n) return "EpochVaultZeroAmount";
    const minted = (assets * (this.shares.now + 1n)) / (this.stake.now + 1n);
    this.stake.say(now, this.stake.now + assets);
    this.shares.say(now, this.shares.now + minted);
    this.sharesOf.set(who, (this.sharesOf.get(who) ?? 0n) + minted);
    return [assets, minted];
  }

  withdraw(now: bigint, who: string, assets: bigint): Told {
    if (assets === 0n) return "EpochVaultZeroAmount";
    const burned = up(assets, this.shares.now + 1n, this.stake.now + 1n);
    if (burned > (this.sharesOf.get(who) ?? 0n)) return "EpochVaultInsufficientShares";
    return [burned, this.#leave(now, who, { assets, burned })];
  }

  redeem(now: bigint, who: string, burned: bigint): Told {
    if (burned > (this.sharesOf.get(who) ?? 0n)) return "EpochVaultInsufficientShares";
    const assets = (burned * (this.stake.now + 1n)) / (this.shares.now + 1n);
    if (assets === 0n) return "EpochVaultZeroAmount";
    return [assets, this.#leave(now, who, { assets, burned })];
  }

  claim(now: bigint, who: string, epoch: bigint): Told {
    if (epoch >= this.epochAt(now)) return "EpochVaultInvalidEpoch";
    const bucket = this.bucket(epoch);
    if (bucket.claimed.has(who)) return "EpochVaultAlreadyClaimed";
    const assets = ((bucket.of.get(who) ?? 0n) * (bucket.assets + 1n)) / (bucket.shares + 1n);
    if (assets === 0n) return "EpochVaultNothingToClaim";
    bucket.claimed.add(who);
    return [assets];
  }

  stakeAt(second: bigint, operator: string): bigint {
    const total = this.totalShares.at(second);
    if (total === 0n) return 0n;
    const own = this.pastOf(this.operatorShares, operator).at(second);
    return (own * least(this.stake.at(second), this.limit.at(second))) / total;
  }

  slashable(now: bigint, operator: string, capture: bigint): bigint {
    if (capture < now - this.epoch || capture >= now || capture < (this.latest.get(operator) ?? 0n)) return 0n;
    const sum = this.pastOf(this.cumulative, operator);
    const stake = this.stakeAt(capture, operator);
    return stake - least(sum.now - sum.at(capture), stake);
  }

  slash(now: bigint, operator: string, order: { readonly amount: bigint; readonly capture: bigint }): Told {
    const { amount, capture } = order;
    if (capture < now - this.epoch || capture >= now) return "EpochSlasherInvalidCapture";
    const slashed = least(amount, this.slashable(now, operator, capture));
    if (slashed === 0n) return "EpochSlasherNothingToSlash";
    const latest = this.latest.get(operator) ?? 0n;
    this.latest.set(operator, capture > latest ? capture : latest);
    const sum = this.pastOf(this.cumulative, operator);
    sum.say(now, sum.now + slashed);
    this.#burn(now, slashed, capture);
    return [slashed];
  }

  #leave(now: bigint, who: string, { assets, burned }: { assets: bigint; burned: bigint }): bigint {
    const bucket = this.bucket(this.epochAt(now) + 1n);
    const minted = (assets * (bucket.shares + 1n)) / (bucket.assets + 1n);
    this.stake.say(now, this.stake.now - assets);
    this.shares.say(now, this.shares.now - burned);
    this.sharesOf.set(who, (this.sharesOf.get(who) ?? 0n) - burned);
    bucket.assets += assets;
    bucket.shares += minted;
    bucket.of.set(who, (bucket.of.get(who) ?? 0n) + minted);
    return minted;
  }

  #burn(now: bigint, asked: bigint, capture: bigint): void {
    const epoch = this.epochAt(now);
    const [current, next] = [this.bucket(epoch), this.bucket(epoch + 1n)];
    const isCurrent = this.epochAt(capture) === epoch;
    const total = this.stake.now + next.assets + (isCurrent ? 0n : current.assets);
    const taken = least(asked, total);
    if (taken === 0n) return;
    const active = (taken * this.stake.now) / total;
    if (isCurrent) next.assets -= taken - active;
    else {
      let ofNext = (taken * next.assets) / total;
      let ofCurrent = taken - active - ofNext;
      if (ofCurrent > current.assets) {
        ofNext += ofCurrent - current.assets;
        ofCurrent = current.assets;
      }
      current.assets -= ofCurrent;
      next.assets -= ofNext;
    }
    this.stake.say(now, this.stake.now - active);
  }
}
