import { hostname } from "node:os";

import { Worker } from "bullmq";
import type { Redis } from "ioredis";

import { PREFIX, queueOf, stopChannelOf } from "./messages.ts";
import { sandboxEnvironment, type Sandbox } from "./sandbox.ts";

/** How chunks are served. */
export interface ServeOptions {
  readonly redis: Redis;
  /** Hash of the project's code. */
  readonly project: string;
  /** Processes that make runs. */
  readonly jobs: number;
  /** Time after which the chunk of a worker that does not answer any more is given to another [ms]. */
  readonly lease: number;
  readonly sandbox: Sandbox;
  /** Told when a chunk is done, or was lost with the process that made it. */
  readonly onChunk?: (name: string, failure?: string) => void;
}

/** Ends the chunks of a sweep early, each after its present run, when its coordinator says so. */
async function heedStops(worker: Worker, redis: Redis, channel: string): Promise<Redis> {
  const underWay = new Set<string>();
  worker.on("active", ({ id }) => underWay.add(id ?? ""));
  worker.on("completed", ({ id }) => underWay.delete(id ?? ""));
  worker.on("failed", (job) => underWay.delete(job?.id ?? ""));
  const ear = redis.duplicate();
  // The connection that was duplicated tells of Redis's troubles.
  ear.on("error", () => undefined);
  ear.on("message", (_, sweep) => {
    for (const name of underWay) if (name.startsWith(`${sweep}-`)) worker.cancelJob(name, "the sweep is ended");
  });
  await ear.subscribe(channel);
  return ear;
}

/**
 * Serves chunks of sweeps out of Redis until it is closed, each in a process of its own that is kept for the next.
 *
 * @returns What ends it: no new chunk is taken, and those under way are finished first.
 */
export async function serveChunks(options: ServeOptions): Promise<{ close: () => Promise<void> }> {
  const { redis, project, jobs, lease, sandbox, onChunk } = options;
  const worker = new Worker(queueOf(project), new URL("chunk-processor.ts", import.meta.url), {
    connection: redis,
    prefix: PREFIX,
    name: `${hostname()}:${process.pid}`,
    autorun: false,
    concurrency: jobs,
    lockDuration: lease,
    stalledInterval: Math.ceil(lease / 2),
    maxStalledCount: 3,
    workerForkOptions: { env: sandboxEnvironment(sandbox, process.env) },
  });
  // The connection itself tells of its troubles.
  worker.on("error", () => undefined);
  worker.on("completed", ({ id }) => onChunk?.(id ?? ""));
  worker.on("failed", (job, error) => onChunk?.(job?.id ?? "", error.message));
  const ear = await heedStops(worker, redis, stopChannelOf(project));
  const ended = worker.run();
  return {
    close: async () => {
      await worker.close();
      await ended;
      ear.disconnect();
    },
  };
}
