import { z } from "zod";

import { SweepWorkerError } from "../../errors/sweep-worker-error.ts";

/** Variable by which whoever serves tells the processes that make the runs; it holds no secret. */
const VARIABLE = "FAULTLINE_SANDBOX";

const sandboxSchema = z.strictObject({
  /** Project folder. */
  root: z.string(),
  chain: z.enum(["in-process", "anvil"]),
  /** Files that are served besides those in the project's `scenarios/`, by the path that a sweep names them by. */
  scenarios: z.record(z.string(), z.string()),
});

/** What the process that makes the runs is told. */
export type Sandbox = z.infer<typeof sandboxSchema>;

/** Environment of a process that makes runs: everything but where Redis is. */
export function sandboxEnvironment(sandbox: Sandbox, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => name !== "FAULTLINE_REDIS_URL");
  return { ...Object.fromEntries(kept), [VARIABLE]: JSON.stringify(sandbox) };
}

/** Reads what whoever serves told this process. */
export function readSandbox(environment: NodeJS.ProcessEnv): Sandbox {
  const text = environment[VARIABLE];
  if (text !== undefined) return sandboxSchema.parse(JSON.parse(text));
  throw new SweepWorkerError("This process was not started by a worker.", "Start one: npx hardhat worker --help");
}
