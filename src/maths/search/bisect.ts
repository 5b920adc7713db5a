/**
 * Greatest whole number in `[low, high]` at which a condition holds that holds up to some point and not beyond.
 *
 * @returns That number; `low` when the condition holds nowhere.
 */
export function lastWhere(low: bigint, high: bigint, holds: (value: bigint) => boolean): bigint {
  let [known, open] = [low, high];
  while (known < open) {
    const middle = (known + open + 1n) / 2n;
    if (holds(middle)) known = middle;
    else open = middle - 1n;
  }
  return known;
}
