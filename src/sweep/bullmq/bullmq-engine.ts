import { gunzipSync } from "node:zlib";

import { Queue, QueueEvents, type Job } from "bullmq";
import type { Redis } from "ioredis";

import { SweepWorkerError } from "../../errors/sweep-worker-error.ts";
import { WorkerLostError } from "../../errors/worker-lost-error.ts";
import { sweepIdOf } from "../definition/sweep-definition.ts";
import type { SweepEngine } from "../engine.ts";
import type { RunNotice } from "../local/messages.ts";
import type { RunLine } from "../run/run-line.ts";
import { fromPartText, writePart } from "../store/part-files.ts";
import {
  answerSchema,
  chunkName,
  PREFIX,
  progressSchema,
  queueOf,
  stopChannelOf,
  type Chunk,
  type ChunkProgress,
} from "./messages.ts";

/** Chunks that lie in the queue or are under way at a time. */
const WIDTH = 256;
/** Most runs of a chunk: a worker that dies loses so many at most. */
const MOST_RUNS = 50;
/** Fewest chunks that a sweep is cut into, where it has so many runs. */
const FEWEST_CHUNKS = 64;
/** Largest text of a part that is believed [bytes]. */
const LARGEST_PART = 2 ** 30;
/** Time after which the queue is asked how a chunk stands, whatever it said by itself [ms]. */
const ASK_AGAIN = 1_000;

/** What a distributed engine is made of. */
export interface BullmqEngineOptions {
  readonly redis: Redis;
  /** Hash of the project's code: names the queue. */
  readonly project: string;
  /** What every chunk says, besides its runs. */
  readonly chunk: Omit<Chunk, "runs">;
  /** Folder of the sweep. */
  readonly folder: string;
  readonly onRun: (progress: ChunkProgress) => void;
  /** Told what people should know while they wait. */
  readonly onNote: (text: string) => void;
  /** Gives back what the engine stands on, when it is closed. */
  readonly onClose: () => Promise<void>;
}

/** States of a chunk that nobody works on yet. */
const WAITING = new Set(["waiting", "delayed", "prioritized", "waiting-children"]);

/**
 * Workers are wherever Redis can be reached from.
 *
 * The queue holds work alone: what is missing is known from the folder's parts, so Redis may lose everything, and a
 * chunk may be made twice.
 */
export class BullmqEngine implements SweepEngine {
  readonly width = WIDTH;
  readonly #options: BullmqEngineOptions;
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  /** What wakes those who wait for a chunk, by its name. */
  readonly #wake = new Map<string, () => void>();
  readonly #sweep: string;
  #stopping = false;
  #asked = 0;

  private constructor(options: BullmqEngineOptions) {
    this.#options = options;
    this.#sweep = sweepIdOf(options.chunk.definition);
    const connection = { connection: options.redis, prefix: PREFIX };
    const name = queueOf(options.project);
    this.#queue = new Queue(name, connection);
    this.#events = new QueueEvents(name, connection);
    // The connection itself tells of its troubles.
    this.#queue.on("error", () => undefined);
    this.#events.on("error", () => undefined);
    this.#events.on("completed", ({ jobId }) => this.#wake.get(jobId)?.());
    this.#events.on("failed", ({ jobId }) => this.#wake.get(jobId)?.());
    this.#events.on("progress", ({ jobId, data }) => {
      const { success, data: progress } = progressSchema.safeParse(data);
      if (success && this.#wake.has(jobId)) options.onRun(progress);
    });
  }

  /** Opens an engine; what it stands on is given back also where that fails. */
  static async open(options: BullmqEngineOptions): Promise<BullmqEngine> {
    const engine = new BullmqEngine(options);
    try {
      await engine.#begin();
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /** Takes what an earlier coordinator of this sweep left in the queue out of it, and says who is there to work. */
  async #begin(): Promise<void> {
    await this.#events.waitUntilReady();
    for (const job of await this.#queue.getJobs(["waiting", "delayed", "failed"])) {
      // A job that someone has just taken stays theirs.
      if (job.id?.startsWith(`${this.#sweep}-`) === true) await job.remove().catch(() => undefined);
    }
    // Some services forbid to ask.
    const workers = await this.#queue.getWorkersCount().catch(() => undefined);
    if (workers === 0) {
      const { redis } = this.#options;
      const place = redis.options.path ?? `${redis.options.host ?? ""}:${redis.options.port ?? ""}`;
      this.#options.onNote(
        `No worker with this code has joined yet (queue ${this.#queue.name}). Start one: npx hardhat worker, with ${place}`,
      );
    }
  }

  chunkSize(runs: number): number {
    return Math.max(1, Math.min(MOST_RUNS, Math.ceil(runs / FEWEST_CHUNKS)));
  }

  async make(runs: readonly number[]): Promise<readonly RunNotice[]> {
    const name = chunkName(this.#sweep, runs);
    try {
      const job = await this.#settled(name, runs);
      if (job === undefined) return [];
      const { worker, lines } = this.#linesOf(job, new Set(runs));
      await writePart(this.#options.folder, lines);
      await job.remove();
      const notices = lines.map(({ run, status, outcomes }) => ({ run, status, outcomes }));
      // Those that were made while nobody listened are told now.
      for (const notice of notices) this.#options.onRun({ worker, notice });
      return notices;
    } finally {
      this.#wake.get(name)?.();
      this.#wake.delete(name);
    }
  }

  /** Puts a chunk into the queue, again where Redis has lost it, and waits until someone has made it. */
  async #settled(name: string, runs: readonly number[]): Promise<Job | undefined> {
    for (;;) {
      const woken = this.#sleep(name);
      const state: string = await this.#queue.getJobState(name);
      if (state === "completed") {
        const job = await this.#queue.getJob(name);
        if (job !== undefined) return job as Job;
      }
      if (state === "failed") {
        await this.#queue.remove(name);
        throw new WorkerLostError(runs.length);
      }
      if (this.#stopping && state === "unknown") return undefined;
      if (this.#stopping && WAITING.has(state) && (await this.#queue.remove(name)) === 1) return undefined;
      if (state === "unknown") await this.#add(name, runs);
      await woken;
    }
  }

  async #add(jobId: string, runs: readonly number[]): Promise<void> {
    const data: Chunk = { ...this.#options.chunk, runs: [...runs] };
    await this.#queue.add("chunk", data, { jobId, attempts: 3, backoff: { type: "exponential", delay: 1_000 } });
  }

  /** Waits until something is told of a chunk, or for a while; begins to listen at once. */
  async #sleep(name: string): Promise<void> {
    // Many who wait do not all ask at the same instant.
    const patience = ASK_AGAIN + (this.#asked++ % WIDTH) * 4;
    await new Promise<void>((resolve) => {
      // eslint-disable-next-line no-restricted-syntax -- no step waits here, but a coordinator for workers elsewhere
      const timer = setTimeout(resolve, patience);
      this.#wake.set(name, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Runs that a worker made; what is none, or was not asked for, is refused. */
  #linesOf(job: Job, wanted: ReadonlySet<number>): { worker: string; lines: readonly RunLine[] } {
    const { success, data: answer } = answerSchema.safeParse(job.returnvalue);
    const hint = "Empty that Redis, or use another; --resume goes on with what is safely here.";
    if (!success) throw new SweepWorkerError(`The answer to chunk ${job.id ?? ""} cannot be read.`, hint);
    if (!answer.ok) throw new SweepWorkerError(answer.message, answer.hint);
    let lines: readonly RunLine[];
    try {
      const text = gunzipSync(Buffer.from(answer.part, "base64"), { maxOutputLength: LARGEST_PART });
      lines = fromPartText(text.toString("utf8"));
    } catch (error) {
      throw new SweepWorkerError(`The runs of chunk ${job.id ?? ""} cannot be read.`, hint, error);
    }
    const made = new Set(lines.map(({ run }) => run));
    const enough = made.size === lines.length && (made.size === wanted.size || this.#stopping);
    if (enough && lines.every(({ run }) => wanted.has(run))) return { worker: answer.worker, lines };
    throw new SweepWorkerError(`Worker ${answer.worker} answers with other runs than it was asked for.`, hint);
  }

  stop(): void {
    this.#stopping = true;
    // Who does not hear it ends its chunk a little later.
    this.#options.redis.publish(stopChannelOf(this.#options.project), this.#sweep).catch(() => undefined);
    for (const wake of this.#wake.values()) wake();
  }

  async close(): Promise<void> {
    await this.#events.close();
    await this.#queue.close();
    await this.#options.onClose();
  }
}
