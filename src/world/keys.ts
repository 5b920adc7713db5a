import { createHash } from "node:crypto";

import { SigningKey, TypedDataEncoder, computeAddress, type TypedDataDomain } from "ethers";

/** What an operator signs: "for this round of this topic, my answer is `value`". */
export interface Statement {
  readonly avs: string;
  readonly setId: bigint;
  readonly topic: string;
  readonly round: bigint;
  readonly value: string;
}

const types = {
  KeyRegistration: [
    { name: "operator", type: "address" },
    { name: "key", type: "address" },
  ],
  Statement: [
    { name: "avs", type: "address" },
    { name: "setId", type: "uint32" },
    { name: "topic", type: "bytes32" },
    { name: "round", type: "uint64" },
    { name: "value", type: "bytes32" },
  ],
  Opinion: [
    { name: "avs", type: "address" },
    { name: "setId", type: "uint32" },
    { name: "operator", type: "address" },
    { name: "faultId", type: "bytes32" },
    { name: "refuted", type: "bool" },
  ],
} as const;

/** Signing keys of the participants: one each, derived from the seed, so that signatures repeat bit by bit. */
export class KeyRing {
  readonly #seed: number;
  readonly #keys = new Map<string, SigningKey>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Address of the key of `participant`. */
  addressOf(participant: string): string {
    return computeAddress(this.#keyOf(participant)).toLowerCase();
  }

  /** Signs typed data of one of the three kinds (RFC 6979: no randomness). */
  sign(
    participant: string,
    kind: keyof typeof types,
    content: { readonly domain: TypedDataDomain; readonly value: object },
  ): string {
    const fields = { [kind]: [...types[kind]] };
    const digest = TypedDataEncoder.hash(content.domain, fields, content.value);
    return this.#keyOf(participant).sign(digest).serialized;
  }

  #keyOf(participant: string): SigningKey {
    const known = this.#keys.get(participant);
    if (known !== undefined) return known;
    const secret = createHash("sha256").update(`faultline key\n${this.#seed}\n${participant}`).digest("hex");
    const key = new SigningKey(`0x${secret}`);
    this.#keys.set(participant, key);
    return key;
  }
}
