import { VectorInvalidError } from "../../errors/vector-invalid-error.ts";
import { wholeNumber } from "./defi/inputs.ts";
import type { VectorStep } from "./schema.ts";

/** A step, and how many times it is played. */
export interface Turn {
  readonly step: VectorStep;
  readonly times: bigint;
}

/** Most repetitions of a step: a mistyped number is refused at once, not played for days. */
const MOST_TIMES = 100_000n;

/**
 * Reads a step that may stand for several: `repeat{times,step,...args}` is the named step with these arguments.
 *
 * @param step - Step of a vector.
 * @param vector - The vector's name, for messages.
 */
export function turnOf(step: VectorStep, vector: string): Turn {
  if (step.op !== "repeat") return { step, times: 1n };
  const { times: told, step: op, ...args } = step;
  const place = { file: vector, place: "operation repeat" };
  const times = wholeNumber(told);
  if (times === undefined || times < 0n || times > MOST_TIMES) {
    const wanted = `a whole number from 0 to ${MOST_TIMES} in times`;
    throw new VectorInvalidError(place, `expected ${wanted}, but it holds ${said(told)}`);
  }
  if (typeof op === "string") return { step: { ...args, op }, times };
  throw new VectorInvalidError(place, `expected an operation's name in step, but it holds ${said(op)}`);
}

/** Says which operation cannot be played. */
export function unbuilt(step: VectorStep): string {
  if (step.op !== "continueFrom") return `operation "${step.op}" is not built`;
  return `the file holds no other vector ${said(step["vector"])} to continue from`;
}

const said = (value: unknown): string => JSON.stringify(value) ?? "nothing";
