import { z } from "zod";

/** Longest name. */
export const MAX_NAME = 80;

export const quantity = z.bigint("Use a bigint, as ether(1), percent(10) or days(1) give it.");
export const text = z.string("Use text.");
export const name = text
  .min(1, `Use a name of 1 to ${MAX_NAME} characters.`)
  .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
  .refine((value) => !(value in {}), "Use another name: this one is JavaScript's.");
export const truth = z.boolean("Use true or false.");
export const integer = z.int("Use a whole number.");

/** A whole number between two, both inclusive; whatever is wrong with it, the bounds are told. */
export function wholeFrom(least: number, most: number) {
  const hint = `Use a whole number from ${least} to ${most}.`;
  return z.int(hint).min(least, hint).max(most, hint);
}

/** One of several words. */
export function word<const W extends readonly string[]>(words: W) {
  return z.enum(words, `Use ${words.join(", ")}.`);
}

/** One of several shapes, told apart by a field. */
export function oneOf<const K extends string>(
  key: K,
  kinds: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>,
): z.ZodType {
  const shapes = new Map(Object.entries(kinds).map(([kind, rest]) => [kind, z.strictObject({ [key]: text, ...rest })]));
  const hint = `Use ${key}: ${[...shapes.keys()].join(", ")}.`;
  return z.looseObject({}, hint).check((context) => {
    const kind = context.value[key];
    const shape = typeof kind === "string" ? shapes.get(kind) : undefined;
    if (shape === undefined) {
      context.issues.push({ code: "custom", input: context.value, path: [key], message: hint });
      return;
    }
    const issues = shape.safeParse(context.value).error?.issues ?? [];
    for (const { path, message, ...rest } of issues) {
      const unknown = "keys" in rest && Array.isArray(rest.keys) ? [...path, String(rest.keys[0])] : path;
      context.issues.push({ code: "custom", input: context.value, path: unknown, message });
    }
  });
}

/** How an amount is spread. */
export const distribution = oneOf("kind", {
  each: { amount: quantity },
  equal: { total: quantity },
  zipf: { total: quantity, tenths: integer },
  weights: { total: quantity, weights: z.array(quantity) },
  list: { amounts: z.array(quantity) },
});
