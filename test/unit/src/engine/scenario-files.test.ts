import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { findScenarioFile, listScenarioFiles, loadScenario } from "../../../../src/engine/scenario-files.ts";
import { ScenarioFileError } from "../../../../src/errors/scenario-file-error.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";

const sound = `export default {
  name: "mine", question: "?", seed: 1, clock: { step: 1n, steps: 1 }, avss: {}, populations: {}, metrics: {},
};`;

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("scenario-files", () => {
  let root = "";
  const write = async (name: string, content: string): Promise<string> => {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  };

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), "faultline-test-"));
    await write("scenarios/alex.ts", sound);
    await write("scenarios/race/scenario.ts", sound);
    await write("scenarios/helpers/stakes.ts", "export const stake = 1n;");
    await write("scenarios/readme.md", "");
  });
  after(async () => {
    await rm(root, { recursive: true });
  });

  it("lists files and folders that hold a scenario, by name", async () => {
    const names = (await listScenarioFiles(root)).map(({ name }) => name);
    expect(names).to.deep.equal(["alex", "race"]);
  });

  it("finds a scenario by name and by path", async () => {
    expect(await findScenarioFile("race", root)).to.equal(path.join(root, "scenarios/race/scenario.ts"));
    const file = path.join(root, "scenarios/alex.ts");
    expect(await findScenarioFile(file, "/")).to.equal(file);
  });

  it("names the nearest scenarios when there is none of that name", async () => {
    const failure = await failureOf(findScenarioFile("alxe", root));
    expect(failure).to.be.instanceOf(UsageError);
    expect((failure as UsageError).hint).to.match(/alex/);
  });

  it("refuses a path that leads to no file", async () => {
    expect(await failureOf(findScenarioFile("./nowhere.ts", root))).to.be.instanceOf(UsageError);
    expect(await failureOf(findScenarioFile(`${root}/scenarios/`, root))).to.be.instanceOf(UsageError);
  });

  it("loads the default export", async () => {
    expect((await loadScenario(path.join(root, "scenarios/alex.ts"))).name).to.equal("mine");
  });

  it("says at which line a file throws", async () => {
    const file = await write("throws.ts", 'const limit = 1;\n\nthrow new RangeError("limit is " + limit);\n');
    const failure = await failureOf(loadScenario(file));
    expect(failure).to.be.instanceOf(ScenarioFileError);
    expect((failure as ScenarioFileError).details).to.deep.include({ reason: "limit is 1" });
    expect(String((failure as ScenarioFileError).details["place"])).to.match(/throws\.ts:3:/);
  });

  it("says what is wrong with a file that does not parse, and where", async () => {
    const file = await write("syntax.ts", "\nexport default {{{");
    const failure = await failureOf(loadScenario(file));
    expect(failure).to.be.instanceOf(ScenarioFileError);
    const { details } = failure as ScenarioFileError;
    expect(String(details["place"])).to.match(/syntax\.ts:2:/);
    expect(String(details["reason"])).to.match(/^Expected/);
  });

  it("refuses a file that does not parse, imports nothing there is, or exports no scenario", async () => {
    const broken = await write("broken.ts", "export default {{{");
    const lost = await write("lost.ts", 'import "./not-there.ts"; export default {};');
    const other = await write("other.ts", "export default 42;");
    const none = await write("none.ts", "export const scenario = 1;");
    for (const file of [broken, lost, other, none]) {
      expect(await failureOf(loadScenario(file)), file).to.be.instanceOf(ScenarioFileError);
    }
  });
});
