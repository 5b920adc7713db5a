import type { SweepPlan } from "./definition/plan-sweep.ts";
import { checkpointsOf, ruleHolds, type Sample, type StopRule } from "./definition/stop-rule.ts";
import type { RunNotice } from "./local/messages.ts";

/** Knows which runs are made, and when the stopping rule says that they are enough. */
export class StopWatcher {
  readonly #made: Uint8Array;
  readonly #values: (number | undefined)[] = [];
  readonly #checkpoints: readonly number[];
  readonly #rule: StopRule | undefined;
  readonly #seed: number;
  readonly #plan: SweepPlan;
  #count = 0;
  /** Runs from the first on that are made without a gap, and checkpoints that were looked at. */
  #whole = 0;
  #looked = 0;
  /** Runs that count: those before this index. */
  limit: number;

  constructor(plan: SweepPlan, rule?: StopRule) {
    this.#made = new Uint8Array(plan.size);
    this.#plan = plan;
    this.#rule = rule;
    this.#seed = plan.definition.seed;
    this.#checkpoints = rule === undefined ? [] : checkpointsOf(plan.size, plan.points.length);
    this.limit = plan.size;
  }

  /** Takes in runs that are safely handed over; twice the same counts once. */
  add(notices: readonly RunNotice[]): void {
    for (const { run, outcomes } of notices) {
      if (run >= this.#made.length || this.#made[run] === 1) continue;
      this.#made[run] = 1;
      if (run < this.limit) this.#count += 1;
      const value = this.#rule === undefined ? undefined : outcomes[this.#rule.measure];
      if (value !== undefined) this.#values[run] = Number(value);
    }
    this.#look();
  }

  /**
   * Looks at the rule wherever all runs before a checkpoint are there: in the order of their index, so that neither
   * the number of workers nor their speed decides how many runs there are.
   */
  #look(): void {
    if (this.#rule === undefined || this.limit < this.#made.length) return;
    while (this.#made[this.#whole] === 1) this.#whole += 1;
    for (;;) {
      const checkpoint = this.#checkpoints[this.#looked];
      if (checkpoint === undefined || this.#whole < checkpoint) return;
      this.#looked += 1;
      if (!ruleHolds(this.#rule, this.#sampleOf(checkpoint), this.#seed)) continue;
      this.limit = checkpoint;
      this.#count = checkpoint;
      return;
    }
  }

  /** Values of the runs before an index that have one, and the seed that each is of. */
  #sampleOf(limit: number): Sample {
    const values: number[] = [];
    const groups: number[] = [];
    this.#values.slice(0, limit).forEach((value, run) => {
      if (value === undefined) return;
      values.push(value);
      groups.push(this.#plan.runAt(run).seed);
    });
    return { values, groups };
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
