import { id, type Result } from "ethers";

import ConformanceModule from "../../../deploy/conformance.ts";
import { ILens__factory } from "../../../typechain-types/index.ts";
import { openConnection } from "../../chain/in-process.ts";
import { CaseImpossibleError } from "../../errors/case-impossible-error.ts";
import { prepareAnswer } from "../codec/decoder.ts";
import { prepareCall } from "../codec/encoder.ts";
import { runModules } from "../deploy/run-module.ts";
import { HandClockedChain, type ClockName, type CoreDelays } from "./chain.ts";
import { refusalOf, type Refusal } from "./reasons.ts";
import { vocabulary, type ContractName } from "./vocabulary.ts";

/** One function of one contract, with its arguments. */
export interface Request {
  readonly to: ContractName;
  readonly fn: string;
  readonly args: readonly unknown[];
  /** Address, where the contract is one of several. */
  readonly at?: string;
  /** Ether sent along [wei]. */
  readonly value?: bigint;
}

/** What a transaction did. */
export type Outcome = { readonly ok: true; readonly values: Result } | ({ readonly ok: false } & Refusal);

/** Tokens that everybody starts with; more than any strategy can hold. */
const WEALTH = 10n ** 40n;

// Questions are as large as a state: a general coder would take longer for them than the chain for its answers.
const ASK = ILens__factory.createInterface().getFunction("ask");
const encodeAsk = prepareCall(ASK);
const decodeAnswers = prepareAnswer(ASK.outputs);

/**
 * The restaking core on a chain of its own, with accounts that are known by name.
 *
 * Instants are those of the vectors; {@link CoreWorld.origin} shifts them to the chain's.
 */
export class CoreWorld {
  readonly chain: HandClockedChain;
  readonly addresses: Readonly<Record<string, string>>;
  /** Chain's clock at instant zero of the vectors. */
  origin = 0n;
  #owner = "";
  /** Snapshot to come back to; it is spent by coming back. */
  readonly #base: string[] = [];
  readonly #accounts = new Map<string, string>();
  /** Calls by what they ask: an observer asks the same after every step. */
  readonly #encoded = new Map<string, string>();
  readonly #close: () => Promise<void>;

  private constructor(chain: HandClockedChain, addresses: Record<string, string>, close: () => Promise<void>) {
    this.chain = chain;
    this.addresses = addresses;
    this.#close = close;
  }

  /** Deploys the core on a fresh chain. */
  static async open(clock: ClockName, delays: CoreDelays): Promise<CoreWorld> {
    const connection = await openConnection({ mining: { auto: true, interval: 0, mempool: { order: "fifo" } } });
    const { provider } = connection;
    const clockMode = clock === "timestamp" ? 1 : 0;
    const parameters = {
      Conformance: { clockMode, activationDelay: delays.activation, defaultSplitBips: delays.defaultSplitBips },
      RestakingCore: {
        clockMode,
        withdrawalDelay: delays.withdrawal,
        deallocationDelay: delays.deallocation,
        configurationDelay: delays.configuration,
      },
    };
    const [owner = ""] = (await provider.request({ method: "eth_accounts" })) as readonly string[];
    const addresses = await runModules({ provider, sender: owner }, ConformanceModule, parameters);
    const chain = await HandClockedChain.takeOver(clock, provider);
    const world = new CoreWorld(chain, addresses, async () => {
      await connection.close();
    });
    world.#owner = owner;
    world.#base.push(await chain.snapshot());
    return world;
  }

  /** Address that stands for beacon ether. */
  async beaconStrategy(): Promise<string> {
    return String(await this.read({ to: "podManager", fn: "beaconStrategy", args: [] }));
  }

  /** Forgets everything since the deployment. */
  async reset(): Promise<void> {
    const base = this.#base.pop();
    if (base !== undefined) await this.chain.revert(base);
    this.#base.push(await this.chain.snapshot());
    this.#accounts.clear();
    this.#encoded.clear();
    this.alias("owner", this.#owner);
    this.origin = 0n;
  }

  async close(): Promise<void> {
    await this.#close();
  }

  /** Present instant, in the vectors' count. */
  get now(): bigint {
    return this.chain.now - this.origin;
  }

  async advanceTo(instant: bigint): Promise<void> {
    await this.chain.advanceTo(this.origin + instant);
  }

  /** Address of a name, in lower case; a name is an account from its first use. */
  addressOf(name: string): string {
    const known = this.#accounts.get(name);
    if (known !== undefined) return known;
    const address = `0x${id(`conformance:${name}`).slice(-40)}`;
    this.#accounts.set(name, address);
    return address;
  }

  /** Gives an address a name. */
  alias(name: string, address: string): void {
    this.#accounts.set(name, address.toLowerCase());
  }

  /** Name of an address, or the address itself. */
  nameOf(address: string): string {
    const wanted = address.toLowerCase();
    for (const [name, known] of this.#accounts) if (known === wanted) return name;
    return address;
  }

  /** Gives a name ether, tokens, and an allowance for the restaking manager. */
  async endow(name: string): Promise<void> {
    const account = this.addressOf(name);
    await this.chain.adopt(account);
    await this.must(name, { to: "token", fn: "mint", args: [account, WEALTH] });
    await this.must(name, { to: "token", fn: "approve", args: [this.addresses["restakingManager"], WEALTH] });
  }

  /** Sends a transaction if it would succeed, and says what it did. */
  async act(name: string, request: Request): Promise<Outcome> {
    const call = this.#encode(name, request);
    const result = await this.chain.attempt(call);
    if (!result.ok) return { ok: false, ...refusalOf(result.data) };
    await this.chain.send(call);
    return { ok: true, values: vocabulary.interfaces[request.to].decodeFunctionResult(request.fn, result.data) };
  }

  /** Says what a transaction would do. */
  async would(name: string, request: Request): Promise<Outcome> {
    const result = await this.chain.attempt(this.#encode(name, request));
    if (!result.ok) return { ok: false, ...refusalOf(result.data) };
    return { ok: true, values: vocabulary.interfaces[request.to].decodeFunctionResult(request.fn, result.data) };
  }

  /** Sends a transaction that belongs to the setting and so has to succeed. */
  async must(name: string, request: Request): Promise<Result> {
    const outcome = await this.act(name, request);
    if (!outcome.ok) throw new CaseImpossibleError(`${request.to}.${request.fn} by ${name}`, outcome.error);
    return outcome.values;
  }

  /** Sends a transaction without trying it first. */
  async post(name: string, request: Request): Promise<void> {
    await this.chain.send(this.#encode(name, request));
  }

  /** Reads many things in one call, as of now. */
  async ask(requests: readonly Request[]): Promise<Result[]> {
    const questions = requests.map((request) => {
      const { to, data } = this.#encode("reader", request);
      return [to, data];
    });
    const values = await this.#answers(questions);
    return requests.map(({ to, fn }, index) =>
      vocabulary.interfaces[to].decodeFunctionResult(fn, String(values[index])),
    );
  }

  /** Reads one value. */
  async read(request: Request): Promise<unknown> {
    const [values] = await this.ask([request]);
    return values?.[0];
  }

  #encode(name: string, request: Request): { from: string; to: string; data: string; value: bigint } {
    const to = request.at ?? this.addresses[request.to];
    if (to === undefined) throw new CaseImpossibleError(request.fn, `there is no contract ${request.to}`);
    return { from: this.addressOf(name), to, data: this.#dataOf(request), value: request.value ?? 0n };
  }

  #dataOf({ to, fn, args }: Request): string {
    const key = JSON.stringify([to, fn, args], (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
    const data = this.#encoded.get(key) ?? vocabulary.interfaces[to].encodeFunctionData(fn, [...args]);
    this.#encoded.set(key, data);
    return data;
  }

  async #answers(questions: readonly (readonly string[])[]): Promise<readonly unknown[]> {
    const call = { from: this.addressOf("reader"), to: String(this.addresses["lens"]), data: encodeAsk([questions]) };
    const result = await this.chain.attempt(call);
    if (!result.ok) throw new CaseImpossibleError("lens.ask", refusalOf(result.data).error);
    return decodeAnswers(result.data)["answers"] as readonly unknown[];
  }
}
