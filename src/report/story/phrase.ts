import { formatEther } from "../format/ether.ts";
import { clean } from "../format/text.ts";

/** A sentence whose amounts stay exact: a bigint in it is an amount of wei. */
export type Phrase = readonly (string | bigint)[];

/** Makes a phrase; interpolated bigints are amounts of wei, interpolated text is cleaned. */
export function say(strings: TemplateStringsArray, ...values: readonly (string | bigint)[]): Phrase {
  return strings.flatMap((text, place) => {
    const value = values[place];
    if (value === undefined) return [text];
    return [text, typeof value === "bigint" ? value : clean(value)];
  });
}

/** Writes a phrase as plain text, amounts in ether. */
export function toText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "bigint" ? formatEther(part) : part)).join("");
}

/** Joins phrases as a sentence does: `a, b and c`. */
export function joinPhrases(phrases: readonly Phrase[]): Phrase {
  return phrases.flatMap((phrase, place) => {
    if (place === 0) return phrase;
    return [place === phrases.length - 1 ? " and " : ", ", ...phrase];
  });
}
