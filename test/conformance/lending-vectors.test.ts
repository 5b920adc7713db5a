import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile, type ConformanceCase } from "../../src/world/conformance/parse.ts";

const FILE = new URL("./vectors/defi.json", import.meta.url);
const published = parseConformanceFile("defi.json", readFileSync(FILE, "utf8"));
const pooled = published.filter(({ name }) => /(AAVE|UMB)-/.test(name));

function written(...vectors: readonly unknown[]): readonly ConformanceCase[] {
  return parseConformanceFile("own.json", JSON.stringify({ format: "defi-vectors/1", vectors }));
}

const liquidation = { coll: "10e18 @2395e8 LT8100", debt: "20000e6", LB: "10500", feeBps: "1000", debtToCover: "max" };
const stake = {
  poolDeficit: `1050${"0".repeat(18)}`,
  offset: `50${"0".repeat(18)}`,
  reservePrice: "230000000000",
  underlyingPrice: "234600000000",
  stakedAssets: `25000${"0".repeat(18)}`,
};

describe("published cases of the pooled market", () => {
  const runner = new ConformanceRunner("timestamp");

  after(async () => {
    await runner.close();
  });

  it("are there", () => {
    expect(pooled).to.have.length.of.at.least(23);
  });

  for (const single of pooled) {
    it(`agrees with ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }

  const others = written(
    {
      id: "an e-mode by its title, liquidated in part",
      title: "E-mode LRT/WETH (LTV 93, LT 95, LB 1%)",
      inputs: { coll: "100e18 LRT @2300e8", debt: "97e18 WETH @2300e8", feeBps: "1000", debtToCover: "max" },
      expected: { hf: "979381443298969072", debtRepaid: `485${"0".repeat(17)}`, protocolFee: `485${"0".repeat(14)}` },
    },
    {
      id: "healthy to the last unit, so that nothing moves",
      inputs: { ...liquidation, coll: "10e18 @2500e8 LT8000" },
      expected: { hf: `1${"0".repeat(18)}`, revert: "HealthFactorNotBelowThreshold", debtRepaid: "0", deficit: "0" },
    },
    {
      id: "rates under a deficit",
      inputs: { debt: "900000", avail: "100000", deficit: "100000", uopt: "9000", base: "0", s1: "270", s2: "8000" },
      expected: { borrowRateRay: `27${"0".repeat(24)}`, liquidityRateRay: "22090909090909090909090909" },
    },
    {
      id: "a slash with a fee, after an earlier one",
      inputs: { ...stake, pending: `100${"0".repeat(18)}`, feeBps: "50" },
      expected: {
        newDeficit: `900${"0".repeat(18)}`,
        toSlash: "886764705882352941176",
        covered: `900${"0".repeat(18)}`,
        pendingAfter: `1000${"0".repeat(18)}`,
        deficitAfterCover: `50${"0".repeat(18)}`,
      },
    },
  );

  for (const single of others) {
    it(`agrees with ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }

  it("fails a published case whose numbers are off by one", async () => {
    const wrong = written({ id: "X", inputs: liquidation, expected: { protocolFee: "20876826722338206" } });
    for (const single of wrong) expect(await runner.run(single)).to.have.nested.property("difference.field");
  });

  it("says what it cannot read of a side", async () => {
    for (const coll of ["ten tokens", "10e18 @2395e8", "10 @2395e8 LT8100", "10e18 @cheap LT8100"]) {
      const [wrong] = written({ id: "X", inputs: { ...liquidation, coll }, expected: { deficit: "0" } });
      if (wrong === undefined) throw new RangeError("a case was written");
      expect(await runner.run(wrong))
        .to.have.property("reason")
        .that.includes("inputs.collaterals or colls");
    }
  });
});
