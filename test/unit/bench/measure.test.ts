import { readFile } from "node:fs/promises";

import { expect } from "chai";

import { headOf, wholeFrom } from "../../../bench/measure.ts";

const folder = new URL("../../../bench/", import.meta.url);

describe("benchmarks", () => {
  it("say what they measure and how they are run, where --help asks", async () => {
    const { scripts } = JSON.parse(await readFile(new URL("../package.json", folder), "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const commands = Object.entries(scripts).filter(([name]) => /^bench(:|$)/.test(name));
    expect(commands.length).to.be.greaterThan(4);
    for (const [name, command] of commands) {
      const file = /bench\/[a-z-]+\.ts/.exec(command)?.[0] ?? "";
      const source = await readFile(new URL(`../${file}`, folder), "utf8");
      expect(headOf(source), file).to.match(new RegExp(`Run: \`npm run ${name}\`; BENCH_[A-Z]+`));
      expect(source, file).to.include("await readOptions(import.meta.url);");
    }
  });

  it("take numbers from the environment", () => {
    process.env["BENCH_NOTHING"] = "12";
    expect(wholeFrom("BENCH_NOTHING", 5)).to.equal(12);
    delete process.env["BENCH_NOTHING"];
    expect(wholeFrom("BENCH_NOTHING", 5)).to.equal(5);
  });
});
