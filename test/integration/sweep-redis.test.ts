import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Queue, QueueEvents } from "bullmq";
import { expect } from "chai";
import { Redis } from "ioredis";

import { defineSweep } from "../../src/sweep/definition/define-sweep.ts";
import { PREFIX, queueOf } from "../../src/sweep/bullmq/messages.ts";
import { hashCode, hashProject } from "../../src/sweep/run/code-hash.ts";
import { HardhatProcess } from "../helpers/hardhat-process.ts";
import { hasRedis, RedisServer } from "../helpers/redis-server.ts";
import { exportedBytes } from "../helpers/sweep-fixture.ts";
import trapScenario from "../helpers/trap-scenario.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const TRAP = "./test/helpers/trap-scenario.ts";
const SWEEP = ["sweep", TRAP, "--seeds", "1..20", "--set", "populations.stakers.agent.params.trap=0%,20%"];
const RUNS = 40;

if (!hasRedis) console.error("SKIPPED: sweeps over Redis; redis-server is not installed.");
const withRedis = hasRedis ? describe : describe.skip;

withRedis("a sweep over Redis", () => {
  let home = "";
  let server: RedisServer;
  let undisturbed: Readonly<Record<string, string>> = {};
  const started: HardhatProcess[] = [];

  function start(...args: readonly string[]): HardhatProcess {
    const command = new HardhatProcess(args, { FAULTLINE_REDIS_URL: server.url });
    started.push(command);
    return command;
  }

  async function startWorker(): Promise<HardhatProcess> {
    const worker = start("worker", "--jobs", "1", "--lease", "3", "--scenarios", TRAP);
    await worker.saw("serving");
    return worker;
  }

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "faultline-redis-sweep-"));
    server = await RedisServer.start();
    const folder = path.join(home, "local");
    expect((await start(...SWEEP, "--jobs", "2", "--out", folder).ended).code).to.equal(0);
    undisturbed = await exportedBytes(folder);
  });

  afterEach(async () => {
    for (const command of started) command.kill("SIGKILL");
    const ended = await Promise.all(started.splice(0).map(async ({ ended: end }) => await end));
    // Whatever happened to them: nobody was told the password.
    for (const { stderr, events } of ended) expect(stderr + JSON.stringify(events)).not.to.contain(server.password);
  });

  after(async () => {
    await server.remove();
    await rm(home, { recursive: true, force: true });
  });

  it("comes to the same bytes though a worker, a process below one, Redis and the coordinator are killed, and Ctrl-C ends what resumes it", async () => {
    const folder = path.join(home, "killed");
    const workers = [await startWorker(), await startWorker()];
    const first = start(...SWEEP, "--engine", "bullmq", "--out", folder);

    await first.saw("run", 3);
    workers[0]?.kill("SIGKILL");
    await first.saw("run", 6);
    const made = await first.saw("run", 10);
    const [host, pid] = String(made.at(-1)?.["worker"]).split(":");
    expect(host).to.equal(hostname());
    process.kill(Number(pid), "SIGKILL");
    await first.saw("run", 13);
    await server.kill();
    await server.start();
    await first.saw("run", 18);
    first.kill("SIGKILL");
    expect((await first.ended).signal).to.equal("SIGKILL");
    workers[1]?.kill("SIGKILL");

    const second = start(...SWEEP, "--engine", "bullmq", "--out", folder, "--resume");
    const [begin] = await second.saw("start");
    expect(begin?.["done"]).to.be.within(1, RUNS - 1);
    await startWorker();
    await second.saw("run", 5);
    second.kill("SIGINT");
    expect((await second.ended).code).to.equal(130);

    const third = start(...SWEEP, "--out", folder, "--resume", "--jobs", "2");
    expect((await third.ended).code).to.equal(0);
    expect((await third.saw("run")).length).to.be.lessThan(RUNS - 10);
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  it("starts a Redis of its own, and starts it again when it is killed", async () => {
    const folder = path.join(home, "own");
    const sweep = start(...SWEEP, "--engine", "bullmq", "--redis", "local", "--jobs", "2", "--out", folder);
    await sweep.saw("run", 5);
    const [note] = await sweep.saw("note");
    process.kill(Number(/process (\d+)/.exec(String(note?.["text"]))?.[1]), "SIGKILL");
    const { code, events } = await sweep.ended;
    expect(events.map((event) => event["text"])).to.include(
      "Redis has ended; it is started again from its append-only file.",
    );
    expect(code).to.equal(0);
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
  });

  describe("a worker that is sent something else than a chunk", () => {
    let redis: Redis;
    let queue: Queue;
    let events: QueueEvents;
    let chunk: Readonly<Record<string, unknown>> = {};

    before(async () => {
      redis = new Redis(server.url, { maxRetriesPerRequest: null });
      const connection = { connection: redis, prefix: PREFIX };
      const project = queueOf(await hashProject(root));
      queue = new Queue(project, connection);
      events = new QueueEvents(project, connection);
      const definition = defineSweep(trapScenario, { scenario: TRAP, seeds: "1..2" });
      const code = await hashCode(root, path.join(root, TRAP));
      chunk = { scenario: TRAP, code, definition, runs: [0] };
    });

    after(async () => {
      await events.close();
      await queue.close();
      redis.disconnect();
    });

    it("refuses it, imports nothing that it does not serve, and makes the next chunk", async () => {
      const marker = path.join(home, "was-imported");
      const trap = path.join(home, "evil.ts");
      await writeFile(
        trap,
        `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\n`,
      );
      const named = (scenario: string) => ({
        ...chunk,
        scenario,
        definition: { ...(chunk["definition"] as object), scenario },
      });
      const worker = await startWorker();
      const answer = async (data: unknown) =>
        (await (await queue.add("chunk", data)).waitUntilFinished(events)) as Readonly<Record<string, unknown>>;

      const stolen = await hashCode(root, trap);
      for (const [data, says] of [
        [{ ...named(trap), code: stolen }, /does not serve/],
        [{ ...named("../test/helpers/trap-scenario"), code: stolen }, /does not serve/],
        [{ ...named("__proto__"), code: stolen }, /does not serve/],
        [{ ...chunk, code: stolen }, /other code/],
        [{ ...chunk, runs: ["0; process.exit()"] }, /no chunk: runs\.0/],
        [{ ...chunk, root: home }, /no chunk/],
        [{ ...chunk, scenario: "alex" }, /no chunk/],
        ["process.exit()", /no chunk/],
      ] as const) {
        const { ok, message } = await answer(data);
        expect(ok).to.equal(false);
        expect(message).to.match(says);
      }
      expect((await answer(chunk))["ok"]).to.equal(true);
      worker.kill("SIGTERM");
      const { code, events: told } = await worker.ended;
      expect([code, told.at(-1)]).to.deep.equal([0, { event: "end", chunks: 9 }]);
      expect(
        await access(marker).then(
          () => "imported",
          () => "untouched",
        ),
      ).to.equal("untouched");
    });
  });

  it("says that a Redis cannot be reached, refuses a password, and does not repeat it", async () => {
    const small = ["sweep", "alex", "--seeds", "1", "--engine", "bullmq", "--out", path.join(home, "none"), "--redis"];
    const away = await start(...small, `redis://:${server.password}@127.0.0.1:1`).ended;
    expect(away.code).to.equal(1);
    expect(away.stderr).to.match(/Redis at redis:\/\/127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/);
    const wrong = await start("worker", "--redis", server.url.replace(server.password, "an0ther-password")).ended;
    expect(wrong.code).to.equal(1);
    expect(wrong.stderr)
      .to.match(/no such user with this password/)
      .and.not.contain("an0ther-password");
    const none = await start("worker", "--redis", `http://:${server.password}@127.0.0.1`).ended;
    expect(none.code).to.equal(2);
    expect(none.stderr).to.match(/is no URL of a Redis/);
  });
});
