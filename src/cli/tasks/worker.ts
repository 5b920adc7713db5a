import { availableParallelism, hostname } from "node:os";
import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { findScenarioFile } from "../../engine/scenario-files.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { openRedis } from "../../sweep/bullmq/redis-place.ts";
import { serveChunks } from "../../sweep/bullmq/serve-chunks.ts";
import type { OwnChain } from "../../sweep/run/chunk-runner.ts";
import { hashProject } from "../../sweep/run/code-hash.ts";
import { AUTO, parseChain, parseWholeNumber } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { readRedisPlace, USUAL_LEASE } from "../redis-options.ts";
import { markBegun } from "../usage-guard.ts";

/** What the worker's command line says. */
interface WorkerArguments {
  readonly redis: string;
  readonly jobs: string;
  readonly chain: string;
  readonly scenarios: string;
  readonly lease: string;
  readonly json: boolean;
}

function readChain(text: string): OwnChain {
  const chain = parseChain(text);
  if (typeof chain === "string") return chain;
  throw new UsageError("A worker's processes cannot share a node.", "Use --chain in-process or --chain anvil.");
}

/** Scenario files that are served by path, as sweeps name them. */
async function readServed(text: string, root: string): Promise<Readonly<Record<string, string>>> {
  if (text === AUTO) return {};
  const paths = text.split(",").map((part) => part.trim());
  const files = await Promise.all(
    paths.map(async (name) => [name, path.resolve(await findScenarioFile(name, root))] as const),
  );
  return Object.fromEntries(files);
}

/** Waits for an interrupt; a second one ends the process at once. */
async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    let count = 0;
    const onSignal = (): void => {
      if (++count > 1) process.exit(EXIT.broken);
      resolve();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

/** Ends the process when its output is written, whatever a queue that is gone still waits for. */
function endSoon(): void {
  process.stdout.write("", () => process.exit());
}

/** Makes runs of sweeps that a Redis deals out, until it is interrupted. */
export default async function worker(args: WorkerArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const { root } = hre.config.paths;
    const place = readRedisPlace(args.redis);
    const count = { option: "--jobs", min: 1, max: 1024 };
    const jobs = args.jobs === AUTO ? availableParallelism() : parseWholeNumber(args.jobs, count);
    const seconds = { option: "--lease", min: 1, max: 86_400 };
    const lease = args.lease === AUTO ? USUAL_LEASE : parseWholeNumber(args.lease, seconds) * 1_000;
    const sandbox = { root, chain: readChain(args.chain), scenarios: await readServed(args.scenarios, root) };
    await ensureBuilt(hre, process.stderr);

    const say = (event: string, fields: Readonly<Record<string, unknown>>, text: string): void => {
      if (args.json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
      else process.stderr.write(`${text}\n`);
    };
    const onAway = (reason: string): void =>
      say("away", { reason }, `note: Redis is away (${reason}); this worker waits for it.`);
    const redis = await openRedis(place, onAway);
    const project = await hashProject(root);
    let chunks = 0;
    const onChunk = (chunk: string, failure?: string): void => {
      if (failure === undefined) chunks += 1;
      const text = failure === undefined ? `chunk ${chunk} is made` : `chunk ${chunk} was lost: ${failure}`;
      say("chunk", { chunk, failure: failure ?? null }, text);
    };
    const served = await serveChunks({ redis, project, jobs, lease, sandbox, onChunk });
    const end = interrupted();
    const name = `${hostname()}:${process.pid}`;
    const code = project.slice(0, 19);
    say(
      "serving",
      { worker: name, jobs, code: project, redis: place.shown },
      [
        `Worker ${name} serves ${place.shown} with ${jobs} processes, code ${code}.`,
        "Ctrl-C ends it after the chunks under way, and again at once.",
      ].join("\n"),
    );
    await end;
    say("ending", { chunks }, "Ending after the chunks under way.");
    // Without Redis there is nobody to hand over to, and nothing to wait for.
    if (redis.status === "ready") await served.close();
    redis.disconnect();
    say("end", { chunks }, `${chunks} chunks were made.`);
    endSoon();
    return EXIT.fine;
  });
}
