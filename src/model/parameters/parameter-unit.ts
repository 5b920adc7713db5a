import type { DefiSpec } from "../defi/defi.ts";
import type { Scenario } from "../scenario.ts";
import { valueAt, type ParameterPath } from "./parameter-path.ts";
import { tokenOf } from "./parameter-token.ts";

/**
 * What a bigint parameter counts. A number behind `fraction` or `decimal` says how many of its digits stand for the part
 * below one (18 without it): `fraction4` are basis points. `raw` is where its name does not say.
 */
export type ParameterUnit =
  "fraction" | `fraction${4 | 6 | 10}` | "decimal" | `decimal${number}` | "ether" | "seconds" | "count" | "raw";

type Rule = readonly [field: RegExp, unit: ParameterUnit];

/** A bigint carries no unit when a scenario runs, so its field's name tells: the first rule that fits. */
const RULES: readonly Rule[] = [
  [/(Bps$|^bps$)/, "fraction4"],
  [/^(weights?|multiplier|gwei|decimals|amplification|index|count|rounds?|quorum|request|order)$/, "count"],
  [/^(cap|slash|perPeriod|band|base|fraction|deviation|commission|exitAboveLoss|notice|fee|share|kink)$/, "fraction"],
  [
    /^(expectedSlash|attention|imbalance|most|part|funding|appetite|height|herding|adds|rate|target|tin|tout|haircut)$/,
    "fraction",
  ],
  [
    /^(step|also|at|every|grace|period|window|expiry|length|reaction|latency|retry|lag|delay|heartbeat|after|until)$/,
    "seconds",
  ],
  [/^(cooldown|cutOff|epoch|age|detect|serve|wait|duration|captured)$/, "seconds"],
  [/^(amounts?|total|bond|stake|debt|collateral|deposit|supply|borrow|reserves?|liquidity|balance|size)$/, "ether"],
  [/^(gas|perStep|minDebt|capacity|drawdownFloor|shares|minOut|allocated)$/, "ether"],
  [/([pP]rice|^nav|^actBelow|^restore|^below|^value|^edges|^steepness)$/, "decimal"],
  [/(Delay|Every|Period|Window|Lag|Time|Duration|Age|Interval|Heartbeat|Deadline|Reaction)$/, "seconds"],
  [/(Amounts?|Stake|Deposit|Debt|Collateral|Supply|Reserves?|Liquidity|Balance|Size|Volume|Cap|Limit|Bond)$/, "ether"],
  [
    /(Fee|Factor|Share|Rate|Ratio|Threshold|Bonus|Penalty|Fraction|Yield|Gain|Slope\d?|Discount|Haircut|Volatility|Drift|Utili[sz]ation|Spread|Slippage|Margin|Impact|Drop|L?Ltv)$/i,
    "fraction",
  ],
];

/** Fields of the DeFi layer that count otherwise than elsewhere, as their contracts do. */
const RULES_OF_DEFI: Readonly<Record<string, readonly Rule[]>> = {
  lending: [
    [/^(ltv|lt|bonus|bonusFee|reserveFactor|optimal|base|slope1|slope2|closeFactor)$/, "fraction4"],
    [/^window$/, "seconds"],
  ],
  cdps: [[/^(mcr|ccr|scr|poolPenalty|redistributionPenalty|rate)$/, "fraction"]],
  pools: [
    [/^offpegMultiplier$/, "decimal10"],
    [/^bands$/, "fraction"],
  ],
  funds: [[/^nav$/, "decimal6"]],
  // A swap window's band: prices of the settlement token.
  dollars: [[/^(freeze|unfreeze)$/, "decimal"]],
};

const RULE_OF_POOL_FEE = { stableSwap: "fraction10", banded: "fraction6", constantProduct: "raw" } as const;

/** Fields that hold a fraction for each operator set. */
const FRACTIONS_BY_SET = new Set(["allocations", "upTo"]);

const unitBy = (rules: readonly Rule[], field: string): ParameterUnit | undefined =>
  rules.find(([name]) => name.test(field))?.[1];

/** Units that depend on what stands beside the field. */
function unitOfDefi(path: ParameterPath, field: string, defi: DefiSpec): ParameterUnit | undefined {
  const [, domain = "", place = ""] = path;
  if (domain === "pools" && field === "fee") {
    const pool = valueAt(defi.pools, [place]) as DefiSpec["pools"][number] | undefined;
    return RULE_OF_POOL_FEE[pool?.kind ?? "constantProduct"];
  }
  if (domain === "feeds" && /(^a|A)nswer$|^snapshot$/.test(field)) {
    const feed = valueAt(defi.feeds, [place]) as DefiSpec["feeds"][number] | undefined;
    return field === "snapshot" ? "decimal" : `decimal${feed?.decimals ?? 8}`;
  }
  return unitBy(RULES_OF_DEFI[domain] ?? [], field);
}

/** Unit of an amount of a token: ether's for what counts ether, else a decimal number of whole tokens. */
function unitOfAmount(token: string, defi: Partial<DefiSpec>): ParameterUnit {
  const declared = defi.tokens?.find(({ id }) => id === token);
  if (declared?.kind === "external") return declared.decimals === 18 ? "decimal" : `decimal${declared.decimals}`;
  if (defi.funds?.some(({ id }) => id === token) === true) return "decimal6";
  return defi.dollars?.some(({ id }) => id === token) === true ? "decimal" : "ether";
}

const hasOddTokens = (defi: Scenario["defi"]): boolean =>
  defi?.tokens?.some((token) => token.kind === "external" && token.decimals !== 18) ?? false;

/**
 * Unit of the bigint at a path, by the name of its field and, in the DeFi layer, by what it belongs to; a list's places
 * are of its field's unit.
 *
 * @param scenario - Where the path leads through; without its token's decimals an amount is taken for ether.
 */
export function unitOf(
  path: ParameterPath,
  scenario?: Pick<Scenario, "defi" | "populations" | "timeline">,
): ParameterUnit {
  if (path.some((key) => FRACTIONS_BY_SET.has(key))) return "fraction";
  const field = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
  const defi = scenario?.defi;
  const token = scenario === undefined ? undefined : tokenOf(path, scenario);
  if (token !== undefined) return unitOfAmount(token, defi ?? {});
  const own = path[0] === "defi" && defi !== undefined ? unitOfDefi(path, field, defi as DefiSpec) : undefined;
  // An action in the timeline sets what the lending market counts in basis points.
  if (path.includes("action") && /^(ltv|lt|bonus)$/.test(field)) return "fraction4";
  // The prices of a feed have its decimals.
  if (field === "price" && path.includes("points") && defi !== undefined) return "decimal8";
  const unit = own ?? unitBy(RULES, field) ?? "raw";
  // Where tokens of several sizes are about, an amount that names none could be of any.
  return unit === "ether" && path.includes("agent") && hasOddTokens(defi) ? "raw" : unit;
}
