import { hostname } from "node:os";
import { gzipSync } from "node:zlib";

import type { SandboxedJob } from "bullmq";

import { listScenarioFiles, loadScenario } from "../../engine/scenario-files.ts";
import { isSimError } from "../../errors/sim-error.ts";
import { SweepConflictError } from "../../errors/sweep-conflict-error.ts";
import { SweepWorkerError } from "../../errors/sweep-worker-error.ts";
import { ChunkRunner } from "../run/chunk-runner.ts";
import { hashCode } from "../run/code-hash.ts";
import { toPartText } from "../store/part-files.ts";
import { chunkSchema, type Answer, type Chunk, type ChunkProgress } from "./messages.ts";
import { readSandbox } from "./sandbox.ts";

const sandbox = readSandbox(process.env);
const worker = `${hostname()}:${process.pid}`;

/** What this process has ready, by scenario file and code. */
let ready: { readonly key: string; readonly runner: ChunkRunner } | undefined;

// Without anybody to hand over to there is nothing to work for.
process.on("disconnect", () => process.exit(1));
// Hardhat finds its configuration from the working folder.
process.chdir(sandbox.root);
// Standard output belongs to whoever serves.
console.log = console.error;

/** The file of a scenario that this worker serves: one of the project's own by name, or one that it was told. */
async function findServed(scenario: string): Promise<string> {
  if (Object.hasOwn(sandbox.scenarios, scenario)) return sandbox.scenarios[scenario] ?? "";
  const own = (await listScenarioFiles(sandbox.root)).find(({ name }) => name === scenario);
  if (own !== undefined) return own.file;
  throw new SweepWorkerError(
    `Worker ${worker} does not serve the scenario ${JSON.stringify(scenario)}.`,
    "Put it into scenarios/ on both sides, or start the worker with --scenarios and its path.",
  );
}

async function prepare({ scenario, code }: Chunk): Promise<ChunkRunner> {
  const file = await findServed(scenario);
  const key = [file, code].join("\n");
  if (ready?.key === key) return ready.runner;
  await ready?.runner.close();
  ready = undefined;
  // Nothing of a file is executed before its hash, and that of all it stands on, is the sweep's.
  const own = await hashCode(sandbox.root, file);
  if (own !== code) {
    throw new SweepConflictError(
      `Worker ${worker} has other code for ${scenario} (${own.slice(0, 19)}) than the sweep (${code.slice(0, 19)}).`,
      "Bring both to the same commit, and start the worker again.",
    );
  }
  const { root, chain } = sandbox;
  ready = { key, runner: new ChunkRunner({ scenario: await loadScenario(file), root, chain }) };
  return ready.runner;
}

/** Reads a chunk; what is none is refused before anything is looked up. */
function readChunk(data: unknown): Chunk {
  const { success, data: chunk, error } = chunkSchema.safeParse(data);
  const hint = "Only `npx hardhat sweep` puts chunks there; empty that Redis, or use another.";
  if (!success) {
    const [issue] = error.issues;
    throw new SweepWorkerError(`What lies in the queue is no chunk: ${issue?.path.join(".") ?? ""}.`, hint);
  }
  if (chunk.definition.scenario === chunk.scenario) return chunk;
  throw new SweepWorkerError("What lies in the queue is no chunk: its scenario is not its definition's.", hint);
}

/**
 * Makes one chunk of runs: the queue calls it in a process of its own.
 *
 * Whatever comes out of the queue is data: it is checked field by field, names a scenario that this machine has, and is
 * refused unless the hash of the code is the same on both sides.
 */
// eslint-disable-next-line no-restricted-syntax -- the queue imports the default export
export default async function processChunk(job: SandboxedJob, _token?: string, signal?: AbortSignal): Promise<Answer> {
  try {
    const chunk = readChunk(job.data);
    const runner = await prepare(chunk);
    const waiting: Promise<void>[] = [];
    const lines = await runner.make({
      definition: chunk.definition,
      runs: chunk.runs,
      onRun: ({ run, status, outcomes }) => {
        const progress: ChunkProgress = { worker, notice: { run, status, outcomes } };
        waiting.push(job.updateProgress(progress));
        return signal?.aborted !== true;
      },
    });
    await Promise.all(waiting);
    return { ok: true, worker, part: gzipSync(toPartText(lines)).toString("base64") };
  } catch (error) {
    if (!isSimError(error)) throw error;
    return { ok: false, worker, code: error.code, message: error.shortMessage, hint: error.hint };
  }
}
