import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import liquidationCascade from "../../../../scenarios/liquidation-cascade/scenario.ts";
import { assertSaysNothing, readSweepRequest, type SweepArguments } from "../../../../src/cli/sweep-request.ts";
import { SweepFileError } from "../../../../src/errors/sweep-file-error.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import { defineSweep } from "../../../../src/sweep/definition/define-sweep.ts";
import { readSweepFile } from "../../../../src/sweep/definition/read-sweep-file.ts";

/** Reads a file and judges what it says, as the command does. */
function define(text: string, file = "f.yaml") {
  const { sweep, locate } = readSweepFile(text, file);
  return defineSweep(liquidationCascade, sweep, locate);
}

/** What stands below `set:`, from line 3 on. */
const set = (...lines: readonly string[]): string => ["scenario: a", "set:", ...lines, ""].join("\n");

describe("what a scenario refuses of a sweep file", () => {
  const refusals: readonly (readonly [string, string, RegExp, RegExp])[] = [
    [
      "an unknown parameter",
      set("  lst.fee: 5%", "  closeFactr: 0.5"),
      /^f\.yaml:4:3: .* no parameter "closeFactr"/,
      /mean defi\.lending\.core\.closeFactor/,
    ],
    [
      "a range the wrong way round",
      set("  lst.fee: { from: 20%, to: 5%, count: 3 }"),
      /^f\.yaml:3:3: .* goes from 20% to 5%/,
      /lower end first/,
    ],
    [
      "a range of one value",
      set("  lst.fee: { from: 5%, to: 0.05, count: 3 }"),
      /^f\.yaml:3:3: .* from 5% to 5%/,
      /two different ends/,
    ],
    [
      "a range without a count",
      set("  lst.fee: { from: 5%, to: 20% }"),
      /^f\.yaml:3:3: .* range without a count/,
      /count/,
    ],
    [
      "more values than a range has",
      set("  clock.steps: { from: 8, to: 10, count: 5 }"),
      /^f\.yaml:3:3: .* no 5 values/,
      /at most 3/,
    ],
    [
      "an end of another kind",
      set("  lst.fee: { from: 5%, to: 3d }"),
      /^f\.yaml:3:24: .* cannot be "3d"/,
      /another unit/,
    ],
    [
      "an item of another kind",
      set("  lst.fee:", "    - 5%", "    - many"),
      /^f\.yaml:5:7: .* cannot be "many"/,
      /10%/,
    ],
    ["a value twice", set("  lst.fee: [5%,", "    0.05]"), /^f\.yaml:4:5: .* has a value twice/, /5%, 5%/],
    [
      "a value that no run can have",
      set("  lst.fee: [5%, 101%]"),
      /^f\.yaml:3:17: Scenario field lst\.fee has value 101 %/,
      /0 % to 100 %/,
    ],
    [
      "a value that no world can have",
      set("  closeFactor: 150%"),
      /^f\.yaml:3:3: .* close factor is 150 %/,
      /0\.01 % to 100 %/,
    ],
    [
      "one parameter under two names",
      set("  closeFactor: 50%", "  market.closeFactor: 60%"),
      /^f\.yaml:4:3: "closeFactor" and "market\.closeFactor" are both/,
      /under one name/,
    ],
    ["a name that objects hide", set("  __proto__: 1"), /^f\.yaml:3:3: set\.__proto__: no scenario/, /docs/],
    ["an empty range of seeds", "scenario: a\nseeds: 9..1\n", /^f\.yaml:2:1: seeds is "9\.\.1": .* empty/, /1\.\.9/],
    ["seeds and repeats", "scenario: a\nseeds: 1..2\nrepeats: 2\n", /^f\.yaml:3:1: Both/, /Give one/],
    ["an unknown twin", "scenario: a\nvariant: nix\n", /^f\.yaml:2:1: .* no variant "nix"/, /exchange-rate/],
    [
      "a rule about nothing",
      "scenario: a\nstopWhen: ci(nix,p99) < 2%\n",
      /^f\.yaml:2:1: stopWhen is about "nix"/,
      /badDebt/,
    ],
    ["a sample of nothing", "scenario: a\nsample: lhs\n", /^f\.yaml:2:1: The sample is lhs/, /path=from\.\.to/],
    ["points of a grid", "scenario: a\npoints: 5\n", /^f\.yaml:2:1: A grid/, /points/],
    [
      "more points than can be laid out",
      set(...["lst.fee", "closeFactor"].map((name) => `  ${name}: { from: 1%, to: 90%, count: 1001 }`)),
      /^f\.yaml:2:1: This sweep has 1002001 points/,
      /at most 1000000/,
    ],
  ];
  for (const [what, text, message, hint] of refusals) {
    it(`is told with its place and a remedy: ${what}`, () => {
      expect(() => define(text))
        .to.throw(SweepFileError, message)
        .with.property("hint")
        .that.matches(hint);
    });
  }

  it("has its place in JSON too", () => {
    expect(() => define('{ "scenario": "a",\r\n  "set": { "closeFactr": 1 } }', "f.json")).to.throw(
      SweepFileError,
      /^f\.json:2:12: .* no parameter/,
    );
  });

  const kinds: readonly (readonly [string, string, RegExp])[] = [
    ["nothing", set("  lst.fee:"), /^f\.yaml:3:3: set\.lst\.fee: .* string, number, boolean, array or object/],
    ["a list of lists", set("  lst.fee: [5%, [1%]]"), /^f\.yaml:3:17: set\.lst\.fee\.1: .* string, number or boolean/],
    ["half a count", set("  lst.fee: { from: 1%, to: 2%, count: 2.5 }"), /^f\.yaml:3:32: set\.lst\.fee\.count: .* int/],
    ["true as an end", set("  lst.fee:", "    from: true", "    to: 1"), /^f\.yaml:4:5: .*from: .* string or number/],
    ["a step of a range", set("  lst.fee: { from: 1%, to: 2%, step: 1 }"), /^f\.yaml:3:32: set\.lst\.fee\.step/],
    ["seeds that are none", "scenario: a\nseeds: true\n", /^f\.yaml:2:1: seeds: .* string, number or array/],
  ];
  for (const [what, text, message] of kinds) {
    it(`says what is expected instead of ${what}`, () => {
      expect(() => define(text))
        .to.throw(SweepFileError, message)
        .with.property("hint")
        .that.matches(/^(set|seeds): .*docs/);
    });
  }

  it("keeps every digit that a number is written with", () => {
    const text = set("  lst.initialStake: 12345678.901234567890123456", "  lst.fee: &low 0.0000001", "  penalty: *low");
    const { sweep } = readSweepFile(text, "f.yaml");
    expect(sweep.set).to.deep.equal({
      "lst.initialStake": "12345678.901234567890123456",
      "lst.fee": "0.0000001",
      penalty: "0.0000001",
    });
  });

  it("takes a range where a word may stand as well", () => {
    const { parameters } = define(set("  closeFactor: { from: 0.25, to: 100%, count: 4 }"));
    expect(parameters[0]?.values).to.deep.equal({ from: "25%", to: "100%", count: 4 });
    expect(() => define(set("  closeFactor: { from: default, to: 100%, count: 4 }"))).to.throw(/has no range/);
  });
});

describe("readSweepRequest", () => {
  it("tells the place of what the file says, and none of an option that goes before it", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "faultline-sweep-file-"));
    try {
      const file = path.join(folder, "mine.yaml");
      await writeFile(file, "scenario: nix\nset:\n  lst.fee: 5%\n");
      const auto = new Proxy(
        { scenario: file, set: "lst.fee=7%", resume: false, json: false },
        {
          get: (given, name) => (Object.hasOwn(given, name) ? (Reflect.get(given, name) as unknown) : "auto"),
        },
      ) as unknown as SweepArguments;
      const { locate } = await readSweepRequest(auto);
      const refused = new UsageError("No.", "Do.");
      expect(locate(["set", "lst.fee"], refused)).to.equal(refused);
      expect(locate(["scenario"], refused)).to.have.property("message", `${file}:1:1: No. Do.`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe("the folder that a file names", () => {
  it("is refused where a link leads it out of the working folder", async () => {
    const home = await mkdtemp(path.join(tmpdir(), "faultline-sweep-link-"));
    const here = process.cwd();
    try {
      await mkdir(path.join(home, "work"));
      process.chdir(path.join(home, "work"));
      await symlink(home, "away");
      for (const [out, fine] of [
        ["away/sweep", false],
        ["away", false],
        ["stays/sweep", true],
      ] as const) {
        await writeFile("mine.yaml", `scenario: alex\nout: ${out}\n`);
        const auto = new Proxy(
          { scenario: "mine.yaml", resume: false, json: false },
          {
            get: (known, name) => (Object.hasOwn(known, name) ? Reflect.get(known, name) : "auto") as unknown,
          },
        ) as SweepArguments;
        const told = await readSweepRequest(auto).then(
          () => "fine",
          (error: unknown) => String(error),
        );
        expect(told).to.match(fine ? /^fine$/ : /mine\.yaml:2:1: out: .* by a link/);
      }
    } finally {
      process.chdir(here);
      await rm(home, { recursive: true, force: true });
    }
  });
});

describe("assertSaysNothing", () => {
  const auto = (given: Partial<SweepArguments>): SweepArguments =>
    new Proxy(given, {
      get: (known, name) => (Object.hasOwn(known, name) ? Reflect.get(known, name) : "auto") as unknown,
    }) as SweepArguments;

  it("refuses what would make a resumed sweep another one, and takes what says how it is made", () => {
    expect(() => assertSaysNothing(auto({ out: "out/a", jobs: "2", chain: "anvil", engine: "bullmq" }))).to.not.throw();
    for (const [given, option] of [
      [{ seeds: "1..9" }, "--seeds"],
      [{ set: "lst.fee=5%" }, "--set"],
      [{ stopWhen: "ci(loss,p99) < 2%" }, "--stop-when"],
      [{ variant: "recursive" }, "--variant"],
    ] as const) {
      expect(() => assertSaysNothing(auto({ out: "out/a", ...given })))
        .to.throw(UsageError)
        .with.property("shortMessage", `${option} would make it another sweep than the one in out/a.`);
    }
  });
});
