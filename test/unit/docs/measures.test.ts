import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import * as faultline from "../../../src/index.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const declaredIn = (pattern: string, kind: RegExp): readonly string[] =>
  globSync(pattern, { cwd: root }).flatMap((file) => [...read(file).matchAll(kind)].map(([, name = ""]) => name));

describe("the page of measures and laws", () => {
  const page = read("docs/measures.md");

  it("names every measure that a scenario can import, and no other", () => {
    const metrics = declaredIn("src/model/metrics/*.ts", /^export function (\w+)(?:(?!^export)[^])*?\): Metric</gm);
    const named = [...page.matchAll(/`(\w+)\((?!unit)/g)].map(([, name = ""]) => name);
    expect(metrics.length).to.be.greaterThan(30);
    expect(metrics.filter((name) => !named.includes(name))).to.deep.equal([]);
    expect(named.filter((name) => !(name in faultline))).to.deep.equal([]);
  });

  it("tells every law by its name and in its sentence", () => {
    const laws = globSync("src/model/invariants/**/*.ts", { cwd: root }).flatMap((file) => [
      ...read(file).matchAll(/name: "([A-Z][^"]+)",\s*sentence:\s*"([^"]+)"/g),
    ]);
    expect(laws.length).to.be.greaterThan(15);
    const cells = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const told = new Map(cells.map(([, law = "", sentence = ""]) => [law, sentence]));
    for (const [, law = "", sentence] of laws) expect(told.get(law), law).to.equal(sentence);
  });
});

describe("the page on writing a scenario", () => {
  it("names every shock and every behaviour of the DeFi layer", () => {
    const page = read("docs/writing-a-scenario.md");
    const words = ["liquidator", "arbitrageur", "looper", "redeemer", "panicker", "liquidityProvider", "supplier"];
    const acting = ["guardian", "reserveManager", "opportunist", "insuranceStaker", "backer", "marketAllocator"];
    const shocks = ["pricePath", "lpExit", "oracleFault", "impairReserve", "bankHoliday", "slashVault", "squeezeRate"];
    for (const name of [
      ...words,
      ...acting,
      ...shocks,
      "compromiseKey",
      "halt",
      "dump",
      "jumpDiffusion",
      "readPriceFile",
    ]) {
      expect(page, name).to.contain(name);
      expect(faultline, name).to.have.property(name);
    }
  });
});
