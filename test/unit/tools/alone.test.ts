import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect } from "chai";

import { LockedError, lockFile, takeLock } from "../../../tools/alone.mjs";

const tool = new URL("../../../tools/alone.mjs", import.meta.url).href;
const pause = (ms: number) => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});`;

describe("one at a time", () => {
  let folder = "";
  let file = "";
  const what = "the test";

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "faultline-alone-"));
    file = path.join(folder, "lock");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A process that takes the lock, says so, and goes on. */
  function other(then: string): ChildProcess {
    const take = `const release = takeLock(${JSON.stringify(file)}, { what: "it" });`;
    const code = `import { takeLock } from ${JSON.stringify(tool)}; import { appendFileSync } from "node:fs"; ${take} ${then}`;
    return spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: ["ignore", "pipe", "inherit"] });
  }
  const hasBegun = async (child: ChildProcess) => {
    if (child.stdout !== null) await once(child.stdout, "data");
  };

  it("names a lock by folder and purpose, outside of the folder", () => {
    expect(lockFile(folder, "build")).to.equal(lockFile(path.join(folder, "x", ".."), "build"));
    expect(lockFile(folder, "build")).not.to.equal(lockFile(folder, "set-up"));
    expect(lockFile(folder, "build").startsWith(folder)).to.equal(false);
  });

  it("lets the holder take its lock again, and lets go with the last of both", () => {
    const release = takeLock(file, { what });
    const again = takeLock(file, { what });
    again();
    expect(readFileSync(file, "utf8")).to.equal(String(process.pid));
    release();
    expect(existsSync(file)).to.equal(false);
  });

  it("waits for who holds it, and says for whom", async () => {
    const child = other(`console.log("held"); ${pause(400)} release();`);
    await hasBegun(child);
    const waited: string[] = [];
    takeLock(file, { what, onWait: (holder) => waited.push(holder) })();
    expect(waited).to.deep.equal([String(child.pid)]);
  });

  it("takes the lock of a process that was killed", async () => {
    const child = other(`console.log("held"); ${pause(60_000)}`);
    await hasBegun(child);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readFileSync(file, "utf8")).to.equal(String(child.pid));
    takeLock(file, { what })();
    expect(existsSync(file)).to.equal(false);
  });

  it("takes a lock with nonsense in it, which nobody can hold", () => {
    writeFileSync(file, "nonsense");
    takeLock(file, { what })();
    expect(existsSync(file)).to.equal(false);
  });

  it("gives up on a holder that keeps it for too long, and can try again", async () => {
    const child = other(`console.log("held"); ${pause(60_000)}`);
    await hasBegun(child);
    expect(() => takeLock(file, { what, patience: 200 }))
      .to.throw(LockedError)
      .with.property(
        "message",
        `faultline: the test is kept by process ${child.pid} for too long. End it, or remove ${file}.`,
      );
    child.kill("SIGKILL");
    await once(child, "exit");
    takeLock(file, { what })();
  });

  it("lets no two of eight processes in at once, though one of them is killed inside", async () => {
    const log = path.join(folder, "log");
    const note = (word: string) => `appendFileSync(${JSON.stringify(log)}, "${word}\\n");`;
    const killed = other(`console.log("held"); ${pause(60_000)}`);
    await hasBegun(killed);
    const others = Array.from({ length: 7 }, () => other(`${note("in")} ${pause(30)} ${note("out")} release();`));
    const ends = others.map(async (child) => (await once(child, "exit"))[0] as number | null);
    killed.kill("SIGKILL");
    expect(await Promise.all(ends)).to.deep.equal(Array(7).fill(0));
    expect(readFileSync(log, "utf8")).to.equal("in\nout\n".repeat(7));
  });
});
