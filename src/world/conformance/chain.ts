import { CaseImpossibleError } from "../../errors/case-impossible-error.ts";
import { revertDataOf } from "./revert-data.ts";

/** Unit in which the contracts of a run count time. */
export type ClockName = "blocknumber" | "timestamp";

/** Delays of the core, in clock units. */
export interface CoreDelays {
  readonly withdrawal: bigint;
  readonly deallocation: bigint;
  readonly configuration: bigint;
  /** Of roots and splits of the rewards coordinator. */
  readonly activation: bigint;
  /** Split of an operator that never set one [bips]; no delay, but fixed at deployment like them. */
  readonly defaultSplitBips: bigint;
}

/** What one call did: it returned data, or it reverted with data. */
export type CallResult = { readonly ok: true; readonly data: string } | { readonly ok: false; readonly data: string };

export interface Call {
  readonly from: string;
  readonly to: string;
  readonly data: string;
  /** Ether sent along [wei]. */
  readonly value?: bigint;
}

/** Gas of every transaction: far more than any needs, far less than a block holds. */
const GAS = "0x1c9c380";
/** Gas of a read. */
const READ_GAS = "0x3b9aca00";
const quantity = (value: bigint): string => `0x${value.toString(16)}`;

/**
 * A chain whose clock is set by hand: everything between two instants goes into one block.
 *
 * Reads and trial calls see the block being built, so a step sees the steps before it in the same block.
 */
export class HandClockedChain {
  readonly clock: ClockName;
  readonly #request: (method: string, params: readonly unknown[]) => Promise<unknown>;
  /** Contracts' clock of the block being built. */
  #now: bigint;

  private constructor(clock: ClockName, request: HandClockedChain["request"], now: bigint) {
    this.clock = clock;
    this.#request = request;
    this.#now = now;
  }

  /** Takes over a provider whose blocks have been mined one by one so far. */
  static async takeOver(
    clock: ClockName,
    provider: { request(call: { method: string; params?: unknown[] }): Promise<unknown> },
  ): Promise<HandClockedChain> {
    const request = async (method: string, params: readonly unknown[]): Promise<unknown> =>
      await provider.request({ method, params: [...params] });
    await request("evm_setAutomine", [false]);
    const chain = new HandClockedChain(clock, request, 0n);
    await chain.resume();
    return chain;
  }

  /** Contracts' clock of the block being built. */
  get now(): bigint {
    return this.#now;
  }

  /** Sends a raw request. */
  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    return await this.#request(method, params);
  }

  /** Learns the time anew, after a snapshot was restored. */
  async resume(): Promise<void> {
    const head = (await this.#request("eth_getBlockByNumber", ["latest", false])) as Record<string, string>;
    const past = BigInt((this.clock === "timestamp" ? head["timestamp"] : head["number"]) ?? "0x0");
    this.#now = past + 1n;
    if (this.clock === "timestamp") await this.#stamp();
  }

  /** Closes the block being built and begins the one at `instant`; nothing happens when that is the present one. */
  async advanceTo(instant: bigint): Promise<void> {
    if (instant === this.#now) return;
    if (instant < this.#now) throw new CaseImpossibleError("advanceTo", `instant ${instant} is before ${this.#now}`);
    await this.#request("evm_mine", []);
    const gap = instant - this.#now - 1n;
    this.#now = instant;
    if (this.clock === "timestamp") await this.#stamp();
    else if (gap > 0n) await this.#request("hardhat_mine", [quantity(gap)]);
  }

  /** Tries a call in the block being built. */
  async attempt(call: Call): Promise<CallResult> {
    try {
      const data = await this.#request("eth_call", [this.#encode(call, READ_GAS), "pending"]);
      return { ok: true, data: String(data) };
    } catch (error) {
      const data = revertDataOf(error);
      if (data === undefined) throw error;
      return { ok: false, data };
    }
  }

  /** Puts a transaction into the block being built. */
  async send(call: Call): Promise<void> {
    await this.#request("eth_sendTransaction", [this.#encode(call, GAS)]);
  }

  /** Lets `account` send transactions. */
  async adopt(account: string): Promise<void> {
    await this.#request("hardhat_impersonateAccount", [account]);
    await this.#request("hardhat_setBalance", [account, quantity(10n ** 30n)]);
  }

  async snapshot(): Promise<string> {
    return String(await this.#request("evm_snapshot", []));
  }

  async revert(id: string): Promise<void> {
    await this.#request("evm_revert", [id]);
    await this.resume();
  }

  #encode(call: Call, gas: string): Record<string, string> {
    const { from, to, data, value = 0n } = call;
    return { from, to, data, gas, value: quantity(value), gasPrice: quantity(10n ** 10n) };
  }

  async #stamp(): Promise<void> {
    await this.#request("evm_setNextBlockTimestamp", [quantity(this.#now)]);
  }
}
