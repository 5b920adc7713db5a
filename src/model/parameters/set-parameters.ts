import { nearestNames } from "../../errors/nearest-names.ts";
import { UsageError } from "../../errors/usage-error.ts";
import type { Scenario } from "../scenario.ts";
import { applyVariant } from "../variant.ts";
import {
  formatPath,
  leavesOf,
  parsePath,
  valueAt,
  withNames,
  withValueAt,
  type ParameterPath,
} from "./parameter-path.ts";
import { unitOf } from "./parameter-unit.ts";
import { parseValue, type ParameterKind } from "./parameter-value.ts";
import { rebuild, type Parameters } from "./parametric.ts";

/** A scenario's parameters by path, as texts: what a command line or a sweep sets. */
export type Assignments = Readonly<Record<string, string>>;

/** A parameter that a scenario has. */
export interface Parameter extends ParameterKind {
  readonly path: ParameterPath;
  /** Its path, as people write it. */
  readonly name: string;
}

/** What makes a scenario the one it is, or has an option of its own. */
const FIXED = new Set([
  "name",
  "question",
  "seed",
  "metrics",
  "invariants",
  "expect",
  "variants",
  "variant",
  "history",
]);
/** Fields that a scenario may leave out and a sweep may set all the same. */
const OPTIONAL = [
  ...["withdrawalDelay", "deallocationDelay", "configurationDelay", "releaseDelay", "rewardsActivationDelay"].map(
    (field) => ["restaking", field],
  ),
  ...["fee", "initialStake", "maxYearlyGain", "yearlyYield", "reportEvery"].map((field) => ["lst", field]),
];
const OPTIONAL_OF_POPULATION = ["commission", "allocationDelay"];
const OPTIONAL_WORDS = [["clock", "mode"], ["order"]];

function toParameter(scenario: Scenario, path: ParameterPath, kind: ParameterKind["kind"]): Parameter {
  return { path, name: formatPath(path), kind, unit: unitOf(path, scenario) };
}

/** Caps of a lending market's reserves: nothing stands in place of one that is not set. */
function capsOf(scenario: Scenario): readonly ParameterPath[] {
  return (scenario.defi?.lending ?? []).flatMap(({ reserves }, market) =>
    reserves.flatMap((_, at) =>
      ["supplyCap", "borrowCap"].map((field) =>
        withNames(scenario, ["defi", "lending", String(market), "reserves", String(at), field]),
      ),
    ),
  );
}

/** Every parameter of a scenario: the single values of its data, and those that it leaves to their defaults. */
export function parametersOf(scenario: Scenario): readonly Parameter[] {
  const present = leavesOf(scenario)
    .filter(([path]) => !FIXED.has(path[0] ?? "") && path.at(-1) !== "note")
    .map(([path, value]) => toParameter(scenario, path, typeof value as ParameterKind["kind"]));
  const optional = [
    ...OPTIONAL,
    ...capsOf(scenario),
    ...Object.keys(scenario.populations).flatMap((name) =>
      OPTIONAL_OF_POPULATION.map((field) => ["populations", name, field]),
    ),
  ].map((path) => toParameter(scenario, path, "bigint"));
  const words = OPTIONAL_WORDS.map((path) => toParameter(scenario, path, "string"));
  const known = new Set(present.map(({ name }) => name));
  return [...present, ...[...optional, ...words].filter(({ name }) => !known.has(name))];
}

/** Words for one of a list: `market.closeFactor` where there is one market. */
const ONE_OF: Readonly<Record<string, string>> = {
  ...{ lending: "market", isolated: "market", pools: "pool", vaults: "vault", feeds: "feed", dollars: "dollar" },
  ...{
    funds: "fund",
    cdps: "cdp",
    marketVaults: "marketVault",
    epochVaults: "epochVault",
    adapterVaults: "adapterVault",
    adapters: "adapter",
    networks: "network",
    reserves: "reserve",
    eModes: "eMode",
    populations: "population",
    avss: "avs",
  },
};

/** Whether a path holds all keys in their order, the last at its end. */
function holds(path: ParameterPath, keys: ParameterPath): boolean {
  let at = path.length - 1;
  if (path[at] !== keys.at(-1)) return false;
  for (const key of keys.toReversed().slice(1)) {
    do at -= 1;
    while (at >= 0 && path[at] !== key && ONE_OF[path[at] ?? ""] !== key);
  }
  return at >= 0;
}

/** Parameters that a shortened path may mean. */
function meantBy(keys: ParameterPath, all: readonly Parameter[]): readonly Parameter[] {
  // What the scenario itself calls so comes first.
  const own = all.filter(({ name }) => name === formatPath(["parameters", ...keys]));
  if (own.length > 0) return own;
  const literal = all.filter(({ path }) => keys.every((key) => path.includes(key)) && holds(path, keys));
  return literal.length > 0 ? literal : all.filter(({ path }) => holds(path, keys));
}

/** What to do about a parameter that a scenario does not have: its own nearest names, and twins that have it. */
function hintFor(scenario: Scenario, name: string, names: readonly string[]): string {
  const { name: called, variant, variants = {} } = scenario;
  const having = Object.keys(variants).filter((one) => {
    const all = one === variant ? [] : parametersOf(applyVariant(scenario, one));
    return all.some((parameter) => parameter.name === name) || meantBy(parsePath(name), all).length === 1;
  });
  const twins = having.length === 0 ? "" : ` With --variant ${having.slice(0, 5).join(" or ")} there is one.`;
  const own = variant === undefined ? "" : ` --variant ${variant}`;
  // A path may be shortened to its last keys, and so may one with a slip in it.
  const keys = parsePath(name).length;
  const near = nearestNames(name, names, (one) => formatPath(parsePath(one).slice(-keys))).join(", ");
  return `Did you mean ${near}?${twins} \`npx hardhat scenarios --parameters ${called}${own}\` lists all.`;
}

/**
 * Finds a parameter by its path, or by as many of its keys as tell it from all others: `defi.lending.core.closeFactor`
 * is also `core.closeFactor`, and `market.closeFactor` where there is one market.
 *
 * @throws {@link UsageError} naming the nearest paths where there is none of this one, and all where there are several.
 */
export function findParameter(scenario: Scenario, text: string): Parameter {
  const path = withNames(scenario, parsePath(text));
  const name = formatPath(path);
  const all = parametersOf(scenario);
  const found = all.find((parameter) => parameter.name === name);
  if (found !== undefined) return found;
  if (name === "seed") throw new UsageError("The seed is no parameter.", "Use --seeds, or --seed for a single run.");
  const names = all.map((parameter) => parameter.name);
  const below = names.filter((candidate) => candidate.startsWith(`${name}.`) || candidate.startsWith(`${name}[`));
  if (valueAt(scenario, path) !== undefined && below.length > 0) {
    throw new UsageError(`Parameter ${name} is a group.`, `Name one of its values: ${below.slice(0, 5).join(", ")}.`);
  }
  const [meant, ...others] = meantBy(path, all);
  if (meant !== undefined && others.length === 0) return meant;
  if (meant !== undefined) {
    const listed = [meant, ...others].map((one) => one.name);
    const more = listed.length > 5 ? `, and ${listed.length - 5} more` : "";
    throw new UsageError(
      `"${text}" may mean several parameters.`,
      `Say which: ${listed.slice(0, 5).join(", ")}${more}.`,
    );
  }
  const called = scenario.variant === undefined ? scenario.name : `${scenario.name} (${scenario.variant})`;
  throw new UsageError(`Scenario ${called} has no parameter "${text}".`, hintFor(scenario, name, names));
}

/**
 * The scenario with other parameters.
 *
 * @throws {@link UsageError} for a path that it does not have or a value of another kind; whether the values make a
 * world is judged when it is resolved.
 */
export function setParameters(scenario: Scenario, assignments: Assignments): Scenario {
  const values = Object.entries(assignments).map(([text, value]) => {
    const parameter = findParameter(scenario, text);
    return { path: parameter.path, value: parseValue(value, parameter, parameter.name) };
  });
  const own = values.flatMap(({ path: [root, name], value }) =>
    root === "parameters" && name !== undefined ? [[name, value] as const] : [],
  );
  const parameters: Parameters = { ...scenario.parameters, ...Object.fromEntries(own) };
  const built = own.length === 0 ? scenario : rebuild(scenario, parameters);
  if (built === undefined) {
    throw new UsageError(
      "This scenario cannot be built from other parameters.",
      "Set them before its data are changed.",
    );
  }
  return values
    .filter(({ path: [root] }) => root !== "parameters")
    .reduce<Scenario>((changed, { path, value }) => withValueAt(changed, path, value) as Scenario, built);
}

/**
 * Reads assignments as a command line writes them: `path=value; path=value`.
 *
 * @throws {@link UsageError} for a part without `=`, or a path given twice.
 */
export function parseAssignments(text: string): Assignments {
  const entries = text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part): readonly [string, string] => {
      const at = part.indexOf("=");
      if (at > 0) return [formatPath(parsePath(part.slice(0, at))), part.slice(at + 1).trim()];
      throw new UsageError(`--set has the part "${part}".`, 'Write --set "path=value; path=value".');
    });
  const twice = entries.find(([path], at) => entries.findIndex(([other]) => other === path) !== at);
  if (twice !== undefined) throw new UsageError(`--set names ${twice[0]} twice.`, "Give all its values in one part.");
  return Object.fromEntries(entries);
}

/** Writes assignments as {@link parseAssignments} reads them. */
export function formatAssignments(assignments: Assignments): string {
  return Object.entries(assignments)
    .map(([path, value]) => `${path}=${value}`)
    .join("; ");
}
