import { readFile } from "node:fs/promises";
import { arch, cpus, loadavg, platform } from "node:os";

import { version as ethersVersion } from "ethers";

/** What a benchmark says of itself: the comment at its head, without the signs. */
export function headOf(source: string): string {
  const [, head = ""] = /^\/\*\*\n([^]*?)\n \*\//.exec(source) ?? [];
  return head.replace(/^ \* ?/gm, "");
}

/** Tells what a benchmark measures where `--help` asks, and refuses any other option, before anything is measured. */
export async function readOptions(url: string): Promise<void> {
  const [option] = process.argv.slice(2);
  if (option === undefined) return;
  const head = headOf(await readFile(new URL(url), "utf8"));
  const isHelp = option === "--help" || option === "-h";
  if (isHelp) console.log(head);
  else console.error(`A benchmark has no option ${option}; its variables:\n\n${head}`);
  process.exit(isHelp ? 0 : 2);
}

/** A whole number of one or more from the environment. */
export function wholeFrom(variable: string, usual: number): number {
  const text = process.env[variable];
  if (text === undefined) return usual;
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  console.error(`${variable} is "${text}". Give a whole number of 1 or more, or leave it out for ${usual}.`);
  return process.exit(2);
}

/** A word of a few from the environment; any other is refused with those that there are. */
export function wordFrom<const W extends string, const Usual extends W | undefined>(
  variable: string,
  words: readonly W[],
  usual: Usual,
): W | Usual {
  const text = process.env[variable];
  if (text === undefined) return usual;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  console.error(`${variable} is "${text}". Give ${words.join(" or ")}, or leave it out for ${usual ?? "all"}.`);
  return process.exit(2);
}

/** Chains that a benchmark can be run on. */
export const CHAINS = ["in-process", "anvil"] as const;

/** What work takes: on the wall's clock, and of the processors, which other programs of the machine disturb less. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export async function costOf(work: () => Promise<void>): Promise<Cost> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1_000_000 };
}

/** The value in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Median and extremes of a rate. */
export function spread(values: readonly number[]) {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** A median with its extremes, as text. */
export function show({ median: middle, least, most }: ReturnType<typeof spread>, digits: number): string {
  return `${middle.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/** Version of a package that is installed here; null where it is not. */
async function versionOf(name: string): Promise<string | null> {
  try {
    const text = await readFile(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8");
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    return null;
  }
}

/** Optional packages of this machine's kind, as npm calls them. */
const KIND = `${platform()}-${arch() === "x64" ? "amd64" : arch()}`;

/** What the numbers were measured on. */
export async function describeMachine() {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    loadAverage: loadavg()[0] ?? 0,
    platform: `${platform()} ${arch()}`,
    node: process.version,
    hardhat: await versionOf("hardhat"),
    ethers: ethersVersion,
    anvil: await versionOf(`@foundry-rs/anvil-${KIND}`),
    forge: await versionOf(`@foundry-rs/forge-${KIND}`),
  };
}
