import type { LendingModel } from "./lending-model.ts";
import { above, demand, least } from "./model.ts";

const BPS = 10_000n;
const LEAST_LEFT = 1_000_000n;

export interface InsuranceTerms {
  readonly owner: string;
  /** Asset whose deficit is insured, and asset that is staked. */
  readonly reserve: string;
  readonly stakes: string;
  readonly receiver: string;
  readonly offset: bigint;
  readonly feeBps: bigint;
  readonly cooldown: bigint;
  readonly window: bigint;
}

interface InsuranceState {
  stake: bigint;
  supply: bigint;
  pending: bigint;
  offset: bigint;
  feeBps: bigint;
  isPaused: boolean;
  readonly shares: Map<string, bigint>;
  readonly cooldowns: Map<string, { shares: bigint; endsAt: bigint }>;
}

/** An insurance module as its rules say, beside the {@link LendingModel} whose deficit it insures; goes by `module`. */
export class InsuranceModel {
  readonly terms: InsuranceTerms;
  readonly #pool: LendingModel;
  state: InsuranceState;

  constructor(pool: LendingModel, terms: InsuranceTerms) {
    this.#pool = pool;
    this.terms = terms;
    const { offset, feeBps } = terms;
    this.state = {
      ...{ stake: 0n, supply: 0n, pending: 0n, offset, feeBps, isPaused: false },
      ...{ shares: new Map(), cooldowns: new Map() },
    };
    this.#hold();
  }

  deposit(who: string, assets: bigint): void {
    const { state } = this;
    const shares = (assets * (state.supply + 1n)) / (state.stake + 1n);
    state.stake += assets;
    state.supply += shares;
    state.shares.set(who, this.sharesOf(who) + shares);
    this.#move(assets, who, "module");
  }

  startCooldown(who: string): void {
    this.#requireOpen();
    const shares = this.sharesOf(who);
    demand(shares > 0n, "InsuranceModuleNoShares", who);
    this.state.cooldowns.set(who, { shares, endsAt: this.#pool.now + this.terms.cooldown });
  }

  redeem(who: string, shares: bigint): void {
    const { state } = this;
    const { shares: covered, endsAt } = this.cooldownOf(who);
    const since = this.#pool.now - endsAt;
    const isOpen = since >= 0n && since <= this.terms.window && !state.isPaused;
    const most = isOpen ? covered : 0n;
    demand(shares <= most, "ERC4626ExceededMaxRedeem", who, shares, most);
    const assets = (shares * (state.stake + 1n)) / (state.supply + 1n);
    this.#requireOpen();
    this.#reduce(who, shares, above(covered, shares));
    state.stake -= assets;
    state.supply -= shares;
    this.#move(assets, "module", who);
  }

  transfer(shares: bigint, from: string, to: string): void {
    const held = this.sharesOf(from);
    demand(shares <= held, "ERC20InsufficientBalance", from, held, shares);
    this.state.shares.set(from, held - shares);
    this.state.shares.set(to, this.sharesOf(to) + shares);
    if (from === to) return;
    this.#requireOpen();
    this.#reduce(from, 0n, least(this.cooldownOf(from).shares, held - shares));
  }

  /** Slashes; tells how much deficit it covers. */
  slash(): bigint {
    this.#requireOpen();
    const { deficit, price, unit } = this.#pool.reserve(this.terms.reserve);
    const staked = this.#pool.reserve(this.terms.stakes);
    const slashable = above(deficit, this.state.offset + this.state.pending);
    const available = above(this.state.stake, LEAST_LEFT);
    const withFee = (slashable * (BPS + this.state.feeBps)) / BPS;
    const asked = (withFee * price * staked.unit) / (staked.price * unit);
    const slashed = least(asked, available);
    demand(slashed > 0n, "InsuranceModuleNothingToSlash", slashable, available);
    const covered = slashed === asked ? slashable : (slashable * slashed) / asked;
    this.state.stake -= slashed;
    this.state.pending += covered;
    this.#hold();
    this.#move(slashed, "module", this.terms.receiver);
    return covered;
  }

  coverPending(who: string, amount: bigint): void {
    const { pending } = this.state;
    demand(amount <= pending, "InsuranceModuleCoversTooMuch", amount, pending);
    this.state.pending -= amount;
    this.#hold();
    this.#pool.transfer(this.terms.reserve, amount, who, "module");
    this.#pool.eliminate("module", this.terms.reserve, amount);
  }

  coverOffset(who: string, amount: bigint): void {
    this.#requireOwner(who);
    const { offset, pending } = this.state;
    const most = least(offset, above(this.#pool.reserve(this.terms.reserve).deficit, pending));
    demand(amount <= most, "InsuranceModuleCoversTooMuch", amount, most);
    this.state.offset -= amount;
    this.#pool.transfer(this.terms.reserve, amount, who, "module");
    this.#pool.eliminate("module", this.terms.reserve, amount);
  }

  setConditions(who: string, offset: bigint, feeBps: bigint): void {
    this.#requireOwner(who);
    demand(feeBps <= BPS, "InsuranceModuleInvalidTerms");
    this.state.offset = offset;
    this.state.feeBps = feeBps;
  }

  sharesOf(who: string): bigint {
    return this.state.shares.get(who) ?? 0n;
  }

  cooldownOf(who: string): { readonly shares: bigint; readonly endsAt: bigint } {
    return this.state.cooldowns.get(who) ?? { shares: 0n, endsAt: 0n };
  }

  /** Does something to module and pool; takes it back on both if it is refused. */
  attempt<T>(verb: () => T): ReturnType<typeof LendingModel.prototype.attempt<T>> {
    const before = structuredClone(this.state);
    const verdict = this.#pool.attempt(verb);
    if ("refused" in verdict) this.state = before;
    return verdict;
  }

  #requireOwner(who: string): void {
    demand(who === this.terms.owner, "OwnableUnauthorizedAccount", who);
  }

  #requireOpen(): void {
    demand(!this.state.isPaused, "PausableFlagsPaused", 1n);
  }

  #reduce(who: string, burned: bigint, covered: bigint): void {
    if (burned > 0n) this.state.shares.set(who, this.sharesOf(who) - burned);
    const known = this.state.cooldowns.get(who);
    if (known !== undefined) known.shares = covered;
  }

  #move(assets: bigint, from: string, to: string): void {
    this.#pool.credit(this.terms.stakes, from, -assets);
    this.#pool.credit(this.terms.stakes, to, assets);
  }

  /** What only the module may cover. */
  #hold(): void {
    this.#pool.state.heldBack = { asset: this.terms.reserve, by: "module", amount: this.state.pending };
  }
}
