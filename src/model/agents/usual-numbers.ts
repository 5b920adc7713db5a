import type { NumberRule } from "../agent.ts";

const fields = (rule: NumberRule, names: readonly string[]): Readonly<Record<string, NumberRule>> =>
  Object.fromEntries(names.map((name) => [name, rule]));

/** What the numbers of this project's behaviours are, by their field. */
export const USUAL_NUMBERS: Readonly<Record<string, NumberRule>> = {
  ...fields("fraction", ["appetite", "adds", "notice", "attention", "part", "exitAboveLoss", "expectedSlash", "trust"]),
  ...fields("fraction", ["fraction", "weights", "upTo", "tolerance", "slippage", "imbalance", "most"]),
  ...fields("ratio", ["base", "height", "steepness", "herding", "floor", "toxicity"]),
  ...fields("ratio", ["actBelow", "restore", "worstPrice", "leverage", "mcr", "value", "staysFor", "bribeBps", "gas"]),
  ...fields("signed", ["funding", "margin", "yields", "leaveBelowCarry", "aboveCarry", "yearlyYield", "minProfit"]),
  ...fields("signed", ["threshold", "firstComeThreshold"]),
  ...fields("amount", ["capital", "saleLimit", "amount", "perStep"]),
  ...fields("delay", ["reaction", "latency", "detect", "newsLag", "delay", "delayPerToken", "wait", "at", "length"]),
  ...fields("delay", ["retry", "window", "every", "push", "serve", "restake"]),
  power: "power",
};
