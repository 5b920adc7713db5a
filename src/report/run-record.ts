import { z } from "zod";

import { defiRow, defiSchema } from "./run-record-defi.ts";

/** Version of the record's format; a reader refuses any other. */
export const RUN_RECORD_FORMAT = "faultline-run/1";

/** A whole number of any size as a decimal string: JSON has no bigint. */
const quantity = z.string().regex(/^-?(0|[1-9][0-9]*)$/, "expected a whole number as a decimal string");
const index = z.int().nonnegative();
const name = z.string().min(1);
/** Seconds since the run's start. */
const instant = quantity.describe("seconds since the run's start");

const scalar = z.union([z.string(), z.boolean(), z.number(), z.null()]);
type Parameter = z.infer<typeof scalar> | readonly Parameter[] | { readonly [key: string]: Parameter };
const parameter: z.ZodType<Parameter> = z.lazy(() =>
  z.union([scalar, z.array(parameter), z.record(z.string(), parameter)]),
);

/** Who takes part: every holder that a row, a loss or a yield names is listed here once. */
const participant = z.strictObject({
  id: name.describe("unique in the run, e.g. stakers-3"),
  population: name,
  role: z.enum(["staker", "operator", "avs", "committee", "observer", "protocol"]),
  operator: name.nullable().describe("operator this participant was delegated to when the run began"),
  capital: quantity.describe("stake, liquid staking tokens and ether when the run began [wei]"),
});

const operatorSet = z.strictObject({
  id: name.describe("name of the AVS's operator set, as in the scenario"),
  avs: name,
  service: name.describe("what the AVS does: oracle, availability, bridge or plain"),
  rule: name.nullable().describe("slashing rule that judges its evidence"),
  destination: z.enum(["burned", "redistributed"]),
  operators: z.array(name),
});

const outcome = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok") }),
  z.strictObject({
    status: z.literal("reverted"),
    error: name.describe("name of the custom error, or Panic, Error or Unknown"),
    args: z.record(z.string(), scalar),
  }),
]);

const action = z.strictObject({
  step: index,
  order: index.describe("place within the step's transaction"),
  agent: name,
  origin: z.enum(["agent", "shock", "engine"]),
  type: name,
  args: z.record(z.string(), parameter),
  outcome,
  gas: quantity,
});

const row = z.strictObject({
  step: index,
  time: instant,
  clock: quantity.describe("the contracts' clock: block number or unix seconds"),
  restaked: quantity.describe("value of all delegated shares [wei]"),
  queued: quantity.describe("value of all open withdrawals, at today's slashing factor [wei]"),
  escrow: quantity.describe("slashed value not yet cleared [wei]"),
  burned: quantity.describe("slashed value burned so far [wei]"),
  redistributed: quantity.describe("slashed value paid to recipients so far [wei]"),
  lstRate: quantity.describe("ether per share of the liquid staking token [WAD]"),
  security: z.record(name, quantity).describe("slashable stake of each operator set [wei]"),
  metrics: z.record(name, quantity),
  defi: defiRow.optional(),
});

/** Who bears a part of a slash. `dust` is what rounding leaves with nobody; it keeps the sums exact. */
const bearer = z.strictObject({
  layer: z.enum(["operator", "staker", "withdrawal", "dust"]),
  holder: name.describe("participant, or 'rounding' for dust"),
  position: name.nullable().describe("the withdrawal's id where the layer is withdrawal"),
  shares: quantity.describe("strategy shares lost"),
  value: quantity.describe("their value at the time of the slash [wei]"),
});

const slash = z.strictObject({
  id: name.describe("operator set and slash id, e.g. oracle#1"),
  step: index,
  time: instant,
  clock: quantity,
  set: name,
  operator: name,
  strategy: name,
  cause: name.describe("the rule's reason, e.g. equivocation"),
  wad: quantity.describe("fraction of the current allocation asked for [WAD]"),
  wadSlashed: quantity.describe("fraction of the operator's maximum magnitude taken [WAD]"),
  maxMagnitude: z.strictObject({ before: quantity, after: quantity }),
  shares: z.strictObject({ operator: quantity, queue: quantity, total: quantity }),
  value: quantity.describe("value of shares.total at the time of the slash [wei]"),
  bearers: z.array(bearer).describe("sums to shares.total and to value, exactly"),
  destination: z.strictObject({
    kind: z.enum(["burned", "redistributed"]),
    recipient: name.nullable(),
    burned: quantity.describe("shares burned so far"),
    redistributed: quantity.describe("shares redistributed so far"),
    escrow: quantity.describe("shares still in escrow when the run ended; the three sum to shares.total"),
    releasableAt: instant,
  }),
});

/** A claim of fault on its way to a slash: report, window, verdict. */
const faultCase = z.strictObject({
  id: name,
  set: name,
  operator: name,
  rule: name,
  module: z.enum(["instant", "veto", "optimistic"]),
  faultAt: instant,
  reportedAt: instant,
  vetoableUntil: instant.nullable(),
  executableFrom: instant.nullable(),
  expiresAt: instant.nullable(),
  closedAt: instant.nullable(),
  result: z.enum(["slashed", "vetoed", "refused", "expired", "open"]),
  reason: z.string(),
  slash: name.nullable(),
});

/** One way out: a queued withdrawal and what the slashes did to it. */
const exit = z.strictObject({
  id: name,
  holder: name,
  operator: z.string().describe("operator it was delegated to, empty where there was none"),
  strategy: name,
  trigger: z.enum(["withdrawal", "undelegation", "forced"]),
  queuedAt: instant,
  slashableUntil: instant.describe("last second or block at which a slash still hits it, inclusive"),
  completableAt: instant,
  completedAt: instant.nullable(),
  requested: quantity.describe("value when queued [wei]"),
  received: quantity.nullable().describe("value released; null while open [wei]"),
  lost: quantity.describe("value taken by slashes while queued [wei]"),
  hitBy: z.array(name),
  escaped: z.array(z.strictObject({ slash: name, why: z.string() })),
});

/** What a participant earned, by payer, and what the same capital would have earned in plain staking. */
const earning = z.strictObject({
  participant: name,
  capital: quantity.describe("[wei]"),
  income: z.array(
    z.strictObject({
      payer: name.describe("staking, donations, an AVS's name, vault:<id>, or redistribution:<set>"),
      amount: quantity.describe("[wei]"),
    }),
  ),
  losses: z.array(z.strictObject({ slash: name, amount: quantity.describe("[wei]") })),
  net: quantity.describe("income less losses [wei]"),
  plainStaking: quantity.describe("staking income of the same capital without restaking [wei]"),
});

const invariantResult = z.strictObject({
  name,
  sentence: z.string(),
  checks: index,
  broken: z.strictObject({ step: index, detail: z.string() }).nullable(),
});

const expectation = z.strictObject({ metric: name, expected: z.string(), actual: quantity, passed: z.boolean() });

/** What a replay started from, and what it came to, beside what happened. */
const history = z.strictObject({
  inputs: z.array(
    z.strictObject({ name, value: z.string(), kind: z.enum(["historical", "assumed"]), source: z.string() }),
  ),
  outcomes: z.array(
    z.strictObject({
      name,
      metric: name,
      when: z.enum(["end", "peak", "lowest"]),
      unit: name,
      history: quantity.describe("what happened, in the metric's unit and at the replay's scale"),
      replay: quantity.describe("what the run came to"),
      error: quantity.nullable().describe("(replay - history) / history [WAD]; null where history is zero"),
      source: z.string(),
    }),
  ),
  sources: z.array(z.string()),
});

/**
 * One run, whole: everything that a report, a dashboard or a store may know of it.
 *
 * Quantities are decimal strings; values are in wei of ether unless they say otherwise. Nothing in a
 * record depends on the machine, the date or the number of workers: same seed, same bytes.
 */
export const runRecordSchema = z.strictObject({
  format: z.literal(RUN_RECORD_FORMAT),
  scenario: z.strictObject({
    name,
    question: z.string(),
    hash: name,
    variant: name.optional().describe("which twin of the scenario this is; absent for the scenario as written"),
  }),
  contracts: z.strictObject({ hash: name }),
  seed: index,
  replay: z.string().describe("the command that makes this record again"),
  parameters: z.record(z.string(), parameter),
  clock: z.strictObject({
    mode: z.enum(["blocknumber", "timestamp"]),
    start: quantity,
    withdrawalDelay: quantity.describe("in clock units"),
    deallocationDelay: quantity.describe("in clock units"),
    configurationDelay: quantity.describe("in clock units"),
    secondsPerUnit: index.describe("12 where the clock counts blocks, 1 where it counts seconds"),
  }),
  participants: z.array(participant),
  operatorSets: z.array(operatorSet),
  metrics: z.record(name, z.strictObject({ unit: name, description: z.string() })),
  rows: z.array(row),
  actions: z.array(action),
  slashes: z.array(slash),
  cases: z.array(faultCase),
  exits: z.array(exit),
  earnings: z.array(earning),
  notes: z.array(z.strictObject({ time: instant, text: z.string() })).describe("narration for timelines"),
  invariants: z.array(invariantResult),
  expectations: z.array(expectation),
  history: history.optional(),
  defi: defiSchema.optional(),
  passed: z.boolean(),
});

/** One run, as read from or written to JSON. */
export type RunRecord = z.infer<typeof runRecordSchema>;
export type RunParticipant = z.infer<typeof participant>;
export type RunRow = z.infer<typeof row>;
export type RunAction = z.infer<typeof action>;
export type RunSlash = z.infer<typeof slash>;
export type RunBearer = z.infer<typeof bearer>;
export type RunCase = z.infer<typeof faultCase>;
export type RunExit = z.infer<typeof exit>;
export type RunEarning = z.infer<typeof earning>;
export type RunParameter = Parameter;
export type { RunDefi, RunDepth, RunHealth, RunLiquidation } from "./run-record-defi.ts";
