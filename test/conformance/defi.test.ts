import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

const FILE = new URL("./vectors/defi.json", import.meta.url);

describe("published DeFi cases", () => {
  const runner = new ConformanceRunner("timestamp");

  after(async () => {
    await runner.close();
  });

  for (const single of parseConformanceFile("defi.json", readFileSync(FILE, "utf8"))) {
    it(`agrees with ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }
});
