import type { ChainBackend } from "../chain/chain-backend.ts";
import { ChainError } from "../errors/chain-error.ts";
import { contracts } from "./contracts.ts";
import type { DecodedEvent, RawLog } from "./codec/prepared-contract.ts";

/** One contract call of an action. */
export interface Call {
  readonly target: string;
  readonly data: string;
  /** Ether sent along [wei]. */
  readonly value?: bigint;
}

/** An action as the stage takes it. */
export interface StageOrder {
  readonly actor: string;
  readonly calls: readonly Call[];
  readonly gasLimit?: bigint;
  /** View asked right before the action. */
  readonly probe?: Call | null;
}

/** What came of an action, with everything its targets emitted. */
export interface StageOutcome {
  readonly success: boolean;
  readonly gas: bigint;
  readonly returned: string;
  /** The probe's answer; null where none was asked or it failed. */
  readonly probe: string | null;
  readonly logs: readonly RawLog[];
}

const NOBODY = `0x${"00".repeat(20)}`;
/** Most gas of an action that names no limit. */
export const ACTION_GAS = 6_000_000n;
/** The transaction's own gas: sending, copying, emitting. */
const GAS_PER_STEP = 30_000_000n;
const GAS_PER_ACTION = 2_000_000n;
/** Most gas of one transaction: a block's. */
const MOST_GAS = 30_000_000_000n;

function toTuple(order: StageOrder) {
  const { actor, calls, gasLimit = ACTION_GAS, probe } = order;
  const tuples = calls.map(({ target, value = 0n, data }) => [target, value, data]);
  return [actor, gasLimit, tuples, probe?.target ?? NOBODY, probe?.data ?? "0x"];
}

function gasOf(orders: readonly StageOrder[]): bigint {
  let gas = GAS_PER_STEP;
  for (const { gasLimit = ACTION_GAS, probe } of orders) {
    gas += GAS_PER_ACTION + (gasLimit * 64n * (probe ? 2n : 1n)) / 63n;
  }
  return gas > MOST_GAS ? MOST_GAS : gas;
}

function toOutcome(event: DecodedEvent, logs: readonly RawLog[]): StageOutcome {
  const result = event.args["result"] as unknown as {
    readonly success: boolean;
    readonly gasUsed: bigint;
    readonly returned: string;
    readonly probed: boolean;
    readonly probe: string;
  };
  const { success, gasUsed: gas, returned } = result;
  return { success, gas, returned, probe: result.probed ? result.probe : null, logs };
}

/**
 * Performs a step in one transaction.
 *
 * @param backend - Chain; the next block's time must be set already.
 * @param stage - The stage's address.
 * @param orders - Actions in their order.
 * @returns One outcome per action, in order.
 */
export async function performOrders(
  backend: ChainBackend,
  stage: string,
  orders: readonly StageOrder[],
): Promise<readonly StageOutcome[]> {
  const data = contracts.stage.encode("perform", [orders.map(toTuple)]);
  const receipt = await backend.send({ to: stage, data, gas: gasOf(orders) });
  const outcomes: StageOutcome[] = [];
  let logs: RawLog[] = [];
  for (const log of receipt.logs) {
    const event = log.address.toLowerCase() === stage ? contracts.stage.event(log) : undefined;
    if (event?.name !== "ActionPerformed") {
      logs.push(log);
      continue;
    }
    outcomes.push(toOutcome(event, logs));
    logs = [];
  }
  if (outcomes.length !== orders.length) {
    throw new ChainError("Stage.perform", `${outcomes.length} results came back for ${orders.length} actions`);
  }
  return outcomes;
}
