import type { Difference } from "../compare.ts";
import { compareAnswer } from "./answer.ts";
import type { VectorBook } from "./book.ts";
import type { Ground } from "./ground.ts";
import { defiKinds } from "./registry.ts";
import { parseTolerance } from "./tolerance.ts";

/** What became of a case: nothing when it agrees, else where it differs, or why it cannot be played. */
export interface Verdict {
  readonly difference?: Difference;
  readonly reason?: string;
}

/**
 * Plays one case of a file and compares everything it expects.
 *
 * @param ground - Where to play; cleared first.
 * @param book - The file's cases.
 * @param id - Which of them.
 */
export async function runDefiVector(ground: Ground, book: VectorBook, id: string): Promise<Verdict> {
  const vector = book.get(id);
  const tolerance = parseTolerance(vector?.tolerance ?? "exact");
  if (vector === undefined || tolerance === undefined) return { reason: `there is no case ${id}` };
  if (Object.keys(vector.expected).length === 0) return { reason: "expected holds nothing to compare" };
  const kind = defiKinds.find((candidate) => candidate.matches(vector));
  if (kind === undefined) {
    const keys = (fields: Readonly<Record<string, unknown>>): string => Object.keys(fields).join(", ");
    const shape = `inputs have keys ${keys(vector.inputs)}; expected has ${keys(vector.expected)}`;
    return { reason: `no kind matches; ${shape}` };
  }
  await ground.clear((other) => book.get(other));
  const got = await kind.play(vector, ground);
  const difference = compareAnswer("expected", { expected: vector.expected, got }, tolerance);
  return difference === undefined ? {} : { difference: { step: -1, ...difference } };
}
