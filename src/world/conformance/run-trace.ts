import { firstDifference, type Difference } from "./compare.ts";
import { CoreVerbs, type Verdict } from "./core-verbs.ts";
import type { CoreWorld } from "./core-world.ts";
import { observe, type Cast } from "./observe.ts";
import { toTraceStep, type Trace, type TraceStep } from "./schema.ts";
import { begin, prepare } from "./setting.ts";

/** Executes one step at its instant. */
async function perform(verbs: CoreVerbs, step: TraceStep): Promise<Verdict> {
  switch (step.op) {
    case "deposit":
      return await verbs.deposit(step.staker, BigInt(step.amount));
    case "delegate":
      return await verbs.delegate(step.staker, step.operator);
    case "undelegate":
      return await verbs.undelegate(step.staker);
    case "registerForSet":
      return await verbs.registerForSet(step.operator, step.set);
    case "deregisterFromSet":
      return await verbs.deregisterFromSet(step.operator, step.set);
    case "allocate":
      return await verbs.allocate(step.operator, step.set, BigInt(step.magnitude));
    case "slash":
      return await verbs.slash(step.operator, step.set, BigInt(step.wad));
    case "queueWithdrawal":
      return await verbs.queueWithdrawal(step.staker, BigInt(step.depositShares));
    case "completeWithdrawal":
      return await verbs.completeWithdrawal(BigInt(step.withdrawal), step.asTokens);
    case "clearDeallocationQueue":
      return await verbs.clearDeallocationQueue(step.operator, BigInt(step.count));
  }
}

/** Compares what a step did with what it should have done. */
function judge(step: TraceStep, verdict: Verdict): Omit<Difference, "step"> | undefined {
  if (step.reverts !== undefined) {
    if (!verdict.ok && verdict.reason === step.reverts) return undefined;
    return { field: "reverts", expected: step.reverts, got: verdict.ok ? "it succeeded" : verdict.error };
  }
  if (!verdict.ok) return { field: "reverts", expected: "success", got: verdict.error };
  return step.returns === undefined ? undefined : firstDifference("returns", step.returns, verdict.returns);
}

/** Everybody whom a trace names: in its lists, and in what it expects. */
function castOf(world: CoreWorld, trace: Trace): Cast {
  const operators = trace.operators.map(({ id }) => id);
  const acting = trace.steps.flatMap((step) => ("staker" in step ? [String(step.staker)] : []));
  const stakers = [...new Set([...trace.stakers, ...acting, ...trace.operators.map(({ id }) => id)])];
  return { operators, sets: trace.operatorSets, stakers, strategy: String(world.addresses["strategy"]) };
}

/**
 * Runs a trace and stops at the first difference.
 *
 * @param world - A world with the trace's delays, just reset.
 * @param trace - What to run.
 * @returns The first difference, or undefined when everything agrees.
 */
export async function runTrace(world: CoreWorld, trace: Trace): Promise<Difference | undefined> {
  const cast = castOf(world, trace);
  const operators = trace.operators.map(({ id, allocationDelayBlocks }) => ({
    id,
    allocationDelay: BigInt(allocationDelayBlocks),
  }));
  await prepare(world, cast, operators);
  await begin(world, BigInt(trace.params.firstBlock), 0n);

  const verbs = new CoreVerbs(world, cast);
  for (const [index, step] of trace.steps.map(toTraceStep).entries()) {
    await world.advanceTo(BigInt(step.block));
    const difference = judge(step, await perform(verbs, step));
    if (difference !== undefined) return { step: index, ...difference };
    if (step.after === undefined) continue;
    const state = firstDifference("after", step.after, await observe(world, cast));
    if (state !== undefined) return { step: index, ...state };
  }
  return undefined;
}
