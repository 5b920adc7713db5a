import type { Seconds, Wei } from "../units/units.ts";
import type { OperatorWeight, StakeSnapshot } from "./rewards-stake.ts";

/** One hundred percent of a split [bips]. */
const BIPS = 10_000n;

/** A payment as the rewards coordinator holds it, net of the protocol fee. */
export interface RewardsPayment {
  /** Unique; payments are distributed in ascending order of it. */
  readonly id: number;
  /** AVS that paid. */
  readonly payer: string;
  readonly set: string;
  readonly token: string;
  /** Net amount; for a payment by name the sum of `directed` [token units]. */
  readonly amount: Wei;
  /** First instant of the period. */
  readonly from: Seconds;
  /** End of the period, exclusive. */
  readonly until: Seconds;
  /** Net amount of each operator, when the AVS paid operators by name. */
  readonly directed?: readonly { readonly operator: string; readonly amount: Wei }[];
}

/** What an earner ever earned in a token from one payer [token units]. */
export interface Earning {
  readonly earner: string;
  readonly token: string;
  readonly payer: string;
  readonly amount: Wei;
}

/**
 * Everything earned so far, and what waits.
 *
 * Always, by token: what accrued of all payments (of each entry, where operators are paid by name) = the sum of
 * `earnings` + the sum of `carried`.
 */
export interface RewardsLedger {
  /** Instant up to which every payment was distributed, exclusive. */
  readonly until: Seconds;
  /** By earner, then token, then payer; only ever grows. */
  readonly earnings: readonly Earning[];
  /** Accrued, but too small to divide or without anybody to earn it; by set, token and operator paid by name. */
  readonly carried: readonly {
    readonly set: string;
    readonly token: string;
    readonly operator: string | null;
    readonly amount: Wei;
  }[];
  /** How far each payment was distributed, by id. */
  readonly progress: ReadonlyMap<number, Seconds>;
}

/** Where a ledger begins. */
export const EMPTY_REWARDS: RewardsLedger = { until: 0n, earnings: [], carried: [], progress: new Map() };

type Carry = { set: string; token: string; operator: string | null; amount: Wei };

/** The ledger while it is being advanced. */
interface Books {
  readonly earnings: Map<string, Earning>;
  readonly carried: Map<string, Carry>;
}

/** A pot to share among the operators of one interval. */
interface Pot {
  readonly payment: RewardsPayment;
  readonly operator: string | null;
  readonly amount: Wei;
}

/**
 * Distributes what accrued of all payments until an instant.
 *
 * A payment accrues evenly over its period: by instant t, `floor(amount * (t - from) / (until - from))`. Between two
 * snapshots the pot is what accrued there plus what the set carried: operator o gets `floor(pot * weight / weights)`,
 * keeps `floor(that * split / 10000)`, and each of its stakers gets `floor(rest * weight / stakers' weights)`. What
 * the floors leave, at most one unit for each earner of the interval, and pots that nobody can earn are carried to
 * the set's next pot in that token. An operator paid by name shares its own pot in the same way.
 *
 * Earnings only grow, so a later root never takes back what an earlier one gave; a payment for a period that lies
 * behind is distributed with the snapshots of that period.
 *
 * @param ledger - Where the last call ended.
 * @param history.payments - All payments known, those distributed before included.
 * @param history.snapshots - All snapshots in ascending order; before the first, nobody has a weight.
 * @param until - Instant to distribute up to, exclusive.
 */
export function distributeRewards(
  ledger: RewardsLedger,
  history: { readonly payments: readonly RewardsPayment[]; readonly snapshots: readonly StakeSnapshot[] },
  until: Seconds,
): RewardsLedger {
  const books: Books = {
    earnings: new Map(ledger.earnings.map((earning) => [earningKey(earning), earning])),
    carried: new Map(ledger.carried.map((carry) => [carryKey(carry), { ...carry }])),
  };
  const progress = new Map(ledger.progress);
  for (const payment of [...history.payments].sort((a, b) => a.id - b.id)) {
    const done = progress.get(payment.id) ?? payment.from;
    const end = least(until, payment.until);
    if (end <= done) continue;
    for (const interval of intervalsOf(history.snapshots, done, end)) share(books, payment, interval);
    progress.set(payment.id, end);
  }
  return {
    until: until > ledger.until ? until : ledger.until,
    earnings: [...books.earnings].sort(byKey).map(([, earning]) => earning),
    carried: [...books.carried].sort(byKey).flatMap(([, carry]) => (carry.amount > 0n ? [carry] : [])),
    progress,
  };
}

/** What each earner ever earned in each token, all payers together: the leaves of the next root, by earner and token. */
export function cumulativeEarnings(ledger: RewardsLedger): readonly Omit<Earning, "payer">[] {
  const sums = new Map<string, Omit<Earning, "payer">>();
  for (const { earner, token, amount } of ledger.earnings) {
    const key = JSON.stringify([earner, token]);
    sums.set(key, { earner, token, amount: (sums.get(key)?.amount ?? 0n) + amount });
  }
  return [...sums.values()];
}

/** What a payment has accrued by an instant, rounded down [token units]. */
export function accruedBy(payment: Pick<RewardsPayment, "amount" | "from" | "until">, instant: Seconds): Wei {
  const { amount, from, until } = payment;
  if (instant >= until) return amount;
  return instant <= from ? 0n : (amount * (instant - from)) / (until - from);
}

interface Interval {
  readonly from: Seconds;
  readonly until: Seconds;
  readonly snapshot: StakeSnapshot | undefined;
}

/** Cuts [from, until) at the snapshots. */
function intervalsOf(snapshots: readonly StakeSnapshot[], from: Seconds, until: Seconds): readonly Interval[] {
  const inside = snapshots.filter(({ at }) => at > from && at < until);
  const first = snapshots.findLast(({ at }) => at <= from);
  const begins = [{ at: from, snapshot: first }, ...inside.map((snapshot) => ({ at: snapshot.at, snapshot }))];
  return begins.map(({ at, snapshot }, place) => ({ from: at, until: begins[place + 1]?.at ?? until, snapshot }));
}

/** Shares what a payment accrued in an interval. */
function share(books: Books, payment: RewardsPayment, interval: Interval): void {
  const operators = interval.snapshot?.sets[payment.set] ?? [];
  const accruedIn = (amount: Wei): Wei =>
    accruedBy({ ...payment, amount }, interval.until) - accruedBy({ ...payment, amount }, interval.from);
  if (payment.directed === undefined) {
    shareAmong(books, { payment, operator: null, amount: accruedIn(payment.amount) }, operators);
    return;
  }
  for (const { operator, amount } of payment.directed) {
    const named = operators.filter((candidate) => candidate.operator === operator);
    shareAmong(books, { payment, operator, amount: accruedIn(amount) }, named);
  }
}

/** Shares a pot, and what was carried to it, among operators by weight; carries what is left. */
function shareAmong(books: Books, pot: Pot, operators: readonly OperatorWeight[]): void {
  const { set, token } = pot.payment;
  const carry: Carry = { set, token, operator: pot.operator, amount: 0n };
  const whole = pot.amount + (books.carried.get(carryKey(carry))?.amount ?? 0n);
  const weights = operators.reduce((sum, { weight }) => sum + weight, 0n);
  let left = whole;
  for (const operator of operators) {
    if (weights > 0n)
      left -= payOperator(books, pot.payment, { operator, amount: (whole * operator.weight) / weights });
  }
  books.carried.set(carryKey(carry), { ...carry, amount: left });
}

/** Pays an operator and its stakers; returns what they got together. */
function payOperator(
  books: Books,
  payment: RewardsPayment,
  { operator, amount }: { readonly operator: OperatorWeight; readonly amount: Wei },
): Wei {
  const kept = (amount * BigInt(operator.splitBips)) / BIPS;
  const weights = operator.stakers.reduce((sum, { weight }) => sum + weight, 0n);
  let paid = credit(books, payment, { earner: operator.operator, amount: kept });
  for (const { staker, weight } of operator.stakers) {
    if (weights > 0n) paid += credit(books, payment, { earner: staker, amount: ((amount - kept) * weight) / weights });
  }
  return paid;
}

function credit(
  books: Books,
  { token, payer }: RewardsPayment,
  { earner, amount }: { readonly earner: string; readonly amount: Wei },
): Wei {
  if (amount === 0n) return 0n;
  const key = earningKey({ earner, token, payer });
  books.earnings.set(key, { earner, token, payer, amount: (books.earnings.get(key)?.amount ?? 0n) + amount });
  return amount;
}

const earningKey = ({ earner, token, payer }: Omit<Earning, "amount">): string =>
  JSON.stringify([earner, token, payer]);

const carryKey = ({ set, token, operator }: Omit<Carry, "amount">): string => JSON.stringify([set, token, operator]);

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const least = (a: Seconds, b: Seconds): Seconds => (a < b ? a : b);
