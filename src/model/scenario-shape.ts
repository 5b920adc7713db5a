import { z } from "zod";

import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import { position } from "./shape/credit.ts";
import { defi } from "./shape/defi.ts";
import { shock } from "./shape/shocks.ts";
import { distribution, MAX_NAME, name, oneOf, quantity, text, truth, wholeFrom, word } from "./shape/words.ts";

/** Most members of one population: enough for a country of stakers, and a mistyped count is refused at once. */
const MAX_COUNT = 100_000;
/** Most steps of a run. */
const MAX_STEPS = 1_000_000;
/** Largest seed: it stands in file names and in JSON numbers, so 32 bits hold it. */
const MAX_SEED = 2 ** 32 - 1;
const rule = oneOf("kind", {
  equivocation: { slash: quantity },
  downtime: { grace: quantity, perPeriod: quantity, period: quantity, cap: quantity },
  priceDeviation: { band: quantity, slash: quantity },
  correlation: { base: quantity, multiplier: quantity, window: quantity },
  withholding: { slash: quantity },
  forgery: { slash: quantity },
});

const module = oneOf("kind", {
  instant: {},
  veto: { window: quantity, expiry: quantity, committee: text },
  optimistic: { window: quantity, expiry: quantity, bond: quantity, judge: text },
  direct: { slasher: text },
});

const strategy = oneOf("asset", {
  lst: { id: name },
  token: { id: name },
  native: { id: name },
  share: { id: name, vault: name },
});

const avs = z.strictObject({
  avs: name.optional(),
  service: word(["plain", "oracle", "availability", "bridge"]).optional(),
  strategies: z.array(text).min(1, "Name at least one strategy.").optional(),
  rule: rule.optional(),
  module: module.optional(),
  redistributeTo: text.optional(),
  rewards: z.strictObject({ amount: quantity, every: quantity }).optional(),
});

const callable = z.custom((value) => typeof value === "function", "Use a function.");

const population = z.strictObject({
  count: wholeFrom(1, MAX_COUNT),
  agent: z.looseObject(
    {
      name: text,
      role: word(["staker", "operator", "avs", "committee", "observer", "protocol"]),
      decide: callable,
      actsAs: z.literal("protocol", 'Use "protocol", or leave it out.').optional(),
      mentions: z.array(text).optional(),
    },
    "Use an agent, as patientStaker({}) or one of defineAgent makes it.",
  ),
  stake: distribution.optional(),
  strategy: text.optional(),
  ether: distribution.optional(),
  lst: distribution.optional(),
  delegateTo: z
    .union(
      [text, z.strictObject({ to: text, weights: z.array(quantity) }), z.strictObject({ list: z.array(text) })],
      "Use a name, { to, weights } or { list }.",
    )
    .optional(),
  allocations: z
    .record(text, z.union([quantity, z.array(quantity)], "Use a fraction, or one per operator."))
    .optional(),
  allocationDelay: quantity.optional(),
  commission: quantity.optional(),
  tokens: z.record(text, distribution).optional(),
  positions: z.array(position).optional(),
});

const metric = z.looseObject(
  {
    unit: word(["wei", "wad", "seconds", "shares", "count"]),
    read: callable,
    description: text,
    mentions: z.array(text).optional(),
  },
  "Use a metric, as totalLoss() or one of defineMetric makes it.",
);

const limits = z
  .strictObject({ above: quantity.optional(), below: quantity.optional(), equal: quantity.optional() })
  .refine((one) => Object.keys(one).length > 0, "Give above, below or equal: without them nothing is expected.")
  .refine(
    ({ above, below }) => above === undefined || below === undefined || above < below,
    "Let above be less than below: no value is between them.",
  );

const history = z.strictObject({
  inputs: z.array(z.strictObject({ name, value: text, kind: word(["historical", "assumed"]), source: text })),
  outcomes: z.array(
    z.strictObject({ name, metric: text, when: word(["end", "peak", "lowest"]), history: quantity, source: text }),
  ),
  sources: z.array(text),
});

const scenarioShape = z.strictObject({
  name,
  question: text,
  seed: wholeFrom(0, MAX_SEED),
  parameters: z.record(name, z.union([quantity, z.number(), text, truth], "Use a single value.")).optional(),
  clock: z.strictObject({
    step: quantity,
    steps: wholeFrom(1, MAX_STEPS),
    also: z.array(quantity).optional(),
    mode: word(["blocknumber", "timestamp"]).optional(),
  }),
  restaking: z
    .strictObject({
      preset: word(["mainnet", "fast"]).optional(),
      withdrawalDelay: quantity.optional(),
      deallocationDelay: quantity.optional(),
      configurationDelay: quantity.optional(),
      releaseDelay: quantity.optional(),
      rewardsActivationDelay: quantity.optional(),
    })
    .optional(),
  lst: z
    .strictObject({
      fee: quantity.optional(),
      initialStake: quantity.optional(),
      maxYearlyGain: quantity.optional(),
      yearlyYield: quantity.optional(),
      reportEvery: quantity.optional(),
    })
    .optional(),
  strategies: z.array(strategy).min(1, "Declare at least one strategy.").optional(),
  defi: defi.optional(),
  avss: z.record(name, avs),
  populations: z.record(name, population),
  timeline: z.array(z.strictObject({ at: quantity, shock, note: text.optional() })).optional(),
  order: word(["shuffle", "declared"]).optional(),
  metrics: z.record(name, metric),
  variants: z.record(name, z.strictObject({ title: text, make: callable })).optional(),
  variant: name.optional(),
  history: history.optional(),
  invariants: z.array(z.looseObject({}, "Use an invariant, as defineInvariant makes it.")).optional(),
  expect: z.record(text, z.strictObject({ when: word(["end", "always", "peak"]), limits }).optional()).optional(),
});

type Path = readonly PropertyKey[];

function fieldOf(path: Path): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === "number") return `${field}[${key}]`;
    return field === "" ? String(key) : `${field}.${String(key)}`;
  }, "");
}

/** What stands at a path, as a message may show it. */
function valueAt(value: unknown, path: Path): string | number | bigint | boolean {
  const found = path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
  if (found === undefined) return "nothing";
  if (found === null) return "null";
  if (typeof found === "function") return "a function";
  if (typeof found === "symbol") return "a symbol";
  if (typeof found !== "object") return found as string | number | bigint | boolean;
  return Array.isArray(found) ? "a list" : "an object";
}

/** Says what to do where the schema has no words of its own. */
function hintOf(message: string): string {
  if (message.startsWith("Unrecognized key")) return "Remove it: there is no field of this name.";
  if (message.startsWith("Invalid key")) return `Use a name of 1 to ${MAX_NAME} characters.`;
  const wanted = /^Invalid input: expected (object|record|array)/.exec(message)?.[1];
  if (wanted === undefined) return message;
  return wanted === "array" ? "Use a list: [ … ]." : "Use an object: { … }.";
}

/**
 * Refuses what is no scenario: types tell an author who compiles, this tells everybody else.
 *
 * @throws {@link ScenarioInvalidError} naming the first field that is missing, unknown or of the wrong kind.
 */
export function assertScenarioShape(scenario: unknown): void {
  const issue = scenarioShape.safeParse(scenario).error?.issues[0];
  if (issue === undefined) return;
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
  throw new ScenarioInvalidError(fieldOf(path) || "(all of it)", valueAt(scenario, path), hintOf(issue.message));
}
