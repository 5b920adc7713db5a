/** Writes docs/run-record.schema.json, the JSON Schema of a run record, from src/report/run-record.ts. */
import { writeFile } from "node:fs/promises";

import { runRecordJsonSchema } from "../src/report/run-record-schema.ts";

await writeFile(new URL("../docs/run-record.schema.json", import.meta.url), runRecordJsonSchema());
