import { z } from "zod";

import { integer, oneOf, quantity, text, truth } from "./words.ts";

const amountOrAll = z.union([quantity, z.literal("all")], 'Use an amount, or "all".');

const path = oneOf("kind", {
  points: {
    every: quantity.nullable(),
    points: z.array(z.strictObject({ after: quantity, price: quantity })).min(1, "Give one point at least."),
  },
  jumpDiffusion: {
    from: quantity,
    every: quantity,
    length: quantity,
    drift: quantity,
    volatility: quantity,
    jumps: z.strictObject({ perYear: quantity, mean: quantity, deviation: quantity }).optional(),
    reversion: z.strictObject({ to: quantity, strength: quantity }).optional(),
    correlation: z.strictObject({ with: text, rho: quantity }).optional(),
  },
});

const fault = oneOf("kind", {
  stale: { age: quantity },
  wrongUnit: { digits: integer },
  wrongAnswer: { answer: quantity },
  misSetCap: { ratio: quantity, age: quantity },
  missingBase: {},
  bounds: { min: quantity, max: quantity },
});

const part = oneOf("kind", {
  vault: { vault: text },
  dollar: { dollar: text },
  fund: { fund: text },
  reserve: { market: text, token: text },
  insurance: { market: text, token: text },
});

const byOperator = { operator: text, set: text };
/** Every shock of a timeline. */
export const shock = oneOf("type", {
  equivocate: { operator: text, sets: z.array(text) },
  downtime: { operator: text, sets: z.array(text), length: quantity },
  wrongPrice: { ...byOperator, deviation: quantity },
  withholdData: byOperator,
  forgeRelease: { ...byOperator, amount: quantity },
  validatorLoss: { amount: quantity },
  validatorReward: { amount: quantity },
  podPenalty: { staker: text, gwei: quantity, slashed: truth },
  pause: { functions: z.array(text), paused: truth },
  swapSlasher: { set: text, slasher: text },
  slash: { avs: text, operator: text, fraction: quantity },
  report: { by: text, ...byOperator },
  veto: { by: text, set: text },
  execute: { by: text, set: text },
  pricePath: { feed: text, path },
  dump: { by: text, pool: text, sell: text, buy: text, amount: amountOrAll },
  lpExit: { by: text, pool: text, fraction: quantity, into: text.nullable() },
  oracleFault: { feed: text, fault },
  impairReserve: { dollar: text, fraction: quantity },
  bankHoliday: { dollar: text, length: quantity },
  slashVault: { vault: text, avs: text, operator: text, fraction: quantity, lag: quantity },
  slashEpochVault: { vault: text, by: text, operator: text, amount: quantity, captured: quantity },
  slashAdapter: { vault: text, adapter: text, amount: quantity },
  rateSqueeze: { by: text, market: text, token: text, utilisation: quantity },
  keyCompromise: { token: text, to: text, amount: quantity },
  halt: { part, length: quantity.nullable() },
  act: { by: text, action: z.looseObject({ type: text }, 'Use an action, such as { type: "undelegate" }.') },
});
