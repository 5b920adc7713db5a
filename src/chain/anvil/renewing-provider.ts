import { ChainError } from "../../errors/chain-error.ts";
import type { Eip1193Provider } from "../chain-backend.ts";
import { toBlockHeader, toStateRoot } from "../rpc-decoding.ts";
import { toQuantity } from "../rpc-dialect.ts";
import { BLOCKS_REMEMBERED, startAnvil, type AnvilProcess } from "./anvil-process.ts";
import { pruneDump } from "./state-dump.ts";

type Request = Parameters<Eip1193Provider["request"]>[0];

export interface RenewalOptions {
  readonly blocksPerProcess?: number;
}

/**
 * An anvil keeps some kilobytes of every block, however its history is pruned. After this many a new process takes the
 * state over, which takes as long as some twenty steps.
 */
const BLOCKS_PER_PROCESS = 1_000;

const SET_INTERVAL = "anvil_setBlockTimestampInterval";
const REMOVE_INTERVAL = "anvil_removeBlockTimestampInterval";

/** Answers of these are whole steps: no transaction waits, no time is set ahead. */
const STEPS: ReadonlySet<string> = new Set(["eth_sendTransactionSync", REMOVE_INTERVAL]);

/** Each adds one block. */
const ADDS_ONE: ReadonlySet<string> = new Set(["eth_sendTransactionSync", "eth_sendTransaction", "anvil_loadState"]);

/** All that these change is in a dump of the state, or is kept account of. */
const CARRIED: ReadonlySet<string> = new Set([
  ...["eth_sendTransactionSync", "eth_sendTransaction", "anvil_mine", "evm_mine", "evm_setNextBlockTimestamp"],
  ...["anvil_setBalance", "anvil_setCode", "anvil_setNonce", "anvil_setStorageAt", "anvil_loadState"],
  ...["evm_snapshot", "evm_revert"],
  ...["eth_accounts", "eth_blockNumber", "eth_call", "eth_chainId", "eth_estimateGas", "eth_feeHistory"],
  ...["eth_gasPrice", "eth_getBalance", "eth_getBlockByHash", "eth_getBlockByNumber", "eth_getCode", "eth_getLogs"],
  ...["eth_getProof", "eth_getStorageAt", "eth_getTransactionByHash", "eth_getTransactionCount"],
  ...["eth_getTransactionReceipt", "eth_maxPriorityFeePerGas", "hardhat_getAutomine", "net_version"],
  ...["txpool_status", "web3_clientVersion", SET_INTERVAL, REMOVE_INTERVAL],
]);

/**
 * Drives an anvil that is replaced every so many blocks by a new one with the same state, at the end of a step.
 *
 * Requests that come meanwhile wait. What a dump does not carry keeps its process: while a snapshot is open, and from
 * the first request on whose effect may lie outside the state (an impersonation, a filter, a way of mining), the process
 * stays. Of the blocks the newest 64 go along; `BLOCKHASH` of a block from before does not answer with its hash.
 */
export class RenewingProvider implements Eip1193Provider {
  readonly #blocksPerProcess: number;
  readonly #onStart: (pid: number) => void;
  readonly #snapshots = new Set<bigint>();
  #anvil: AnvilProcess;
  #blocks = 0;
  #underway = 0;
  /** Whether something may lie outside the state. */
  #bound = false;
  #interval = false;
  #closed = false;
  /** The renewal that goes on; one that failed stays, and every later request ends with its error. */
  #renewal: Promise<void> | undefined;

  private constructor(anvil: AnvilProcess, onStart: (pid: number) => void, blocksPerProcess: number) {
    this.#anvil = anvil;
    this.#onStart = onStart;
    this.#blocksPerProcess = blocksPerProcess;
  }

  /**
   * Starts the first process.
   *
   * @throws {@link ChainError} where anvil is not installed or does not start.
   */
  static async open(
    onStart: (pid: number) => void = () => undefined,
    { blocksPerProcess = BLOCKS_PER_PROCESS }: RenewalOptions = {},
  ): Promise<RenewingProvider> {
    const anvil = await startAnvil();
    onStart(anvil.pid);
    return new RenewingProvider(anvil, onStart, blocksPerProcess);
  }

  async request(call: Request): Promise<unknown> {
    while (this.#renewal !== undefined) await this.#renewal;
    const answer = await this.#ask(call);
    this.#note(call, answer);
    if (STEPS.has(call.method) && this.#isDue()) {
      this.#renewal = this.#renew();
      await this.#renewal;
    }
    return answer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#anvil.close();
    await this.#renewal?.catch(() => undefined);
  }

  async #ask(call: Request): Promise<unknown> {
    this.#bound ||= !CARRIED.has(call.method);
    this.#underway += 1;
    try {
      return await this.#anvil.provider.request(call);
    } catch (error) {
      // A transaction that was refused may still wait in the pool.
      this.#bound ||= call.method.startsWith("eth_send");
      throw error;
    } finally {
      this.#underway -= 1;
    }
  }

  #isDue(): boolean {
    if (this.#closed || this.#bound || this.#interval || this.#snapshots.size > 0 || this.#underway > 0) return false;
    return this.#blocks >= this.#blocksPerProcess;
  }

  #note({ method, params = [] }: Request, answer: unknown): void {
    if (ADDS_ONE.has(method)) this.#blocks += 1;
    if (method === "anvil_mine" || method === "evm_mine") this.#blocks += Number(params[0] ?? 1);
    if (method === SET_INTERVAL || method === REMOVE_INTERVAL) this.#interval = method === SET_INTERVAL;
    if (method === "evm_snapshot") this.#snapshots.add(BigInt(String(answer)));
    if (method === "evm_revert" && answer === true) {
      const back = BigInt(String(params[0]));
      for (const id of this.#snapshots) if (id >= back) this.#snapshots.delete(id);
    }
  }

  /** Hands the state to a new process; where that fails, the old one stays and every request ends with the error. */
  async #renew(): Promise<void> {
    const old = this.#anvil;
    const next = await startAnvil();
    try {
      this.#onStart(next.pid);
      await handOver(old, next);
      // Whoever closes meanwhile closes the old one.
      if (this.#closed) throw new ChainError("anvil", "the chain is closed");
    } catch (error) {
      await next.close();
      throw error;
    }
    this.#anvil = next;
    this.#blocks = 0;
    this.#renewal = undefined;
    await old.close();
  }
}

/** What must be the same in both processes. */
async function standing({ provider }: AnvilProcess): Promise<{ head: string; root: string; time: bigint }> {
  const header = toBlockHeader(await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] }));
  const account = `0x${"00".repeat(20)}`;
  const proof = await provider.request({ method: "eth_getProof", params: [account, [], "latest"] });
  return { head: `${header.number} ${header.hash}`, root: toStateRoot(proof), time: header.timestamp };
}

/** Brings a new process to where the old one stands, and checks that it is there. */
async function handOver(old: AnvilProcess, next: AnvilProcess): Promise<void> {
  const before = await standing(old);
  const dump = await old.provider.request({ method: "anvil_dumpState" });
  await next.provider.request({ method: "anvil_loadState", params: [pruneDump(dump, BLOCKS_REMEMBERED)] });
  // The next block's time counts from the newest block's, as before.
  await next.provider.request({ method: "evm_setTime", params: [toQuantity(before.time)] });
  const after = await standing(next);
  if (after.head !== before.head || after.root !== before.root) {
    const [was, is] = [before, after].map(({ head, root }) => `block ${head} with state ${root}`);
    throw new ChainError("anvil_loadState", `${is ?? ""} came over instead of ${was ?? ""}`);
  }
}
