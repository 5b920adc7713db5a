import { digest } from "../../engine/random.ts";
import type { Assignments } from "../../model/parameters/set-parameters.ts";
import type { Scenario } from "../../model/scenario.ts";
import { applyVariant } from "../../model/variant.ts";
import { countRepeats, countRuns, isPaired } from "./count-runs.ts";
import { samplePoints } from "./sample-points.ts";
import { parseSeeds, seedAt } from "./seeds.ts";
import { sweepIdOf, type SweepDefinition } from "./sweep-definition.ts";

/** One run of a sweep: who runs it and when does not matter to it. */
export interface PlannedRun {
  /** Its index: with the sweep's id, its name. */
  readonly run: number;
  /** Index of its point of the parameters. */
  readonly point: number;
  readonly seed: number;
  readonly set: Assignments;
}

/** Everything that a sweep will run. */
export interface SweepPlan {
  readonly id: string;
  readonly definition: SweepDefinition;
  readonly points: readonly Assignments[];
  /** Number of runs. */
  readonly size: number;
  /** Runs are counted seed by seed: every first so many runs are spread over all points. */
  readonly runAt: (run: number) => PlannedRun;
}

/** Runs whose points are put together before they are dealt out: a worker keeps its world from run to run. */
const BLOCK_OF_SEEDS = 16;

/** The seed of a place: of the listed ones, or derived from the sweep's seed and the place. */
function seedsOf({ seeds, seed }: SweepDefinition): (place: number) => number {
  if (seeds === null) return (place) => digest(seed, "run", place).readUInt32LE(0);
  const listed = parseSeeds(seeds);
  return (place) => seedAt(listed, place);
}

/** Lays out the runs of a sweep. */
export function planSweep(scenario: Scenario, definition: SweepDefinition): SweepPlan {
  const points = samplePoints(applyVariant(scenario, definition.variant), definition);
  const repeats = countRepeats(definition);
  const seedOf = seedsOf(definition);
  const runAt = (run: number): PlannedRun => {
    const point = run % points.length;
    const place = isPaired(definition) ? run % repeats : Math.floor(run / points.length);
    return { run, point, seed: seedOf(place), set: points[point] ?? {} };
  };
  return { id: sweepIdOf(definition), definition, points, size: countRuns(definition), runAt };
}

/** Puts runs into the order of their dealing out: block of seeds by block, point by point. */
export function inDealingOrder(plan: SweepPlan, runs: readonly number[]): readonly number[] {
  const width = plan.points.length;
  const block = (run: number): number => Math.floor(run / width / BLOCK_OF_SEEDS);
  return [...runs].sort((a, b) => block(a) - block(b) || (a % width) - (b % width) || a - b);
}

/** Cuts runs into chunks of at most `size`. */
export function cutIntoChunks(runs: readonly number[], size: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(runs.length / size) }, (_, at) => runs.slice(at * size, (at + 1) * size));
}
