/** The golden section, as a fraction of whole numbers. */
const SECTION = { parts: 618_033_988_749_894_848n, of: 10n ** 18n };
/** Width below which every point is looked at. */
const NARROW = 16n;

/**
 * Whole number in `[low, high]` with the greatest value, for values that rise and then fall.
 *
 * Rounding makes such values uneven by a unit or two; the last few points are compared one by one.
 *
 * @returns The least such number among those compared.
 */
export function goldenSection(low: bigint, high: bigint, valueOf: (point: bigint) => bigint): bigint {
  let [from, to] = [low, high];
  while (to - from > NARROW) {
    const step = ((to - from) * SECTION.parts) / SECTION.of;
    const [left, right] = [to - step, from + step];
    if (valueOf(left) < valueOf(right)) from = left;
    else to = right;
  }
  let best = { point: from, value: valueOf(from) };
  for (let point = from + 1n; point <= to; point += 1n) {
    const value = valueOf(point);
    if (value > best.value) best = { point, value };
  }
  return best.point;
}
