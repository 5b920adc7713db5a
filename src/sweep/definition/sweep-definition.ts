import { z } from "zod";

import { hashOf } from "../../engine/canonical-json.ts";

/** Version of a sweep's definition. */
export const SWEEP_FORMAT = "faultline-sweep/1";

const text = z.string();

/** A sweep in one way of writing: equal sweeps, equal text, equal hash. */
export const sweepDefinitionSchema = z.strictObject({
  format: z.literal(SWEEP_FORMAT),
  /** How command lines name the scenario. */
  scenario: text,
  name: text,
  /** Twin of the scenario; absent for the scenario as written. */
  variant: text.optional(),
  parameters: z.array(
    z.strictObject({
      path: text,
      values: z.union([
        z.array(text).min(1),
        z.strictObject({ from: text, to: text, count: z.int().min(2).nullable() }),
      ]),
    }),
  ),
  sample: z.enum(["grid", "lhs", "sobol"]),
  points: z.int().min(1).nullable(),
  seeds: text.nullable(),
  repeats: z.int().min(1).nullable(),
  seed: z.int().min(0),
  steps: z.int().min(1).nullable(),
  clock: z.enum(["blocknumber", "timestamp"]).nullable(),
  stopWhen: text.nullable(),
});

export type SweepDefinition = z.infer<typeof sweepDefinitionSchema>;
/** A parameter of a sweep and its values, as texts that read back exactly. */
export type SweepParameter = SweepDefinition["parameters"][number];

/** Name of a sweep: runs are identified by it and their index. */
export function sweepIdOf(definition: SweepDefinition): string {
  return hashOf(definition).replace("sha256:", "").slice(0, 16);
}
