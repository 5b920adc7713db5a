import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { CHAINS, describeMachine, headOf, wholeFrom, wordFrom } from "../../../bench/measure.ts";

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

  it("take words of a few from the environment, and name them where one is none of them", () => {
    process.env["BENCH_NOTHING"] = "anvil";
    expect(wordFrom("BENCH_NOTHING", CHAINS, "in-process")).to.equal("anvil");
    delete process.env["BENCH_NOTHING"];
    expect(wordFrom("BENCH_NOTHING", CHAINS, "in-process")).to.equal("in-process");
    const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL("cascade.ts", folder))], {
      env: { ...process.env, BENCH_CHAIN: "anvill" },
      encoding: "utf8",
    });
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/^BENCH_CHAIN is "anvill"\. Give in-process or anvil, or leave it out for in-process/);
  });

  it("read no chain but by its word", async () => {
    for (const file of ["cascade.ts", "sweep.ts", "history.ts"]) {
      const source = await readFile(new URL(file, folder), "utf8");
      expect(source).to.include('wordFrom("BENCH_CHAIN", CHAINS, ').and.not.include('env["BENCH_CHAIN"]');
    }
  });

  it("name the versions of all that is measured", async () => {
    const { hardhat, anvil, forge } = await describeMachine();
    const text = await readFile(new URL("../package.json", folder), "utf8");
    const { dependencies, optionalDependencies: optional } = JSON.parse(text) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const kind = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
    expect(hardhat).to.equal(dependencies?.["hardhat"]);
    for (const [name, version] of [
      ["anvil", anvil],
      ["forge", forge],
    ] as const) {
      expect(version).to.be.oneOf([optional?.[`@foundry-rs/${name}-${kind}`] ?? null, null]);
    }
  });
});
