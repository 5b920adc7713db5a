import { expect } from "chai";

import { AUTO } from "../../../../src/cli/arguments.ts";
import { assertRedisOptions, readRedisPlace } from "../../../../src/cli/redis-options.ts";
import { UsageError } from "../../../../src/errors/usage-error.ts";
import { chunkName, chunkSchema, queueOf } from "../../../../src/sweep/bullmq/messages.ts";
import { openRedis, parseRedisPlace } from "../../../../src/sweep/bullmq/redis-place.ts";
import { readSandbox, sandboxEnvironment } from "../../../../src/sweep/bullmq/sandbox.ts";
import { defineSweep } from "../../../../src/sweep/definition/define-sweep.ts";
import myScenario from "../../../helpers/my-scenario.ts";

describe("a queue of runs", () => {
  describe("where its Redis is", () => {
    it("is a URL, with and without TLS, or a socket", () => {
      const places = [
        "redis://a",
        "rediss://b.example:6380/2",
        "redis://[::1]:7",
        "unix:/run/r.sock",
        "unix:///r.sock",
      ];
      expect(places.map((text) => parseRedisPlace(text)?.shown)).to.deep.equal([
        "redis://a:6379",
        "rediss://b.example:6380/2",
        "redis://[::1]:7",
        "unix:/run/r.sock",
        "unix:/r.sock",
      ]);
      expect(parseRedisPlace("rediss://b.example:6380/2")?.options).to.include({
        host: "b.example",
        port: 6380,
        db: 2,
      });
      expect(parseRedisPlace("redis://[::1]:7")?.options).to.include({ host: "::1" });
    });

    it("keeps user and password, and shows neither", () => {
      const place = parseRedisPlace("redis://me:p%40ss@host:1");
      expect(place?.options).to.include({ username: "me", password: "p@ss" });
      expect(place?.shown).to.equal("redis://host:1");
    });

    it("is nothing else", () => {
      for (const text of [
        "",
        "host:6379",
        "http://host",
        "redis://",
        "redis://h/x",
        "redis://h?db=1",
        "unix:",
        "/r.sock",
        "redis://:%E0%A4@host",
      ]) {
        expect(parseRedisPlace(text), text).to.equal(undefined);
      }
    });

    it("keeps nothing waiting once it turned out not to be there", async () => {
      const timers = async (): Promise<number> => {
        // A connection that never was is waited for no longer than this.
        await new Promise((resolve) => setTimeout(resolve, 500));
        return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      };
      const before = await timers();
      const nobody = parseRedisPlace("redis://:hidden@127.0.0.1:1");
      const refusal = await openRedis(nobody ?? { shown: "", options: {} }, () => undefined).catch(String);
      expect(refusal)
        .to.match(/redis:\/\/127\.0\.0\.1:1 cannot be used: connect ECONNREFUSED/)
        .and.not.match(/hidden/);
      expect(await timers()).to.be.at.most(before);
    });

    it("is refused without its text being repeated, for it may hold a password", () => {
      expect(() => readRedisPlace("http://:hidden@host"))
        .to.throw(UsageError, /no URL of a Redis/)
        .and.not.match(/hidden/);
    });

    it("is said with its reason where nothing answers", async () => {
      const place = parseRedisPlace("unix:/nowhere/r.sock");
      let text = "";
      if (place !== undefined)
        await openRedis(place, () => undefined).catch((error: unknown) => (text = String(error)));
      expect(text).to.match(/Redis at unix:\/nowhere\/r\.sock cannot be used: .*ENOENT/);
    });
  });

  describe("its options", () => {
    it("are refused where the engine would not heed them", () => {
      const usual = { redis: AUTO, jobs: AUTO, chain: AUTO };
      const url = "redis://h";
      expect(() => assertRedisOptions({ ...usual, redis: url }, "local")).to.throw(UsageError, /--engine bullmq/);
      expect(() => assertRedisOptions({ ...usual, redis: url, jobs: "2" }, "bullmq")).to.throw(UsageError, /--jobs/);
      expect(() => assertRedisOptions({ ...usual, redis: url, chain: "anvil" }, "bullmq")).to.throw(
        UsageError,
        /--chain/,
      );
      assertRedisOptions({ redis: "local", jobs: "2", chain: "anvil" }, "bullmq");
      assertRedisOptions({ ...usual, redis: url }, "bullmq");
      assertRedisOptions(usual, "local");
    });
  });

  describe("its names", () => {
    it("differ by code, sweep and runs", () => {
      expect(queueOf(`sha256:${"ab".repeat(32)}`)).to.equal("runs-abababababababab");
      const names = [chunkName("s", [0, 1]), chunkName("s", [0, 2]), chunkName("t", [0, 1]), chunkName("s", [0, 1])];
      expect(new Set(names).size).to.equal(3);
      expect(names[0]).to.match(/^s-0-[0-9a-f]{12}$/);
    });
  });

  describe("its chunks", () => {
    const definition = defineSweep(myScenario, { scenario: "my", seeds: "1..2" });
    const chunk = { scenario: "my", code: "sha256:00", definition, runs: [0, 1] };

    it("are read as they were written", () => {
      expect(chunkSchema.parse(JSON.parse(JSON.stringify(chunk)))).to.deep.equal(chunk);
    });

    it("are refused with anything else in them", () => {
      const faulty = [
        { ...chunk, root: "/" },
        { ...chunk, runs: [] },
        { ...chunk, runs: [-1] },
        { ...chunk, runs: [0.5] },
        { ...chunk, runs: Array.from({ length: 10_001 }, (_, run) => run) },
        { ...chunk, definition: { ...definition, format: "faultline-sweep/0" } },
        { ...chunk, scenario: "x".repeat(401) },
      ];
      for (const data of faulty) expect(chunkSchema.safeParse(data).success).to.equal(false);
    });
  });

  describe("the processes that make its runs", () => {
    it("are told their task, and not where Redis is", () => {
      const sandbox = { root: "/p", chain: "anvil", scenarios: { "./s.ts": "/p/s.ts" } } as const;
      const environment = sandboxEnvironment(sandbox, { HOME: "/h", FAULTLINE_REDIS_URL: "redis://:hidden@h" });
      expect(JSON.stringify(environment)).not.to.contain("hidden");
      expect(environment["HOME"]).to.equal("/h");
      expect(readSandbox(environment)).to.deep.equal(sandbox);
      expect(() => readSandbox({})).to.throw(/not started by a worker/);
    });
  });
});
