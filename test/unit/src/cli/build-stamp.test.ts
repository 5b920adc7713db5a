import { mkdtemp, readdir, rm, utimes, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { isBuilt, markBuilt, type BuildPlaces } from "../../../../src/cli/build-stamp.ts";

describe("the stamp of a build", () => {
  let folder = "";
  let places: BuildPlaces;
  const at = (name: string): string => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "faultline-stamp-"));
    await mkdir(at("contracts/deep"), { recursive: true });
    await mkdir(at("artifacts"));
    await writeFile(at("contracts/deep/One.sol"), "contract One {}");
    await writeFile(at("config.ts"), "export default {};");
    await writeFile(at("artifacts/One.json"), "0x01");
    places = {
      sources: [at("contracts"), at("config.ts")],
      outputs: [at("artifacts"), at("types")],
      stamp: at("cache/built.txt"),
    };
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it("is missing before a build, holds after it, and is left in one piece", async () => {
    expect(await isBuilt(places)).to.equal(false);
    await markBuilt(places);
    expect(await isBuilt(places)).to.equal(true);
    expect(await readdir(at("cache"))).to.deep.equal(["built.txt"]);
  });

  const CHANGES: Readonly<Record<string, () => Promise<void>>> = {
    "a contract's text": async () => await writeFile(at("contracts/deep/One.sol"), "contract Two {}"),
    "a new contract": async () => await writeFile(at("contracts/Two.sol"), ""),
    "a setting": async () => await writeFile(at("config.ts"), "export default { };"),
    "a setting that is gone": async () => await rm(at("config.ts")),
    "an artifact that is gone": async () => await rm(at("artifacts/One.json")),
    "all artifacts gone": async () => await rm(at("artifacts"), { recursive: true }),
    "new types": async () => {
      await mkdir(at("types"));
      await writeFile(at("types/One.ts"), "");
    },
    // Somebody built other sources and put the old ones back: as long, but not what these sources give.
    "an artifact written again, as long as before": async () => {
      await writeFile(at("artifacts/One.json"), "0x02");
      await utimes(at("artifacts/One.json"), 1, 1);
    },
    "half a stamp": async () => await writeFile(places.stamp, ""),
  };
  for (const [what, change] of Object.entries(CHANGES)) {
    it(`no longer holds after ${what}`, async () => {
      await markBuilt(places);
      await change();
      expect(await isBuilt(places)).to.equal(false);
      await markBuilt(places);
      expect(await isBuilt(places)).to.equal(true);
    });
  }
});
