import { addTo } from "../yield-attribution.ts";
import type { Wei } from "../../units/units.ts";

/** In which capacity somebody owns something, and so bears a loss of it, in the order of the waterfall. */
export const LAYERS = [
  "wallet",
  "staker",
  "lrtHolder",
  "provider",
  "borrower",
  "insurance",
  "supplier",
  "treasury",
  "stability",
  "buffer",
  "junior",
  "backstop",
  "dollarHolder",
] as const;

export type Layer = (typeof LAYERS)[number];

/** Who stands behind what an account owes, and in which turn: tier 0 bears first. */
export interface Bearing {
  readonly by: string;
  readonly layer: Layer;
  readonly tier: number;
  /** Most it can bear [wei]. */
  readonly capacity: Wei;
}

/** A loss that an account could not bear itself and passed on. */
export interface PassedLoss {
  readonly from: string;
  readonly by: string;
  readonly layer: Layer;
  readonly amount: Wei;
}

/**
 * Double-entry accounts of parties and of what stands between them: a claim adds to its owner and takes from the account
 * that owes it, so the sum of all accounts is what was brought from outside.
 */
export interface AccountBook {
  readonly balances: Map<string, Wei>;
  /** The same by the capacity in which it is owned; what an account owes is not in it. */
  readonly layers: Map<string, Map<Layer, Wei>>;
  /** Who bears what each account in between cannot pay. */
  readonly bearings: Map<string, Bearing[]>;
  /** Wei by which rounding may have moved each account. */
  readonly slacks: Map<string, Wei>;
  /** Real assets brought in so far. */
  brought: Wei;
}

/** One entry is rounded down once or twice. */
const ENTRY_SLACK = 4n;

/** Opens empty accounts. */
export function openBook(): AccountBook {
  return { balances: new Map(), layers: new Map(), bearings: new Map(), slacks: new Map(), brought: 0n };
}

/** The same amount the other way round. */
export function minus(amount: Wei): Wei {
  return 0n - amount;
}

/** Balance of an account. */
export function balanceOf(book: AccountBook, account: string): Wei {
  return book.balances.get(account) ?? 0n;
}

function addLayer(book: AccountBook, account: string, { layer, value }: { layer: Layer; value: Wei }): void {
  const layers = book.layers.get(account) ?? new Map<Layer, Wei>();
  if (layers.size === 0) book.layers.set(account, layers);
  layers.set(layer, (layers.get(layer) ?? 0n) + value);
}

function post(book: AccountBook, account: string, value: Wei): void {
  addTo(book.balances, account, value);
  addTo(book.slacks, account, ENTRY_SLACK);
}

/** A real asset in somebody's hands. */
export function bring(book: AccountBook, owner: string, value: Wei): void {
  if (value === 0n) return;
  post(book, owner, value);
  addLayer(book, owner, { layer: "wallet", value });
  book.brought += value;
}

/** Lets somebody bear what an account cannot pay, up to its capacity. */
export function bear(book: AccountBook, on: string, bearing: Bearing): void {
  if (bearing.capacity <= 0n) return;
  const known = book.bearings.get(on);
  if (known === undefined) book.bearings.set(on, [bearing]);
  else known.push(bearing);
}

/** What `on` owes to `by`; who has a claim bears what the account cannot pay. */
export function claim(book: AccountBook, on: string, { by, layer, tier, capacity }: Bearing): void {
  if (capacity === 0n) return;
  post(book, by, capacity);
  addLayer(book, by, { layer, value: capacity });
  post(book, on, minus(capacity));
  bear(book, on, { by, layer, tier, capacity });
}

/**
 * Splits an amount in proportion to weights, each part rounded down; the last weight above zero takes the rest.
 *
 * @returns One part per weight; they sum to the amount exactly where any weight is above zero.
 */
export function splitByWeight(amount: Wei, weights: readonly bigint[]): readonly Wei[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n) return weights.map(() => 0n);
  const last = weights.findLastIndex((weight) => weight > 0n);
  const parts = weights.map((weight, at) => (at === last ? 0n : (amount * weight) / total));
  const given = parts.reduce((sum, part) => sum + part, 0n);
  return parts.map((part, at) => (at === last ? amount - given : part));
}

/** Passes one account's shortfall on: tier by tier, within a tier in proportion to what each can still bear. */
function passOn(book: AccountBook, account: string, room: Map<Bearing, Wei>): readonly PassedLoss[] {
  const bearings = book.bearings.get(account) ?? [];
  const tiers = [...new Set(bearings.map(({ tier }) => tier))].sort((a, b) => a - b);
  const passed: PassedLoss[] = [];
  for (const tier of tiers) {
    const left = minus(balanceOf(book, account));
    if (left <= 0n) break;
    const here = bearings.filter((bearing) => bearing.tier === tier);
    const rooms = here.map((bearing) => room.get(bearing) ?? bearing.capacity);
    const able = rooms.reduce((sum, value) => sum + value, 0n);
    const parts = splitByWeight(left < able ? left : able, rooms);
    for (const [at, bearing] of here.entries()) {
      const amount = parts[at] ?? 0n;
      if (amount === 0n) continue;
      room.set(bearing, (rooms[at] ?? 0n) - amount);
      addTo(book.balances, bearing.by, minus(amount));
      addLayer(book, bearing.by, { layer: bearing.layer, value: minus(amount) });
      addTo(book.balances, account, amount);
      passed.push({ from: account, by: bearing.by, layer: bearing.layer, amount });
    }
  }
  return passed;
}

/**
 * Most rounds of passing on. What runs in a circle is less after each, as long as somebody in it bears, and ends as
 * rounding.
 */
const MOST_ROUNDS = 4_096;
/** Rounds in a row in which nobody bears: a circle of the broke stays where it is, to be seen. */
const BROKE_ROUNDS = 24;

/** One entry for all that one account passed on to somebody in one capacity, in the order of the first. */
function together(passed: readonly PassedLoss[]): readonly PassedLoss[] {
  const all = new Map<string, PassedLoss>();
  for (const one of passed) {
    const key = [one.from, one.by, one.layer].join("\u0000");
    all.set(key, { ...one, amount: one.amount + (all.get(key)?.amount ?? 0n) });
  }
  return [...all.values()];
}

/**
 * Lets every account in between pass on what it cannot pay, until nobody has anything left to pass on.
 *
 * @param isBetween - Whether an account stands between parties; parties bear.
 * @param slack - Shortfall that is rounding and stays.
 */
export function settle(
  book: AccountBook,
  isBetween: (account: string) => boolean,
  slack: (account: string) => Wei,
): readonly PassedLoss[] {
  const room = new Map<Bearing, Wei>();
  const order = new Map([...book.bearings.keys()].filter(isBetween).map((account, at) => [account, at]));
  const all: PassedLoss[] = [];
  let open = [...order.keys()];
  let broke = 0;
  for (let round = 0; round < MOST_ROUNDS && broke < BROKE_ROUNDS; round += 1) {
    const short = open.filter((account) => minus(balanceOf(book, account)) > slack(account));
    const passed = short.flatMap((account) => passOn(book, account, room));
    if (passed.length === 0) break;
    all.push(...passed);
    broke = passed.every(({ by }) => order.has(by)) ? broke + 1 : 0;
    // Only who was passed something can be short anew.
    const touched = new Set(passed.map(({ by }) => by).filter((by) => order.has(by)));
    open = [...touched].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return together(all);
}
