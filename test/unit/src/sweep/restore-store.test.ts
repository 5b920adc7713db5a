import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";

import { SweepConflictError } from "../../../../src/errors/sweep-conflict-error.ts";
import type { SweepEvent, SweepOptions } from "../../../../src/sweep/run-sweep.ts";
import { Database } from "../../../../src/sweep/store/database.ts";
import { exportedBytes, paperSweep, temporaryFolder } from "../../../helpers/sweep-fixture.ts";

const file = { set: { "lst.fee": ["5%", "10%"] }, seeds: "1..20" };
const STORE = "results.duckdb";
const TABLES = ["runs", "steps", "measures", "parameters"];

describe("a finished sweep whose store is gone or damaged", () => {
  let home = "";
  let remove: () => Promise<void>;
  let undisturbed: Readonly<Record<string, string>> = {};
  let sweepTable: unknown;
  let count = 0;

  /** The table that is in no file. */
  async function readSweep(folder: string): Promise<unknown> {
    const database = await Database.open(path.join(folder, STORE), "own");
    try {
      return await database.ask("FROM sweep");
    } finally {
      database.close();
    }
  }

  /** A copy of the finished sweep's folder. */
  async function copy(): Promise<string> {
    const folder = path.join(home, String(++count));
    await cp(path.join(home, "whole"), folder, { recursive: true });
    return folder;
  }

  /** Resumes; says what was told, and how many runs were made. */
  async function resume(folder: string, over: Partial<SweepOptions> = {}) {
    const told: string[] = [];
    const { start, engines } = paperSweep(file);
    const onEvent = ({ type }: SweepEvent): unknown => told.push(type);
    const { runs, missing } = await start(folder, { resume: true, onEvent, ...over });
    const made = engines.flatMap((engine) => engine.made).length;
    return { runs, missing, made, told: told.filter((type) => type.startsWith("store-")) };
  }

  const RESTORED = { runs: 40, missing: 0, made: 0, told: ["store-restored"] };

  before(async () => {
    ({ folder: home, remove } = await temporaryFolder());
    const folder = path.join(home, "whole");
    await paperSweep(file).start(folder);
    undisturbed = await exportedBytes(folder);
    sweepTable = await readSweep(folder);
  });
  after(async () => {
    await remove();
  });

  const damages: readonly (readonly [string, (store: string) => Promise<void>])[] = [
    ["is gone", async (store) => await rm(store)],
    ["is empty", async (store) => await truncate(store, 0)],
    ["is cut short", async (store) => await truncate(store, 100_000)],
    ["holds something else", async (store) => await writeFile(store, "something else")],
    [
      "has a block that does not match its checksum",
      async (store) => {
        const content = await readFile(store);
        const at = content.indexOf(Buffer.from("npm run simulate"));
        content[at] = 0;
        await writeFile(store, content);
      },
    ],
  ];
  for (const [what, damage] of damages) {
    it(`is put together again from its files where the store ${what}, and no run is made`, async () => {
      const folder = await copy();
      await damage(path.join(folder, STORE));
      expect(await resume(folder)).to.deep.equal(RESTORED);
      expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
      expect(await readSweep(folder)).to.deep.equal(sweepTable);
      expect(await readdir(folder)).to.have.members(await readdir(path.join(home, "whole")));
      expect(await resume(folder)).to.deep.equal({ ...RESTORED, told: [] });
    });
  }

  it("is put together again whatever the code is today", async () => {
    const folder = await copy();
    await rm(path.join(folder, STORE));
    expect(await resume(folder, { code: "sha256:03" })).to.deep.equal(RESTORED);
    expect(await readSweep(folder)).to.deep.equal(sweepTable);
  });

  it("is not overwritten by a sweep that is started anew", async () => {
    const folder = await copy();
    await rm(path.join(folder, STORE));
    let refused: unknown;
    await paperSweep(file)
      .start(folder)
      .catch((error: unknown) => (refused = error));
    expect(refused).to.be.instanceOf(SweepConflictError);
  });

  it("makes all runs again where the files do not hold them, with the same bytes", async () => {
    const other = path.join(home, "other");
    await paperSweep({ ...file, seeds: "2..21" }).start(other);
    const faults: readonly ((folder: string) => Promise<void>)[] = [
      async (folder) => await rm(path.join(folder, "steps.parquet")),
      async (folder) => await truncate(path.join(folder, "steps.parquet"), 100),
      async (folder) => await copyFile(path.join(other, "runs.parquet"), path.join(folder, "runs.parquet")),
    ];
    for (const fault of faults) {
      const folder = await copy();
      await truncate(path.join(folder, STORE), 5_000);
      await fault(folder);
      expect(await resume(folder)).to.deep.equal({ ...RESTORED, made: 40, told: ["store-damaged"] });
      expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
      for (const table of TABLES) {
        const name = `${table}.parquet`;
        expect((await readFile(path.join(folder, name))).toString("latin1")).to.equal(undisturbed[name]);
      }
    }
  });

  it("writes the files that are missing where it was ended behind its store", async () => {
    const folder = await copy();
    await rm(path.join(folder, "measures.parquet"));
    await mkdir(path.join(folder, "parts"));
    expect(await resume(folder)).to.deep.equal({ ...RESTORED, told: [] });
    expect(await readdir(folder)).to.have.members(await readdir(path.join(home, "whole")));
  });

  it("does not take a store for damaged that somebody writes to", async () => {
    const folder = await copy();
    const script = `
      const { DuckDBInstance } = await import("@duckdb/node-api");
      await DuckDBInstance.create(${JSON.stringify(path.join(folder, STORE))});
      console.log("open");
      process.stdin.resume();`;
    const writer = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    await once(writer.stdout, "data");
    let refused: unknown;
    await resume(folder).catch((error: unknown) => (refused = error));
    writer.kill();
    await once(writer, "close");
    expect(refused).to.have.property("code", "STORE");
    expect(await resume(folder)).to.deep.equal({ ...RESTORED, told: [] });
  });
});

describe("a folder that also holds other files", () => {
  it("keeps them, whatever they are called", async () => {
    const { folder, remove } = await temporaryFolder();
    try {
      const names = ["film.partial", "archive.partial.zip", "results.duckdb.partial.zip"];
      for (const name of names) await writeFile(path.join(folder, name), "mine");
      await paperSweep({ seeds: "1..3" }).start(folder);
      expect(await readdir(folder)).to.include.members(names);
    } finally {
      await remove();
    }
  });

  it("gives nothing to a link that leads elsewhere", async () => {
    const { folder, remove } = await temporaryFolder();
    const elsewhere = path.join(folder, "elsewhere");
    const own = path.join(folder, "own");
    try {
      await mkdir(elsewhere);
      await mkdir(own);
      await symlink(elsewhere, path.join(own, "parts"));
      let refused: unknown;
      await paperSweep({ seeds: "1..3" })
        .start(own)
        .catch((error: unknown) => (refused = error));
      expect(String(refused)).to.match(/a link leads out of the sweep's folder/);
      expect(await readdir(elsewhere)).to.deep.equal([]);
    } finally {
      await remove();
    }
  });
});
