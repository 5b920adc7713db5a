import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { runRecordJsonSchema } from "../../../../src/report/run-record-schema.ts";

describe("runRecordJsonSchema", () => {
  it("is what docs/run-record.schema.json says (npm run schema writes it)", async () => {
    const file = await readFile(new URL("../../../../docs/run-record.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(file)).to.deep.equal(JSON.parse(runRecordJsonSchema()));
  });

  it("names the format and refuses unknown fields", () => {
    const schema = JSON.parse(runRecordJsonSchema()) as {
      properties: { format: unknown };
      additionalProperties: boolean;
    };
    expect(schema.properties.format).to.deep.equal({ type: "string", const: "faultline-run/1" });
    expect(schema.additionalProperties).to.equal(false);
  });
});
