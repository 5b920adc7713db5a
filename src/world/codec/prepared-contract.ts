import type { Interface } from "ethers";

import { ActionInvalidError } from "../../errors/action-invalid-error.ts";
import { prepareAnswer, type AnswerDecoder, type Decoded } from "./decoder.ts";
import { prepareCall, type AbiValue, type CallEncoder } from "./encoder.ts";

export type { Decoded } from "./decoder.ts";

/** A log as every chain returns it. */
export interface RawLog {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** An event with its fields by name. */
export interface DecodedEvent {
  readonly name: string;
  /** Contract that emitted it, in lower case. */
  readonly address: string;
  readonly args: { readonly [name: string]: Decoded };
}

interface EventPlan {
  readonly name: string;
  readonly topics: AnswerDecoder;
  readonly data: AnswerDecoder;
}

/** A decoded address, hash or text. */
export function asText(value: Decoded | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Names of a contract's functions; TypeChain's interfaces list them. */
type FunctionName<I extends Interface> = Parameters<I["getFunction"]>[0];

/** Prepared encoders and decoders of one contract: each is planned at its first use and then reused. */
export class PreparedContract<I extends Interface = Interface> {
  readonly #abi: Interface;
  readonly #calls = new Map<string, CallEncoder>();
  readonly #answers = new Map<string, AnswerDecoder>();
  readonly #events = new Map<string, EventPlan>();

  constructor(abi: Interface) {
    this.#abi = abi;
    abi.forEachEvent((fragment) => {
      const indexed = fragment.inputs.filter((input) => input.indexed === true);
      const plain = fragment.inputs.filter((input) => input.indexed !== true);
      const plan = { name: fragment.name, topics: prepareAnswer(indexed), data: prepareAnswer(plain) };
      this.#events.set(fragment.topicHash, plan);
    });
  }

  /** Encodes a call of function `name`. */
  encode(name: FunctionName<I>, args: readonly AbiValue[]): string {
    let encoder = this.#calls.get(name);
    if (encoder === undefined) {
      encoder = prepareCall(this.#fragment(name));
      this.#calls.set(name, encoder);
    }
    return encoder(args);
  }

  /** Decodes what function `name` returned. */
  decode(name: FunctionName<I>, data: string): { readonly [name: string]: Decoded } {
    let decoder = this.#answers.get(name);
    if (decoder === undefined) {
      decoder = prepareAnswer(this.#fragment(name).outputs);
      this.#answers.set(name, decoder);
    }
    return decoder(data);
  }

  /** Decodes a log, or returns undefined where it is no event of this contract. */
  event(log: RawLog): DecodedEvent | undefined {
    const plan = this.#events.get(log.topics[0] ?? "");
    if (plan === undefined) return undefined;
    const topics = `0x${log.topics
      .slice(1)
      .map((topic) => topic.slice(2))
      .join("")}`;
    return {
      name: plan.name,
      address: log.address.toLowerCase(),
      args: { ...plan.topics(topics), ...plan.data(log.data) },
    };
  }

  #fragment(name: string): NonNullable<ReturnType<Interface["getFunction"]>> {
    const fragment = this.#abi.getFunction(name);
    if (fragment === null) throw new ActionInvalidError("call", "function", name);
    return fragment;
  }
}
