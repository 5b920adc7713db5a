import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

const root = fileURLToPath(new URL("../..", import.meta.url));
const hardhat = path.join(root, "node_modules", "hardhat", "dist", "src", "cli.js");

/** A project of one contract, never built, with the compiler and the plugin of this one. */
function freshProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "faultline-builds-"));
  mkdirSync(path.join(folder, "contracts"));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
  const plugin = JSON.stringify(new URL("../../tools/one-build.ts", import.meta.url).href);
  const compiler = JSON.stringify(path.join(root, "node_modules", "solc", "soljson.js"));
  const files = {
    "package.json": '{ "name": "fresh", "type": "module" }',
    "contracts/One.sol": "// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\ncontract One {}\n",
    "hardhat.config.ts": `import { oneBuild } from ${plugin};
export default { plugins: [oneBuild], solidity: { version: "0.8.37", path: ${compiler} } };\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

async function build(cwd: string): Promise<{ code: number | null; said: string }> {
  // What this run was told about its own project is not for others.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("HARDHAT_"));
  const env = { ...Object.fromEntries(own), HARDHAT_DISABLE_TELEMETRY: "true" };
  const child = spawn(process.execPath, [hardhat, "build"], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => said.push(data.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said: said.join("") };
}

describe("builds at once in a folder that was never built", () => {
  it("wait for each other: all end well, and one of them compiles", async () => {
    const folder = freshProject();
    try {
      const builds = await Promise.all(Array.from({ length: 3 }, async () => await build(folder)));
      for (const { code, said } of builds) expect(code, said).to.equal(0);
      expect(builds.filter(({ said }) => said.includes("Compiled 1 Solidity file"))).to.have.lengthOf(1);
      expect(existsSync(path.join(folder, "artifacts", "contracts", "One.sol", "One.json"))).to.equal(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
