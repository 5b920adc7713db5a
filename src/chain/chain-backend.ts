/** Hexadecimal data or quantity, `0x…`. */
export type Hex = `0x${string}`;

/** The only thing asked of a chain: an EIP-1193 provider, in process or far away. */
export interface Eip1193Provider {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

/** One block, as far as a simulation cares. */
export interface BlockHeader {
  readonly number: bigint;
  /** Unix seconds. */
  readonly timestamp: bigint;
  readonly hash: string;
  readonly stateRoot: string;
}

export interface TransactionRequest {
  readonly to: string;
  readonly data: string;
  /** Most gas the transaction may burn. */
  readonly gas: bigint;
  /** Ether sent along [wei]. */
  readonly value?: bigint;
}

export interface ChainLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

export interface TransactionReceipt {
  readonly hash: string;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
  readonly logs: readonly ChainLog[];
}

/** A state to come back to, and how to recognise it. */
export interface ChainSnapshot {
  readonly id: string;
  readonly head: BlockHeader;
  /** Hash of the whole state, with what was set since the newest block. */
  readonly root: string;
}

/**
 * A chain that a simulation drives: one account sends, every block is ordered explicitly, nothing waits for a clock.
 *
 * Every method throws {@link ChainError} when the chain refuses or does not answer.
 */
export interface ChainBackend {
  /** Which kind of chain this is, for messages. */
  readonly name: string;
  readonly provider: Eip1193Provider;
  /** Account that pays for every transaction. */
  readonly sender: string;
  /** Sends a raw request. */
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Reads at the newest block. */
  call(to: string, data: string): Promise<string>;
  /** Sends one transaction, which mines one block, and returns its receipt; a revert is an error. */
  send(transaction: TransactionRequest): Promise<TransactionReceipt>;
  head(): Promise<BlockHeader>;
  /** Mines empty blocks, twelve seconds each, until the newest one has number `block`. */
  mineTo(block: bigint): Promise<void>;
  /** Gives the next block its timestamp [unix s]; it must lie after the newest block's. */
  setNextTimestamp(timestamp: bigint): Promise<void>;
  /** Gives an account ether out of nothing [wei]. */
  setBalance(account: string, balance: bigint): Promise<void>;
  snapshot(): Promise<ChainSnapshot>;
  /** Returns to a snapshot, checks that the state is the same, and hands out a fresh one: a snapshot serves once. */
  revert(snapshot: ChainSnapshot): Promise<ChainSnapshot>;
  close(): Promise<void>;
}
