import { UsageError } from "../../errors/usage-error.ts";

/** Bits of a coordinate. */
const BITS = 32;

/**
 * Primitive polynomials and initial direction numbers of dimensions 2 to 21: degree, coefficients, numbers.
 *
 * Source: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections" (2008), table
 * new-joe-kuo-6.21201.
 */
const DIRECTIONS: readonly (readonly [degree: number, coefficients: number, numbers: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

/** Most parameters of one Sobol sample. */
export const MAX_SOBOL_DIMENSIONS = DIRECTIONS.length + 1;

/** Direction numbers of a dimension, counted from 0, scaled to 32 bits. */
function directionNumbers(dimension: number): readonly number[] {
  const direction = DIRECTIONS[dimension - 1];
  if (direction === undefined) return Array.from({ length: BITS }, (_, bit) => (2 ** (BITS - 1 - bit)) >>> 0);
  const [degree, coefficients, initial] = direction;
  const numbers = initial.map((number, at) => (number * 2 ** (BITS - 1 - at)) >>> 0);
  for (let bit = degree; bit < BITS; bit++) {
    const before = numbers[bit - degree] ?? 0;
    let next = (before ^ (before >>> degree)) >>> 0;
    for (let term = 1; term < degree; term++) {
      if (((coefficients >>> (degree - 1 - term)) & 1) === 1) next = (next ^ (numbers[bit - term] ?? 0)) >>> 0;
    }
    numbers.push(next);
  }
  return numbers;
}

/**
 * Points of the Sobol sequence, from its beginning, shifted digit by digit.
 *
 * @param shifts - One random word for each dimension: it moves the points and keeps their evenness.
 * @param count - Number of points.
 * @returns Coordinates as whole numbers out of 2^32, point by point.
 * @throws {@link UsageError} for more dimensions than {@link MAX_SOBOL_DIMENSIONS}.
 */
export function sobolPoints(shifts: readonly number[], count: number): readonly (readonly number[])[] {
  if (shifts.length > MAX_SOBOL_DIMENSIONS) {
    throw new UsageError(
      `A Sobol sample has ${shifts.length} parameters.`,
      `Use at most ${MAX_SOBOL_DIMENSIONS}, or --sample lhs.`,
    );
  }
  const directions = shifts.map((_, dimension) => directionNumbers(dimension));
  const state = shifts.map(() => 0);
  return Array.from({ length: count }, (_, at) => {
    // Gray code: from one point to the next, one direction number changes.
    const changed = at === 0 ? -1 : 31 - Math.clz32(at & -at);
    return state.map((before, dimension) => {
      const now = changed < 0 ? before : (before ^ (directions[dimension]?.[changed] ?? 0)) >>> 0;
      state[dimension] = now;
      return (now ^ (shifts[dimension] ?? 0)) >>> 0;
    });
  });
}
