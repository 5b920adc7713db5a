import { ChainError } from "../errors/chain-error.ts";
import { SECONDS_PER_BLOCK } from "../units/units.ts";
import type {
  BlockHeader,
  ChainBackend,
  ChainSnapshot,
  Eip1193Provider,
  TransactionReceipt,
  TransactionRequest,
} from "./chain-backend.ts";
import { assertReceipt, reasonOf, toBlockHeader, toReceipt, toStateRoot } from "./rpc-decoding.ts";
import { toQuantity, type RpcDialect } from "./rpc-dialect.ts";
import { watchSending } from "./watch-sending.ts";

/** Most gas a read may burn: as much as a block. */
const CALL_GAS = toQuantity(30_000_000_000n);

export interface Eip1193BackendOptions {
  readonly dialect: RpcDialect;
  /** Account that pays; the provider's first one if absent. */
  readonly sender?: string;
  /** What to release in the end. */
  readonly close?: () => Promise<void>;
}

/** Drives any EIP-1193 provider of a development chain. */
class Eip1193Backend implements ChainBackend {
  readonly name: string;
  readonly provider: Eip1193Provider;
  readonly sender: string;
  readonly #dialect: RpcDialect;
  readonly #close: () => Promise<void>;
  /** The newest snapshot's block, and the transactions sent since its state was last asked for. */
  #kept: { readonly block: bigint; sends: number } | undefined;

  constructor(provider: Eip1193Provider, sender: string, options: Eip1193BackendOptions) {
    this.name = options.dialect.name;
    this.provider = provider;
    this.sender = sender;
    this.#dialect = options.dialect;
    this.#close = options.close ?? (async () => await Promise.resolve());
  }

  async request(method: string, params: readonly unknown[] = []): Promise<unknown> {
    try {
      return await this.provider.request({ method, params });
    } catch (error) {
      throw new ChainError(method, reasonOf(error), error);
    }
  }

  async call(to: string, data: string): Promise<string> {
    const answer = await this.request("eth_call", [{ from: this.sender, to, data, gas: CALL_GAS }, "latest"]);
    if (typeof answer !== "string") throw new ChainError("eth_call", "the answer is no hexadecimal data");
    return answer;
  }

  async send(transaction: TransactionRequest): Promise<TransactionReceipt> {
    const { to, data, gas, value = 0n } = transaction;
    const { method, answers } = this.#dialect.send;
    const sent = { from: this.sender, to, data, gas: toQuantity(gas), value: toQuantity(value) };
    const answered = this.request(method, [sent]);
    const request = this.request.bind(this);
    const answer = await (answers === "receipt" ? watchSending(answered, request, sent) : answered);
    const raw = assertReceipt(
      answers === "receipt" ? answer : await this.request("eth_getTransactionReceipt", [answer]),
    );
    if (raw.status !== "0x1") throw new ChainError(method, `transaction ${raw.transactionHash} reverted`);
    await this.#keepSnapshot();
    return toReceipt(raw);
  }

  async head(): Promise<BlockHeader> {
    return toBlockHeader(await this.#newest());
  }

  async #newest(): Promise<unknown> {
    return await this.request("eth_getBlockByNumber", ["latest", false]);
  }

  async mineTo(block: bigint): Promise<void> {
    const newest = await this.#newest();
    const { number, timestamp } = toBlockHeader(newest);
    if (block < number) {
      throw new ChainError("mineTo", `block ${block} is asked for, but the newest one is already ${number}`);
    }
    const timeOf = (one: bigint): bigint => timestamp + (one - number) * SECONDS_PER_BLOCK;
    // The newest block's time is what others build upon, so it is mined alone, at a time that is said.
    const { skip } = this.#dialect;
    const skips = skip !== undefined && block - number > skip.from;
    if (skips) {
      const { method, params } = skip.request(newest, { number: block - 1n, timestamp: timeOf(block - 1n) });
      await this.request(method, params);
    }
    for (let next = skips ? block : number + 1n; next < block;) {
      const count = block - next < this.#dialect.mostBlocks ? block - next : this.#dialect.mostBlocks;
      await this.#mine(count, timeOf(next));
      next += count;
    }
    if (block > number) await this.#mine(1n, timeOf(block));
  }

  async #mine(count: bigint, from: bigint): Promise<void> {
    await this.setNextTimestamp(from);
    for (const { method, params } of this.#dialect.mine(count, SECONDS_PER_BLOCK)) await this.request(method, params);
  }

  async setNextTimestamp(timestamp: bigint): Promise<void> {
    await this.request("evm_setNextBlockTimestamp", [toQuantity(timestamp)]);
  }

  async setBalance(account: string, balance: bigint): Promise<void> {
    const { method, params } = this.#dialect.setBalance(account, balance);
    await this.request(method, params);
  }

  async snapshot(): Promise<ChainSnapshot> {
    const id = await this.request("evm_snapshot");
    if (typeof id !== "string") throw new ChainError("evm_snapshot", "the answer is no snapshot id");
    const head = await this.head();
    this.#kept = { block: head.number, sends: 0 };
    return { id, head, root: await this.#root() };
  }

  async revert(snapshot: ChainSnapshot): Promise<ChainSnapshot> {
    const done = await this.request("evm_revert", [snapshot.id]);
    if (done !== true) throw new ChainError("evm_revert", `snapshot ${snapshot.id} is gone; a snapshot serves once`);
    const back = await this.snapshot();
    if (back.head.hash !== snapshot.head.hash || back.root !== snapshot.root) {
      throw new ChainError("evm_revert", `state ${back.root} came back instead of ${snapshot.root}`);
    }
    return back;
  }

  /** Hash of the state itself: the newest block's says nothing of what was set, or brought back, since. */
  async #root(): Promise<string> {
    return toStateRoot(await this.request("eth_getProof", [this.sender, [], "latest"]));
  }

  /** Asks for the snapshot's state before the chain drops it, so that coming back need not work it out. */
  async #keepSnapshot(): Promise<void> {
    const { statesKept } = this.#dialect;
    if (this.#kept === undefined || statesKept === null) return;
    this.#kept.sends += 1;
    // A step makes two states where blocks are mined up to it.
    if (this.#kept.sends * 4 < statesKept) return;
    this.#kept.sends = 0;
    await this.request("eth_getBalance", [this.sender, toQuantity(this.#kept.block)]);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

/**
 * Opens a backend on an EIP-1193 provider.
 *
 * @param provider - Provider of a development chain that mines a block per transaction.
 * @param options - Names that differ between chains; who pays; what to close.
 * @returns The backend; its sender owns ether enough for every step.
 * @throws {@link ChainError} when the provider does not answer or has no account.
 */
export async function createEip1193Backend(
  provider: Eip1193Provider,
  options: Eip1193BackendOptions,
): Promise<ChainBackend> {
  const sender = options.sender ?? (await firstAccount(provider));
  const backend = new Eip1193Backend(provider, sender, options);
  await backend.setBalance(sender, 1n << 120n);
  return backend;
}

async function firstAccount(provider: Eip1193Provider): Promise<string> {
  let accounts: unknown;
  try {
    accounts = await provider.request({ method: "eth_accounts", params: [] });
  } catch (error) {
    throw new ChainError("eth_accounts", reasonOf(error), error);
  }
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof first !== "string") throw new ChainError("eth_accounts", "the chain has no account to send from");
  return first;
}
