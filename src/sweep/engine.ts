import type { RunNotice } from "./local/messages.ts";

/** Who makes a sweep's runs: processes of this machine, or workers anywhere. */
export interface SweepEngine {
  /** Chunks under way at a time. */
  readonly width: number;
  /** Best number of runs in a chunk, where so many are to be made. */
  chunkSize(runs: number): number;
  /**
   * Makes runs and hands them over as a part in the sweep's folder.
   *
   * @returns What is safely there: all of them, or fewer after {@link SweepEngine.stop}.
   * @throws {@link WorkerLostError} when the worker died.
   */
  make(runs: readonly number[]): Promise<readonly RunNotice[]>;
  /** Lets what is under way end early. */
  stop(): void;
  close(): Promise<void>;
}
