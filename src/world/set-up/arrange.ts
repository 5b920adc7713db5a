import type { ChainBackend } from "../../chain/chain-backend.ts";
import { WorldImpossibleError } from "../../errors/world-impossible-error.ts";
import { readRevert } from "../revert-reader.ts";
import { performOrders, type StageOrder, type StageOutcome } from "../stage-driver.ts";

/** An order of the set-up, with what it is for. */
export interface Arrangement extends StageOrder {
  /** Part of the world that it makes, for messages. */
  readonly part: string;
}

/**
 * Most calls of one transaction: the chain in this process keeps every opcode of a transaction until its end, and 255
 * allocations at once took 420 MB.
 */
const CALLS = 60;

/** Splits orders into transactions of at most {@link CALLS} calls, or of one order that has more. */
function batchesOf(orders: readonly Arrangement[]): readonly (readonly Arrangement[])[] {
  const batches: Arrangement[][] = [];
  let calls = CALLS;
  for (const order of orders) {
    calls += order.calls.length;
    const batch = batches.at(-1);
    if (batch !== undefined && calls <= CALLS) batch.push(order);
    else {
      batches.push([order]);
      calls = order.calls.length;
    }
  }
  return batches;
}

/** Transactions, and so blocks, that orders take. */
export function countBatches(orders: readonly Arrangement[]): number {
  return batchesOf(orders).length;
}

/** Performs the set-up's orders on a chain, twelve seconds a transaction, and refuses a world that one of them breaks. */
export class Arranger {
  readonly #backend: ChainBackend;
  readonly #stage: string;
  readonly #nameOf: (address: string) => string | null;

  constructor(backend: ChainBackend, stage: string, nameOf: (address: string) => string | null) {
    this.#backend = backend;
    this.#stage = stage;
    this.#nameOf = nameOf;
  }

  /**
   * Performs all orders.
   *
   * @param from - Time of the first transaction's block [unix seconds]; by default twelve seconds from now.
   * @throws {@link WorldImpossibleError} when one reverts; carries what the contract answered.
   */
  async perform(orders: readonly Arrangement[], from?: bigint): Promise<readonly StageOutcome[]> {
    const outcomes: StageOutcome[] = [];
    for (const [index, batch] of batchesOf(orders).entries()) {
      const { timestamp } = await this.#backend.head();
      await this.#backend.setNextTimestamp(index === 0 && from !== undefined ? from : timestamp + 12n);
      outcomes.push(...(await this.performNow(batch)));
    }
    return outcomes;
  }

  /** Performs orders in one transaction, in a block whose time is set already. */
  async performNow(orders: readonly Arrangement[]): Promise<readonly StageOutcome[]> {
    const done = await performOrders(this.#backend, this.#stage, orders);
    for (const [index, outcome] of done.entries()) await this.#assertDone(orders[index], outcome);
    return done;
  }

  async #assertDone(order: Arrangement | undefined, outcome: StageOutcome): Promise<void> {
    if (order === undefined || outcome.success) return;
    const { error, args } = await readRevert(outcome, order.gasLimit ?? 0n, this.#nameOf);
    const values = Object.entries(args).map(([name, value]) => `${name} ${String(value)}`);
    const reason = values.length === 0 ? error : `${error} (${values.join(", ")})`;
    throw new WorldImpossibleError(order.part, reason, "Change that part so that the contracts accept it.");
  }
}
