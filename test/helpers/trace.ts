import { type OracleSetup, UniqueStakeOracle, type Verdict } from "./unique-stake-oracle.ts";

/** One transaction of a `faultline-trace/1` file. */
export type TraceStep = {
  readonly block: string;
  readonly op: string;
  readonly [argument: string]: unknown;
};

export type Trace = {
  readonly format: "faultline-trace/1";
  readonly model: "unique-stake";
  readonly seed: number;
  readonly params: {
    readonly deallocationDelayBlocks: string;
    readonly withdrawalDelayBlocks: string;
    readonly firstBlock: string;
  };
  readonly operators: readonly { readonly id: string; readonly allocationDelayBlocks: string }[];
  readonly operatorSets: readonly string[];
  readonly stakers: readonly string[];
  readonly steps: readonly (TraceStep & {
    readonly after?: unknown;
    readonly reverts?: string;
    readonly returns?: unknown;
  })[];
};

export function oracleOf(trace: Trace): UniqueStakeOracle {
  const setup: OracleSetup = {
    operators: trace.operators.map(({ id, allocationDelayBlocks }) => ({
      id,
      allocationDelay: BigInt(allocationDelayBlocks),
    })),
    sets: trace.operatorSets,
    stakers: trace.stakers,
    deallocationDelay: BigInt(trace.params.deallocationDelayBlocks),
    withdrawalDelay: BigInt(trace.params.withdrawalDelayBlocks),
  };
  return new UniqueStakeOracle(setup);
}

/** Applies one step to the oracle, at the step's block. */
export function applyToOracle(oracle: UniqueStakeOracle, step: TraceStep): Verdict {
  const text = (key: string): string => String(step[key]);
  const number = (key: string): bigint => BigInt(text(key));
  oracle.now = number("block");
  const verbs: Record<string, (model: UniqueStakeOracle) => Record<string, bigint> | void> = {
    deposit: (model) => model.deposit(text("staker"), number("amount")),
    delegate: (model) => model.delegate(text("staker"), text("operator")),
    undelegate: (model) => model.undelegate(text("staker")),
    registerForSet: (model) => model.registerForSet(text("operator"), text("set")),
    deregisterFromSet: (model) => model.deregisterFromSet(text("operator"), text("set")),
    allocate: (model) => model.allocate(text("operator"), text("set"), number("magnitude")),
    slash: (model) => model.slash(text("operator"), text("set"), number("wad")),
    queueWithdrawal: (model) => model.queueWithdrawal(text("staker"), number("depositShares")),
    completeWithdrawal: (model) => model.completeWithdrawal(Number(text("withdrawal")), step["asTokens"] === true),
    clearDeallocationQueue: (model) => model.clearDeallocationQueue(text("operator"), Number(text("count"))),
  };
  const verb = verbs[step.op];
  if (verb === undefined) throw new TypeError(`the oracle has no verb ${step.op}`);
  return oracle.attempt(verb);
}
