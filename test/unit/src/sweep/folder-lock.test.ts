import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { expect } from "chai";

import { temporaryFolder } from "../../../helpers/sweep-fixture.ts";

const MODULE = new URL("../../../../src/sweep/store/folder-lock.ts", import.meta.url).href;
/** Waits for the word, tries to take the folder, says how that went, and keeps what it has. */
const SCRIPT = `
  const { lockFolder } = await import(${JSON.stringify(MODULE)});
  console.log("ready");
  process.stdin.once("data", async () => {
    try {
      await lockFolder(process.argv[1]);
      console.log("mine");
    } catch (error) {
      console.log(error.code);
    }
  });`;

/** A process that says what it does line by line. */
function startRacer(folder: string) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", SCRIPT, folder]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  return { child, next };
}

/** Starts processes that all reach for the folder at the same time; returns what each came to. */
async function race(folder: string, count: number): Promise<readonly string[]> {
  const racers = Array.from({ length: count }, () => startRacer(folder));
  for (const { next } of racers) expect(await next()).to.equal("ready");
  for (const { child } of racers) child.stdin.write("go\n");
  const results = await Promise.all(racers.map(async ({ next }) => await next()));
  for (const { child } of racers) {
    child.kill();
    await once(child, "close");
  }
  return results.toSorted();
}

describe("a folder that several processes reach for at once", () => {
  const refused = Array.from({ length: 3 }, () => "SWEEP_CONFLICT");
  for (const [what, left] of [
    ["is free", undefined],
    ["was left by a process that is gone", `${hostname()} 4194303999`],
    ["was left by a process that died while it took it", ""],
  ] as const) {
    it(`goes to one of them where it ${what}`, async () => {
      const { folder, remove } = await temporaryFolder();
      try {
        if (left !== undefined) await writeFile(path.join(folder, "lock"), left);
        expect(await race(folder, 4)).to.deep.equal([...refused, "mine"]);
        expect(await readdir(folder)).to.deep.equal(["lock"]);
      } finally {
        await remove();
      }
    });
  }
});
