import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { findScenarioFile, loadScenario } from "../../engine/scenario-files.ts";
import { UsageError } from "../../errors/usage-error.ts";
import { assertWritableFolder } from "../../report/files/write-files.ts";
import { countWorkers } from "../../sweep/definition/count-runs.ts";
import { defineSweep } from "../../sweep/definition/define-sweep.ts";
import { sweepIdOf, type SweepDefinition } from "../../sweep/definition/sweep-definition.ts";
import type { SweepEngine } from "../../sweep/engine.ts";
import { LocalEngine } from "../../sweep/local/local-engine.ts";
import type { OwnChain } from "../../sweep/run/chunk-runner.ts";
import { hashCode } from "../../sweep/run/code-hash.ts";
import { answerSweep } from "../../sweep/answers/answer-sweep.ts";
import { readResults } from "../../sweep/answers/read-results.ts";
import { runSweep, type SweepOutcome } from "../../sweep/run-sweep.ts";
import { writeSweepPage } from "../../sweep/page/sweep-page.ts";
import { readManifest } from "../../sweep/store/sweep-folder.ts";
import { AUTO } from "../arguments.ts";
import { ensureBuilt } from "../ensure-built.ts";
import { EXIT, runCommand } from "../failure.ts";
import { assertRedisOptions, openBullmq } from "../redis-options.ts";
import { OUTPUT } from "../sweep-folders.ts";
import { SweepProgress } from "../sweep-progress.ts";
import { assertSaysNothing, readSweepRequest, type SweepArguments } from "../sweep-request.ts";
import { formatSweepAnswers } from "../sweep-summary.ts";
import { markBegun } from "../usage-guard.ts";

/** A process that was interrupted ends so, by the custom of shells. */
const INTERRUPTED = 130;

/** What is to be run, and how. */
interface Request {
  readonly definition: SweepDefinition;
  readonly file: string;
  readonly folder: string;
  readonly jobs: number;
  readonly chain: OwnChain;
  readonly engine: "local" | "bullmq";
}

/** The sweep that a folder holds, where the command line says no more than to go on with it. */
async function resumedRequest(args: SweepArguments, root: string): Promise<Request> {
  if (args.out === AUTO) {
    throw new UsageError("Which sweep is to be resumed?", "Say it again with --resume, or name its folder with --out.");
  }
  const manifest = await readManifest(args.out);
  if (manifest === undefined) throw new UsageError(`${args.out} holds no sweep.`, "Name the folder of one with --out.");
  assertSaysNothing(args);
  const { definition } = manifest;
  const { sweep: request } = await readSweepRequest({ ...args, scenario: definition.scenario });
  const file = await findScenarioFile(definition.scenario, root);
  return {
    definition,
    file,
    folder: args.out,
    jobs: request.jobs ?? availableParallelism(),
    chain: request.chain ?? "in-process",
    engine: request.engine ?? "local",
  };
}

async function readRequest(args: SweepArguments, root: string): Promise<Request> {
  if (args.scenario === undefined && args.resume) return await resumedRequest(args, root);
  const { sweep: request, locate } = await readSweepRequest(args);
  const file = await findScenarioFile(request.scenario, root).catch((error: unknown) => {
    throw locate(["scenario"], error);
  });
  const definition = defineSweep(await loadScenario(file), request, locate);
  const twin = definition.variant === undefined ? "" : `-${definition.variant}`;
  const name = `${definition.name}${twin}-sweep-${sweepIdOf(definition).slice(0, 8)}`;
  return {
    definition,
    file,
    folder: request.out ?? path.join(OUTPUT, name),
    jobs: request.jobs ?? availableParallelism(),
    chain: request.chain ?? "in-process",
    engine: request.engine ?? "local",
  };
}

/** First interrupt: end the runs under way and keep what there is. Second: end at once. */
function interruptible(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    process.stderr.write("\nEnding the runs under way; once more ends at once.\n");
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller;
}

function summarise({ folder, runs, missing, stopped, manifest }: SweepOutcome): string {
  const left = missing === 0 ? "" : `, ${missing} missing: add --resume to make them`;
  const early = stopped ? `, because ${manifest.definition.stopWhen ?? ""} holds` : "";
  return `${runs} runs in ${folder}${early}${left}\n`;
}

async function projectVersion(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { version: string };
  return version;
}

/** Runs a scenario many times, over parameters and seeds, and answers with intervals. */
export default async function sweep(args: SweepArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  markBegun();
  await runCommand(args.json, async () => {
    const { root } = hre.config.paths;
    const request = await readRequest(args, root);
    assertRedisOptions(args, request.engine);
    const { definition, file, folder, chain, engine } = request;
    const jobs = countWorkers(definition, request.jobs);
    await assertWritableFolder(folder);
    await ensureBuilt(hre, process.stderr);

    const json = (event: Readonly<Record<string, unknown>>): void => {
      process.stdout.write(`${JSON.stringify(event)}\n`);
    };
    const progress = new SweepProgress({ stderr: process.stderr, ...(args.json ? { json } : {}) });
    const controller = interruptible();
    const code = await hashCode(root, file);
    const task = { root, file, code, folder: path.resolve(folder), definition, chain };
    const openEngine = async (): Promise<SweepEngine> =>
      engine === "bullmq"
        ? await openBullmq({ jobs, task, redis: args.redis, progress })
        : new LocalEngine({ jobs, task, onRun: progress.onRun });
    const outcome = await runSweep(await loadScenario(file), definition, {
      folder: path.resolve(folder),
      resume: args.resume,
      code,
      version: await projectVersion(root),
      openEngine,
      onEvent: progress.onEvent,
      signal: controller.signal,
    });
    progress.end();
    const results = outcome.runs === 0 ? undefined : await readResults(folder);
    const answers = results === undefined ? undefined : answerSweep(results);
    if (results !== undefined && answers !== undefined) await writeSweepPage(folder, results, answers);
    if (args.json) json({ event: "end", ...outcome, manifest: undefined, answers });
    else process.stdout.write(summarise({ ...outcome, folder }));
    if (!args.json && answers !== undefined) process.stdout.write(`\n${formatSweepAnswers(answers)}`);
    if (controller.signal.aborted) return INTERRUPTED;
    return outcome.missing === 0 ? EXIT.fine : EXIT.broken;
  });
}
