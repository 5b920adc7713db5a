import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";
import hre from "hardhat";

const root = path.resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** Commands inside the fenced shell blocks of a page, without their comments. */
const commandsOf = (page: string): string[] =>
  [...read(page).matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g)]
    .flatMap((block) => (block[1] ?? "").split("\n"))
    .map((line) =>
      line
        .replace(/\s#.*$/, "")
        .replace(/^\$ /, "")
        .trim(),
    )
    .filter((line) => line !== "" && !line.startsWith("#"));

/** What is wrong with a `hardhat` command; nothing when its task and files exist. */
function hardhatFault([task = "", ...args]: string[]): string | undefined {
  if (!hre.tasks.rootTasks.has(task)) return `no task "${task}"`;
  const files = args.filter((arg) => /^[\w./-]+\/[\w./-]+$/.test(arg));
  const missing = files.find((file) => !existsSync(path.join(root, file)));
  if (missing !== undefined) return `no file "${missing}"`;
  const [scenario] = args;
  const named = task === "simulate" && scenario !== undefined && !scenario.startsWith("-");
  const places = [`scenarios/${scenario}.ts`, `scenarios/${scenario}/scenario.ts`];
  const found = places.some((place) => existsSync(path.join(root, place)));
  return named && !found ? `no scenario "${scenario}"` : undefined;
}

/** What is wrong with a command; nothing when it would start. */
function faultOf(command: string): string | undefined {
  const words = command.split(/\s+/).filter((word) => word !== "--");
  const [tool, verb = ""] = words;
  if (tool === "npx" && verb === "hardhat") return hardhatFault(words.slice(2));
  if (tool === "npm") {
    const name = verb === "run" ? (words[2] ?? "") : verb;
    const script = scripts[name];
    if (script === undefined) return `no script "${name}"`;
    const hardhat = /bootstrap\.mjs hardhat (.*)$/.exec(script)?.[1];
    const given = words.slice(verb === "run" ? 3 : 2);
    return hardhat === undefined ? undefined : hardhatFault([...hardhat.split(" "), ...given]);
  }
  return tool !== undefined && existsSync(path.join(root, tool)) ? undefined : `"${command}" is not known here`;
}

describe("the commands in the documents", () => {
  const pages = ["README.md", ...globSync("docs/**/*.md", { cwd: root })].filter((page) => commandsOf(page).length > 0);

  for (const page of pages.sort()) {
    it(`can be run as ${page} prints them`, () => {
      const faults = commandsOf(page).flatMap((command) => {
        const fault = faultOf(command);
        return fault === undefined ? [] : [`${command}: ${fault}`];
      });
      expect(faults).to.deep.equal([]);
    });
  }

  it("stand in the README with the two that do all set-up first", () => {
    expect(commandsOf("README.md").slice(0, 2)).to.deep.equal(["npm start", "npm test"]);
  });
});
