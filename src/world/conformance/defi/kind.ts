import type { Answer } from "./answer.ts";
import type { Ground } from "./ground.ts";
import type { DefiVector } from "./vector.ts";

/** A kind of case: how to recognise one by the shape of its inputs and expectations, and how to play it. */
export interface DefiKind {
  /** What such cases are about, for messages. */
  readonly name: string;
  /** Whether a case is of this kind; looks at names of fields, never at ids. */
  matches(vector: DefiVector): boolean;
  /**
   * Plays a case on fresh ground and answers everything that may be asked about it, under every name that is in use.
   *
   * Never reads {@link DefiVector.expected}'s values.
   */
  play(vector: DefiVector, ground: Ground): Promise<Answer>;
}

/** Whether every one of these inputs is there. */
export const hasInputs = (vector: DefiVector, ...names: readonly string[]): boolean =>
  names.every((name) => vector.inputs[name] !== undefined);

/** Whether one of these is expected. */
export const expectsAny = (vector: DefiVector, ...names: readonly string[]): boolean =>
  names.some((name) => vector.expected[name] !== undefined);
