import { readFile } from "node:fs/promises";

import { expect } from "chai";
import fc from "fast-check";

import slashToLender from "../../../../scenarios/slash-to-lender/scenario.ts";
import { ScenarioInvalidError } from "../../../../src/errors/scenario-invalid-error.ts";
import { SweepFileError } from "../../../../src/errors/sweep-file-error.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import { parseValue } from "../../../../src/model/parameters/parameter-value.ts";
import { countRuns, countWorkers } from "../../../../src/sweep/definition/count-runs.ts";
import { defineSweep } from "../../../../src/sweep/definition/define-sweep.ts";
import { findJsonFault } from "../../../../src/sweep/definition/json-fault.ts";
import { cutIntoChunks, inDealingOrder, planSweep } from "../../../../src/sweep/definition/plan-sweep.ts";
import { readSweepFile } from "../../../../src/sweep/definition/read-sweep-file.ts";
import { formatSeeds, parseSeeds, seedAt } from "../../../../src/sweep/definition/seeds.ts";
import { sobolPoints } from "../../../../src/sweep/definition/sobol.ts";
import { sweepIdOf } from "../../../../src/sweep/definition/sweep-definition.ts";
import { sweepFileJsonSchema, type SweepFile } from "../../../../src/sweep/definition/sweep-file-schema.ts";
import { parseSweepSet } from "../../../../src/sweep/definition/values-text.ts";
import myScenario from "../../../helpers/my-scenario.ts";

const read = (text: string) => parseValue(text, { kind: "bigint", unit: "seconds" }, "it") as bigint;
const define = (file: Omit<SweepFile, "scenario">) => defineSweep(myScenario, { scenario: "my", ...file });
const plan = (file: Omit<SweepFile, "scenario">) => planSweep(myScenario, define(file));

describe("seeds of a sweep", () => {
  it("are ranges and lists, counted in their order", () => {
    const ranges = parseSeeds("1..3,10, 7..8");
    expect([0, 1, 2, 3, 4, 5].map((place) => seedAt(ranges, place))).to.deep.equal([1, 2, 3, 10, 7, 8]);
    expect(formatSeeds(ranges)).to.equal("1..3,10,7..8");
  });

  for (const text of ["", "3..1", "1..5,5", "-1", "1.5", "1..4294967296", "a", "1..", "1,,2"]) {
    it(`refuse "${text}"`, () => {
      expect(() => parseSeeds(text)).to.throw(UsageError);
    });
  }
});

describe("what is wrong with seeds", () => {
  const refusals = [
    ["1..99999999", /that is 99999999 seeds/, /at most 10000000 runs: give fewer, such as 1\.\.10000000/],
    ["0..4294967295", /that is 4294967296 seeds/, /at most 10000000/],
    ["1..0", /the range 1\.\.0 is empty/, /0\.\.1/],
    ["1,1,2", /seed 1 is given twice/, /each seed once/],
    ["1..9,5..7", /seed 5 is given twice/, /each seed once/],
    [" ", /a seed is missing/, /whole numbers from 0/],
    ["1,,2", /a seed is missing/, /whole numbers from 0/],
    ["a..b", /"a\.\.b" is no seed/, /whole numbers from 0/],
    ["1..1e3", /"1\.\.1e3" is no seed/, /whole numbers from 0/],
    ["18446744073709551616", /18446744073709551616 is too large/, /largest seed is 4294967295/],
    ["7..4294967296", /4294967296 is too large/, /largest seed is 4294967295/],
  ] as const;
  for (const [text, reason, hint] of refusals) {
    it(`is said of "${text}", with what to do`, () => {
      expect(() => parseSeeds(text))
        .to.throw(UsageError, reason)
        .with.property("hint")
        .that.matches(hint);
    });
  }

  it("is quoted in part where the text is long", () => {
    expect(() => parseSeeds("x".repeat(100_000)))
      .to.throw(UsageError)
      .with.property("message")
      .of.length.below(400);
  });
});

describe("sobolPoints", () => {
  const unshifted = Array.from({ length: 21 }, () => 0);

  it("begins as the published sequence does", () => {
    const first = sobolPoints([0, 0, 0], 5).map((point) => point.map((word) => word / 2 ** 32));
    expect(first).to.deep.equal([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
    ]);
  });

  it("puts one of its first 256 points into each 256th of every dimension, shifted or not", () => {
    for (const shifts of [unshifted, unshifted.map((_, at) => (at * 2654435761) >>> 0)]) {
      const points = sobolPoints(shifts, 256);
      for (const dimension of shifts.keys()) {
        expect(new Set(points.map((point) => (point[dimension] ?? 0) >>> 24)).size).to.equal(256);
      }
    }
  });

  it("puts one of its first 64 points into each 8 by 8 square of its first two dimensions", () => {
    const cells = sobolPoints([0, 0], 64).map(([x = 0, y = 0]) => `${x >>> 29} ${y >>> 29}`);
    expect(new Set(cells).size).to.equal(64);
  });

  it("refuses more dimensions than it has numbers for", () => {
    expect(() => sobolPoints([...unshifted, 0], 2)).to.throw(UsageError, /22/);
  });
});

/** A fee from nothing to a fifth. */
const FEES = { set: { "lst.fee": { from: "0%", to: "20%" } } };

describe("defineSweep", () => {
  it("writes every value in one way, so that equal sweeps have one id", () => {
    const a = define({ set: { "lst.fee": ["5%", 0.1] }, seeds: "1..3" });
    const b = define({ set: { "lst.fee": ["500bps", "percent(10)"] }, seeds: [1, 2, 3].join(",") });
    expect(a.parameters).to.deep.equal([{ path: "lst.fee", values: ["5%", "10%"] }]);
    expect(b.seeds).to.equal("1,2,3");
    expect(sweepIdOf({ ...b, seeds: "1..3" })).to.equal(sweepIdOf(a));
  });

  for (const [what, file, message] of [
    ["an unknown parameter", { set: { "lst.fe": "5%" } }, /lst\.fee/],
    ["a value given twice", { set: { "lst.fee": ["5%", "0.05"] } }, /twice/],
    ["a range the wrong way round", { set: { "lst.fee": { from: "5%", to: "1%" } } }, /lower end/],
    ["a range in a grid", { set: { "lst.fee": { from: "1%", to: "5%" } } }, /without a count/],
    ["a range of words", { set: { order: { from: "a", to: "b" } } }, /no range/],
    ["points of a grid", { points: 3 }, /grid/],
    ["a sample of nothing", { sample: "lhs" }, /no parameter/],
    ["seeds and repeats", { seeds: "1..2", repeats: 2 }, /both/i],
    ["more points than can be laid out", { ...FEES, sample: "sobol", seeds: "1..1000001" }, /1000001 points/],
    ["more runs than a sweep has", { ...FEES, sample: "lhs", points: 4_000, seeds: "1..4000" }, /16000000 runs/],
  ] as const satisfies readonly (readonly [string, Omit<SweepFile, "scenario">, RegExp])[]) {
    it(`refuses ${what}`, () => {
      expect(() => define(file)).to.throw(UsageError, message);
    });
  }

  it("refuses a value that no run can have before anything runs, as it was written and with the range", () => {
    const saying = (set: NonNullable<SweepFile["set"]>, message: string, hint: RegExp): void => {
      const refusal = expect(() => define({ set, sample: "grid" })).to.throw(ScenarioInvalidError, message);
      refusal.with.property("hint").that.matches(hint);
    };
    saying({ "lst.fee": ["5%", "101%"] }, "Scenario field lst.fee has value 101 %.", /0 % to 100 %: 10% on a command/);
    saying({ "lst.fee": "-5%" }, "Scenario field lst.fee has value -5 %.", /0 % to 100 %/);
    saying({ "lst.initialStake": "-1ether" }, "Scenario field lst.initialStake has value -1 ether.", /0 or more/);
    saying({ "restaking.withdrawalDelay": "7s" }, "restaking.withdrawalDelay has value 7 s.", /multiple of 12 s/);
    saying({ "restaking.withdrawalDelay": "-2d" }, "restaking.withdrawalDelay has value -2 d.", /0 s or more/);
  });

  it("keeps the exact number of a refused value beside the text", () => {
    const details = { field: "lst.fee", value: -(5n * 10n ** 16n) };
    expect(() => define({ set: { "lst.fee": "-5%" } }))
      .to.throw(ScenarioInvalidError)
      .with.property("details")
      .that.deep.equals(details);
  });

  it("is of a twin where one is named, with what only the twin has, and has an id of its own", () => {
    const set = { "vaults.relrt.queue.cooldown": ["2d", "4d"] };
    const file = { scenario: "slash-to-lender", set, seeds: "1..2" };
    const twin = defineSweep(slashToLender, { ...file, variant: "recursive" });
    expect(twin.parameters[0]?.path).to.equal("defi.vaults.relrt.queue.cooldown");
    expect(planSweep(slashToLender, twin).points).to.have.length(2);
    expect(() => defineSweep(slashToLender, file)).to.throw(UsageError, /--variant recursive/);
    expect(() => defineSweep(slashToLender, { ...file, variant: "recursiv" })).to.throw(UsageError, /no variant/);
    const seeds = { scenario: "slash-to-lender", seeds: "1..2" };
    const ids = [defineSweep(slashToLender, seeds), defineSweep(slashToLender, { ...seeds, variant: "first-come" })];
    expect(new Set(ids.map((one) => sweepIdOf(one))).size).to.equal(2);
    expect(ids[0]).to.not.have.property("variant");
  });

  it("reads values and ranges of a command line", () => {
    expect(parseSweepSet("a.b=1,2; c=0%..5%/3; d=1d..2d")).to.deep.equal({
      "a.b": ["1", "2"],
      c: { from: "0%", to: "5%", count: 3 },
      d: { from: "1d", to: "2d" },
    });
  });
});

describe("planSweep", () => {
  const set = { "lst.fee": ["5%", "10%"], "clock.steps": ["20", "21", "22"] };

  it("runs every combination with every seed, seed by seed", () => {
    const { size, points, runAt } = plan({ set, seeds: "4..5" });
    expect([size, points.length]).to.deep.equal([12, 6]);
    expect(points[1]).to.deep.equal({ "lst.fee": "5%", "clock.steps": "21" });
    expect([0, 5, 6].map((run) => runAt(run).seed)).to.deep.equal([4, 4, 5]);
    expect(runAt(7)).to.deep.include({ run: 7, point: 1, seed: 5 });
  });

  it("derives seeds from the sweep's seed and the run's place, never from what is swept", () => {
    const seeds = (file: Omit<SweepFile, "scenario">) =>
      [0, 1, 2].map((place) => {
        const { runAt, points } = plan({ repeats: 3, ...file });
        return runAt(place * points.length).seed;
      });
    expect(seeds({ set })).to.deep.equal(seeds({}));
    expect(seeds({ seed: 1 })).to.not.deep.equal(seeds({}));
    expect(new Set(seeds({})).size).to.equal(3);
  });

  it("spaces a grid's range evenly, both ends included", () => {
    const { points } = plan({ set: { "lst.fee": { from: "0%", to: "20%", count: 5 } }, repeats: 1 });
    expect(points.map((point) => point["lst.fee"])).to.deep.equal(["0%", "5%", "10%", "15%", "20%"]);
  });

  it("puts one point of a Latin hypercube into each stratum of each parameter", () => {
    const { points } = plan({
      set: { "lst.fee": { from: "0%", to: "50%" }, "populations.stayers.count": { from: 1, to: 10 } },
      sample: "lhs",
      points: 10,
    });
    expect(new Set(points.map((point) => Math.floor(Number.parseFloat(point["lst.fee"] ?? "") / 5))).size).to.equal(10);
    expect(new Set(points.map((point) => point["populations.stayers.count"])).size).to.equal(10);
  });

  it("gives every seed a point of its own where a sample has no number of points", () => {
    const { size, points, runAt } = plan({
      set: { "lst.fee": { from: "0%", to: "9%" } },
      sample: "sobol",
      seeds: "1..8",
    });
    expect([size, points.length]).to.deep.equal([8, 8]);
    expect([runAt(3).point, runAt(3).seed]).to.deep.equal([3, 4]);
  });

  it("keeps sampled delays on whole blocks and sampled texts short", () => {
    const { points } = plan({
      set: { "restaking.releaseDelay": { from: "0d", to: "14d" }, "lst.fee": { from: "0%", to: "20%" } },
      sample: "sobol",
      points: 64,
    });
    for (const point of points) {
      const delay = read(point["restaking.releaseDelay"] ?? "");
      expect(delay >= 0n && delay <= 1_209_600n && delay % 12n === 0n).to.equal(true);
      expect(point["lst.fee"]?.length).to.be.lessThan(12);
    }
  });

  it("deals out every run once, point by point within a block of seeds", () => {
    const property = fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (repeats, size) => {
      const laid = plan({ set, repeats });
      const all = Array.from({ length: laid.size }, (_, run) => run);
      const dealt = cutIntoChunks(inDealingOrder(laid, all), size).flat();
      expect([...dealt].sort((a, b) => a - b)).to.deep.equal(all);
      const changes = dealt.filter((run, at) => at > 0 && run % 6 !== (dealt[at - 1] ?? 0) % 6).length;
      expect(changes).to.be.lessThan(6 * Math.ceil(repeats / 16));
    });
    fc.assert(property, { numRuns: 20 });
  });

  it("refuses more values of a range than it has, rather than make some of them twice", () => {
    const steps = (count: number) => plan({ set: { "clock.steps": { from: 8, to: 10, count } }, repeats: 1 });
    expect(steps(3).points.map((point) => point["clock.steps"])).to.deep.equal(["8", "9", "10"]);
    expect(() => steps(5))
      .to.throw(UsageError)
      .with.property("hint", "Ask for at most 3, or widen the range.");
  });

  it("counts the runs that it lays out", () => {
    expect(countRuns(define({ set, repeats: 3 }))).to.equal(18);
    expect([1, 18, 1024].map((asked) => countWorkers(define({ set, repeats: 3 }), asked))).to.deep.equal([1, 18, 18]);
    expect(countRuns(define({ set: { "lst.fee": ["1%", "2%"] }, sample: "lhs", points: 5, repeats: 2 }))).to.equal(10);
  });
});

describe("sweep files", () => {
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    ["a folder elsewhere", "scenario: a\nout: ../elsewhere\n", /^f\.yaml:2:1: out: "\.\.\/elsewhere"/],
    ["an unknown field", "scenario: a\nseedz: 1..2\n", /^f\.yaml:2:1: seedz/],
    ["a wrong value, deep inside", "scenario: a\nset:\n  lst.fee:\n    from: 1%\n", /^f\.yaml:3:3: set\.lst\.fee/],
    ["no scenario", "seeds: 1..2\n", /^f\.yaml:1:1: scenario/],
    ["a list", "- 1\n", /^f\.yaml:1:1/],
    ["broken YAML", "scenario: a\nset: [1, 2\n", /^f\.yaml:\d+:\d+/],
    ["broken JSON", '{"scenario": "a",\n "seeds": }', /^f\.yaml:2:\d+/],
    ["a field twice", "scenario: a\nscenario: b\n", /^f\.yaml:2:1/],
    ["tabs that YAML cannot have", "scenario: a\nset:\n\tlst.fee: 5%\n", /^f\.yaml:3:1/],
    ["an alias bomb", `scenario: &a [x,x]\nset: &b [*a,*a]\nseeds: [${"*b,".repeat(200)}]\n`, /^f\.yaml:\d+:\d+/],
  ];
  for (const [what, text, message] of refusals) {
    it(`refuse ${what} with its place`, () => {
      expect(() => readSweepFile(text, "f.yaml")).to.throw(SweepFileError, message);
    });
  }

  const jsonRefusals: readonly (readonly [string, string, RegExp])[] = [
    [
      "a comma after the last field",
      '{\n  "scenario": "a",\n  "seeds": "1..2",\n}\n',
      /^f\.json:4:1: it is no JSON: a name in double quotes is/,
    ],
    [
      "a comma after the last item",
      '{ "scenario": "a",\n "seeds": [1, 2,] }',
      /^f\.json:2:17: it is no JSON: a value is/,
    ],
    ["single quotes", "{ 'scenario': 'a' }", /^f\.json:1:3: it is no JSON/],
    ["a comment", '{\n  // why\n  "scenario": "a" }', /^f\.json:2:3: it is no JSON/],
    ["YAML", "scenario: a\n", /^f\.json:1:1: it is no JSON/],
    ["an end that comes too early", '{ "scenario": "a",\n  "seeds":', /^f\.json:2:11: it is no JSON: a value is/],
    ["nothing", "", /^f\.json:1:1: it is no JSON/],
    ["a field twice", '{ "scenario": "a",\n  "scenario": "b" }', /^f\.json:2:3/],
    ["an unknown field", '{\n\t"scenario": "a",\n\t"seedz": 1 }', /^f\.json:3:2: seedz/],
    [
      "a wrong value, deep inside",
      '{"scenario":"a",\r\n"set":{"lst.fee":{"from":"1%"}}}',
      /^f\.json:2:8: set\.lst\.fee/,
    ],
  ];
  for (const [what, text, message] of jsonRefusals) {
    it(`refuse ${what} in a .json file with its place`, () => {
      expect(() => readSweepFile(text, "f.json")).to.throw(SweepFileError, message);
    });
  }

  it("are JSON exactly where JSON.parse says so", () => {
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      " ",
      "\n",
      '"a"',
      '"',
      "1",
      "-",
      "0",
      ".5",
      "e3",
      "true",
      "nul",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.json({ maxDepth: 4 }),
      fc.tuple(fc.json({ maxDepth: 3 }), fc.nat()).map(([json, at]) => json.slice(0, at % (json.length + 1))),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(findJsonFault(one) === undefined).to.equal(isJson(one));
      }),
      { numRuns: 3_000, seed: 7 },
    );
    for (const odd of [
      '"\u2028"',
      '"\u007f"',
      '"\t"',
      '"\\x"',
      '"\\u12"',
      "01",
      "1.",
      "-",
      "+1",
      "1 2",
      "truex",
      '"\ud800"',
    ]) {
      expect(findJsonFault(odd) === undefined, JSON.stringify(odd)).to.equal(isJson(odd));
    }
  });

  it("are read though a mark of the byte order stands before them", () => {
    expect(readSweepFile('\uFEFF{ "scenario": "a" }', "f.json").sweep).to.deep.equal({ scenario: "a" });
    expect(readSweepFile("\uFEFFscenario: a\n", "f.yaml").sweep).to.deep.equal({ scenario: "a" });
  });

  it("make no objects of tags", () => {
    const { sweep } = readSweepFile("scenario: !!js/function 'process.exit(1)'\n", "f.yaml");
    expect(sweep.scenario).to.equal("process.exit(1)");
  });

  it("say the same in YAML and in JSON", () => {
    const yaml = "scenario: a\nset:\n  lst.fee: [5%, 10%]\nseeds: 1..500\nstopWhen: ci(loss,p99) < 2%\n";
    const json = '{"scenario":"a","set":{"lst.fee":["5%","10%"]},"seeds":"1..500","stopWhen":"ci(loss,p99) < 2%"}';
    expect(readSweepFile(yaml, "f.yaml").sweep).to.deep.equal(readSweepFile(json, "f.json").sweep);
  });

  it("have the schema that docs/sweep.schema.json says (npm run schema writes it)", async () => {
    const file = await readFile(new URL("../../../../docs/sweep.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(file)).to.deep.equal(JSON.parse(sweepFileJsonSchema()));
  });
});
