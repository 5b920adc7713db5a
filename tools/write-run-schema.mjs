/** Writes the JSON Schemas of docs/ from the code: run-record.schema.json and sweep.schema.json. */
import { writeFile } from "node:fs/promises";

import { runRecordJsonSchema } from "../src/report/run-record-schema.ts";
import { sweepFileJsonSchema } from "../src/sweep/definition/sweep-file-schema.ts";

await writeFile(new URL("../docs/run-record.schema.json", import.meta.url), runRecordJsonSchema());
await writeFile(new URL("../docs/sweep.schema.json", import.meta.url), sweepFileJsonSchema());
