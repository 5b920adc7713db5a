import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { OutputUnwritableError } from "../../../../src/errors/output-unwritable-error.ts";
import { RedisError } from "../../../../src/errors/redis-error.ts";
import { StoreError } from "../../../../src/errors/store-error.ts";
import { SweepConflictError } from "../../../../src/errors/sweep-conflict-error.ts";
import { WorkerLostError } from "../../../../src/errors/worker-lost-error.ts";
import { totalLoss, type Scenario } from "../../../../src/index.ts";
import { readResults } from "../../../../src/sweep/answers/read-results.ts";
import { Database } from "../../../../src/sweep/store/database.ts";
import { listParts, readPart, writePart } from "../../../../src/sweep/store/part-files.ts";
import myScenario from "../../../helpers/my-scenario.ts";
import { exportedBytes, makeLine, paperSweep, temporaryFolder } from "../../../helpers/sweep-fixture.ts";

const file = { set: { "lst.fee": ["5%", "10%"] }, seeds: "1..20" };

/** What a promise is refused with. */
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("runSweep", () => {
  const removals: (() => Promise<void>)[] = [];
  const fresh = async (): Promise<string> => {
    const { folder, remove } = await temporaryFolder();
    removals.push(remove);
    return folder;
  };
  after(async () => {
    for (const remove of removals) await remove();
  });

  let undisturbed: Readonly<Record<string, string>> = {};
  let whole = "";
  before(async () => {
    whole = await fresh();
    await paperSweep(file).start(whole);
    undisturbed = await exportedBytes(whole);
  });

  it("tells the twin that it is of, and the units of measures that only the twin has", async () => {
    const folder = await fresh();
    const twin = {
      title: "with another measure",
      make: (base: Scenario) => ({ ...base, metrics: { loss: totalLoss() }, expect: {} }),
    };
    const scenario = { ...myScenario, variants: { other: twin } };
    await paperSweep({ variant: "other", seeds: "1..2" }, { scenario }).start(folder);
    const results = await readResults(folder);
    expect(results.scenario).to.equal("my-scenario (other)");
    expect(results.measures.find(({ name }) => name === "loss")?.unit).to.equal("wei");
  });

  it("keeps one row a run and one a step, with what identifies them", async () => {
    const runs = (undisturbed["runs.csv"] ?? "").trimEnd().split("\n");
    expect(runs.length).to.equal(41);
    expect(runs[0]).to.equal(
      "run,point,seed,status,error,message,scenario,scenario_hash,contracts_hash,version,code,replay,lst.fee,loss,huge,Loss_2",
    );
    expect(runs[5]).to.match(/^4,0,3,failed,BEHAVIOUR,"agent ""x"" failed with ""3"", it's said",my-scenario,/);
    const steps = (undisturbed["steps.csv"] ?? "").trimEnd().split("\n");
    expect(steps[0]).to.equal("run,step,time,loss,loss_2");
    expect(steps.length).to.equal(1 + 3 * 34);
    expect(await readdir(whole)).to.have.members([
      ...["sweep.json", "results.duckdb"],
      ...["runs", "steps", "measures", "parameters"].map((table) => `${table}.parquet`),
    ]);
  });

  it("keeps numbers beyond DuckDB's exactly, as text", () => {
    expect(undisturbed["runs.csv"]).to.contain((2n ** 256n - 1n).toString());
  });

  it("gives the same bytes whatever the workers, the chunks, the order and the deaths of workers", async () => {
    const how = fc.record({
      width: fc.integer({ min: 1, max: 5 }),
      size: fc.integer({ min: 1, max: 16 }),
      every: fc.integer({ min: 2, max: 9 }),
    });
    const property = fc.asyncProperty(how, async ({ width, size, every }) => {
      const folder = await fresh();
      let calls = 0;
      const { start } = paperSweep(file, {
        width,
        size,
        fate: (lines) => {
          calls += 1;
          if (calls % every === 0) throw new WorkerLostError(lines.length);
          return lines;
        },
      });
      expect((await start(folder)).missing).to.equal(0);
      expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
    });
    await fc.assert(property, { numRuns: 6 });
  });

  it("finishes what a full disk broke off, with the same bytes", async () => {
    const folder = await fresh();
    let room = 4;
    const full = paperSweep(file, {
      fate: (lines) => {
        if (room-- > 0) return lines;
        throw new OutputUnwritableError(folder, "no space is left");
      },
    });
    expect(await refusal(full.start(folder))).to.be.instanceOf(OutputUnwritableError);
    expect(full.engines[0]?.closed).to.equal(true);
    const { start, engines } = paperSweep(file);
    expect((await start(folder, { resume: true })).missing).to.equal(0);
    expect(engines[0]?.made.length).to.equal(40 - 12);
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  it("ends at an interrupt with what there is, and goes on from there", async () => {
    const folder = await fresh();
    const controller = new AbortController();
    const outcome = await paperSweep(file, {
      fate: (lines) => {
        if ((lines[0]?.run ?? 0) > 5) controller.abort();
        return lines;
      },
    }).start(folder, { signal: controller.signal });
    expect(outcome.missing).to.be.greaterThan(0);
    const database = await Database.open(path.join(folder, "results.duckdb"), "closed");
    const { rows } = await database.ask("SELECT count(*)::INTEGER, (SELECT complete FROM sweep) FROM runs");
    database.close();
    expect(rows).to.deep.equal([[outcome.runs, false]]);
    await paperSweep(file).start(folder, { resume: true });
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  it("makes runs again whose part is damaged, and takes a part twice for one", async () => {
    const folder = await fresh();
    const { plan, start, engines } = paperSweep(file, { size: 2 });
    const lines = [0, 1, 2, 3].map((run) => makeLine(plan.runAt(run)));
    await writePart(folder, lines.slice(0, 2));
    await writePart(folder, lines.slice(0, 2));
    await writePart(folder, lines.slice(1, 4));
    const [first = "", second = ""] = await listParts(folder);
    expect(await listParts(folder)).to.have.length(2);
    await writeFile(path.join(folder, "parts", first), "damaged");
    expect(await readPart(folder, first)).to.equal(undefined);
    expect(await readPart(folder, second)).to.deep.equal(lines.slice(1, 4));
    await start(folder);
    expect(engines[0]?.made).to.include(0).and.not.include(1);
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  it("refuses a run that came out differently the second time", async () => {
    const folder = await fresh();
    const { plan, start } = paperSweep(file);
    const line = makeLine(plan.runAt(0));
    await writePart(folder, [line]);
    await writePart(folder, [{ ...line, outcomes: { ...line.outcomes, loss: "1" } }]);
    const error = await refusal(start(folder));
    expect(error).to.be.instanceOf(SweepConflictError);
    expect(String(error)).to.match(/Run 0 was made twice/);
  });

  it("leaves a run for later that takes its worker along again and again, and loses no other", async () => {
    const folder = await fresh();
    const { start } = paperSweep(file, {
      fate: (lines) => {
        if (lines.some(({ run }) => run === 7)) throw new WorkerLostError(lines.length);
        return lines;
      },
    });
    expect(await start(folder)).to.include({ runs: 39, missing: 1 });
    await paperSweep(file).start(folder, { resume: true });
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  it("runs nothing again in a folder that is complete", async () => {
    const { start, engines } = paperSweep(file);
    expect(await start(whole, { resume: true })).to.include({ runs: 40, missing: 0 });
    expect(engines).to.have.length(0);
  });

  it("refuses a folder that holds a sweep already, another sweep, or other code", async () => {
    const taken = await refusal(paperSweep(file).start(whole));
    expect(String(taken)).to.match(/--resume/);
    const other = await refusal(paperSweep({ ...file, seed: 1 }).start(whole, { resume: true }));
    expect(String(other)).to.match(/another sweep/);
    const code = await refusal(paperSweep(file).start(whole, { resume: true, code: "sha256:03" }));
    expect(String(code)).to.match(/code has changed/);
  });

  it("refuses a folder that another process is working in, and takes over from one that is gone", async () => {
    const folder = await fresh();
    const { hostname } = await import("node:os");
    await writeFile(path.join(folder, "lock"), `${hostname()} 1`);
    expect(await refusal(paperSweep(file).start(folder))).to.be.instanceOf(SweepConflictError);
    await writeFile(path.join(folder, "lock"), `${hostname()} 4194303999`);
    await writeFile(path.join(folder, "results.duckdb.partial"), "left by a crash");
    await paperSweep(file).start(folder);
    expect(await readdir(folder))
      .to.not.include("lock")
      .and.not.include("results.duckdb.partial");
  });

  it("refuses a manifest that somebody changed", async () => {
    const folder = await fresh();
    await paperSweep(file).start(folder);
    const manifest = path.join(folder, "sweep.json");
    await writeFile(manifest, (await readFile(manifest, "utf8")).replace('"1..20"', '"1..21"'));
    expect(String(await refusal(paperSweep(file).start(folder, { resume: true })))).to.match(/hash of its definition/);
  });

  it("does not ask for --resume where an earlier start came to no run", async () => {
    const folder = await fresh();
    const nobody = async (): Promise<never> =>
      await Promise.reject(new RedisError("redis://host:1", "nobody is there"));
    expect(await refusal(paperSweep(file).start(folder, { openEngine: nobody }))).to.have.property("code", "REDIS");
    const other = { ...file, seeds: "1..10" };
    expect((await paperSweep(other).start(folder)).runs).to.equal(20);
    expect(await refusal(paperSweep(file).start(folder))).to.have.property("code", "SWEEP_CONFLICT");
  });
});

describe("a closed store", () => {
  let folder = "";
  let remove: () => Promise<void>;
  let database: Database;
  before(async () => {
    ({ folder, remove } = await temporaryFolder());
    await paperSweep(file).start(folder);
    database = await Database.open(path.join(folder, "results.duckdb"), "closed");
  });
  after(async () => {
    database.close();
    await remove();
  });

  it("that is damaged says where else its tables are", async () => {
    const damaged = path.join(folder, "damaged.duckdb");
    await writeFile(damaged, "cut short");
    const error = await refusal(Database.open(damaged, "closed"));
    expect(error).to.be.instanceOf(StoreError);
    expect((error as StoreError).hint).to.include(".parquet files beside it");
  });

  it("answers questions", async () => {
    const { columns, rows } = await database.ask(
      "SELECT status, count(*)::INTEGER AS n FROM runs GROUP BY 1 ORDER BY 1",
    );
    expect(columns).to.deep.equal(["status", "n"]);
    expect(rows).to.deep.equal([
      ["failed", 6],
      ["passed", 34],
    ]);
  });

  for (const sql of [
    "COPY runs TO 'FOLDER/stolen.csv'",
    "COPY runs TO 'FOLDER/results.duckdb.tmp/stolen.csv'",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM 'FOLDER/runs.parquet'",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH 'FOLDER/other.duckdb'",
    "EXPORT DATABASE 'FOLDER/dump'",
    "IMPORT DATABASE 'FOLDER'",
    "INSTALL httpfs",
    "LOAD 'FOLDER/evil.duckdb_extension'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET temp_directory = 'FOLDER'",
    "INSERT INTO sweep SELECT * FROM sweep",
    "UPDATE runs SET seed = 0",
    "DELETE FROM runs",
    "DROP TABLE runs",
    "CREATE TABLE x AS SELECT 1",
    "SELECT 1; DROP TABLE runs",
    "SELECT getenv('HOME')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_json('/etc/passwd')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM read_duckdb('FOLDER/copy.duckdb', table_name = 'runs')",
    "SELECT * FROM read_parquet('http://127.0.0.1:1/x.parquet')",
    "SELECT * FROM 'https://127.0.0.1:1/x.csv'",
    "SELECT * FROM 's3://bucket/x.parquet'",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM query('COPY runs TO ''FOLDER/stolen.csv''')",
    "WITH x AS (INSERT INTO sweep SELECT * FROM sweep RETURNING *) FROM x",
    "EXPLAIN COPY runs TO 'FOLDER/stolen.csv'",
    "EXPLAIN ANALYZE DELETE FROM runs",
    "(COPY runs TO 'FOLDER/stolen.csv')",
    "FROM runs; COPY runs TO 'FOLDER/stolen.csv'",
    "SET memory_limit = '1TB'",
    "SET threads = 1000",
    "RESET memory_limit",
    "SELECT * INTO x FROM runs",
    "MERGE INTO sweep USING runs ON false WHEN NOT MATCHED THEN INSERT VALUES (1)",
    "SELECT * FROM enable_logging(storage='file', storage_config={'path': 'FOLDER/log'})",
    "SELECT * FROM enable_profiling(format='json', save_location='FOLDER/profile.json')",
    "EXPLAIN ANALYZE COPY runs TO 'FOLDER/stolen.csv'",
  ]) {
    it(`refuses ${sql}`, async () => {
      const earlier = await readdir(folder);
      const error = await refusal(database.ask(sql.replaceAll("FOLDER", folder)));
      expect(error).to.have.property("code", "STORE");
      expect(await readdir(folder)).to.deep.equal(earlier);
    });
  }

  const NO_READING: readonly (readonly [string, RegExp])[] = [
    ["LOAD json", /this is LOAD/],
    ["VACUUM", /this is VACUUM/],
    ["CHECKPOINT", /this is CHECKPOINT/],
    ["ANALYZE", /this is ANALYZE/],
    ["PREPARE p AS SELECT 1", /this is PREPARE/],
    ["EXECUTE p", /this is EXECUTE|does not exist/],
    ["BEGIN", /this is BEGIN/],
    ["USE results", /this is USE/],
    ["SET VARIABLE x = 1", /this is SET/],
    ["CALL pragma_version()", /this is CALL/],
    ["PRAGMA version", /this is PRAGMA/],
    ["/* a */ -- b\n pragma database_list", /this is PRAGMA/],
    ["CREATE TEMP TABLE x AS SELECT 1", /this is CREATE/],
    ["COPY runs TO 'FOLDER/stolen.csv'", /this is COPY|Permission/],
    ["SELECT 1; SELECT 2", /these are 2/],
    ["PIVOT runs ON status USING count(*)", /this PIVOT makes a type/],
    ['SELECT * FROM "checkpoint"()', /checkpoint reads nothing/],
    ["SELECT 1\0; DROP TABLE runs", /holds a character NUL/],
    ["", /this is empty/],
    [" ; -- nothing", /this is empty/],
  ];
  for (const [sql, message] of NO_READING) {
    it(`does not answer "${sql.replace("\n", " ")}" as though it had asked something`, async () => {
      expect(String(await refusal(database.ask(sql)))).to.match(message);
    });
  }

  it("has a part of the machine's memory and threads, and answers with so many rows at most", async () => {
    const settings = "SELECT value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads') ORDER BY name";
    const [[memory], [threads]] = (await database.ask(settings)).rows as [[string], [string]];
    expect(Number.parseFloat(memory)).to.be.at.most(memory.endsWith("GiB") ? 4 : 4096);
    expect(Number(threads)).to.be.within(1, 8);
    const error = await refusal(database.ask("FROM range(1000000000000)"));
    expect(error).to.have.property("code", "STORE");
    expect(String(error)).to.match(/more than 1000000 rows. Add a LIMIT/);
  });

  it("answers every statement that reads", async () => {
    for (const sql of [
      ...["SELECT ';' AS x;", "(SELECT 1)", "-- why\nFROM runs LIMIT 1", "WITH a AS (SELECT 1) FROM a", "VALUES (1)"],
      ...["TABLE sweep", "DESCRIBE runs", "SHOW TABLES", "SUMMARIZE runs", "EXPLAIN SELECT 1", "SELECT 'VACUUM' AS x"],
      "PIVOT runs ON status IN ('passed', 'failed') USING count(*) GROUP BY point",
    ]) {
      expect((await database.ask(sql)).rows, sql).to.not.have.length(0);
    }
  });
});
