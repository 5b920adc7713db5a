import type { ChainChoice } from "../chain/open-chain.ts";
import { UsageError } from "../errors/usage-error.ts";
import type { ClockMode } from "../model/world-spec.ts";
import { WAD, type Wad } from "../units/units.ts";

/** What an option holds that was left out. */
export const AUTO = "auto";
/** Largest seed: a seed stands in file names and in JSON numbers, so 32 bits hold it. */
export const MAX_SEED = 2 ** 32 - 1;
/** Most steps of one run. */
export const MAX_STEPS = 1_000_000;

/** Reads a whole number of an option, between bounds. */
export function parseWholeNumber(
  text: string,
  { option, min, max }: { option: string; min: number; max: number },
): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(
    `${option} is "${text}".`,
    `Give a whole number from ${min} to ${max}, for example ${option} ${Math.max(min, 7)}.`,
  );
}

/** Reads `--seed`; left out, the scenario's own seed holds. */
export function parseSeed(text: string): number | undefined {
  return text === AUTO ? undefined : parseWholeNumber(text, { option: "--seed", min: 0, max: MAX_SEED });
}

/** Reads `--steps`; left out, the scenario's own length holds. */
export function parseSteps(text: string): number | undefined {
  return text === AUTO ? undefined : parseWholeNumber(text, { option: "--steps", min: 1, max: MAX_STEPS });
}

/** Reads `--step`, after which to look; left out, or 0, the world as deployed. */
export function parseStep(text: string): number {
  return text === AUTO ? 0 : parseWholeNumber(text, { option: "--step", min: 0, max: MAX_STEPS });
}

/** Reads `--clock`; left out, the scenario's own clock holds. */
export function parseClock(text: string): ClockMode | undefined {
  if (text === AUTO) return undefined;
  if (text === "blocknumber" || text === "timestamp") return text;
  throw new UsageError(`--clock is "${text}".`, "Give blocknumber or timestamp.");
}

/** Reads `--chain`: in-process (also where it is left out), anvil, or the URL of a development node. */
export function parseChain(text: string): ChainChoice {
  if (text === AUTO || text === "in-process") return "in-process";
  if (text === "anvil") return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // What it says is not repeated: it may hold a password.
  if (text.includes("@")) {
    throw new UsageError("--chain holds a user name or a password.", "Give the node alone: http://127.0.0.1:8545.");
  }
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new UsageError(`--chain is "${text}".`, "Give in-process, anvil, or a URL such as http://127.0.0.1:8545.");
}

/** Reads `--out`, a folder; left out, the command has one of its own. */
export function parseOut(text: string): string | undefined {
  if (text.trim() === "") throw new UsageError(`--out is "${text}".`, "Name a folder, or leave --out away.");
  return text === AUTO ? undefined : text;
}

/** Reads a fraction as `10%`, `12.5%`, `0.1` or `1`, exactly, into WAD; above 0, at most 100 %. */
export function parseFraction(text: string): Wad {
  const hint = "Give a fraction above 0 and at most 100 %, for example --fraction 10% or --fraction 0.1.";
  const match = /^([0-9]{1,9})(?:\.([0-9]{1,18}))?\s*(%?)$/.exec(text.trim());
  if (match === null) throw new UsageError(`--fraction is "${text}", which is no fraction.`, hint);

  const [, whole = "0", decimals = "", sign = ""] = match;
  const scaled = BigInt(whole + decimals.padEnd(18, "0"));
  const fraction = sign === "%" ? scaled / 100n : scaled;
  if (sign === "%" && scaled % 100n !== 0n) {
    throw new UsageError(`--fraction is "${text}", finer than one part in 1e18.`, hint);
  }
  if (fraction === 0n) throw new UsageError(`--fraction is "${text}", which slashes nothing.`, hint);
  if (fraction > WAD) throw new UsageError(`--fraction is "${text}", more than 100 %.`, hint);
  return fraction;
}

/** Requires an argument that names something. */
export function requireText(text: string | undefined, missing: { argument: string; hint: string }): string {
  if (text !== undefined && text !== "" && text !== AUTO) return text;
  throw new UsageError(`${missing.argument} is missing.`, missing.hint);
}
