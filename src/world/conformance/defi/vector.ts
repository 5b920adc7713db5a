import { z } from "zod";

import { parseTolerance } from "./tolerance.ts";

const name = z.string().min(1, "expected a name");
const fields = z.record(z.string(), z.unknown());

const vector = z.object({
  id: name,
  title: z.string().default(""),
  anchor: z.string().default(""),
  inputs: fields,
  expected: fields,
  tolerance: z
    .string()
    .refine((text) => parseTolerance(text) !== undefined, 'expected "exact", or a bound such as "2 wei" or "0.01 %"')
    .default("exact"),
  note: z.string().optional(),
});

/** One case as its file writes it. */
export type WrittenVector = z.infer<typeof vector>;

/** File of format `defi-vectors/1`. */
export const defiFile = z.object({
  format: z.literal("defi-vectors/1"),
  vectors: z.array(vector).superRefine((vectors, context) => {
    const ids = vectors.map(({ id }) => id);
    const at = ids.findIndex((id, index) => ids.indexOf(id) < index);
    if (at >= 0) context.addIssue({ code: "custom", message: "expected an id of its own", path: [at, "id"] });
  }),
});

/** One case with its references resolved: `like` another case of the file, and `as` another one's input. */
export interface DefiVector extends WrittenVector {
  /** Inputs as this case writes them itself; {@link DefiVector.inputs} holds those it refers to as well. */
  readonly own: Readonly<Record<string, unknown>>;
  /** All inputs of the cases of which a single one was borrowed by `as`; no part of {@link DefiVector.inputs}. */
  readonly context: Readonly<Record<string, unknown>>;
}
