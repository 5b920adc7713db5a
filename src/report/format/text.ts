/** Control and format characters, line separators, broken surrogates: they break XML and drive terminals. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** Makes a name from a record safe to print: no control or direction characters, no broken surrogates. */
export function clean(text: string): string {
  return text.replace(UNPRINTABLE, "\u00b7");
}

/** Cleans a name and shortens it to `length` characters, with an ellipsis. */
export function shorten(text: string, length: number): string {
  const characters = [...clean(text)];
  return characters.length <= length ? characters.join("") : `${characters.slice(0, length - 1).join("")}…`;
}

/** Writes a count with its noun: `1 slash`, `3 slashes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toString()} ${count === 1 ? one : many}`;
}

/** Joins words as a sentence does: `a, b and c`. */
export function listWords(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return "";
  return words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** Orders text by code points, alike on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders whole numbers. */
export function compareBigint(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the least of whole numbers; null where there is none. */
export function leastOf(values: readonly bigint[]): bigint | null {
  return values.reduce<bigint | null>((least, value) => (least === null || value < least ? value : least), null);
}
