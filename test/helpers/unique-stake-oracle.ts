/**
 * An independent model of the unique-stake rules, in plain integers and plain arrays, written from the rule text
 * (docs/contracts/AllocationManager.md, OperatorDelegation.md, Slasher.md) and not from the contracts.
 *
 * It knows one strategy at one share per token. Tests drive it beside the contracts and compare every observable.
 */
export const WAD = 10n ** 18n;

export type Verdict = { readonly reverts: string } | { readonly returns: Readonly<Record<string, string>> };

type History = { at: bigint; value: bigint }[];
type Allocation = { current: bigint; pending: bigint; effect: bigint };
type Operator = {
  allocationDelay: bigint;
  maxMagnitude: History;
  encumbered: bigint;
  shares: bigint;
  queued: History;
  allocations: Map<string, Allocation>;
  deallocations: string[];
  memberships: Map<string, { registered: boolean; slashableUntil: bigint }>;
};
type Staker = { shares: bigint; factor: bigint; operator: string | null };
type Withdrawal = { staker: string; operator: string | null; start: bigint; scaled: bigint; open: boolean };

class Refused extends Error {}

const floor = (x: bigint, y: bigint, d: bigint): bigint => (x * y) / d;
const ceil = (x: bigint, y: bigint, d: bigint): bigint => (x * y + d - 1n) / d;
const at = (history: History, when: bigint, otherwise: bigint): bigint =>
  history.findLast((entry) => entry.at <= when)?.value ?? otherwise;
const last = (history: History, otherwise: bigint): bigint => history.at(-1)?.value ?? otherwise;
const demand = (condition: boolean, reason: string): void => {
  if (!condition) throw new Refused(reason);
};
const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new TypeError("the oracle was asked about a name it does not know");
  return value;
};

export type OracleSetup = {
  readonly operators: readonly { readonly id: string; readonly allocationDelay: bigint }[];
  readonly sets: readonly string[];
  readonly stakers: readonly string[];
  readonly deallocationDelay: bigint;
  readonly withdrawalDelay: bigint;
};

export class UniqueStakeOracle {
  readonly #setup: OracleSetup;
  #operators = new Map<string, Operator>();
  #stakers = new Map<string, Staker>();
  withdrawals: Withdrawal[] = [];
  now = 0n;

  constructor(setup: OracleSetup) {
    this.#setup = setup;
    for (const id of setup.stakers) this.#stakers.set(id, { shares: 0n, factor: WAD, operator: null });
    for (const { id, allocationDelay } of setup.operators) {
      this.#operators.set(id, {
        allocationDelay,
        maxMagnitude: [],
        encumbered: 0n,
        shares: 0n,
        queued: [],
        allocations: new Map(setup.sets.map((set) => [set, { current: 0n, pending: 0n, effect: 0n }])),
        deallocations: [],
        memberships: new Map(setup.sets.map((set) => [set, { registered: false, slashableUntil: -1n }])),
      });
      this.#stakers.set(id, { shares: 0n, factor: WAD, operator: id });
    }
  }

  /** Runs one verb at `now`; a refusal restores the state, as a revert does. */
  attempt(verb: (oracle: UniqueStakeOracle) => Record<string, bigint> | void): Verdict {
    const before = this.#copy();
    try {
      const values = verb(this) ?? {};
      return { returns: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.toString()])) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#restore(before);
      return { reverts: error.message };
    }
  }

  deposit(staker: string, amount: bigint): void {
    demand(amount > 0n, "NewSharesZero");
    this.#addShares(found(this.#stakers.get(staker)), amount);
  }

  delegate(staker: string, operator: string): void {
    const holder = found(this.#stakers.get(staker));
    demand(holder.operator === null, "ActivelyDelegated");
    if (holder.shares > 0n) {
      const factor = this.#factor(operator);
      demand(factor !== 0n, "FullySlashed");
      holder.factor = floor(holder.factor, WAD, factor);
      found(this.#operators.get(operator)).shares += holder.shares;
    }
    holder.operator = operator;
  }

  undelegate(staker: string): Record<string, bigint> | void {
    const holder = found(this.#stakers.get(staker));
    demand(holder.operator !== null, "NotActivelyDelegated");
    demand(!this.#operators.has(staker), "OperatorsCannotUndelegate");
    const operator = holder.operator;
    const queued = holder.shares > 0n ? this.#queue(staker, holder.shares, operator) : undefined;
    holder.operator = null;
    return queued;
  }

  queueWithdrawal(staker: string, shares: bigint): Record<string, bigint> {
    const holder = found(this.#stakers.get(staker));
    demand(shares > 0n, "SharesAmountZero");
    demand(shares <= holder.shares, "SharesAmountTooHigh");
    return this.#queue(staker, shares, holder.operator);
  }

  completeWithdrawal(index: number, asTokens: boolean): Record<string, bigint> {
    const withdrawal = this.withdrawals[index];
    if (withdrawal === undefined || !withdrawal.open) throw new Refused("WithdrawalNotQueued");
    const end = withdrawal.start + this.#setup.withdrawalDelay;
    demand(this.now > end, "WithdrawalDelayNotElapsed");
    const factor =
      withdrawal.operator === null ? WAD : at(found(this.#operators.get(withdrawal.operator)).maxMagnitude, end, WAD);
    const shares = floor(withdrawal.scaled, factor, WAD);
    withdrawal.open = false;
    if (!asTokens && shares > 0n) this.#addShares(found(this.#stakers.get(withdrawal.staker)), shares);
    return { shares };
  }

  registerForSet(operator: string, set: string): void {
    demand(!this.#isSlashable(operator, set), "AlreadyMemberOfSet");
    found(found(this.#operators.get(operator)).memberships.get(set)).registered = true;
  }

  deregisterFromSet(operator: string, set: string): void {
    const membership = found(found(this.#operators.get(operator)).memberships.get(set));
    demand(membership.registered, "NotMemberOfSet");
    membership.registered = false;
    membership.slashableUntil = this.now + this.#setup.deallocationDelay;
  }

  allocate(operator: string, set: string, magnitude: bigint): void {
    const state = found(this.#operators.get(operator));
    this.clearDeallocationQueue(operator, state.deallocations.length);
    const allocation = found(state.allocations.get(set));
    this.#settle(state, allocation);
    demand(allocation.effect === 0n, "ModificationAlreadyPending");
    const difference = magnitude - allocation.current;
    demand(difference !== 0n, "SameMagnitude");
    if (difference > 0n) {
      demand(state.encumbered + difference <= last(state.maxMagnitude, WAD), "InsufficientMagnitude");
      state.encumbered += difference;
      allocation.pending = difference;
      allocation.effect = this.now + state.allocationDelay;
    } else if (this.#isSlashable(operator, set)) {
      state.deallocations.push(set);
      allocation.pending = difference;
      allocation.effect = this.now + this.#setup.deallocationDelay + 1n;
    } else {
      state.encumbered += difference;
      allocation.current = magnitude;
    }
    if (this.now >= allocation.effect && allocation.pending > 0n) this.#settle(state, allocation);
  }

  clearDeallocationQueue(operator: string, count: number): void {
    const state = found(this.#operators.get(operator));
    for (let cleared = 0; cleared < count && state.deallocations.length > 0; cleared++) {
      const allocation = found(state.allocations.get(found(state.deallocations[0])));
      if (this.now < allocation.effect) return;
      this.#settle(state, allocation);
      state.deallocations.shift();
    }
  }

  slash(operator: string, set: string, wad: bigint): Record<string, bigint> {
    const state = found(this.#operators.get(operator));
    demand(this.#isSlashable(operator, set), "OperatorNotSlashable");
    demand(wad > 0n && wad <= WAD, "InvalidWadToSlash");
    const allocation = found(state.allocations.get(set));
    const viewed = this.#viewed(allocation);
    if (viewed.current === 0n) return { slashedShares: 0n, wadSlashed: 0n };
    this.#settle(state, allocation);

    const previous = last(state.maxMagnitude, WAD);
    const slashed = ceil(allocation.current, wad, WAD);
    const next = previous - slashed;
    allocation.current -= slashed;
    state.encumbered -= slashed;
    if (allocation.pending < 0n) allocation.pending += ceil(-allocation.pending, wad, WAD);
    this.#record(state.maxMagnitude, next);

    const fromOperator = state.shares - ceil(state.shares, next, previous);
    const inQueue = this.#sharesInQueue(state, previous);
    state.shares -= fromOperator;
    return {
      slashedShares: fromOperator + inQueue - ceil(inQueue, next, previous),
      wadSlashed: floor(slashed, WAD, previous),
    };
  }

  /** Every observable of the trace format, as decimal strings. */
  observe(): { operators: Record<string, unknown>; stakers: Record<string, unknown> } {
    return {
      operators: Object.fromEntries([...this.#operators.keys()].map((id) => [id, this.#observeOperator(id)])),
      stakers: Object.fromEntries(
        [...this.#stakers].map(([id, staker]) => [
          id,
          {
            depositShares: staker.shares.toString(),
            depositScalingFactor: staker.factor.toString(),
            withdrawableShares: this.withdrawable(id).toString(),
            delegatedTo: staker.operator,
          },
        ]),
      ),
    };
  }

  depositShares(id: string): bigint {
    return found(this.#stakers.get(id)).shares;
  }

  withdrawable(id: string): bigint {
    const staker = found(this.#stakers.get(id));
    return floor(floor(staker.shares, staker.factor, WAD), this.#factor(staker.operator), WAD);
  }

  #observeOperator(id: string): Record<string, unknown> {
    const state = found(this.#operators.get(id));
    const maximum = last(state.maxMagnitude, WAD);
    const matured = state.deallocations.reduce((sum, set) => {
      const allocation = found(state.allocations.get(set));
      return this.now >= allocation.effect ? sum + allocation.pending : sum;
    }, 0n);
    return {
      maxMagnitude: maximum.toString(),
      allocatableMagnitude: (maximum - state.encumbered - matured).toString(),
      shares: state.shares.toString(),
      allocations: Object.fromEntries(this.#setup.sets.map((set) => [set, this.#observeAllocation(id, set)])),
      encumberedMagnitude: (state.encumbered + matured).toString(),
      slashableSharesInQueue: this.#sharesInQueue(state, maximum).toString(),
    };
  }

  #observeAllocation(operator: string, set: string): Record<string, unknown> {
    const state = found(this.#operators.get(operator));
    const viewed = this.#viewed(found(state.allocations.get(set)));
    const maximum = last(state.maxMagnitude, WAD);
    const slashable = this.#isSlashable(operator, set);
    const share = slashable && maximum > 0n ? floor(viewed.current, WAD, maximum) : 0n;
    return {
      currentMagnitude: viewed.current.toString(),
      pendingDiff: viewed.pending.toString(),
      effectBlock: viewed.effect.toString(),
      slashable,
      slashableShares: floor(state.shares, share, WAD).toString(),
    };
  }

  #addShares(holder: Staker, added: bigint): void {
    const factor = this.#factor(holder.operator);
    demand(factor !== 0n, "FullySlashed");
    if (holder.shares === 0n) {
      holder.factor = floor(holder.factor, WAD, factor);
    } else {
      const current = floor(floor(holder.shares, holder.factor, WAD), factor, WAD);
      holder.factor = floor(floor(current + added, WAD, holder.shares + added), WAD, factor);
      demand(holder.factor !== 0n, "FullySlashed");
    }
    holder.shares += added;
    if (holder.operator !== null) found(this.#operators.get(holder.operator)).shares += added;
  }

  #queue(id: string, shares: bigint, operator: string | null): Record<string, bigint> {
    const holder = found(this.#stakers.get(id));
    const scaled = floor(shares, holder.factor, WAD);
    const withdrawable = floor(scaled, this.#factor(operator), WAD);
    if (operator !== null) {
      const state = found(this.#operators.get(operator));
      state.shares -= withdrawable;
      this.#record(state.queued, last(state.queued, 0n) + scaled);
    }
    holder.shares -= shares;
    if (holder.shares === 0n) holder.factor = WAD;
    this.withdrawals.push({ staker: id, operator, start: this.now, scaled, open: true });
    return {
      withdrawal: BigInt(this.withdrawals.length - 1),
      scaledShares: scaled,
      withdrawableShares: withdrawable,
    };
  }

  #sharesInQueue(state: Operator, maximum: bigint): bigint {
    const before = at(state.queued, this.now - this.#setup.withdrawalDelay - 1n, 0n);
    return floor(last(state.queued, 0n) - before, maximum, WAD);
  }

  #factor(operator: string | null): bigint {
    return operator === null ? WAD : last(found(this.#operators.get(operator)).maxMagnitude, WAD);
  }

  #isSlashable(operator: string, set: string): boolean {
    const membership = found(found(this.#operators.get(operator)).memberships.get(set));
    return membership.registered || this.now <= membership.slashableUntil;
  }

  #viewed(allocation: Allocation): Allocation {
    if (this.now < allocation.effect) return { ...allocation };
    return { current: allocation.current + allocation.pending, pending: 0n, effect: 0n };
  }

  #settle(state: Operator, allocation: Allocation): void {
    if (this.now < allocation.effect) return;
    if (allocation.pending < 0n) state.encumbered += allocation.pending;
    Object.assign(allocation, this.#viewed(allocation));
  }

  #record(history: History, value: bigint): void {
    if (history.at(-1)?.at === this.now) history.pop();
    history.push({ at: this.now, value });
  }

  #copy(): [Map<string, Operator>, Map<string, Staker>, Withdrawal[]] {
    return structuredClone([this.#operators, this.#stakers, this.withdrawals]);
  }

  #restore([operators, stakers, withdrawals]: [Map<string, Operator>, Map<string, Staker>, Withdrawal[]]): void {
    this.#operators = operators;
    this.#stakers = stakers;
    this.withdrawals = withdrawals;
  }
}
