import { fileURLToPath } from "node:url";

import { Tinypool } from "tinypool";

import { OutputUnwritableError } from "../../errors/output-unwritable-error.ts";
import { SweepWorkerError } from "../../errors/sweep-worker-error.ts";
import { WorkerLostError } from "../../errors/worker-lost-error.ts";
import type { SweepEngine } from "../engine.ts";
import type { RunNotice, WorkerAnswer, WorkerMessage, WorkerTask } from "./messages.ts";

/** Most runs of a chunk: a worker that dies loses so many at most. */
const MOST_RUNS = 16;

/** What a local engine is made of. */
export interface LocalEngineOptions {
  readonly jobs: number;
  readonly task: Omit<WorkerTask, "runs">;
  readonly onRun: (message: WorkerMessage) => void;
}

function isRunMessage(message: unknown): message is WorkerMessage {
  return typeof message === "object" && message !== null && "faultline" in message && message.faultline === "run";
}

/** Workers are processes of their own: an EVM wants one, and one that dies takes nobody along. */
export class LocalEngine implements SweepEngine {
  readonly width: number;
  readonly #pool: Tinypool;
  readonly #options: LocalEngineOptions;
  readonly #tell = new Set<(message: unknown) => void>();

  constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.width = options.jobs;
    this.#pool = new Tinypool({
      runtime: "child_process",
      filename: fileURLToPath(new URL("worker.ts", import.meta.url)),
      name: "makeChunk",
      minThreads: options.jobs,
      maxThreads: options.jobs,
      // A worker keeps its world while it waits for work.
      idleTimeout: 2 ** 31 - 1,
    });
    // The task that a worker took along says so itself.
    this.#pool.on("error", () => undefined);
  }

  chunkSize(runs: number): number {
    return Math.max(1, Math.min(MOST_RUNS, Math.ceil(runs / (this.width * 4))));
  }

  async make(runs: readonly number[]): Promise<readonly RunNotice[]> {
    let tell: ((message: unknown) => void) | undefined;
    const channel = {
      onMessage: (callback: (message: unknown) => void): void => {
        tell = callback;
        this.#tell.add(callback);
      },
      postMessage: (message: unknown): void => {
        if (isRunMessage(message)) this.#options.onRun(message);
      },
    };
    try {
      const answer = (await this.#pool.run({ ...this.#options.task, runs }, { channel })) as WorkerAnswer;
      if (answer.ok) return answer.runs;
      throw toError(answer, this.#options.task.folder);
    } catch (error) {
      if (error instanceof Error && error.message === "Worker exited unexpectedly")
        throw new WorkerLostError(runs.length);
      throw error;
    } finally {
      if (tell !== undefined) this.#tell.delete(tell);
    }
  }

  stop(): void {
    for (const tell of this.#tell) tell({ faultline: "stop" });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** A worker's failure becomes one here: the disk's by its own class. */
function toError({ code, message, hint }: Extract<WorkerAnswer, { ok: false }>, folder: string): Error {
  if (code !== "OUTPUT_UNWRITABLE") return new SweepWorkerError(message, hint);
  return new OutputUnwritableError(folder, message.replace(/^Cannot write to .*?: /, "").replace(/\.$/, ""));
}
