import { VectorInvalidError } from "../../../errors/vector-invalid-error.ts";
import type { Answer } from "../defi/answer.ts";
import type { Outcome } from "../defi/deployed.ts";
import type { Ground } from "../defi/ground.ts";
import { wholeNumber } from "../defi/inputs.ts";
import type { Vector, VectorStep } from "../schema.ts";

/** As much as a word holds: no limit at all. */
export const UNLIMITED = 2n ** 256n - 1n;

/** Names of a step's second. */
export const WHEN = ["t", "timestamp", "time"] as const;
/** Instants lie before it, in files of every format. */
export const LATEST = 10n ** 14n;

/** A vector of another restaking protocol being played: its time, and what was seen under which name. */
export class PeerPlay {
  readonly ground: Ground;
  readonly vector: Vector;
  /** The vector's second 0 [unix s]. */
  readonly start: bigint;
  /** Everything seen under a name, in order. */
  readonly seen = new Map<string, Answer[]>();
  /** What the present step's call did. */
  outcome: Outcome | undefined;

  constructor(ground: Ground, vector: Vector) {
    this.ground = ground;
    this.vector = vector;
    this.start = ground.now;
  }

  /** Present second of the vector. */
  get now(): bigint {
    return this.ground.now - this.start;
  }

  /** Lets time pass until a second of the vector; a past one changes nothing. */
  async moveTo(second: bigint): Promise<void> {
    if (second > this.now) await this.ground.advance(second - this.now);
  }

  /** Comes to a step's second, where it has one. */
  async arrive(step: VectorStep): Promise<void> {
    const second = this.secondOf(step);
    if (second !== undefined) await this.moveTo(second);
  }

  /** Second of a step, where it tells one: no past one, and none that no clock shows. */
  secondOf(step: VectorStep, names: readonly string[] = WHEN): bigint | undefined {
    const name = names.find((one) => step[one] !== undefined);
    if (name === undefined) return undefined;
    const second = this.need(step, name);
    if (second >= LATEST) this.complain(step, `a second before 1e14 in ${name}`, String(second));
    if (second < this.now) this.complain(step, `a second from ${this.now} on in ${name}`, String(second));
    return second;
  }

  /** Notes something under every name it goes by. */
  saw(value: Answer, ...names: readonly string[]): void {
    for (const name of names) this.seen.set(name, [...(this.seen.get(name) ?? []), value]);
  }

  /** Reads a whole number of a step, or else of what the vector gives. */
  find(step: VectorStep, ...names: readonly string[]): bigint | undefined {
    for (const source of [step, this.vector.given] as readonly Readonly<Record<string, unknown>>[]) {
      for (const name of names) if (source[name] !== undefined) return this.#whole(step, name, source[name]);
    }
    return undefined;
  }

  /** As {@link find}, but it has to be there. */
  need(step: VectorStep, ...names: readonly string[]): bigint {
    return this.find(step, ...names) ?? this.complain(step, `a whole number in ${names.join(" or ")}`, "nothing");
  }

  /** Reads a name of a step; a number may be one. */
  text(step: VectorStep, fallback: string, ...names: readonly string[]): string {
    const name = names.find((one) => step[one] !== undefined);
    const value = name === undefined ? fallback : (step[name] ?? fallback);
    if (typeof value === "string") return value;
    if (typeof value === "number") return String(value);
    return this.complain(step, `a name in ${name ?? ""}`, JSON.stringify(value));
  }

  /** Refuses a step. */
  complain(step: VectorStep, wanted: string, held: string): never {
    const place = { file: this.vector.id, place: `operation ${step.op}` };
    throw new VectorInvalidError(place, `expected ${wanted}, but it holds ${held}`);
  }

  /** What would come of something, as if it were not done. */
  async supposing<T>(action: () => Promise<T>): Promise<T> {
    return await this.ground.supposing(action);
  }

  #whole(step: VectorStep, name: string, value: unknown): bigint {
    const number = wholeNumber(value);
    if (number !== undefined && number >= 0n) return number;
    return this.complain(step, `a whole number in ${name}`, JSON.stringify(value));
  }
}
