import type { Scenario } from "../scenario.ts";
import { valueAt, type ParameterPath } from "./parameter-path.ts";

/** Fields whose values are amounts of some token. */
const AMOUNTS =
  /^(amounts?|supplyCap|borrowCap|offset|cash|worth|face|buffer|junior|backstop|minimum|limit|perStep|cap|minOut|shares|liquidity|allocated)$/;
/** Fields beside an amount that name its token, in the order in which they are asked. */
const NAMES = ["sell", "pay", "token", "settlement", "dollar", "fund"];

interface Isolated {
  readonly id: string;
  readonly loan: string;
  readonly collateral: string;
}

/** Where the vaults are that a position of some kind deposits in. */
const POSITIONS = { marketVault: "marketVaults", epochVault: "epochVaults", adapterVault: "adapterVaults" } as const;

type Vaults = readonly { readonly id: string; readonly asset: string }[];

/** Token of an isolated market's position: its collateral, or the loan that is supplied or borrowed. */
function tokenOfPosition(path: ParameterPath, { defi, populations }: Pick<Scenario, "defi" | "populations">) {
  const [, population = "", , place = "", side = "", token] = path;
  const position = valueAt(populations, [population, "positions", place]);
  const kind = valueAt(position, ["kind"]);
  if (kind === "lending") return token;
  const [, vaultsOf] = Object.entries(POSITIONS).find(([one]) => one === kind) ?? [];
  if (vaultsOf !== undefined) {
    const vaults = defi?.[vaultsOf] as Vaults | undefined;
    return vaults?.find(({ id }) => id === valueAt(position, ["vault"]))?.asset;
  }
  const id = valueAt(position, ["market"]);
  const market = (defi?.isolated as readonly Isolated[] | undefined)?.find((one) => one.id === id);
  return side === "collateral" ? market?.collateral : market?.loan;
}

/** Token of an amount in the description of the DeFi layer. */
function tokenOfSpec(path: ParameterPath, scenario: Pick<Scenario, "defi">): string | undefined {
  const [, domain = "", place = ""] = path;
  const item = [domain, place];
  if (domain === "pools") {
    const at = path.at(-1) ?? "";
    return valueAt(scenario.defi, [...item, "tokens", at]) as string | undefined;
  }
  if (domain === "dollars") {
    const own = path.includes("gate") || path.includes("swap");
    return valueAt(scenario.defi, [...item, own ? "id" : "settlement"]) as string | undefined;
  }
  if (["marketVaults", "epochVaults", "adapterVaults"].includes(domain))
    return valueAt(scenario.defi, [...item, "asset"]) as string | undefined;
  if (domain === "lending") return valueAt(scenario.defi, [...path.slice(1, -1), "token"]) as string | undefined;
  return domain === "funds" ? (valueAt(scenario.defi, [...item, "settlement"]) as string | undefined) : undefined;
}

/** What a dollar's reserve is counted in. */
function settlementOf(dollar: unknown, { defi }: Pick<Scenario, "defi">): string | undefined {
  return defi?.dollars?.find(({ id }) => id === dollar)?.settlement;
}

/** Token that something beside the amount names: a behaviour's or a shock's own parameters. */
function tokenBeside(path: ParameterPath, scenario: Pick<Scenario, "defi">): string | undefined {
  const places = path.map((_, at) => path.slice(0, path.length - at - 1));
  for (const place of places.filter(({ length }) => length >= 2)) {
    const name = NAMES.find((one) => typeof valueAt(scenario, [...place, one]) === "string");
    if (name === undefined) continue;
    const token = valueAt(scenario, [...place, name]);
    const inReserve = name === "dollar" && path.at(-1) === "face";
    return inReserve ? settlementOf(token, scenario) : String(token);
  }
  return undefined;
}

/**
 * Token whose amount stands at a path of a scenario.
 *
 * @returns Undefined for what is no amount of a token, or where nothing names it.
 */
export function tokenOf(
  path: ParameterPath,
  scenario: Pick<Scenario, "defi" | "populations" | "timeline">,
): string | undefined {
  const field = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
  if (scenario.defi === undefined || !AMOUNTS.test(field)) return undefined;
  const [root, , group, token] = path;
  if (root === "defi") return tokenOfSpec(path, scenario);
  if (root === "populations" && group === "tokens") return token;
  if (root === "populations" && group === "positions") return tokenOfPosition(path, scenario);
  return group === "agent" || root === "timeline" ? tokenBeside(path, scenario) : undefined;
}
