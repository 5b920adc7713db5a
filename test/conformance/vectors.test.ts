import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const FILE = new URL("./vectors/restaking.json", import.meta.url);
const cases = parseConformanceFile("restaking.json", readFileSync(FILE, "utf8"));
const built = cases.filter((single) => single.kind === "vector" && single.vector.model.startsWith("eigenlayer"));

for (const clock of ["blocknumber", "timestamp"] as const) {
  describe(`vectors on a ${clock} clock`, () => {
    const runner = new ConformanceRunner(clock);

    after(async () => {
      await runner.close();
    });

    for (const single of built) {
      it(`agrees with ${single.name}`, async () => {
        expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
      });
    }
  });
}
