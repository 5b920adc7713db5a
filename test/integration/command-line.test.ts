import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));
const hardhat = path.join(root, "node_modules/hardhat/dist/src/cli.js");

/** What makes Hardhat take a machine for a CI server, on which it adds a stack trace to errors of its own. */
const CI_MARKS = ["CI", "GITHUB_ACTIONS", "CONTINUOUS_INTEGRATION", "BUILD_NUMBER", "RUN_ID"];

/** Runs a task as a user would, at home; returns its exit code and what it printed. */
function call(...args: readonly string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !CI_MARKS.includes(name)));
  const options = { cwd: root, env, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [hardhat, ...args], options);
  return { code: status, stdout, stderr };
}

describe("command line", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "faultline-cli-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no scenario", ["simulate"], /missing/],
    ["an unknown scenario", ["simulate", "operator-falt"], /operator-fault/],
    ["a negative seed", ["simulate", "alex", "--seed", "-12"], /--seed is "-12"/],
    ["no steps", ["simulate", "alex", "--steps", "0"], /--steps is "0"/],
    ["an unknown option", ["simulate", "alex", "--sed", "7"], /--sed/],
    ["an unknown clock", ["simulate", "alex", "--clock", "sundial"], /timestamp/],
    ["an unknown variant", ["simulate", "depeg", "--variant", "nope"], /redemptions, dollar-friday/],
    ["twins of a scenario that has none", ["twins", "alex"], /no variants/],
    ["an unknown chain", ["simulate", "alex", "--chain", "foo"], /--chain is "foo"/],
    [
      "a pool without liquidity",
      ["simulate", "depeg", "--set", "defi.pools.0.liquidity.0=0"],
      /its liquidity of weth is 0/,
    ],
    ["a stopping rule that cannot be read", ["sweep", "alex", "--stop-when", "rubbish"], /--stop-when is "rubbish"/],
    [
      "a fraction above 100 %",
      ["preview-slash", "alex", "--operator", "northstar", "--set", "oracle", "--fraction", "101%"],
      /100 %/,
    ],
    [
      "an unknown operator",
      ["preview-slash", "alex", "--operator", "nortstar", "--set", "oracle", "--fraction", "1%"],
      /northstar/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(`ends with 2 and one message for ${what}`, () => {
      const { code, stdout, stderr } = call(...args);
      expect(code).to.equal(2);
      expect(stdout).to.equal("");
      expect(stderr).to.match(message);
      expect(stderr).to.not.match(/\n {4}at /);
    });
  }

  it("refuses an output folder below a file before anything runs, and leaves nothing", async () => {
    const file = path.join(folder, "a-file");
    await writeFile(file, "");
    const { code, stderr } = call("simulate", "alex", "--out", path.join(file, "report"));
    expect(code).to.equal(2);
    expect(stderr).to.match(/^error: .*a-file/);
    expect(existsSync(path.join(file, "report"))).to.equal(false);
  });

  it("prints failures as one line of JSON with --json", () => {
    const { code, stderr } = call("simulate", "alex", "--seed", "seven", "--json");
    expect(code).to.equal(2);
    expect(JSON.parse(stderr)).to.have.nested.property("error.code", "USAGE");
  });

  it("ends with 1 where an expectation is not met, and writes the report all the same", () => {
    const out = path.join(folder, "short");
    const { code, stdout } = call("simulate", "alex", "--steps", "2", "--out", out);
    expect(code).to.equal(1);
    expect(stdout).to.match(/expectations met/);
    expect(existsSync(path.join(out, "report.html"))).to.equal(true);
  });

  it("tells each twin's answer as JSON, and where its report is", () => {
    const twins = ["twins", "liquidation-cascade", "--only", "exchange-rate", "--steps", "3", "--json"];
    const { code, stdout } = call(...twins, "--out", path.join(folder, "twins"));
    expect(code).to.equal(0);
    const { page, runs } = JSON.parse(stdout) as {
      readonly page: string;
      readonly runs: readonly { readonly variant: string | null; readonly report: string; readonly record: string }[];
    };
    expect(runs.map(({ variant }) => variant)).to.deep.equal([null, "exchange-rate"]);
    for (const file of [page, ...runs.flatMap(({ report, record }) => [report, record])]) {
      expect(path.isAbsolute(file) && existsSync(file), file).to.equal(true);
    }
  });

  it("lists every scenario with its question and starts no chain for help", () => {
    const listed = JSON.parse(call("scenarios", "--json").stdout) as readonly { name: string; question: string }[];
    expect(listed.map(({ name }) => name)).to.include.members(["alex", "operator-fault", "withdrawal-race"]);
    expect(listed.every(({ question }) => question.endsWith("?"))).to.equal(true);
    expect(call("simulate", "--help").stdout).to.match(/EXAMPLES/);
  });

  for (const name of ["export", "scenarios", "stress", "worker"]) {
    it(`shows the examples of ${name} behind its last option, no default of one upon them`, () => {
      const [options = "", examples = ""] =
        call(name, "--help").stdout.split("GLOBAL OPTIONS:")[0]?.split("EXAMPLES:") ?? [];
      expect(options).to.match(/ {2}--json /);
      expect(examples)
        .to.match(/npx hardhat/)
        .and.not.match(/^ {2}--|npx hardhat .*\(default:/m);
    });
  }
});
