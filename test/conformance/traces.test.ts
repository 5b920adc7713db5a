import { readdirSync, readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const FOLDER = new URL("./vectors/traces/", import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));

for (const clock of ["blocknumber", "timestamp"] as const) {
  describe(`traces on a ${clock} clock`, () => {
    const runner = new ConformanceRunner(clock);

    after(async () => {
      await runner.close();
    });

    for (const file of files) {
      it(`agrees with ${file} after every step`, async () => {
        const [single] = parseConformanceFile(file, readFileSync(new URL(file, FOLDER), "utf8"));
        if (single === undefined) expect.fail("no case");
        expect(await runner.run(single)).to.deep.equal({ name: file, passed: true });
      });
    }
  });
}
