import type { Seconds, Wad, Wei } from "../units/units.ts";

/** Which reference rule judges a set's evidence, and with what numbers. */
export type RuleSpec =
  | { readonly kind: "equivocation"; readonly slash: Wad }
  | {
      readonly kind: "downtime";
      readonly grace: Seconds;
      readonly perPeriod: Wad;
      readonly period: Seconds;
      readonly cap: Wad;
    }
  | { readonly kind: "priceDeviation"; readonly band: Wad; readonly slash: Wad }
  | { readonly kind: "correlation"; readonly base: Wad; readonly multiplier: bigint; readonly window: Seconds }
  | { readonly kind: "withholding"; readonly slash: Wad }
  | { readonly kind: "forgery"; readonly slash: Wad };

/** How a verdict becomes a slash. */
export type ModuleSpec =
  | { readonly kind: "instant" }
  | { readonly kind: "veto"; readonly window: Seconds; readonly expiry: Seconds; readonly committee: string }
  | {
      readonly kind: "optimistic";
      readonly window: Seconds;
      readonly expiry: Seconds;
      readonly bond: Wei;
      readonly judge: string;
    }
  /** No module: the named participant may slash by itself. */
  | { readonly kind: "direct"; readonly slasher: string };

/** Slashes a fixed fraction for two contradicting signed statements. */
export function equivocationRule(options: { slash: Wad }): RuleSpec {
  return { kind: "equivocation", ...options };
}

/** Slashes `perPeriod` for each `period` of silence beyond `grace`, up to `cap`. */
export function downtimeRule(options: { grace: Seconds; perPeriod: Wad; period: Seconds; cap: Wad }): RuleSpec {
  return { kind: "downtime", ...options };
}

/** Slashes a price further than `band` from the round's median. */
export function priceDeviationRule(options: { band: Wad; slash: Wad }): RuleSpec {
  return { kind: "priceDeviation", ...options };
}

/** Slashes more, the more stake was at fault within `window`. */
export function correlationRule(options: { base: Wad; multiplier: bigint; window: Seconds }): RuleSpec {
  return { kind: "correlation", ...options };
}

/** Slashes a member that did not attest to published data. */
export function withholdingRule(options: { slash: Wad }): RuleSpec {
  return { kind: "withholding", ...options };
}

/** Slashes an attestation of a release that no deposit stands behind. */
export function forgeryRule(options: { slash: Wad }): RuleSpec {
  return { kind: "forgery", ...options };
}
