import { expect } from "chai";

import { VectorInvalidError } from "../../../../../../src/errors/vector-invalid-error.ts";
import { VectorBook } from "../../../../../../src/world/conformance/defi/book.ts";
import { Inputs, wholeNumber } from "../../../../../../src/world/conformance/defi/inputs.ts";
import type { DefiVector, WrittenVector } from "../../../../../../src/world/conformance/defi/vector.ts";

const written = (id: string, inputs: Record<string, unknown>): WrittenVector => ({
  ...{ id, title: "", anchor: "", tolerance: "exact" },
  ...{ inputs, expected: {} },
});

function get(id: string, ...vectors: readonly WrittenVector[]): DefiVector {
  const found = new VectorBook(vectors).get(id);
  return found ?? expect.fail(`there is no ${id}`);
}

describe("VectorBook", () => {
  const base = written("X-1", { price: "5", size: "7" });

  it("gives a case the inputs of the one it is like, its own before them", () => {
    const vector = get(
      "X-3",
      base,
      written("X-2", { like: "X-1", size: "8" }),
      written("X-3", { like: "X-2", fee: "1" }),
    );
    expect(vector.inputs).to.deep.equal({ price: "5", size: "8", fee: "1" });
    expect(vector.own).to.deep.equal({ like: "X-2", fee: "1" });
  });

  it("borrows a single input", () => {
    expect(get("X-2", base, written("X-2", { size: "as X-1" })).inputs).to.deep.equal({ size: "7" });
  });

  it("keeps what is like no case as it stands", () => {
    expect(get("X-2", written("X-2", { like: "A=200 1M/1M" })).inputs).to.deep.equal({ like: "A=200 1M/1M" });
  });

  it("knows the cases that files refer to without bringing them", () => {
    const three = written("MORPHO-03", { price: "1", borrowShares: "9" });
    const six = get("MORPHO-06", three, written("MORPHO-06", { like: "MORPHO-05", seizedAssets: "1" }));
    expect(six.inputs).to.deep.equal({ price: `8${"0".repeat(35)}`, borrowShares: "9", seizedAssets: "1" });
    const alone = get("MORPHO-06", written("MORPHO-06", { like: "MORPHO-05", seizedAssets: "1" }));
    expect(alone.inputs).to.include({ market: "borrow 5000e18/5000e24 supply 7600e18/7600e24", seizedAssets: "1" });
  });

  it("refuses a circle, and a case that is not there", () => {
    const circle = new VectorBook([written("X-1", { like: "X-2" }), written("X-2", { like: "X-1" })]);
    expect(() => circle.get("X-1")).to.throw(VectorInvalidError);
    expect(() => new VectorBook([written("X-1", { like: "X-9" })]).get("X-1")).to.throw(VectorInvalidError);
    expect(() => new VectorBook([written("X-1", { size: "as X-9" })]).get("X-1")).to.throw(VectorInvalidError);
    expect(new VectorBook([]).get("X-1")).to.equal(undefined);
  });
});

describe("Inputs", () => {
  it("reads whole numbers in every spelling that vectors use", () => {
    expect(["12", "-3", "2.48e18", "1999.99e6", "1,000", 7].map(wholeNumber)).to.deep.equal([
      ...[12n, -3n, 2_480_000_000_000_000_000n, 1_999_990_000n, 1_000n, 7n],
    ]);
    expect(["1.5", "1.25e1", "", "0x1", "ten", 1.5, null].map(wholeNumber)).to.deep.equal(Array(7).fill(undefined));
  });

  it("names the input that is wrong", () => {
    const inputs = new Inputs(get("X-1", written("X-1", { size: "much", list: ["1", "x"], rows: [["1"], "2"] })));
    for (const [read, place] of [
      [() => inputs.integer("size"), "inputs.size"],
      [() => inputs.integer("depth", "amount"), "inputs.depth or amount"],
      [() => inputs.integers("list"), "inputs.list"],
      [() => inputs.rows("rows"), "inputs.rows"],
    ] as const) {
      expect(read).to.throw(VectorInvalidError).with.nested.property("details.place", place);
    }
  });

  it("takes a value by any of its names, or what stands for nothing", () => {
    const inputs = new Inputs(get("X-1", written("X-1", { reserveIn: "5", rows: [["1", "2"]] })));
    expect([inputs.integer("rIn", "reserveIn"), inputs.integerOr(3n, "fee")]).to.deep.equal([5n, 3n]);
    expect([inputs.integersOr([1n], "rates"), inputs.rows("rows")]).to.deep.equal([[1n], [[1n, 2n]]]);
    expect([inputs.text("rows"), inputs.has("reserveIn")]).to.deep.equal(["", true]);
  });
});
