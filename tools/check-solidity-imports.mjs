/**
 * Who may import whom among the contracts: the lower half of docs/architecture.md's table.
 *
 * dependency-cruiser does not read Solidity; this does, and fails with one line per broken import.
 * Run: `node tools/check-solidity-imports.mjs [root]`, from the project's root.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** What each room may import besides itself; a room that is not named is a domain. */
const TABLE = {
  types: ["types", "libraries"],
  libraries: ["types", "libraries"],
  stage: ["anything but mocks"],
  mocks: ["anything"],
};
const DOMAIN = ["types", "libraries", "interfaces of other domains"];

const IMPORT = /^\s*import\s+(?:[^"';]*\sfrom\s+)?["']([^"']+)["']/gm;

/**
 * Tells whether a contract may import another file.
 *
 * @param {string} from - Importing file, relative to `contracts/`, such as `avs/Bridge.sol`.
 * @param {string} to - Imported file, relative to `contracts/`.
 * @returns {boolean} Whether the table allows it.
 */
export function mayImport(from, to) {
  const [room = ""] = from.split("/");
  const [target = ""] = to.split("/");
  if (room === target) return true;
  const allowed = TABLE[/** @type {keyof typeof TABLE} */ (room)] ?? DOMAIN;
  if (allowed.includes("anything")) return true;
  if (allowed.includes("anything but mocks")) return target !== "mocks";
  if (allowed.includes(target)) return true;
  const isInterface = /^I[A-Z]\w*\.sol$/.test(path.posix.basename(to));
  return allowed.includes("interfaces of other domains") && target !== "mocks" && target !== "stage" && isInterface;
}

/**
 * Lists the imports of one contract's text.
 *
 * @param {string} source - Solidity source.
 * @returns {string[]} Import paths as written.
 */
export function importsOf(source) {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? "");
}

/**
 * Checks every contract under `root/contracts`.
 *
 * @param {string} root - Project root.
 * @returns {{ files: number, broken: string[] }} Files read, and one line per forbidden import.
 */
export function checkContracts(root) {
  const base = path.join(root, "contracts");
  const files = readdirSync(base, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".sol"))
    .sort();
  const broken = files.flatMap((file) =>
    importsOf(readFileSync(path.join(base, file), "utf8"))
      .filter((target) => target.startsWith("."))
      .map((target) => path.posix.join(path.posix.dirname(file), target))
      .filter((target) => target.startsWith("../") || !mayImport(file, target))
      .map((target) => `contracts/${file} imports contracts/${target}`),
  );
  return { files: files.length, broken };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { files, broken } = checkContracts(process.argv[2] ?? process.cwd());
  for (const line of broken) console.error(`forbidden: ${line} (docs/architecture.md, "Who may import whom")`);
  console.log(`solidity imports: ${files} files, ${broken.length} forbidden`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
