import { loadScenario } from "../../engine/scenario-files.ts";
import { isSimError } from "../../errors/sim-error.ts";
import { SweepConflictError } from "../../errors/sweep-conflict-error.ts";
import { ChunkRunner } from "../run/chunk-runner.ts";
import { hashCode } from "../run/code-hash.ts";
import type { RunLine } from "../run/run-line.ts";
import { writePart } from "../store/part-files.ts";
import type { RunNotice, StopMessage, WorkerAnswer, WorkerMessage, WorkerTask } from "./messages.ts";

/** What this process has ready, by scenario file and code. */
let ready: { readonly key: string; readonly runner: ChunkRunner } | undefined;
let stopping = false;

function isStop(message: unknown): message is StopMessage {
  return typeof message === "object" && message !== null && "faultline" in message && message.faultline === "stop";
}

// The terminal interrupts every process of its group; whoever deals out the runs says when to stop.
process.on("SIGINT", () => undefined);
process.on("message", (message) => {
  if (isStop(message)) stopping = true;
});
// Without anybody to hand over to there is nothing to work for.
process.on("disconnect", () => process.exit(1));
// Standard output belongs to whoever deals out the runs.
console.log = console.error;

async function prepare({ root, file, code, chain }: WorkerTask): Promise<ChunkRunner> {
  const key = [file, code, chain].join("\n");
  if (ready?.key === key) return ready.runner;
  await ready?.runner.close();
  // Hardhat finds its configuration from the working folder.
  process.chdir(root);
  if ((await hashCode(root, file)) !== code) {
    throw new SweepConflictError(
      "The code has changed since the sweep began.",
      "Start the sweep again in a new folder.",
    );
  }
  ready = { key, runner: new ChunkRunner({ scenario: await loadScenario(file), root, chain }) };
  return ready.runner;
}

function noticeOf({ run, status, outcomes }: RunLine): RunNotice {
  return { run, status, outcomes };
}

/** Makes a chunk of runs and hands it over as a part; the pool calls it. */
export async function makeChunk(task: WorkerTask): Promise<WorkerAnswer> {
  stopping = false;
  try {
    const runner = await prepare(task);
    const onRun = (line: RunLine): boolean => {
      const message: WorkerMessage = { faultline: "run", worker: process.pid, notice: noticeOf(line) };
      process.send?.(message);
      return !stopping;
    };
    const lines = await runner.make({ definition: task.definition, runs: task.runs, onRun });
    await writePart(task.folder, lines);
    return { ok: true, runs: lines.map(noticeOf) };
  } catch (error) {
    if (isSimError(error)) return { ok: false, code: error.code, message: error.shortMessage, hint: error.hint };
    throw error;
  }
}
