import { z } from "zod";

const whole = z.string().regex(/^-?(0|[1-9][0-9]{0,100})$/);
const name = z.string().max(400);

/** A run as it is handed from whoever ran it to the store: nothing in it depends on where or when it ran. */
export const runLineSchema = z.strictObject({
  run: z.int().nonnegative(),
  point: z.int().nonnegative(),
  seed: z.int().nonnegative(),
  set: z.record(name, name),
  /** `unmet`: an expectation; `broken`: an invariant; `failed`: it did not come to its end. */
  status: z.enum(["passed", "unmet", "broken", "failed"]),
  error: z.strictObject({ code: name, message: z.string().max(10_000) }).nullable(),
  replay: z.string().max(100_000),
  scenarioHash: name,
  contractsHash: name.nullable(),
  /** What the run came to: the last values of its metrics, and its losses. */
  outcomes: z.record(name, whole),
  /** Its rows, column by column: whole numbers as texts, except the step's number. */
  steps: z.strictObject({
    columns: z.array(name),
    rows: z.array(z.array(whole)),
  }),
});

/** See {@link runLineSchema}. */
export type RunLine = z.infer<typeof runLineSchema>;
