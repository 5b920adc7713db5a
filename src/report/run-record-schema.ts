import { z } from "zod";

import { runRecordSchema } from "./run-record.ts";

/** The run record's JSON Schema (draft 2020-12) as the text of `docs/run-record.schema.json`. */
export function runRecordJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(runRecordSchema), null, 2)}\n`;
}
