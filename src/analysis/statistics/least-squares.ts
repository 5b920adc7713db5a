/** A symmetric matrix, row by row. */
export interface Matrix {
  readonly size: number;
  readonly cells: Float64Array;
}

/** A column whose rest is below this share of itself says nothing that those before it do not. */
const DEPENDENT = 1e-9;

/**
 * Inverse of the normal equations' matrix, by Cholesky; columns that depend on those before them are left out and have
 * zeros there.
 *
 * @returns The inverse and how many columns it stands for.
 */
export function invertNormal({ size, cells }: Matrix): { readonly inverse: Matrix; readonly rank: number } {
  const factor = new Float64Array(size * size);
  let rank = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = cells[row * size + column] ?? 0;
      for (let at = 0; at < column; at++) rest -= (factor[row * size + at] ?? 0) * (factor[column * size + at] ?? 0);
      const pivot = factor[column * size + column] ?? 0;
      if (column < row) factor[row * size + column] = pivot === 0 ? 0 : rest / pivot;
      else if (rest > DEPENDENT * (cells[row * size + row] ?? 0)) factor[row * size + row] = Math.sqrt(rest);
    }
    rank += factor[row * size + row] === 0 ? 0 : 1;
  }
  return { inverse: { size, cells: squareOfInverse(factor, size) }, rank };
}

/** `L^-T L^-1` of a lower triangle whose empty columns are left out. */
function squareOfInverse(factor: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      const pivot = factor[row * size + row] ?? 0;
      if (pivot === 0) continue;
      let rest = row === column ? 1 : 0;
      for (let at = column; at < row; at++) rest -= (factor[row * size + at] ?? 0) * (lower[at * size + column] ?? 0);
      lower[row * size + column] = rest / pivot;
    }
  }
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let at = row; at < size; at++) sum += (lower[at * size + row] ?? 0) * (lower[at * size + column] ?? 0);
      inverse[row * size + column] = sum;
      inverse[column * size + row] = sum;
    }
  }
  return inverse;
}
