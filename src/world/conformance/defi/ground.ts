import { id, Interface } from "ethers";

import { doubles } from "../../../../deploy/doubles.ts";
import { openConnection } from "../../../chain/in-process.ts";
import { CaseImpossibleError } from "../../../errors/case-impossible-error.ts";
import { ChainError } from "../../../errors/chain-error.ts";
import { revertDataOf } from "../revert-data.ts";
import { addressed, Deployed, type Wire } from "./deployed.ts";
import type { DefiVector } from "./vector.ts";

/** Gas of every call and transaction: far more than any needs, far less than a block holds. */
const GAS = "0x3b9aca00";
/** Ether of every actor [wei]. */
const WEALTH = 10n ** 60n;
const quantity = (value: bigint): string => `0x${value.toString(16)}`;

/** Looks up another case of the same file. */
export type Like = (id: string) => DefiVector | undefined;

/** A compiled contract, as Hardhat stores it. */
interface Artifact {
  readonly abi: Interface;
  readonly bytecode: string;
}

/** What the ground stands on. */
interface Footing {
  request(call: { method: string; params: unknown[] }): Promise<unknown>;
  artifact(contract: string): Promise<Artifact>;
  close(): Promise<void>;
}

function refusalData(error: unknown): string {
  const data = revertDataOf(error);
  if (data === undefined) throw error;
  return data;
}

/**
 * A chain to play cases on: contracts by name, actors by name, and a clock that stands still until it is moved.
 *
 * Every transaction is a block of its own, all of them at one instant until {@link Ground.advance} is called.
 */
export class Ground {
  readonly #footing: Footing;
  readonly #artifacts = new Map<string, Artifact>();
  readonly #errors = new Map<string, string>([
    ["0x08c379a0", "error Error(string message)"],
    ["0x4e487b71", "error Panic(uint256 code)"],
  ]);
  readonly #actors = new Map<string, string>();
  #like: Like = () => undefined;
  #base = "";
  #now = 0n;

  private constructor(footing: Footing) {
    this.#footing = footing;
  }

  /** Opens a chain of its own. */
  static async open(): Promise<Ground> {
    const { artifacts } = await import("hardhat");
    const connection = await openConnection({ allowBlocksWithSameTimestamp: true });
    const ground = new Ground({
      request: async (call): Promise<unknown> => await connection.provider.request(call),
      artifact: async (contract) => {
        const { abi, bytecode } = await artifacts.readArtifact(contract);
        return { abi: new Interface(abi), bytecode };
      },
      close: async () => {
        await connection.close();
      },
    });
    ground.#base = String(await ground.request("evm_snapshot"));
    return ground;
  }

  /** Forgets everything that was played, and learns which file the next case is of. */
  async clear(like: Like): Promise<void> {
    await this.request("evm_revert", this.#base);
    this.#base = String(await this.request("evm_snapshot"));
    this.#actors.clear();
    this.#like = like;
    const head = (await this.request("eth_getBlockByNumber", "latest", false)) as Readonly<Record<string, string>>;
    this.#now = BigInt(head["timestamp"] ?? "0x0");
  }

  async close(): Promise<void> {
    await this.#footing.close();
  }

  /** Present instant [unix s]. */
  get now(): bigint {
    return this.#now;
  }

  /** Moves the clock, and mines a block there. */
  async advance(seconds: bigint): Promise<void> {
    if (seconds < 0n) throw new CaseImpossibleError(`a wait of ${seconds} s`, "a clock that cannot go back");
    this.#now += seconds;
    await this.#stamp();
    await this.request("evm_mine");
  }

  /** Plays something, answers with what it saw, and forgets that it happened, newcomers included. */
  async supposing<T>(play: () => Promise<T>): Promise<T> {
    const [snapshot, now, known] = [await this.request("evm_snapshot"), this.#now, new Set(this.#actors.keys())];
    const seen = await play();
    await this.request("evm_revert", snapshot);
    for (const name of this.#actors.keys()) if (!known.has(name)) this.#actors.delete(name);
    this.#now = now;
    return seen;
  }

  /** Another case of the same file, its own references resolved. */
  like(caseId: string): DefiVector | undefined {
    return this.#like(caseId);
  }

  /** Address of an actor, who exists from the first mention and has plenty of ether. */
  async actor(name: string): Promise<string> {
    const known = this.#actors.get(name);
    if (known !== undefined) return known;
    const address = `0x${id(`actor:${name}`).slice(-40)}`;
    await this.request("hardhat_impersonateAccount", address);
    await this.request("hardhat_setBalance", address, quantity(WEALTH));
    this.#actors.set(name, address);
    return address;
  }

  /**
   * Deploys a contract by its name.
   *
   * @param contract - Its name, such as `StableSwapPool`.
   * @param args - Arguments of its constructor; contracts among them stand for their addresses.
   * @param value - Ether sent along [wei].
   */
  async deploy(contract: string, args: readonly unknown[] = [], value = 0n): Promise<Deployed> {
    const { abi, bytecode } = await this.#artifact(contract);
    const data = bytecode + abi.encodeDeploy(addressed(args) as unknown[]).slice(2);
    const from = await this.actor("deployer");
    const call = { from, data, gas: GAS, value: quantity(value) };
    try {
      await this.request("eth_call", call, "latest");
    } catch (error) {
      throw new CaseImpossibleError(`deployment of ${contract}`, this.#refusalOf(refusalData(error)).error);
    }
    const receipt = await this.#transact(call);
    return this.#at(receipt["contractAddress"] ?? "", abi);
  }

  /** A contract that something else deployed. */
  async attach(contract: string, address: string): Promise<Deployed> {
    return this.#at(address, (await this.#artifact(contract)).abi);
  }

  /**
   * Puts a contract into a state that no call leads to: finds the storage word that a view reads, and overwrites it.
   *
   * @param view - A view without arguments that returns one word as it is stored.
   */
  async force(contract: Deployed, view: string, value: bigint): Promise<void> {
    const word = (number: bigint): string => `0x${number.toString(16).padStart(64, "0")}`;
    const known = await contract.number(view);
    for (let slot = 0n; slot < 64n; slot += 1n) {
      const before = String(await this.request("eth_getStorageAt", contract.address, word(slot), "latest"));
      if (BigInt(before) !== known) continue;
      await this.request("hardhat_setStorageAt", contract.address, quantity(slot), word(value));
      if ((await contract.number(view)) === value) return;
      await this.request("hardhat_setStorageAt", contract.address, quantity(slot), before);
    }
    throw new CaseImpossibleError("force", `no storage word of the contract is what ${view} returns`);
  }

  /** A token that anybody may mint and whose exchange rate anybody may set. */
  async token(decimals = 18n): Promise<Deployed> {
    return await this.deploy(doubles.token, [decimals]);
  }

  /** The pools' formulas by themselves, where a case gives no pool that could exist. */
  async marketMath(): Promise<Deployed> {
    return await this.deploy(doubles.marketMath);
  }

  /** Sends a raw request to the chain. */
  async request(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return await this.#footing.request({ method, params: [...params] });
  }

  async #artifact(contract: string): Promise<Artifact> {
    const known = this.#artifacts.get(contract);
    if (known !== undefined) return known;
    const artifact = await this.#footing.artifact(contract);
    artifact.abi.forEachError((fragment) => this.#errors.set(fragment.selector, fragment.format("full")));
    this.#artifacts.set(contract, artifact);
    return artifact;
  }

  #at(address: string, abi: Interface): Deployed {
    const wire: Wire = {
      read: async (to, data) => await this.#view(to, data),
      act: async (actor, call) => await this.#act(actor, call),
      refusalOf: (data) => this.#refusalOf(data),
    };
    return new Deployed(address, abi, wire);
  }

  async #view(to: string, data: string): Promise<string> {
    try {
      return String(await this.request("eth_call", { to, data, gas: GAS }, "latest"));
    } catch (error) {
      const refusal = this.#refusalOf(refusalData(error));
      throw new CaseImpossibleError("a read", refusal.error, error);
    }
  }

  async #act(actor: string, call: { to: string; data: string; value: bigint }): Promise<{ ok: boolean; data: string }> {
    const { to, data, value } = call;
    const sent = { from: await this.actor(actor), to, data, gas: GAS, value: quantity(value) };
    let returned: string;
    try {
      returned = String(await this.request("eth_call", sent, "latest"));
    } catch (error) {
      return { ok: false, data: refusalData(error) };
    }
    await this.#transact(sent);
    return { ok: true, data: returned };
  }

  async #transact(call: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    await this.#stamp();
    const hash = await this.request("eth_sendTransaction", { ...call, gasPrice: quantity(10n ** 10n) });
    const receipt = (await this.request("eth_getTransactionReceipt", hash)) as Readonly<Record<string, string>>;
    if (receipt["status"] !== "0x1")
      throw new ChainError("eth_sendTransaction", "it reverted, although its trial did not");
    return receipt;
  }

  async #stamp(): Promise<void> {
    await this.request("evm_setNextBlockTimestamp", quantity(this.#now));
  }

  #refusalOf(data: string): { readonly reason: string; readonly error: string } {
    const fragment = this.#errors.get(data.slice(0, 10));
    const parsed = fragment === undefined ? null : new Interface([fragment]).parseError(data);
    if (parsed === null) return { reason: data === "0x" ? "without a reason" : data, error: data };
    return { reason: parsed.name, error: `${parsed.name}(${parsed.args.map(String).join(", ")})` };
  }
}
