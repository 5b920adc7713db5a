import type { ParamType } from "ethers";

/** A decoded value: structs and named parameter lists as objects, arrays as arrays. */
export type Decoded = bigint | boolean | string | readonly Decoded[] | { readonly [name: string]: Decoded };

/** Reads one value that begins at digit `at` of `data`; offsets inside it count from `base`. */
type Reader = (data: string, at: number) => Decoded;

interface Codec {
  readonly read: Reader;
  /** Length of the value's head in hex digits. */
  readonly head: number;
  readonly dynamic: boolean;
}

const WORD = 64;

function quantityAt(data: string, at: number): bigint {
  return BigInt(`0x${data.slice(at, at + WORD)}`);
}

/** Offsets and lengths fit a number: no answer is longer than that. */
function numberAt(data: string, at: number): number {
  return Number.parseInt(data.slice(at + WORD - 12, at + WORD), 16);
}

function readBytes(data: string, at: number): string {
  const start = at + WORD;
  return `0x${data.slice(start, start + numberAt(data, at) * 2)}`;
}

function readText(data: string, at: number): string {
  return Buffer.from(readBytes(data, at).slice(2), "hex").toString("utf8");
}

/** Follows a dynamic value's offset, which counts from the beginning of what holds it. */
function readMember(codec: Codec, data: string, place: { base: number; at: number }): Decoded {
  return codec.read(data, codec.dynamic ? place.base + numberAt(data, place.at) * 2 : place.at);
}

function readArray(item: Codec, data: string, at: number): Decoded {
  const length = numberAt(data, at);
  const base = at + WORD;
  const values: Decoded[] = [];
  for (let i = 0; i < length; i += 1) values.push(readMember(item, data, { base, at: base + i * item.head }));
  return values;
}

function prepareTuple(components: readonly ParamType[]): Codec {
  const codecs = components.map((component) => prepareType(component));
  const names = components.map((component, index) => (component.name === "" ? String(index) : component.name));
  const dynamic = codecs.some((codec) => codec.dynamic);
  const head = dynamic ? WORD : codecs.reduce((sum, codec) => sum + codec.head, 0);
  const read: Reader = (data, base) => {
    const value: Record<string, Decoded> = {};
    let at = base;
    for (let i = 0; i < codecs.length; i += 1) {
      const codec = codecs[i];
      const name = names[i];
      if (codec === undefined || name === undefined) break;
      value[name] = readMember(codec, data, { base, at });
      at += codec.head;
    }
    return value;
  };
  return { read, head, dynamic };
}

function fixed(read: Reader): Codec {
  return { read, head: WORD, dynamic: false };
}

function prepareType(type: ParamType): Codec {
  if (type.isArray()) {
    const item = prepareType(type.arrayChildren);
    return { read: (data, at) => readArray(item, data, at), head: WORD, dynamic: true };
  }
  if (type.isTuple()) return prepareTuple(type.components);
  const { baseType } = type;
  if (baseType === "bytes") return { read: readBytes, head: WORD, dynamic: true };
  if (baseType === "string") return { read: readText, head: WORD, dynamic: true };
  if (baseType === "address") return fixed((data, at) => `0x${data.slice(at + 24, at + WORD)}`);
  if (baseType === "bool") return fixed((data, at) => data.charCodeAt(at + WORD - 1) === 49);
  if (baseType.startsWith("bytes")) {
    const digits = Number(baseType.slice(5)) * 2;
    return fixed((data, at) => `0x${data.slice(at, at + digits)}`);
  }
  if (baseType.startsWith("int")) return fixed((data, at) => BigInt.asIntN(256, quantityAt(data, at)));
  return fixed(quantityAt);
}

/** Decodes one kind of answer; its plan was made once, so decoding walks the words and nothing else. */
export type AnswerDecoder = (data: string) => { readonly [name: string]: Decoded };

/**
 * Prepares the decoder of a parameter list: a function's outputs or an event's data.
 *
 * Addresses come back in lower case, quantities as bigint, structs as objects by name. The data is trusted: it is the
 * answer of a contract whose types these are.
 */
export function prepareAnswer(types: readonly ParamType[]): AnswerDecoder {
  const { read } = prepareTuple(types);
  return (data) => read(data.slice(2), 0) as { readonly [name: string]: Decoded };
}
