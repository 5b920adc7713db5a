import type { ClockName, CoreDelays } from "./chain.ts";
import type { Difference } from "./compare.ts";
import { CoreWorld } from "./core-world.ts";
import type { ConformanceCase } from "./parse.ts";
import { runTrace } from "./run-trace.ts";
import { traceOperations } from "./schema.ts";

/** What became of one case. */
export type CaseResult =
  | { readonly name: string; readonly passed: true }
  | { readonly name: string; readonly passed: false; readonly difference?: Difference; readonly reason?: string };

/** Runs cases, each in a world as new, with one chain per set of delays. */
export class ConformanceRunner {
  readonly #clock: ClockName;
  readonly #worlds = new Map<string, CoreWorld>();

  constructor(clock: ClockName) {
    this.#clock = clock;
  }

  /** Runs one case; never throws for what the contracts do. */
  async run(single: ConformanceCase): Promise<CaseResult> {
    const { name } = single;
    if (single.kind === "unbuilt") return { name, passed: false, reason: single.reason };
    if (single.kind === "vector") return { name, passed: false, reason: "vectors are not built" };

    const { trace } = single;
    const unknown = trace.steps.find(({ op }) => !traceOperations.includes(op));
    if (unknown !== undefined) return { name, passed: false, reason: `operation "${unknown.op}" is not built` };
    const world = await this.#worldWith({
      withdrawal: BigInt(trace.params.withdrawalDelayBlocks),
      deallocation: BigInt(trace.params.deallocationDelayBlocks),
      configuration: 75n,
    });
    const difference = await runTrace(world, trace);
    return difference === undefined ? { name, passed: true } : { name, passed: false, difference };
  }

  /** Closes every chain. */
  async close(): Promise<void> {
    for (const world of this.#worlds.values()) await world.close();
    this.#worlds.clear();
  }

  async #worldWith(delays: CoreDelays): Promise<CoreWorld> {
    const key = Object.values(delays).join("/");
    const world = this.#worlds.get(key) ?? (await CoreWorld.open(this.#clock, delays));
    this.#worlds.set(key, world);
    await world.reset();
    return world;
  }
}
