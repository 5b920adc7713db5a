import { expect } from "chai";

import { formatCase } from "../../src/cli/tasks/conformance.ts";
import { ConformanceRunner, type CaseResult } from "../../src/world/conformance/conformance.ts";
import { parseConformanceFile } from "../../src/world/conformance/parse.ts";

type Fields = Readonly<Record<string, unknown>>;

const HUGE = `1${"0".repeat(90)}`;
const SWAP = { amountIn: "1000", rIn: "1000000", rOut: "1000000" };
const POOL = { balances: ["1000000", "1000000"], amp: "10000", burn: "10" };
const TROVE = { debt: "-1", coll: "1", sp: "0", price: "1" };
const ON_SLASH = { op: "vaultOnSlash", amount: "1" };
const POSITION = { borrowShares: "1", lltv: "1", price: "1", collA: "1" };

/** What is wrong with a case of DeFi, and the field and value that its complaint has to name. */
const inputs: readonly (readonly [title: string, inputs: Fields, field: string, value: string])[] = [
  ["a text", { ...SWAP, amountIn: "abc" }, "inputs.amountIn", '"abc"'],
  ["a fraction", { ...SWAP, amountIn: 1.5 }, "inputs.amountIn", "1.5"],
  ["a negative amount", { ...SWAP, amountIn: "-5" }, "inputs.amountIn", "-5"],
  ["a number beyond any word", { ...SWAP, amountIn: HUGE }, "inputs.amountIn", HUGE],
  ["a negative debt", TROVE, "inputs.debt", "-1"],
  ["a coin that the pool has not", { ...POOL, i: "7" }, "inputs.i", '"7"'],
  [
    "a limit above 100 %",
    { ...POSITION, lltv: "2000000000000000000" },
    "inputs.lltv",
    "0 to 1000000000000000000 (1e18",
  ],
  ["a negative limit", { ...POSITION, lltv: "-1" }, "inputs.lltv", "-1"],
  ["a limit above 100 % of a bonus", { lltv: "1.1e18" }, "inputs.lltv", '"1.1e18"'],
  ["a market in no known words", { ...POSITION, market: "nonsense" }, "inputs.market", '"nonsense"'],
];

/** The same of steps. */
const steps: readonly (readonly [title: string, model: string, step: Fields, field: string, value: string])[] = [
  ["a missing amount", "eigenlayer", { op: "deposit", staker: "a" }, "shares or amount", "nothing"],
  ["a negative deposit", "eigenlayer", { op: "deposit", staker: "a", shares: "-5" }, "steps[0].shares", "-5"],
  ["a fraction beyond any word", "eigenlayer", { op: "slash", set: "A", wad: HUGE }, "steps[0].wad", HUGE],
  ["a block that is no number", "eigenlayer", { op: "setBlock", block: "x" }, "block or timestamp", '"x"'],
  ["a negative block", "eigenlayer", { op: "setBlock", block: "-5" }, "block or timestamp", "-5"],
  ["a block beyond any clock", "eigenlayer", { op: "setBlock", block: HUGE }, "less than 1e14 in block", HUGE],
  ["a time beyond any clock", "eigenlayer", { op: "setTimestamp", timestamp: HUGE }, "less than 1e14", HUGE],
  ["blocks beyond any clock", "eigenlayer", { op: "advance", blocks: HUGE }, "less than 1e14 in blocks", HUGE],
  ["a negative number of blocks", "eigenlayer", { op: "advance", blocks: "-7" }, "zero or more in blocks", "-7"],
  ["a negative repetition", "eigenlayer", { op: "repeat", times: "-3", step: "deposit" }, "in times", "-3"],
  ["an endless repetition", "eigenlayer", { op: "repeat", times: HUGE, step: "deposit" }, "in times", HUGE],
  ["an endless row of slashes", "karak", { op: "repeat", times: HUGE, step: "requestSlashing" }, "in times", HUGE],
  ["a second that is none", "symbiotic-v1", { op: "deposit", amount: "1", t: "soon" }, "number in t", '"soon"'],
  ["a second beyond any clock", "symbiotic-v1", { op: "deposit", amount: "1", t: HUGE }, "before 1e14 in t", HUGE],
  ["an epoch in no known words", "symbiotic-v1", { ...ON_SLASH, captureEpoch: "next" }, "in captureEpoch", '"next"'],
  ["a negative capture", "symbiotic-v1", { ...ON_SLASH, capture: "-1" }, "number in capture", '"-1"'],
  ["a user that is no name", "symbiotic-v1", { op: "deposit", amount: "1", user: {} }, "a name in user", "{}"],
  ["no times to repeat", "symbiotic-v1", { op: "repeat", step: "deposit", amount: "1" }, "in times", "nothing"],
  ["a receiver of no kind", "symbiotic-burner", { op: "onSlash", receiver: "him" }, "in receiver", "him"],
  ["a fill of nothing", "symbiotic-v2", { op: "fill", shares: "0", assets: "0" }, "one or more in shares", "0"],
  ["a percentage beyond any word", "karak", { op: "requestSlashing", pct: HUGE }, "steps[0].pct", HUGE],
  ["a price without a position", "lending-proposal", { op: "setPrice", price: "1" }, "a position before it", "none"],
  ["amounts that are none", "eigenlayer-rewards", { op: "operatorDirected", amounts: ["x"] }, "amounts", '["x"]'],
  ["a value that is no number", "lrt-renzo", { op: "mint", value: "x", supply: "1", tvl: "1" }, "value", '"x"'],
  ["moves that are no numbers", "lrt-kelp", { op: "limit", percent: "1", moves: ["x"] }, "moves", '["x"]'],
];

describe("malformed vectors", () => {
  const runner = new ConformanceRunner("blocknumber");

  after(async () => {
    await runner.close();
  });

  async function run(format: string, vector: Fields): Promise<CaseResult> {
    const [single] = parseConformanceFile("bad.json", JSON.stringify({ format, vectors: [vector] }));
    return single === undefined ? expect.fail("no case") : await runner.run(single);
  }

  function names(result: CaseResult, ...parts: readonly string[]): void {
    for (const part of ["BAD-1", "Correct it", ...parts]) expect(result).to.have.property("reason").that.includes(part);
  }

  for (const [title, fields, field, value] of inputs) {
    it(`are told the field and the value: ${title}`, async () => {
      const expected = { out: "1", dy: "1", collToSP: "1", borrowed: "1", lif: "1" };
      const observable = Object.fromEntries(Object.entries(expected).filter(([name]) => isOf(name, fields)));
      names(await run("defi-vectors/1", { id: "BAD-1", inputs: fields, expected: observable }), field, value);
    });
  }

  for (const [title, model, step, field, value] of steps) {
    it(`are told the field and the value: ${title}`, async () => {
      names(await run("restaking-vectors/1", { id: "BAD-1", model, steps: [step], expected: {} }), field, value);
    });
  }

  it("are told the field of what is given", async () => {
    const given = { withdrawalDelayBlocks: "soon" };
    const vector = { id: "BAD-1", model: "eigenlayer", given, steps: [], expected: {} };
    names(await run("restaking-vectors/1", vector), "given.withdrawalDelayBlocks", "soon");
  });

  it("are told the bound of the block that they begin at", async () => {
    const vector = { id: "BAD-1", model: "eigenlayer", given: { startBlock: HUGE }, steps: [], expected: {} };
    names(await run("restaking-vectors/1", vector), "less than 1e14 in startBlock", HUGE);
  });

  it("name the fields that nothing asks for, and the vector that is not there", async () => {
    const play = async (...played: readonly Fields[]): Promise<CaseResult> =>
      await run("restaking-vectors/1", {
        id: "BAD-1",
        model: "symbiotic-v1",
        steps: played,
        expected: { activeStake: "2" },
      });

    expect(await play({ op: "deposit", amout: "2" })).to.have.deep.property("unasked", ["steps[0].amout"]);
    const odd = await play({ op: "deposit", amount: "1", usr: "b" });
    expect(odd).to.have.deep.property("unasked", ["steps[0].usr"]);
    expect(formatCase(odd)).to.match(/got 1\n {6}nothing asked for steps\[0\]\.usr\n$/);
    const alone = await play({ op: "continueFrom", vector: "BAD-0" });
    expect(alone).to.have.nested.property("difference.got").that.includes('no other vector "BAD-0"');
  });

  it("fail where nothing is done and nothing expected", async () => {
    const empty = await run("restaking-vectors/1", { id: "BAD-1", model: "karak", steps: [], expected: {} });
    expect(empty).to.have.property("reason").that.includes("nothing to compare");
  });

  it("fail where nothing is expected of a case", async () => {
    const result = await run("defi-vectors/1", { id: "BAD-1", inputs: SWAP, expected: {} });
    expect(result).to.have.property("reason", "expected holds nothing to compare");
  });

  it("answer with null where leverage has no bound", async () => {
    const expected = { maxLeverageE4: null };
    expect(await run("defi-vectors/1", { id: "X-1", inputs: { ltv: "10000" }, expected })).to.have.property(
      "passed",
      true,
    );
  });
});

/** Whether an observable is one of the kind that these inputs are of. */
function isOf(name: string, fields: Fields): boolean {
  const kinds: Readonly<Record<string, string>> = {
    out: "rIn",
    dy: "burn",
    collToSP: "sp",
    borrowed: "borrowShares",
    lif: "lltv",
  };
  return fields[kinds[name] ?? ""] !== undefined;
}
