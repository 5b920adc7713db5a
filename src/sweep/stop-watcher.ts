import type { SweepPlan } from "./definition/plan-sweep.ts";
import type { RunNotice } from "./local/messages.ts";

/** Knows which runs are made, and when the stopping rule says that they are enough. */
export class StopWatcher {
  readonly #made: Uint8Array;
  #count = 0;
  /** Runs that count: those before this index. */
  limit: number;

  constructor(plan: SweepPlan) {
    this.#made = new Uint8Array(plan.size);
    this.limit = plan.size;
  }

  /** Takes in runs that are safely handed over; twice the same counts once. */
  add(notices: readonly RunNotice[]): void {
    for (const { run } of notices) {
      if (run >= this.#made.length || this.#made[run] === 1) continue;
      this.#made[run] = 1;
      if (run < this.limit) this.#count += 1;
    }
  }

  /** Number of runs that are made and count. */
  get made(): number {
    return this.#count;
  }

  /** Runs that are still to be made. */
  missing(): readonly number[] {
    const missing: number[] = [];
    for (let run = 0; run < this.limit; run++) if (this.#made[run] === 0) missing.push(run);
    return missing;
  }
}
