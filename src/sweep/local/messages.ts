import type { SweepDefinition } from "../definition/sweep-definition.ts";
import type { OwnChain } from "../run/chunk-runner.ts";
import type { RunLine } from "../run/run-line.ts";

/** A chunk of runs as it goes to a worker. */
export interface WorkerTask {
  readonly root: string;
  /** The scenario's file. */
  readonly file: string;
  /** Hash of the code that the sweep began with. */
  readonly code: string;
  /** Folder of the sweep: the worker hands its part over there. */
  readonly folder: string;
  readonly definition: SweepDefinition;
  readonly chain: OwnChain;
  readonly runs: readonly number[];
}

/** A run as its end is told: what progress and the stopping rule need. */
export type RunNotice = Pick<RunLine, "run" | "status" | "outcomes">;

/** What a worker answers when its part is on the disk, or cannot get there. */
export type WorkerAnswer =
  | { readonly ok: true; readonly runs: readonly RunNotice[] }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/** What a worker says while it works. */
export interface WorkerMessage {
  readonly faultline: "run";
  readonly worker: number;
  readonly notice: RunNotice;
}

/** What a worker is told while it works: end after the present run. */
export interface StopMessage {
  readonly faultline: "stop";
}
