import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { readConformanceFiles } from "../../../../src/cli/conformance-files.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";

const params = { deallocationDelayBlocks: "50", withdrawalDelayBlocks: "50", firstBlock: "1000" };
const names = { operators: [], operatorSets: [], stakers: ["s1"] };
const trace = { format: "faultline-trace/1", model: "unique-stake", params, ...names };
const deposit = (block: string): object => ({ op: "deposit", block, staker: "s1", amount: "5" });

describe("readConformanceFiles", () => {
  let root = "";
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(path.join(root, name), content);
    return path.join(root, name);
  };

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "faultline-vectors-"));
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it("keeps the sound files of a folder where others are malformed or of another format", async () => {
    await write("good.json", JSON.stringify({ ...trace, steps: [deposit("1001")] }));
    const cut = await write("cut.json", JSON.stringify({ ...trace, steps: [deposit("1001")] }).slice(0, 120));
    const other = await write("other.json", '{"format":"notes/1"}');
    const { cases, others, malformed } = readConformanceFiles([root]);
    expect(cases.map(({ name }) => name)).to.deep.equal(["good.json"]);
    expect(others).to.deep.equal([other]);
    expect(malformed.map(({ details }) => details["file"])).to.deep.equal([cut]);
  });

  it("names the step at which blocks fall", async () => {
    await write("falls.json", JSON.stringify({ ...trace, steps: [deposit("1005"), deposit("1004")] }));
    expect(readConformanceFiles([root]).malformed[0]?.details["place"]).to.equal("steps[1].block");
  });

  it("refuses a block that no clock can show", async () => {
    await write("far.json", JSON.stringify({ ...trace, steps: [deposit("9".repeat(30))] }));
    expect(readConformanceFiles([root]).malformed[0]?.details["place"]).to.equal("steps[0].block");
  });

  it("reads a file with a byte order mark", async () => {
    const file = await write("bom.json", `\uFEFF${JSON.stringify({ ...trace, steps: [] })}`);
    expect(readConformanceFiles([file]))
      .to.deep.include({ malformed: [] })
      .and.property("cases")
      .to.have.length(1);
  });

  it("refuses a folder with nothing to run and a path that is not there", () => {
    expect(() => readConformanceFiles([root])).to.throw(UsageError);
    expect(() => readConformanceFiles([path.join(root, "nowhere")])).to.throw(UsageError);
  });
});
