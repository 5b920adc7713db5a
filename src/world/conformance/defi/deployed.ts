import type { Interface, Result } from "ethers";

import { CaseImpossibleError } from "../../../errors/case-impossible-error.ts";

/** What one call did. */
export type Outcome =
  | { readonly ok: true; readonly values: Result }
  /** Name of the custom error, and its text with the values. */
  | { readonly ok: false; readonly reason: string; readonly error: string };

/** A function and its arguments; contracts among them stand for their addresses. */
export type Request = readonly [fn: string, ...args: unknown[]];

/** How a contract is reached. */
export interface Wire {
  read(to: string, data: string): Promise<string>;
  /** Tries a transaction and, if it would succeed, sends it; data that came back, or of the revert. */
  act(
    actor: string,
    call: { readonly to: string; readonly data: string; readonly value: bigint },
  ): Promise<{
    readonly ok: boolean;
    readonly data: string;
  }>;
  refusalOf(data: string): { readonly reason: string; readonly error: string };
}

/** Puts addresses where contracts stand, however deep. */
export function addressed(value: unknown): unknown {
  if (value instanceof Deployed) return value.address;
  if (Array.isArray(value)) return value.map(addressed);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, addressed(inner)]));
  }
  return value;
}

/** A contract on the ground. */
export class Deployed {
  readonly address: string;
  readonly abi: Interface;
  readonly #wire: Wire;

  constructor(address: string, abi: Interface, wire: Wire) {
    this.address = address;
    this.abi = abi;
    this.#wire = wire;
  }

  /** Everything a view returns. */
  async ask(fn: string, ...args: readonly unknown[]): Promise<Result> {
    const data = await this.#wire.read(this.address, this.#encode(fn, args));
    return this.abi.decodeFunctionResult(fn, data);
  }

  /** The one number that a view returns. */
  async number(fn: string, ...args: readonly unknown[]): Promise<bigint> {
    return BigInt(String((await this.ask(fn, ...args))[0]));
  }

  /** The one list of numbers that a view returns. */
  async numbers(fn: string, ...args: readonly unknown[]): Promise<bigint[]> {
    const [list] = await this.ask(fn, ...args);
    return [...(list as Iterable<bigint>)];
  }

  /** Sends a transaction if it would succeed, and says what it did; a revert is an outcome. */
  async act(actor: string, [fn, ...args]: Request, value = 0n): Promise<Outcome> {
    const call = { to: this.address, data: this.#encode(fn, args), value };
    const { ok, data } = await this.#wire.act(actor, call);
    if (!ok) return { ok, ...this.#wire.refusalOf(data) };
    return { ok, values: this.abi.decodeFunctionResult(fn, data) };
  }

  /** Sends a transaction that has to succeed. */
  async must(actor: string, request: Request, value = 0n): Promise<Result> {
    const outcome = await this.act(actor, request, value);
    if (!outcome.ok) throw new CaseImpossibleError(`${request[0]} by ${actor}`, outcome.error);
    return outcome.values;
  }

  #encode(fn: string, args: readonly unknown[]): string {
    return this.abi.encodeFunctionData(fn, addressed(args) as unknown[]);
  }
}
