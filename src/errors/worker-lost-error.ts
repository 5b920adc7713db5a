import { SimError } from "./sim-error.ts";

/** A worker died and took a chunk of runs with it; they are to be made again. */
export class WorkerLostError extends SimError {
  constructor(runs: number) {
    super(`A worker died, and ${runs} runs with it.`, {
      code: "WORKER_LOST",
      details: { runs },
      hint: "What is missing is made again; --resume makes it later.",
    });
  }
}
