import { expect } from "chai";
import fc from "fast-check";

import { JsonStream } from "../../../../../src/chain/anvil/json-stream.ts";

const hard = ['{"a":"}{"}', String.raw`{"b":"\\"}`, String.raw`{"c":"\"}"}`, '{"d":{"e":[{}]}}', '{"f":"ü→"}'];

function read(text: string, size: number): readonly string[] {
  const stream = new JsonStream();
  const bytes = Buffer.from(text);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; at += size) found.push(...stream.push(bytes.subarray(at, at + size)));
  return found;
}

describe("JsonStream", () => {
  it("finds braces and quotes inside texts, whatever the size of the pieces", () => {
    for (let size = 1; size < 40; ++size) expect(read(hard.join("\n"), size), `pieces of ${size}`).to.deep.equal(hard);
  });

  it("gives any objects back as they were, with nothing between them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 17 }),
        (objects, size) => {
          const texts = objects.map((one) => JSON.stringify(one));
          expect(read(texts.join(""), size)).to.deep.equal(texts);
        },
      ),
    );
  });
});
