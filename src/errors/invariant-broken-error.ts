import { SimError } from "./sim-error.ts";

/** What a broken invariant carries. */
export interface InvariantBreach {
  readonly name: string;
  readonly step: number;
  /** The numbers that contradict each other. */
  readonly values: Readonly<Record<string, string | number | bigint | boolean | null>>;
  /** Command that makes the same run again. */
  readonly replay: string;
}

/** A law of the accounting does not hold after a step: the run stops. Exit code 1. */
export class InvariantBrokenError extends SimError {
  readonly invariant: string;
  readonly step: number;
  readonly replay: string;
  /** The run so far, as a record; typed by the engine. */
  readonly record: unknown;

  constructor(breach: InvariantBreach, record?: unknown) {
    const values = Object.entries(breach.values).map(([key, value]) => `${key} ${String(value)}`);
    super(`Invariant ${breach.name} is broken after step ${breach.step}: ${values.join(", ")}.`, {
      code: "INVARIANT_BROKEN",
      details: breach.values,
      hint: `Replay it with: ${breach.replay}`,
    });
    this.invariant = breach.name;
    this.step = breach.step;
    this.replay = breach.replay;
    this.record = record;
  }
}
