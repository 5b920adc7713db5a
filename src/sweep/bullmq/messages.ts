import { createHash } from "node:crypto";

import { z } from "zod";

import { sweepDefinitionSchema } from "../definition/sweep-definition.ts";
import { runLineSchema } from "../run/run-line.ts";

/** Most runs of one chunk. */
const MOST_RUNS = 10_000;

/** A chunk of runs as it lies in the queue: data alone, of which a worker believes nothing that is not checked. */
export const chunkSchema = z.strictObject({
  /** Name of a scenario that the worker has, or path of one that it was told to serve. */
  scenario: z.string().max(400),
  /** Hash of the code that the sweep began with. */
  code: z.string().max(100),
  definition: sweepDefinitionSchema,
  runs: z.array(z.int().nonnegative()).min(1).max(MOST_RUNS),
});

/** See {@link chunkSchema}. */
export type Chunk = z.infer<typeof chunkSchema>;

const told = z.string().max(10_000);

/** What a worker answers: its runs as a packed part, or why it makes none. */
export const answerSchema = z.union([
  z.strictObject({ ok: z.literal(true), worker: told, part: z.base64() }),
  z.strictObject({ ok: z.literal(false), worker: told, code: told, message: told, hint: told }),
]);

/** See {@link answerSchema}. */
export type Answer = z.infer<typeof answerSchema>;

/** What a worker says after each run. */
export const progressSchema = z.strictObject({
  worker: z.string().max(400),
  notice: runLineSchema.pick({ run: true, status: true, outcomes: true }),
});

/** See {@link progressSchema}. */
export type ChunkProgress = z.infer<typeof progressSchema>;

/** Name of the queue of everyone who has this code: workers of other code never see its chunks. */
export function queueOf(project: string): string {
  return `runs-${project.replace("sha256:", "").slice(0, 16)}`;
}

/** Name of a chunk: who asks for the same runs of the same sweep again finds the work that is under way. */
export function chunkName(sweepId: string, runs: readonly number[]): string {
  const hash = createHash("sha256").update(runs.join(",")).digest("hex").slice(0, 12);
  return `${sweepId}-${String(runs[0])}-${hash}`;
}

/** Prefix of every key in Redis. */
export const PREFIX = "faultline";

/** Channel on which a sweep's id says that its chunks under way should end after their present run. */
export function stopChannelOf(project: string): string {
  return `${PREFIX}:${queueOf(project)}:stop`;
}
