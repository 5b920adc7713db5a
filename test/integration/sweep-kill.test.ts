import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { exportedBytes } from "../helpers/sweep-fixture.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const hardhat = path.join(root, "node_modules/hardhat/dist/src/cli.js");
const SWEEP = [
  ...["sweep", "./test/helpers/trap-scenario.ts", "--jobs", "2", "--seeds", "1..20", "--json"],
  ...["--set", "populations.stakers.agent.params.trap=0%,20%"],
];
const RUNS = 40;

interface RunEvent {
  readonly event: string;
  readonly worker: number;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Starts the sweep as a user would; `onRun` hears of every run, counted from one. */
async function sweep(
  folder: string,
  onRun: (count: number, worker: number, child: ChildProcess) => unknown = () => undefined,
  ...more: readonly string[]
): Promise<Ended> {
  const child = spawn(process.execPath, [hardhat, ...SWEEP, "--out", folder, ...more], { cwd: root });
  let stderr = "";
  child.stderr.on("data", (part: Buffer) => {
    stderr += part.toString();
  });
  let count = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { event, worker } = JSON.parse(line) as RunEvent;
    if (event === "run") onRun(++count, worker, child);
  });
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stderr }));
  });
}

/** Mounts a disk of so few kilobytes; throws where this process may not. */
async function mountDisk(disk: string, kilobytes: number): Promise<string> {
  await mkdir(disk, { recursive: true });
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", disk]);
  if (made.status !== 0) throw new Error(`no disk could be mounted on ${disk}`);
  return disk;
}

const probe = await mkdtemp(path.join(tmpdir(), "faultline-disk-"));
const canMount = await mountDisk(probe, 4).then(
  (disk) => spawnSync("umount", [disk]).status === 0,
  () => false,
);
await rm(probe, { recursive: true, force: true });
if (!canMount) console.error("SKIPPED: a sweep on a full disk; only who may mount one can test it.");
const withDisk = canMount ? it : it.skip;

describe("a sweep that something ends", () => {
  let home = "";
  let undisturbed: Readonly<Record<string, string>> = {};

  before(async () => {
    home = await mkdtemp(path.join(tmpdir(), "faultline-kill-"));
    const folder = path.join(home, "undisturbed");
    expect((await sweep(folder)).code).to.equal(0);
    undisturbed = await exportedBytes(folder);
    expect((undisturbed["runs.csv"] ?? "").trimEnd().split("\n")).to.have.length(RUNS + 1);
  });

  after(async () => {
    await rm(home, { recursive: true, force: true });
  });

  it("comes to the same bytes though a worker is killed, then itself, then Ctrl-C ends what resumes it", async () => {
    const folder = path.join(home, "ended");
    const workers: number[] = [];
    const first = await sweep(folder, (count, worker, child) => {
      workers.push(worker);
      if (count === 2) process.kill(worker, "SIGKILL");
      if (count === 14) child.kill("SIGKILL");
    });
    expect(first.signal).to.equal("SIGKILL");
    expect(first.stderr).to.match(/They are made again/);

    const second = await sweep(folder, (count, _, child) => count === 4 && child.kill("SIGINT"), "--resume");
    expect(second.code).to.equal(130);
    let made = 0;
    const third = await sweep(folder, () => (made += 1), "--resume");
    expect(third.code).to.equal(0);
    expect(made).to.be.within(1, RUNS - 4);
    expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
    for (const worker of workers) expect(() => process.kill(worker, 0)).to.throw("ESRCH");
  });

  withDisk("says that the disk is full, keeps what fits, and is finished by --resume once there is space", async () => {
    const disk = await mountDisk(path.join(home, "disk"), 48);
    try {
      const folder = path.join(disk, "sweep");
      const { code, stderr } = await sweep(folder);
      expect(code).to.be.greaterThan(0);
      expect(stderr).to.match(/space|Cannot write/);
      spawnSync("mount", ["-o", "remount,size=64m", disk]);
      const again = await sweep(folder, undefined, "--resume");
      expect(again.code).to.equal(0);
      expect(await exportedBytes(folder)).to.deep.equal(undisturbed);
      expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).to.deep.equal([]);
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});
