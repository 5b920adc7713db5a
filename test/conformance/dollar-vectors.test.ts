import { readFileSync } from "node:fs";

import { expect } from "chai";

import { ConformanceRunner } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile, type ConformanceCase } from "../../src/world/conformance/parse.ts";

const FILE = new URL("./vectors/defi.json", import.meta.url);
const published = parseConformanceFile("defi.json", readFileSync(FILE, "utf8")).filter(({ name }) =>
  /(STB|MMF|V46)-/.test(name),
);

function written(...vectors: readonly unknown[]): readonly ConformanceCase[] {
  return parseConformanceFile("own.json", JSON.stringify({ format: "defi-vectors/1", vectors }));
}

const M = (amount: number): string => `${String(amount)}${"0".repeat(24)}`;
const HALTED = (2n ** 256n - 1n).toString();
const band = { freezeLo: "97", freezeHi: "103", unfreezeLo: "99", unfreezeHi: "101" };
const order = { usdc: "1000000000000", nav: "1042317", navNext: "1042500", feeBps: "10", cutoff: "68400" };

const others = written(
  {
    id: "a loss that the pots bear",
    inputs: { supply: M(100), assets: M(92), buffer: M(2), junior: M(5), backstop: M(1) },
    expected: { rate: `1${"0".repeat(18)}`, residual: "0", juniorUsed: M(5), backstopUsed: M(1) },
  },
  {
    id: "a loss that reaches holders, rounded down",
    inputs: { supply: "3000000000000000001", loss: "1000000000000000002", buffer: "1", junior: "0", backstop: "0" },
    expected: { redeemRate: "666666666666666666", residual: "1000000000000000001", bufferUsed: "1" },
  },
  {
    id: "a reserve in buckets, and a fee at par",
    inputs: { supply: M(90), cash: M(50), term: M(50), haircutBps: "1000", feeBps: "10" },
    expected: { rate: "999000000000000000", residual: "0" },
  },
  {
    id: "a gate over two epochs",
    inputs: { cap: "100", requests: ["50", "0", "100"], epochs: "2" },
    expected: {
      filled: ["33", "0", "66"],
      filledByEpoch: [
        ["33", "0", "66"],
        ["17", "0", "34"],
      ],
      dust: "1",
      rolled: ["0", "0", "0"],
    },
  },
  {
    id: "a gate that does not bind",
    inputs: { cap: "1000", requests: ["5", "7"] },
    expected: { filled: ["5", "7"], dust: "0" },
  },
  {
    id: "a window shut one way, for a gem with eight decimals",
    inputs: { gem: "3", decimals: "8", tin: HALTED, tout: "333333333333333333" },
    expected: { sellOut: null, sellHalted: true, buyIn: "39999999999", sellRevert: "SwapWindowHalted" },
  },
  {
    id: "a band with hysteresis",
    inputs: { ...band, prices: ["97", "96", "98", "99", "98", "104", "102", "101"] },
    expected: { frozen: [false, true, true, false, false, true, true, false], transitions: 4 },
  },
  { id: "an order before the cut-off", inputs: { ...order, time: "68399" }, expected: { shares: "959401026750" } },
  {
    id: "an order at the cut-off",
    inputs: { ...order, time: "68400" },
    expected: { shares: "959232613908", navApplied: "1042500", redeemGross: "999999999999", redeemNet: "998999999999" },
  },
  {
    id: "a redemption after the cut-off",
    inputs: { shares: "959401026750", nav: "1042317", nextNav: "1042500", afterCutoff: true },
    expected: { redeemGross: "1000175570386", navApplied: "1042500" },
  },
  {
    id: "a vault with an offset that lost assets",
    inputs: { totalAssets: "5", supply: "7000", offset: "3", x: "10" },
    expected: { previewDeposit: "13333", previewMint: "1", previewWithdraw: "13334", previewRedeem: "0" },
  },
  {
    id: "an inflation attack of another size",
    inputs: { offset: "3", deposit: "1", donation: "1000", victim: "1000" },
    expected: { attackerShares: "1000", victimShares: "1996" },
  },
);

describe("cases of the dollar, the fund and vaults", () => {
  const runner = new ConformanceRunner("timestamp");

  after(async () => {
    await runner.close();
  });

  it("are all there", () => {
    expect(published).to.have.lengthOf(6);
  });

  for (const single of [...published, ...others]) {
    it(`agree: ${single.name}`, async () => {
      expect(await runner.run(single)).to.deep.equal({ name: single.name, passed: true });
    });
  }

  it("fail when a number is off by one", async () => {
    for (const [inputs, expected] of [
      [{ cap: "100", requests: ["50", "100"] }, { filled: ["33", "67"] }],
      [{ ...order, time: "68400" }, { shares: "959401026750" }],
      [{ supply: "3", loss: "1" }, { rate: "666666666666666667" }],
    ] as const) {
      const [single] = written({ id: "X", inputs, expected });
      if (single === undefined) throw new RangeError("a case was written");
      expect(await runner.run(single)).to.have.nested.property("difference.field");
    }
  });
});
