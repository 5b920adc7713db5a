import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Calls between the short and the long loop: what they differ by is neither set-up nor start. */
const CALLS = 100 * 200;
const PACKAGES: Readonly<Record<string, string>> = {
  "linux-x64": "@foundry-rs/forge-linux-amd64",
  "linux-arm64": "@foundry-rs/forge-linux-arm64",
};

/** The forge of the optional npm package; undefined where there is none. */
function findForge(): string | undefined {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin", "forge");
  } catch {
    return undefined;
  }
}

/** A compiler as forge wants one, around the one that npm brought. */
const wrapper = (): string => `#!${process.execPath}
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const solc = createRequire(${JSON.stringify(path.join(root, "package.json"))})("solc");
if (process.argv.includes("--version")) {
  console.log("solc, the solidity compiler commandline interface\\nVersion: " + solc.version().replace(".Emscripten.clang", ".Linux.g++"));
} else {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
}
`;

interface Forge {
  /** Calls a second in a bare loop of one contract's tests. */
  readonly perSecond: (contract: string) => number;
  readonly close: () => Promise<void>;
}

/** Time that forge took for a test [s]. */
function secondsOf(report: unknown, contract: string, test: string): number {
  const suites = report as Record<string, { test_results: Record<string, { status: string; duration: string }> }>;
  const suite = Object.entries(suites).find(([name]) => name.endsWith(`:${contract}`))?.[1];
  const result = suite?.test_results[`${test}()`];
  if (result?.status !== "Success") throw new Error(`forge: ${contract}.${test} did not pass`);
  const parts = [...result.duration.matchAll(/([0-9.]+)(h|ms|m|s|us|µs|ns)/g)];
  const unit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  return parts.reduce((sum, [, value, name]) => sum + Number(value) * (unit[name ?? ""] ?? 0), 0);
}

/** Compiles the loops; undefined where there is no forge. */
export async function openForge(): Promise<Forge | undefined> {
  const forge = findForge();
  if (forge === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "faultline-forge-"));
  const solc = path.join(folder, "solc");
  await writeFile(solc, wrapper(), { mode: 0o755 });
  const env = {
    ...process.env,
    ...{ FOUNDRY_SRC: "bench/forge", FOUNDRY_TEST: "bench/forge", FOUNDRY_LIBS: '["node_modules"]' },
    ...{ FOUNDRY_OUT: path.join(folder, "out"), FOUNDRY_CACHE_PATH: path.join(folder, "cache") },
    ...{
      FOUNDRY_SOLC: solc,
      FOUNDRY_OFFLINE: "true",
      FOUNDRY_EVM_VERSION: "prague",
      FOUNDRY_GAS_LIMIT: "9223372036854775807",
    },
    ...{ FOUNDRY_OPTIMIZER: "true", FOUNDRY_OPTIMIZER_RUNS: "200", FOUNDRY_MEMORY_LIMIT: "4294967296" },
  };
  const run = (contract: string): unknown => {
    const args = ["test", "--json", "--root", root, "--match-contract", `^${contract}$`, "--threads", "1"];
    const { stdout, stderr, status } = spawnSync(forge, args, {
      env,
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`forge ended with ${String(status)}: ${stderr}${stdout.slice(-2_000)}`);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  };
  return {
    perSecond: (contract) => {
      const report = run(contract);
      return CALLS / (secondsOf(report, contract, "testLong") - secondsOf(report, contract, "testShort"));
    },
    close: async () => await rm(folder, { recursive: true, force: true }),
  };
}
