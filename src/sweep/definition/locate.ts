/** Where a field stands in a sweep file: `["set", "lst.fee", 1]`. */
export type FieldPath = readonly PropertyKey[];

/** Tells of a refusal where the refused field stands; what is no refusal comes back as it is. */
export type Locate = (field: FieldPath, error: unknown) => unknown;

/** For what no file says. */
export const NOWHERE: Locate = (_, error) => error;

/** Runs what judges a field; a refusal tells where the field stands. */
export function judge<T>(locate: Locate, field: FieldPath, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw locate(field, error);
  }
}
