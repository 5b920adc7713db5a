/** Where a text stops being JSON, and what should stand there. */
export interface JsonFault {
  readonly offset: number;
  readonly expected: string;
}

const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)\b/y;
const SPACE = /[ \t\r\n]*/y;
/** Deepest nesting that is looked into. */
const DEEPEST = 500;

/** Walks through a text by JSON's grammar. */
class Walk {
  readonly #text: string;
  #at = 0;
  fault: JsonFault | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Takes what a pattern matches here; false where it does not. */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    this.#at += found?.[0].length ?? 0;
    return found !== null;
  }

  /** Takes a sign and the space around it. */
  #sign(sign: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    this.#take(SPACE);
    return true;
  }

  #miss(expected: string): false {
    this.fault ??= { offset: this.#at, expected };
    return false;
  }

  /** Members between brackets, a comma between two of them. */
  #members(close: string, member: () => boolean): boolean {
    if (this.#sign(close)) return true;
    do {
      if (!member()) return false;
    } while (this.#sign(","));
    return this.#sign(close) || this.#miss(`a comma or ${close}`);
  }

  #field(depth: number): boolean {
    if (!this.#take(STRING)) return this.#miss("a name in double quotes");
    return this.#sign(":") ? this.#value(depth) : this.#miss("a colon");
  }

  #value(depth: number): boolean {
    if (depth > DEEPEST) return this.#miss("less nesting");
    if (this.#sign("{")) return this.#members("}", () => this.#field(depth + 1));
    if (this.#sign("[")) return this.#members("]", () => this.#value(depth + 1));
    return this.#take(STRING) || this.#take(SCALAR) || this.#miss("a value");
  }

  /** The whole text: one value, and nothing after it. */
  whole(): void {
    this.#take(SPACE);
    if (!this.#value(0)) return;
    this.#take(SPACE);
    if (this.#at < this.#text.length) this.#miss("the end of the file");
  }
}

/** Finds where a text stops being JSON, which JSON.parse does not tell of every fault; undefined where it is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  const walk = new Walk(text);
  walk.whole();
  return walk.fault;
}
