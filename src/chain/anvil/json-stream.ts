const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Cuts a stream of JSON objects, with or without anything between them, into the objects' texts.
 *
 * Feeding it pieces of any size gives the same objects in the same order.
 */
export class JsonStream {
  #pending: Buffer[] = [];
  #depth = 0;
  #quoted = false;
  #escaped = false;

  /** Takes the next piece and returns the objects that it completes. */
  push(piece: Buffer): readonly string[] {
    const complete: string[] = [];
    let from = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < piece.length; ++at) {
      if (this.#quoted) at = this.#skipText(piece, at);
      else {
        const byte = piece[at];
        if (byte === QUOTE) this.#quoted = true;
        else if (byte === OPEN && this.#depth++ === 0) from = at;
        else if (byte === CLOSE && --this.#depth === 0) {
          complete.push(Buffer.concat([...this.#pending, piece.subarray(from, at + 1)]).toString("utf8"));
          this.#pending = [];
          from = -1;
        }
      }
    }
    if (from !== -1) this.#pending.push(piece.subarray(from));
    return complete;
  }

  /** Walks a quoted text from `at` on; returns where its closing quote stands, or the piece's last byte. */
  #skipText(piece: Buffer, from: number): number {
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    for (; at < piece.length; ++at) {
      const byte = piece[at];
      if (byte === BACKSLASH) {
        at += 1;
        if (at >= piece.length) this.#escaped = true;
      } else if (byte === QUOTE) {
        this.#quoted = false;
        return at;
      }
    }
    return piece.length - 1;
  }
}
