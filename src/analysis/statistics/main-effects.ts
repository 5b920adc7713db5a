import { invertNormal, type Matrix } from "./least-squares.ts";
import { mean, sorted } from "./sample.ts";

/** A parameter's places, run by run. */
export interface Column {
  readonly parameter: string;
  readonly values: readonly number[];
}

/** Most terms of one parameter's curve, and of all curves together. */
const MOST_TERMS = 20;
const MOST_COLUMNS = 120;
/** Runs that stand behind each term. */
const RUNS_PER_TERM = 4;

/** Where each value stands among all, from 0 to 1; equal values stand at the same place. */
function placesOf(values: readonly number[]): { readonly places: Float64Array; readonly distinct: number } {
  const ordered = sorted(values);
  const middle = new Map<number, number>();
  for (let from = 0; from < ordered.length;) {
    let to = from;
    while (ordered[to] === ordered[from]) to += 1;
    middle.set(ordered[from] ?? 0, (from + to) / 2 / ordered.length);
    from = to;
  }
  return { places: Float64Array.from(values, (value) => middle.get(value) ?? 0), distinct: middle.size };
}

/** Terms of each parameter's curve: `cos(pi j u)`; with few distinct values as many as tell them all apart. */
function designOf(columns: readonly Column[], count: number) {
  const terms = Math.min(
    MOST_TERMS,
    Math.floor(MOST_COLUMNS / columns.length),
    Math.floor(count / RUNS_PER_TERM / columns.length),
  );
  const blocks: { readonly from: number; readonly size: number }[] = [];
  const design: Float64Array[] = [new Float64Array(count).fill(1)];
  for (const { values } of columns) {
    const { places, distinct } = placesOf(values);
    const size = Math.min(Math.max(1, terms), distinct - 1);
    blocks.push({ from: design.length, size });
    for (let term = 1; term <= size; term++) design.push(places.map((place) => Math.cos(Math.PI * term * place)));
  }
  return { design, blocks };
}

/** Sums of products of all columns, cluster by cluster: what a resample of clusters needs to be fitted again. */
export interface Moments {
  readonly blocks: readonly { readonly from: number; readonly size: number }[];
  /** Columns of the design, the answer last. */
  readonly size: number;
  readonly clusters: readonly Float64Array[];
}

/** Lays out what is fitted, the answers about their mean so that sums of squares lose no digits. */
export function momentsOf(
  columns: readonly Column[],
  answers: readonly number[],
  clusters: readonly (readonly number[])[],
): Moments {
  const { design, blocks } = designOf(columns, answers.length);
  const centre = mean(answers);
  const all = [...design, Float64Array.from(answers, (answer) => answer - centre)];
  const size = all.length;
  const sums = clusters.map((rows) => {
    const cells = new Float64Array(size * size);
    all.forEach((one, row) => {
      for (let column = 0; column <= row; column++) {
        const other = all[column] ?? one;
        let sum = 0;
        for (const at of rows) sum += (one[at] ?? 0) * (other[at] ?? 0);
        cells[row * size + column] = sum;
      }
    });
    return cells;
  });
  return { blocks, size, clusters: sums };
}

/** Sum of the drawn clusters' moments, both halves filled. */
function add({ size, clusters }: Moments, drawn: readonly number[]): Matrix {
  const cells = new Float64Array(size * size);
  for (const cluster of drawn) {
    const sums = clusters[cluster] ?? cells;
    for (let at = 0; at < cells.length; at++) cells[at] = (cells[at] ?? 0) + (sums[at] ?? 0);
  }
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) cells[row * size + column] = cells[column * size + row] ?? 0;
  }
  return { size, cells };
}

/**
 * Share of the answers' variance that each parameter's curve explains, less what noise would seem to explain.
 *
 * One curve for each parameter, fitted together by least squares: what the others explain is no noise to it.
 *
 * @param drawn - Clusters of the moments, each as often as it counts.
 */
export function sharesOf(moments: Moments, drawn: readonly number[]): readonly number[] {
  const { size, cells } = add(moments, drawn);
  const columns = size - 1;
  const at = (row: number, column: number): number => cells[row * size + column] ?? 0;
  const normal = Float64Array.from({ length: columns ** 2 }, (_, place) =>
    at(Math.floor(place / columns), place % columns),
  );
  const { inverse, rank } = invertNormal({ size: columns, cells: normal });
  const solved = (row: number, column: number): number => inverse.cells[row * columns + column] ?? 0;
  const fit = Float64Array.from({ length: columns }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += solved(row, column) * at(columns, column);
    return sum;
  });
  const runs = at(0, 0);
  const whole = at(columns, columns) - at(columns, 0) ** 2 / runs;
  if (!(whole > 0) || runs <= rank) return moments.blocks.map(() => 0);
  const left = at(columns, columns) - fit.reduce((sum, slope, column) => sum + slope * at(columns, column), 0);
  const noise = Math.max(0, left) / (runs - rank);
  const explained = moments.blocks.map(({ from, size: terms }) => {
    let sum = 0;
    for (let row = from; row < from + terms; row++) {
      for (let column = from; column < from + terms; column++) {
        const spread = (at(row, column) - (at(row, 0) * at(column, 0)) / runs) / runs;
        sum += spread * ((fit[row] ?? 0) * (fit[column] ?? 0) - noise * solved(row, column));
      }
    }
    return sum;
  });
  // Not the answers' own variance: in that, independent parameters go together by chance.
  const sum = explained.reduce((before, one) => before + one, noise);
  return explained.map((one) => (sum > 0 ? one / sum : 0));
}
