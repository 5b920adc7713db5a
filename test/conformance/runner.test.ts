import { readFileSync } from "node:fs";

import { expect } from "chai";

import { VectorInvalidError } from "../../src/errors/vector-invalid-error.ts";
import { ConformanceRunner, type CaseResult } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

type Path = readonly (string | number)[];
type Branch = Record<string | number, unknown>;

const textOf = (file: string): string => readFileSync(new URL(`./vectors/${file}`, import.meta.url), "utf8");
const trace = (): Branch => JSON.parse(textOf("traces/unique-stake-2.json")) as Branch;
const at = (json: unknown, path: Path): unknown => path.reduce((branch, part) => (branch as Branch)[part], json);

/** Puts a value at a path; undefined takes away what is there. */
function put(json: unknown, path: Path, value: unknown): void {
  const last = path.at(-1);
  const branch = at(json, path.slice(0, -1)) as Branch;
  if (last === undefined) expect.fail("no path");
  branch[last] = value;
}

const stepWhere = (file: Branch, rule: (step: Branch) => boolean): number =>
  (file["steps"] as Branch[]).findIndex(rule);
const isDeposit = (step: Branch): boolean => step["op"] === "deposit" && step["reverts"] === undefined;

/** The place that a malformed file is complained of. */
function placeIn(file: string, content: string): unknown {
  try {
    parseConformanceFile(file, content);
  } catch (error) {
    if (error instanceof VectorInvalidError) return error.details["place"];
    throw error;
  }
  return undefined;
}

describe("the conformance runner", () => {
  const runner = new ConformanceRunner("blocknumber");

  after(async () => {
    await runner.close();
  });

  async function run(file: Branch): Promise<CaseResult> {
    const [single] = parseConformanceFile("altered.json", JSON.stringify(file));
    if (single === undefined) return expect.fail("no case");
    return await runner.run(single);
  }

  /** One vector, with one value replaced. */
  async function runVector(id: string, path: Path, value: unknown): Promise<CaseResult> {
    const file = JSON.parse(textOf("restaking.json")) as Branch;
    const chosen = (file["vectors"] as Branch[]).filter((vector) => vector["id"] === id);
    put(chosen, [0, ...path], value);
    return await run({ ...file, vectors: chosen });
  }

  describe("on an altered trace", () => {
    it("names step, field and both values when a number is off by one", async () => {
      const file = trace();
      const step = stepWhere(file, isDeposit);
      const staker = String(at(file, ["steps", step, "staker"]));
      const path = ["after", "stakers", staker, "depositShares"];
      const held = String(at(file, ["steps", step, ...path]));
      const wrong = String(BigInt(held) + 1n);
      put(file, ["steps", step, ...path], wrong);
      const difference = { step, field: path.join("."), expected: wrong, got: held };
      expect(await run(file)).to.deep.equal({ name: "altered.json", passed: false, difference });
    });

    it("fails a step that should have been refused, or should not", async () => {
      const allowed = trace();
      put(allowed, ["steps", 0, "reverts"], "SameMagnitude");
      expect(await run(allowed)).to.have.nested.property("difference.got", "it succeeded");
      const refused = trace();
      const step = stepWhere(refused, (one) => one["reverts"] !== undefined);
      put(refused, ["steps", step, "reverts"], undefined);
      expect(await run(refused)).to.have.nested.property("difference.step", step);
    });

    it("fails an observable that it does not know", async () => {
      const file = trace();
      const operator = String(at(file, ["operators", 0, "id"]));
      put(file, ["steps", 0, "after", "operators", operator, "mood"], "1");
      expect(await run(file))
        .to.have.nested.property("difference.got")
        .that.includes("does not know it");
    });

    it("reports an operation or a model that is not built as failed", async () => {
      const operation = trace();
      put(operation, ["steps", 3], { block: at(operation, ["steps", 3, "block"]), op: "teleport" });
      expect(await run(operation)).to.have.property("reason", 'operation "teleport" is not built');
      expect(await run({ ...trace(), model: "epoch-vault" })).to.have.property(
        "reason",
        'model "epoch-vault" is not built',
      );
    });
  });

  describe("on an altered vector", () => {
    it("names what is expected of the whole when it is off by one", async () => {
      const result = await runVector("EL-11", ["expected", "slashedFromQueue"], "1");
      const difference = { step: -1, field: "expected.slashedFromQueue", expected: "1", got: "10000000000000000000" };
      expect(result).to.have.deep.property("difference", difference);
    });

    it("fails expectations, operations and reasons that do not hold", async () => {
      const unknown = await runVector("EL-01", ["expected", "luck"], "7");
      expect(unknown).to.have.nested.property("difference.field", "expected.luck");
      const operation = await runVector("EL-01", ["steps", 1, "op"], "smash");
      expect(operation).to.have.nested.property("difference.got", 'operation "smash" is not built');
      const reason = await runVector("EL-05", ["steps", 3, "expectRevert"], "SameMagnitude");
      expect(reason).to.have.nested.property("difference.field", "allocate.expectRevert");
      const probe = await runVector("EL-11", ["expected", "completeAtOrBefore1050"], "Fine");
      expect(probe).to.have.nested.property("difference.got", "WithdrawalDelayNotElapsed");
    });
  });

  describe("on DeFi cases", () => {
    const exchange = { amountIn: "1000", rIn: "1000000", rOut: "1000000" };

    async function runCase(changes: Branch): Promise<CaseResult> {
      const single = { id: "X-1", title: "a swap", inputs: exchange, expected: { out: "996" }, ...changes };
      return await run({ format: "defi-vectors/1", vectors: [single] });
    }

    it("plays a case by its shape, whatever its id", async () => {
      expect(await runCase({})).to.deep.equal({ name: "altered.json X-1", passed: true });
    });

    it("names the field that is off by one, and lets it pass within the tolerance", async () => {
      const difference = { step: -1, field: "expected.out", expected: "997", got: "996" };
      expect(await runCase({ expected: { out: "997" } })).to.have.deep.property("difference", difference);
      expect(await runCase({ expected: { out: "997" }, tolerance: "1 wei" })).to.have.property("passed", true);
    });

    it("fails a case that no kind covers, an observable that its kind does not answer, and a wrong input", async () => {
      expect(await runCase({ inputs: { moon: "full" } }))
        .to.have.property("reason")
        .that.matches(/^no kind matches; inputs have keys moon/);
      const unknown = await runCase({ expected: { out: "996", luck: "1" } });
      expect(unknown).to.have.nested.property("difference.field", "expected.luck");
      const wrong = await runCase({ inputs: { ...exchange, amountIn: "much" } });
      expect(wrong).to.have.property("reason").that.includes("inputs.amountIn");
    });

    it("refuses a file with an id twice, without expectations, or with a tolerance that is none", () => {
      const single = { id: "X-1", inputs: exchange, expected: {} };
      const file = (...vectors: readonly unknown[]): string => JSON.stringify({ format: "defi-vectors/1", vectors });
      expect(placeIn("bad.json", file(single, single))).to.equal("vectors[1].id");
      expect(placeIn("bad.json", file({ ...single, expected: undefined }))).to.equal("vectors[0].expected");
      expect(placeIn("bad.json", file({ ...single, tolerance: "about" }))).to.equal("vectors[0].tolerance");
    });
  });

  describe("on a malformed file", () => {
    it("says where truncated JSON breaks off", () => {
      expect(placeIn("cut.json", '{\n  "format": "faultline-trace/1",\n  "mod')).to.match(/^line 3, column \d+$/);
    });

    it("names the field that is wrong", () => {
      expect(placeIn("bad.json", '{"format": "faultline-trace/9"}')).to.equal("format");
      expect(placeIn("bad.json", "[]")).to.equal("the whole file");
      const file = trace();
      put(file, ["steps", 2, "block"], "soon");
      expect(placeIn("bad.json", JSON.stringify(file))).to.equal("steps[2].block");
      const argument = trace();
      const step = stepWhere(argument, isDeposit);
      put(argument, ["steps", step, "amount"], "-5");
      expect(placeIn("bad.json", JSON.stringify(argument))).to.equal(`steps[${step}].amount`);
    });
  });
});
