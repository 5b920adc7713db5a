import { countSeeds, parseSeeds } from "./seeds.ts";
import type { SweepDefinition } from "./sweep-definition.ts";

/** Number of seeds, listed or derived. */
export function countRepeats({ seeds, repeats }: SweepDefinition): number {
  return seeds === null ? (repeats ?? 1) : countSeeds(parseSeeds(seeds));
}

/** Number of points of the parameters. */
export function countPoints(definition: SweepDefinition): number {
  if (definition.sample !== "grid") return definition.points ?? countRepeats(definition);
  return definition.parameters.reduce(
    (product, { values }) => product * (Array.isArray(values) ? values.length : (values.count ?? 1)),
    1,
  );
}

/** Whether every seed has a point of its own. */
export function isPaired({ sample, points }: SweepDefinition): boolean {
  return sample !== "grid" && points === null;
}

/** Number of workers: as many as are asked for, but none without a run, which would only take memory. */
export function countWorkers(definition: SweepDefinition, asked: number): number {
  return Math.min(asked, countRuns(definition));
}

/** Number of runs. */
export function countRuns(definition: SweepDefinition): number {
  return countPoints(definition) * (isPaired(definition) ? 1 : countRepeats(definition));
}
