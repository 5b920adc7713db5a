import type { FunctionFragment, ParamType } from "ethers";

/** A value of the ABI: quantities as bigint, addresses and bytes as `0x…`, arrays and structs as arrays in order. */
export type AbiValue = bigint | boolean | string | readonly AbiValue[];

/** Writes one value as hexadecimal words without `0x`. */
type Writer = (value: never) => string;

interface Codec {
  readonly write: Writer;
  /** Length of the value's head in hex digits. */
  readonly head: number;
  readonly dynamic: boolean;
}

const WORD = 64;
const ZEROS = "0".repeat(WORD);
const MODULUS = 1n << 256n;

function wordOf(value: bigint): string {
  return (value < 0n ? value + MODULUS : value).toString(16).padStart(WORD, "0");
}

function writeAddress(value: string): string {
  return ZEROS.slice(0, 24) + value.slice(2).toLowerCase();
}

function writeBytes(value: string): string {
  const digits = value.slice(2);
  const padding = (WORD - (digits.length % WORD)) % WORD;
  return wordOf(BigInt(digits.length / 2)) + digits + ZEROS.slice(0, padding);
}

function writeMany(codecs: readonly Codec[], values: readonly AbiValue[]): string {
  let head = "";
  let tail = "";
  let offset = 0;
  for (const codec of codecs) offset += codec.head;
  for (let i = 0; i < codecs.length; i += 1) {
    const codec = codecs[i];
    if (codec === undefined) break;
    const written = codec.write(values[i] as never);
    if (!codec.dynamic) {
      head += written;
      continue;
    }
    head += wordOf(BigInt((offset + tail.length) / 2));
    tail += written;
  }
  return head + tail;
}

function writeArray(item: Codec, values: readonly AbiValue[]): string {
  const codecs = Array.from({ length: values.length }, () => item);
  return wordOf(BigInt(values.length)) + writeMany(codecs, values);
}

function prepareTuple(components: readonly ParamType[]): Codec {
  const codecs = components.map(prepareType);
  const dynamic = codecs.some((codec) => codec.dynamic);
  const head = dynamic ? WORD : codecs.reduce((sum, codec) => sum + codec.head, 0);
  return { write: (value: readonly AbiValue[]) => writeMany(codecs, value), head, dynamic };
}

function prepareType(type: ParamType): Codec {
  if (type.isArray()) {
    const item = prepareType(type.arrayChildren);
    return { write: (value: readonly AbiValue[]) => writeArray(item, value), head: WORD, dynamic: true };
  }
  if (type.isTuple()) return prepareTuple(type.components);
  const { baseType } = type;
  if (baseType === "bytes") return { write: writeBytes, head: WORD, dynamic: true };
  if (baseType === "string") {
    return {
      write: (value: string) => writeBytes(`0x${Buffer.from(value, "utf8").toString("hex")}`),
      head: WORD,
      dynamic: true,
    };
  }
  if (baseType === "address") return { write: writeAddress, head: WORD, dynamic: false };
  if (baseType === "bool") return { write: (value: boolean) => wordOf(value ? 1n : 0n), head: WORD, dynamic: false };
  if (baseType.startsWith("bytes")) {
    return { write: (value: string) => value.slice(2).padEnd(WORD, "0"), head: WORD, dynamic: false };
  }
  return { write: wordOf, head: WORD, dynamic: false };
}

/** Encodes one function's calls; its plan was made once, so a call costs string joins only. */
export type CallEncoder = (args: readonly AbiValue[]) => string;

/**
 * Prepares the encoder of one function.
 *
 * A general ABI coder looks at the types again at every call and is slower than the EVM it feeds
 * (docs/architecture.md, "Encoding"). Values are trusted: they come from decoded chain data and checked actions.
 */
export function prepareCall(fragment: FunctionFragment): CallEncoder {
  const codecs = fragment.inputs.map(prepareType);
  const { selector } = fragment;
  return (args) => selector + writeMany(codecs, args);
}

/** Prepares the encoder of values without a selector, as `abi.encode` does. */
export function prepareValues(types: readonly ParamType[]): CallEncoder {
  const codecs = types.map(prepareType);
  return (args) => `0x${writeMany(codecs, args)}`;
}
