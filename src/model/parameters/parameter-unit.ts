import type { ParameterPath } from "./parameter-path.ts";

/** What a bigint parameter counts; `decimal` has 18 decimals, `raw` is where its name does not say. */
export type ParameterUnit = "fraction" | "ether" | "decimal" | "seconds" | "count" | "raw";

/** A bigint carries no unit when a scenario runs, so its field's name tells: the first rule that fits. */
const RULES: readonly (readonly [RegExp, ParameterUnit])[] = [
  [/^(weights|multiplier|gwei|decimals|amplification|index|count|rounds?)$/, "count"],
  [/^(cap|slash|perPeriod|band|base|fraction|deviation|commission|exitAboveLoss|notice|fee|share|kink)$/, "fraction"],
  [
    /^(step|also|at|every|grace|period|window|expiry|length|reaction|latency|retry|lag|delay|heartbeat|after|until)$/,
    "seconds",
  ],
  [/^(amounts?|total|bond|stake|debt|collateral|deposit|supply|borrow|reserves?|liquidity|balance|size)$/, "ether"],
  [/([pP]rice|^nav)$/, "decimal"],
  [/(Delay|Every|Period|Window|Lag|Time|Duration|Age|Interval|Heartbeat|Deadline|Reaction)$/, "seconds"],
  [/(Amounts?|Stake|Deposit|Debt|Collateral|Supply|Reserves?|Liquidity|Balance|Size|Volume|Cap|Limit|Bond)$/, "ether"],
  [
    /(Fee|Factor|Share|Rate|Ratio|Threshold|Bonus|Penalty|Fraction|Yield|Gain|Slope\d?|Discount|Haircut|Volatility|Drift|Utili[sz]ation|Spread|Slippage|Margin|Impact|Drop|L?Ltv)$/i,
    "fraction",
  ],
];

/** Fields that hold a fraction for each operator set. */
const FRACTIONS_BY_SET = new Set(["allocations", "upTo"]);

/** Unit of the bigint at a path, by the name of its field; a list's places are of its field's unit. */
export function unitOf(path: ParameterPath): ParameterUnit {
  if (path.some((key) => FRACTIONS_BY_SET.has(key))) return "fraction";
  const field = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
  return RULES.find(([name]) => name.test(field))?.[1] ?? "raw";
}
