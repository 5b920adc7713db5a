import { openChain, type ChainChoice } from "../../chain/open-chain.ts";
import type { Scenario } from "../../model/scenario.ts";
import { planSweep, type SweepPlan } from "../definition/plan-sweep.ts";
import type { SweepDefinition } from "../definition/sweep-definition.ts";
import { executeRun } from "./execute-run.ts";
import type { RunLine } from "./run-line.ts";
import { WarmWorlds } from "./warm-worlds.ts";

/** What a runner is asked for. */
export interface ChunkOrder {
  readonly definition: SweepDefinition;
  readonly runs: readonly number[];
  /** Called after each run; returns whether to go on. */
  readonly onRun?: (line: RunLine) => boolean;
}

/** Chains that workers can have as many of as they want. */
export type OwnChain = Extract<ChainChoice, string>;

/** What a runner is made of. */
export interface ChunkRunnerOptions {
  readonly scenario: Scenario;
  /** Project folder. */
  readonly root: string;
  readonly chain: OwnChain;
}

/** Makes chunks of one scenario's sweeps in this process, one run after the other, in one warm world. */
export class ChunkRunner {
  readonly #scenario: Scenario;
  readonly #root: string;
  readonly #worlds: WarmWorlds;
  #plan: SweepPlan | undefined;
  #planned = "";

  constructor({ scenario, root, chain }: ChunkRunnerOptions) {
    this.#scenario = scenario;
    this.#root = root;
    this.#worlds = new WarmWorlds(async (spec) => {
      const { createWorld } = await import("../../world/create-world.ts");
      return await createWorld(spec, { backend: await openChain(chain) });
    });
  }

  #planOf(definition: SweepDefinition): SweepPlan {
    const key = JSON.stringify(definition);
    if (this.#plan === undefined || this.#planned !== key) this.#plan = planSweep(this.#scenario, definition);
    this.#planned = key;
    return this.#plan;
  }

  /** Makes runs, until all are made or `onRun` says to stop. */
  async make({ definition, runs, onRun }: ChunkOrder): Promise<readonly RunLine[]> {
    const plan = this.#planOf(definition);
    const context = { scenario: this.#scenario, definition, worlds: this.#worlds, root: this.#root };
    const lines: RunLine[] = [];
    for (const run of runs) {
      const line = await executeRun(context, plan.runAt(run));
      lines.push(line);
      if (onRun?.(line) === false) break;
    }
    return lines;
  }

  async close(): Promise<void> {
    await this.#worlds.close();
  }
}
