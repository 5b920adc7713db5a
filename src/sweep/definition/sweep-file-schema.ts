import { z } from "zod";

const value = z.union([z.string(), z.number(), z.boolean()]);

const range = z
  .strictObject({
    from: z.union([z.string(), z.number()]),
    to: z.union([z.string(), z.number()]),
    count: z.int().min(2).max(10_000).optional().describe("evenly spaced values; needed where the sample is a grid"),
  })
  .describe("values from one to another, both included");

/** What a sweep may be told, whether in a file or on the command line. */
export const sweepFileSchema = z.strictObject({
  scenario: z.string().min(1).describe("name of a scenario, or path of a file, seen from this file"),
  variant: z.string().min(1).optional().describe("twin of the scenario that is run instead"),
  set: z
    .record(z.string().min(1), z.union([value, z.array(value).min(1), range]))
    .optional()
    .describe(
      "by parameter: a value, a list of values, or { from, to, count }; `npx hardhat scenarios --parameters <scenario>` lists the parameters",
    ),
  seeds: z
    .union([z.string(), z.int().nonnegative(), z.array(z.int().nonnegative()).min(1)])
    .optional()
    .describe("seeds of the runs: 1..500, or a list; every point of the parameters is run with each"),
  repeats: z.int().min(1).max(10_000_000).optional().describe("instead of seeds: so many, derived from the sweep's"),
  sample: z.enum(["grid", "lhs", "sobol"]).optional().describe("how points are laid out; default grid"),
  points: z.int().min(1).max(1_000_000).optional().describe("number of points of an lhs or sobol sample"),
  seed: z.int().min(0).max(4_294_967_295).optional().describe("fixes samples, derived seeds and resampling; default 0"),
  steps: z.int().min(1).max(1_000_000).optional().describe("number of steps; default the scenario's own"),
  clock: z
    .enum(["blocknumber", "timestamp"])
    .optional()
    .describe("what the contracts' clock counts; default the scenario's own"),
  stopWhen: z.string().optional().describe("stop early, for example ci(loss,p99) < 2%"),
  jobs: z.int().min(1).max(1024).optional().describe("worker processes; default: one for each core"),
  chain: z.enum(["in-process", "anvil"]).optional().describe("chain of each worker; default in-process"),
  engine: z.enum(["local", "bullmq"]).optional().describe("processes of this machine, or workers at a Redis"),
  out: z.string().min(1).optional().describe("folder of the results, seen from the working folder"),
});

/** What a field is for, in the schema's words; undefined for a field that a sweep does not have. */
export function describeField(name: string): string | undefined {
  const fields: Readonly<Record<string, { readonly description?: string | undefined }>> = sweepFileSchema.shape;
  return Object.hasOwn(fields, name) ? fields[name]?.description : undefined;
}

/** A sweep file's content. */
export type SweepFile = z.infer<typeof sweepFileSchema>;
/** Values of one parameter in a sweep file. */
export type SweepFileValues = NonNullable<SweepFile["set"]>[string];

/** JSON Schema of a sweep file, for editors. */
export function sweepFileJsonSchema(): string {
  const schema = z.toJSONSchema(sweepFileSchema, { target: "draft-2020-12" });
  return `${JSON.stringify({ title: "Faultline sweep", ...schema }, null, 2)}\n`;
}
