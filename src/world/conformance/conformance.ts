import { integerOf } from "./numbers.ts";
import type { ClockName, CoreDelays } from "./chain.ts";
import type { Difference } from "./compare.ts";
import { CoreWorld } from "./core-world.ts";
import { Ground } from "./defi/ground.ts";
import { runDefiVector } from "./defi/run-defi-vector.ts";
import { lrModels, runLrVector } from "./lrt/run-lr-vector.ts";
import { explain } from "./explain.ts";
import { FieldWatch } from "./field-watch.ts";
import type { ConformanceCase } from "./parse.ts";
import { peerModels, runPeerVector } from "./peers/run-peer-vector.ts";
import { runTrace } from "./run-trace.ts";
import { traceOperations, type Vector } from "./schema.ts";
import { runVector, vectorModels } from "./vectors/run-vector.ts";

/** What became of one case. */
export type CaseResult =
  | { readonly name: string; readonly passed: true }
  | {
      readonly name: string;
      readonly passed: false;
      readonly difference?: Difference;
      readonly reason?: string;
      /** Fields that nothing asked for while the case was played; one may be misspelt. */
      readonly unasked?: readonly string[];
    };

const verdictOf = (name: string, difference: Difference | undefined): CaseResult =>
  difference === undefined ? { name, passed: true } : { name, passed: false, difference };

const HOLLOW = "steps and expected are empty: there is nothing to compare";
const isHollow = ({ steps, expected }: Vector): boolean => steps.length === 0 && Object.keys(expected).length === 0;

/** Delays of whatever does not say otherwise. */
const FAST: CoreDelays = {
  withdrawal: 50n,
  deallocation: 50n,
  configuration: 75n,
  activation: 604_800n,
  defaultSplitBips: 1_000n,
};

/** Runs cases, each in a world as new, with one chain per set of delays. */
export class ConformanceRunner {
  readonly #clock: ClockName;
  readonly #worlds = new Map<string, CoreWorld>();
  #ground: Ground | undefined;

  constructor(clock: ClockName) {
    this.#clock = clock;
  }

  /** Runs one case; what cannot be said to the contracts at all fails it too. */
  async run(single: ConformanceCase): Promise<CaseResult> {
    const watch = single.kind === "vector" ? new FieldWatch(single.vector) : undefined;
    const result = await this.#attempt(single, watch?.vector);
    if (result.passed) return result;
    const unasked = watch?.unasked(result) ?? [];
    return unasked.length === 0 ? result : { ...result, unasked };
  }

  async #attempt(single: ConformanceCase, watched: Vector | undefined): Promise<CaseResult> {
    try {
      return await this.#run(
        single.kind === "vector" && watched !== undefined ? { ...single, vector: watched } : single,
      );
    } catch (error) {
      await this.close();
      return { name: single.name, passed: false, reason: explain(error, single) };
    }
  }

  async #run(single: ConformanceCase): Promise<CaseResult> {
    const { name } = single;
    if (single.kind === "unbuilt") return { name, passed: false, reason: single.reason };
    if (single.kind === "vector") {
      const result = await this.#runVector(name, single.vector);
      return result.passed && isHollow(single.vector) ? { name, passed: false, reason: HOLLOW } : result;
    }
    if (single.kind === "defi") {
      this.#ground ??= await Ground.open();
      const verdict = await runDefiVector(this.#ground, single.book, single.id);
      return Object.keys(verdict).length === 0 ? { name, passed: true } : { name, passed: false, ...verdict };
    }

    const { trace } = single;
    const unknown = trace.steps.find(({ op }) => !traceOperations.includes(op));
    if (unknown !== undefined) return { name, passed: false, reason: `operation "${unknown.op}" is not built` };
    const world = await this.#worldWith({
      withdrawal: BigInt(trace.params.withdrawalDelayBlocks),
      deallocation: BigInt(trace.params.deallocationDelayBlocks),
    });
    return verdictOf(name, await runTrace(world, trace));
  }

  async #runVector(name: string, vector: Vector): Promise<CaseResult> {
    if (lrModels.includes(vector.model)) {
      this.#ground ??= await Ground.open();
      return verdictOf(name, await runLrVector(this.#ground, vector));
    }
    if (peerModels.includes(vector.model)) {
      this.#ground ??= await Ground.open();
      return verdictOf(name, await runPeerVector(this.#ground, vector));
    }
    if (!vectorModels.includes(vector.model))
      return { name, passed: false, reason: `model "${vector.model}" is not built` };
    const { given, expected } = vector;
    const delay = (field: string, fallback: string): bigint => integerOf(given[field] ?? fallback);
    const delays = {
      withdrawal: delay("withdrawalDelayBlocks", "50"),
      deallocation: delay("deallocationDelayBlocks", "50"),
      configuration: delay("configDelayBlocks", "75"),
      activation: delay("activationDelaySeconds", "604800"),
      defaultSplitBips: delay("defaultSplitBips", "1000"),
    };
    const isMainnet = (key: string): boolean =>
      key.startsWith("mainnet") && given["mainnetConfigDelayBlocks"] !== undefined;
    const plain = Object.entries(expected).filter(([key]) => !isMainnet(key));
    const mainnet = Object.entries(expected).filter(([key]) => isMainnet(key));

    let difference = await runVector(await this.#worldWith(delays), vector, Object.fromEntries(plain));
    if (difference === undefined && mainnet.length > 0) {
      const configuration = delay("mainnetConfigDelayBlocks", "126000");
      const wanted = mainnet.map(([key, value]) => [key.charAt(7).toLowerCase() + key.slice(8), value] as const);
      const world = await this.#worldWith({ ...delays, configuration });
      difference = await runVector(world, vector, Object.fromEntries(wanted));
    }
    return verdictOf(name, difference);
  }

  /** Closes every chain. */
  async close(): Promise<void> {
    for (const world of this.#worlds.values()) await world.close();
    this.#worlds.clear();
    await this.#ground?.close();
    this.#ground = undefined;
  }

  async #worldWith(changes: Partial<CoreDelays>): Promise<CoreWorld> {
    const delays = { ...FAST, ...changes };
    const key = Object.values(delays).join("/");
    const world = this.#worlds.get(key) ?? (await CoreWorld.open(this.#clock, delays));
    this.#worlds.set(key, world);
    await world.reset();
    return world;
  }
}
