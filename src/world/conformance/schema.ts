import { z } from "zod";

/** Small counts may be JSON numbers; they are read as the strings they stand for. */
const asText = (value: unknown): unknown => (Number.isSafeInteger(value) ? String(value) : value);
const decimal = (pattern: RegExp, wanted: string) =>
  z.preprocess(asText, z.string(`expected ${wanted}`).regex(pattern, `expected ${wanted}`));
/** Whole number of zero or more, as a decimal string. */
const natural = decimal(/^(0|[1-9]\d{0,77})$/, "a whole number of zero or more, as a decimal string");
/** Block number or number of blocks: none that a 48-bit clock cannot show. */
const blocks = decimal(/^(0|[1-9]\d{0,13})$/, "a whole number of blocks, below 1e14, as a decimal string");
/** Whole number, as a decimal string. */
const integer = decimal(/^(0|-?[1-9]\d*)$/, "a whole number, as a decimal string");
const name = z.string().min(1, "a name");
/** Any value that JSON can hold, compared field by field. */
const anything = z.record(z.string(), z.unknown());

const allocation = z
  .object({
    currentMagnitude: natural,
    pendingDiff: integer,
    effectBlock: natural,
    slashable: z.boolean(),
    slashableShares: natural,
  })
  .partial()
  .loose();

const after = z
  .object({
    operators: z.record(
      name,
      z
        .object({ allocations: z.record(name, allocation) })
        .partial()
        .loose(),
    ),
    stakers: z.record(name, z.object({ delegatedTo: z.string().nullable() }).partial().loose()),
  })
  .partial()
  .loose();

const common = { block: blocks, reverts: name.optional(), returns: anything.optional(), after: after.optional() };

/** One shape per operation of a trace. */
const operations = {
  deposit: { staker: name, amount: natural },
  delegate: { staker: name, operator: name },
  undelegate: { staker: name },
  registerForSet: { operator: name, set: name },
  deregisterFromSet: { operator: name, set: name },
  allocate: { operator: name, set: name, magnitude: natural },
  slash: { operator: name, set: name, wad: natural },
  queueWithdrawal: { staker: name, depositShares: natural },
  completeWithdrawal: { withdrawal: natural, asTokens: z.boolean() },
  clearDeallocationQueue: { operator: name, count: natural },
} as const;

/** Operations whose arguments are known; others are reported as failed, not refused. */
export const traceOperations: readonly string[] = Object.keys(operations);

const knownStep = z.discriminatedUnion("op", [
  z.object({ op: z.literal("deposit"), ...operations.deposit, ...common }),
  z.object({ op: z.literal("delegate"), ...operations.delegate, ...common }),
  z.object({ op: z.literal("undelegate"), ...operations.undelegate, ...common }),
  z.object({ op: z.literal("registerForSet"), ...operations.registerForSet, ...common }),
  z.object({ op: z.literal("deregisterFromSet"), ...operations.deregisterFromSet, ...common }),
  z.object({ op: z.literal("allocate"), ...operations.allocate, ...common }),
  z.object({ op: z.literal("slash"), ...operations.slash, ...common }),
  z.object({ op: z.literal("queueWithdrawal"), ...operations.queueWithdrawal, ...common }),
  z.object({ op: z.literal("completeWithdrawal"), ...operations.completeWithdrawal, ...common }),
  z.object({ op: z.literal("clearDeallocationQueue"), ...operations.clearDeallocationQueue, ...common }),
]);

/** A trace's step, its operation known. */
export type TraceStep = z.infer<typeof knownStep>;
/** Gives a step that was checked its type. */
export const toTraceStep = (value: unknown): TraceStep => knownStep.parse(value);

/** A step whose operation is known is checked by that operation; another is left for the runner to fail. */
const step = z.looseObject({ op: name, ...common }).superRefine((value, context) => {
  if (!traceOperations.includes(value.op)) return;
  const { error } = knownStep.safeParse(value);
  for (const { message, path } of error?.issues ?? []) context.addIssue({ code: "custom", message, path: [...path] });
});

/** File of format `faultline-trace/1`, model `unique-stake`. */
export const traceFile = z.object({
  format: z.literal("faultline-trace/1"),
  model: z.literal("unique-stake"),
  seed: z.union([z.number(), z.string()]).optional(),
  params: z.object({ deallocationDelayBlocks: blocks, withdrawalDelayBlocks: blocks, firstBlock: blocks }),
  operators: z.array(z.object({ id: name, allocationDelayBlocks: blocks })),
  operatorSets: z.array(name),
  stakers: z.array(name),
  steps: z.array(step).superRefine((steps, context) => {
    const instants = steps.map(({ block }) => Number(block));
    const at = instants.findIndex((instant, index) => instant < (instants[index - 1] ?? 0));
    const message = `expected ${steps[at - 1]?.block} or more, as blocks never fall`;
    if (at > 0) context.addIssue({ code: "custom", message, path: [at, "block"] });
  }),
});

/** A whole trace. */
export type Trace = z.infer<typeof traceFile>;

/** A step of a vector: an operation and its arguments, whatever they are. */
const vectorStep = z.object({ op: name }).loose();
export type VectorStep = z.infer<typeof vectorStep>;

/** One hand-picked case. */
const vector = z.object({
  id: name,
  model: name,
  description: z.string().optional(),
  given: anything.default({}),
  steps: z.array(vectorStep),
  expected: anything,
});
export type Vector = z.infer<typeof vector>;

/** File of format `restaking-vectors/1`. */
export const vectorFile = z.object({ format: z.literal("restaking-vectors/1"), vectors: z.array(vector) });

/** What any file must at least say. */
export const anyFile = z.object({ format: name }).loose();
export const anyTrace = z.object({ format: z.literal("faultline-trace/1"), model: name }).loose();
