export type SeriesGroup =
  "price" | "discount" | "feed" | "pool" | "vault" | "reserve" | "health" | "debt" | "dollar" | "queue";

/** One flat number of the DeFi layer after a step, and what it is. */
export interface Reading {
  readonly id: string;
  readonly label: string;
  readonly group: SeriesGroup;
  readonly subject: string;
  readonly unit: string;
  readonly decimals: number;
  readonly value: bigint;
}

/** Makes readings of one subject from their names: `[id, label]`. */
type Maker = (names: readonly [string, string], value: bigint, over?: Partial<Reading>) => Reading;

export function making(group: SeriesGroup, subject: string, unit: string): Maker {
  return ([id, label], value, over) => ({ id, label, group, subject, unit, decimals: 18, value, ...over });
}
