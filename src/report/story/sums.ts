/** Sums whole numbers; nothing sums to zero. */
export function sum(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

/** Adds to a running total by key. */
export function addTo<Key>(totals: Map<Key, bigint>, key: Key, value: bigint): void {
  totals.set(key, (totals.get(key) ?? 0n) + value);
}

/** Groups items by a key, in order of first appearance. */
export function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * Splits a value in proportion to weights, exactly: what rounding leaves goes, a wei each, to the largest remainders.
 * A negative value splits as its size does; weights are not negative.
 */
export function splitExactly(value: bigint, weights: readonly bigint[]): bigint[] {
  if (value < 0n) return splitExactly(-value, weights).map((part) => -part);
  const whole = sum(weights);
  if (whole === 0n) return weights.map((_, place) => (place === 0 ? value : 0n));
  const parts = weights.map((weight) => (value * weight) / whole);
  const byRemainder = weights
    .map((weight, place) => ({ place, remainder: (value * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  const left = Number(value - sum(parts));
  for (const { place } of byRemainder.slice(0, left)) parts[place] = (parts[place] ?? 0n) + 1n;
  return parts;
}
