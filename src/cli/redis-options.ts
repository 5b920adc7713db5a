import path from "node:path";

import type { Redis } from "ioredis";

import { looksLikePath } from "../engine/scenario-files.ts";
import { UsageError } from "../errors/usage-error.ts";
import { BullmqEngine } from "../sweep/bullmq/bullmq-engine.ts";
import { startLocalRedis } from "../sweep/bullmq/local-redis.ts";
import { openRedis, parseRedisPlace, type RedisPlace } from "../sweep/bullmq/redis-place.ts";
import { serveChunks } from "../sweep/bullmq/serve-chunks.ts";
import type { SweepEngine } from "../sweep/engine.ts";
import type { WorkerTask } from "../sweep/local/messages.ts";
import { hashProject } from "../sweep/run/code-hash.ts";
import { AUTO } from "./arguments.ts";
import type { SweepProgress } from "./sweep-progress.ts";

/** Variable that holds a Redis's URL: unlike an option, it is not in the list of processes. */
const VARIABLE = "FAULTLINE_REDIS_URL";
/** The word for a Redis that the sweep starts itself. */
const LOCAL = "local";
/** Time after which the chunk of a worker that is gone goes to another [ms]. */
export const USUAL_LEASE = 30_000;

/** Reads `--redis`; what it says is never repeated, for it may hold a password. */
export function readRedisPlace(text: string): RedisPlace {
  const given = text === AUTO ? (process.env[VARIABLE] ?? "") : text;
  const hint =
    "Give redis://host:port, rediss://host:port for TLS, or unix:/path, with user:password@ where it is asked.";
  if (given === "") throw new UsageError("Which Redis?", `Give it as --redis or as ${VARIABLE}. ${hint}`);
  const place = parseRedisPlace(given);
  if (place !== undefined) return place;
  throw new UsageError(`${text === AUTO ? VARIABLE : "--redis"} is no URL of a Redis.`, hint);
}

/** Refuses options that the chosen engine would not heed. */
export function assertRedisOptions(
  { redis, jobs, chain }: { readonly redis: string; readonly jobs: string; readonly chain: string },
  engine: "local" | "bullmq",
): void {
  if (engine === "local") {
    if (redis === AUTO) return;
    throw new UsageError("--redis is for workers at a Redis.", "Add --engine bullmq, or leave --redis out.");
  }
  if (redis === LOCAL) return;
  readRedisPlace(redis);
  if (jobs === AUTO && chain === AUTO) return;
  throw new UsageError(
    `Workers at a Redis choose ${jobs === AUTO ? "--chain" : "--jobs"} for themselves.`,
    "Give it to `npx hardhat worker`, or take --redis local.",
  );
}

/** What an engine at a Redis is opened with. */
export interface BullmqRequest {
  readonly jobs: number;
  readonly task: Omit<WorkerTask, "runs">;
  readonly redis: string;
  readonly progress: Pick<SweepProgress, "onRun" | "onNote">;
}

/** A Redis and, where it is the sweep's own, workers at it. */
interface Post {
  readonly redis: Redis;
  readonly close: () => Promise<void>;
}

/** Opens the Redis that was named, or starts one, with workers for it. */
async function openPost({ jobs, task, redis: wanted, progress }: BullmqRequest, project: string): Promise<Post> {
  const { root, chain, file, definition, folder } = task;
  const own = wanted === LOCAL ? await startLocalRedis(path.join(folder, "redis"), progress.onNote) : undefined;
  try {
    const place = own?.place ?? readRedisPlace(wanted);
    const redis = await openRedis(place, (reason) =>
      progress.onNote(`Redis at ${place.shown} is away (${reason}); the sweep waits for it.`),
    );
    const scenarios = looksLikePath(definition.scenario) ? { [definition.scenario]: file } : {};
    const sandbox = { root, chain, scenarios };
    const crew =
      own === undefined ? undefined : await serveChunks({ redis, project, jobs, lease: USUAL_LEASE, sandbox });
    const close = async (): Promise<void> => {
      await crew?.close();
      redis.disconnect();
      await own?.close();
    };
    return { redis, close };
  } catch (error) {
    await own?.close();
    throw error;
  }
}

/**
 * Opens an engine whose workers are at a Redis: one that runs somewhere, or with `local` one of its own with workers.
 *
 * @throws {@link RedisError} where it does not answer.
 */
export async function openBullmq(request: BullmqRequest): Promise<SweepEngine> {
  const { task, progress } = request;
  const project = await hashProject(task.root);
  const post = await openPost(request, project);
  const { code, definition, folder } = task;
  return await BullmqEngine.open({
    redis: post.redis,
    project,
    chunk: { scenario: definition.scenario, code, definition },
    folder,
    onRun: progress.onRun,
    onNote: progress.onNote,
    onClose: post.close,
  });
}
