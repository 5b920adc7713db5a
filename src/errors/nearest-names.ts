/** Number of single-letter edits that turn `from` into `to`. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * Returns up to three of `known`, nearest to `wanted` first, ties in alphabetical order.
 *
 * @param likened - The part of a known name that `wanted` is likened to; the whole by default.
 */
export function nearestNames(
  wanted: string,
  known: readonly string[],
  likened: (name: string) => string = (name) => name,
): string[] {
  return known
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), likened(name).toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
