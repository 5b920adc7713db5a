import { add, divide, minimum, multiply, type Rational, rational, subtract } from "./rational.ts";
import type { Trace, TraceStep } from "./trace.ts";
import { WAD } from "./unique-stake-oracle.ts";

type Magnitude = { current: Rational; pending: Rational; effect: bigint };
type Pool = { maximum: Rational; lowest: Rational; delay: bigint; magnitudes: Map<string, Magnitude> };
type Exit = { staker: string; pool: string | null; start: bigint; value: Rational };
type Membership = { registered: boolean; slashableUntil: bigint };

const ZERO = rational(0n);
const ONE = rational(1n);

/**
 * What the unique-stake rules mean before anybody rounds: values in exact fractions, a slash as one multiplication of
 * everything that is at stake. It follows a history that the contracts have accepted; it refuses nothing itself.
 */
export class RationalOracle {
  readonly #pools = new Map<string, Pool>();
  readonly #memberships = new Map<string, Membership>();
  readonly #values = new Map<string, Rational>();
  readonly #delegations = new Map<string, string>();
  readonly exits: Exit[] = [];
  readonly #window: bigint;
  readonly #deallocationDelay: bigint;

  constructor(trace: Trace) {
    this.#window = BigInt(trace.params.withdrawalDelayBlocks);
    this.#deallocationDelay = BigInt(trace.params.deallocationDelayBlocks);
    for (const { id, allocationDelayBlocks } of trace.operators) {
      const whole = rational(WAD);
      this.#pools.set(id, {
        maximum: whole,
        lowest: whole,
        delay: BigInt(allocationDelayBlocks),
        magnitudes: new Map(),
      });
      this.#delegations.set(id, id);
    }
  }

  /** Value a staker could withdraw. */
  valueOf(staker: string): Rational {
    return this.#values.get(staker) ?? ZERO;
  }

  /** Everything delegated to an operator. */
  poolOf(operator: string): Rational {
    return [...this.#delegations]
      .filter(([, to]) => to === operator)
      .reduce((sum, [staker]) => add(sum, this.valueOf(staker)), ZERO);
  }

  /** The smallest maximum that any operator ever had: the grain that rounding is measured by. */
  get lowestMaximum(): Rational {
    return [...this.#pools.values()].reduce((lowest, pool) => minimum(lowest, pool.lowest), rational(WAD));
  }

  /** Follows one accepted step; `portion` is the part of the staker's deposit shares that it queues, if any. */
  follow(step: TraceStep, portion: Rational): void {
    const now = BigInt(step.block);
    const [staker, operator, set] = [String(step["staker"]), String(step["operator"]), String(step["set"])];
    switch (step.op) {
      case "deposit":
        return this.#gain(staker, rational(BigInt(String(step["amount"]))));
      case "delegate":
        return void this.#delegations.set(staker, operator);
      case "undelegate":
        if (portion.numerator > 0n) this.#exit(staker, now, portion);
        return void this.#delegations.delete(staker);
      case "queueWithdrawal":
        return this.#exit(staker, now, portion);
      case "completeWithdrawal":
        return this.#complete(Number(step["withdrawal"]), step["asTokens"] === true);
      case "registerForSet":
        return void this.#memberships.set(`${operator} ${set}`, { registered: true, slashableUntil: -1n });
      case "deregisterFromSet": {
        const slashableUntil = now + this.#deallocationDelay;
        return void this.#memberships.set(`${operator} ${set}`, { registered: false, slashableUntil });
      }
      case "allocate":
        return this.#allocate({ operator, set, now, magnitude: rational(BigInt(String(step["magnitude"]))) });
      case "slash":
        return this.#slash({ operator, set, now, part: rational(BigInt(String(step["wad"])), WAD) });
      default:
        return;
    }
  }

  #gain(staker: string, amount: Rational): void {
    this.#values.set(staker, add(this.valueOf(staker), amount));
  }

  #exit(staker: string, start: bigint, portion: Rational): void {
    const held = this.valueOf(staker);
    const value = multiply(held, portion);
    this.#values.set(staker, subtract(held, value));
    this.exits.push({ staker, pool: this.#delegations.get(staker) ?? null, start, value });
  }

  #complete(index: number, asTokens: boolean): void {
    const exit = this.exits[index];
    if (exit !== undefined && !asTokens) this.#gain(exit.staker, exit.value);
  }

  #allocate({
    operator,
    set,
    now,
    magnitude,
  }: {
    operator: string;
    set: string;
    now: bigint;
    magnitude: Rational;
  }): void {
    const pool = this.#pool(operator);
    const entry = this.#settled(pool, set, now);
    const difference = subtract(magnitude, entry.current);
    const membership = this.#memberships.get(`${operator} ${set}`);
    const slashable = membership !== undefined && (membership.registered || now <= membership.slashableUntil);
    if (difference.numerator < 0n && !slashable) {
      entry.current = magnitude;
      return;
    }
    entry.pending = difference;
    entry.effect = difference.numerator > 0n ? now + pool.delay : now + this.#deallocationDelay + 1n;
  }

  #slash({ operator, set, now, part }: { operator: string; set: string; now: bigint; part: Rational }): void {
    const pool = this.#pool(operator);
    const entry = this.#settled(pool, set, now);
    if (entry.current.numerator === 0n || pool.maximum.numerator === 0n) return;
    const taken = multiply(entry.current, part);
    const kept = divide(subtract(pool.maximum, taken), pool.maximum);
    entry.current = subtract(entry.current, taken);
    if (entry.pending.numerator < 0n) entry.pending = multiply(entry.pending, subtract(ONE, part));
    pool.maximum = subtract(pool.maximum, taken);
    pool.lowest = minimum(pool.lowest, pool.maximum);
    for (const [staker, to] of this.#delegations) {
      if (to === operator) this.#values.set(staker, multiply(this.valueOf(staker), kept));
    }
    for (const exit of this.exits) {
      if (exit.pool === operator && now <= exit.start + this.#window) exit.value = multiply(exit.value, kept);
    }
  }

  #settled(pool: Pool, set: string, now: bigint): Magnitude {
    const entry = pool.magnitudes.get(set) ?? { current: ZERO, pending: ZERO, effect: 0n };
    pool.magnitudes.set(set, entry);
    if (now >= entry.effect) {
      entry.current = add(entry.current, entry.pending);
      entry.pending = ZERO;
    }
    return entry;
  }

  #pool(operator: string): Pool {
    const pool = this.#pools.get(operator);
    if (pool === undefined) throw new TypeError(`the oracle does not know operator ${operator}`);
    return pool;
  }
}
