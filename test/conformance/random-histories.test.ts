import { expect } from "chai";
import fc from "fast-check";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";
import { traces } from "../helpers/random-trace.ts";

const STEPS = 40;
const HISTORIES = 6;

for (const clock of ["blocknumber", "timestamp"] as const) {
  describe(`random histories on a ${clock} clock`, () => {
    const runner = new ConformanceRunner(clock);

    after(async () => {
      await runner.close();
    });

    it("give the numbers of the independent oracle after every step", async () => {
      const histories = fc.asyncProperty(traces(STEPS), async (trace) => {
        const name = `history ${trace.seed}`;
        const [single] = parseConformanceFile(name, JSON.stringify(trace));
        if (single === undefined) expect.fail("no case");
        expect(await runner.run(single)).to.deep.equal({ name, passed: true });
      });
      await fc.assert(histories, { numRuns: HISTORIES, seed: clock === "timestamp" ? 12 : 1, endOnFailure: true });
    });
  });
}
