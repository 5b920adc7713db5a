import type { Part } from "../../../deploy/parts.ts";
import { PROTOCOL } from "../../model/names.ts";
import type { RuleSpec } from "../../model/rule.ts";
import type { SetSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";
import { secondsPerUnit } from "../world-clock.ts";
import { defiParts } from "../defi/defi-parts.ts";
import { arbiterPart, assetPart, rulePart, servicePart, strategyPart } from "./part-names.ts";
import type { PartsContext } from "./parts-context.ts";

const DAY = 86_400n;
/** Longer than any run, in any clock's units. */
const AGES = 10n ** 10n;
/** Share of a service's members that must sign: more than two thirds. */
const QUORUM = (2n * WAD) / 3n;

const SERVICES = {
  plain: "PlainService",
  oracle: "OracleNetwork",
  availability: "DataAvailabilityCommittee",
  bridge: "Bridge",
} as const;

function strategyParts({ spec, at }: PartsContext): readonly Part[] {
  return spec.strategies.flatMap(({ id, asset }): readonly Part[] => {
    // Those over a vault's shares are deployed with the vault.
    if (asset === "native" || asset === "share") return [];
    const strategy = (token: string): Part => ({
      id: strategyPart(id),
      contract: "Strategy",
      args: [token, at["restakingManager"] ?? ""],
    });
    if (asset === "lst") return [strategy(at["wrapped"] ?? "")];
    const token = { id: assetPart(id), contract: "Token__MockForWorld", args: [id, id.slice(0, 8)] };
    return [token, strategy(`@${assetPart(id)}`)];
  });
}

function serviceParts({ spec, at, actorOf }: PartsContext): readonly Part[] {
  const perUnit = secondsPerUnit(spec.clock);
  const services = new Map(spec.sets.map((set) => [set.avs, set.service]));
  return [...services].map(([avs, service]) => {
    const base = [actorOf(avs), at["avsRegistry"] ?? "", at["operatorKeys"] ?? ""];
    const extra = {
      plain: [],
      oracle: [1n],
      availability: [DAY / perUnit, QUORUM],
      bridge: ["@reward", QUORUM],
    }[service];
    return { id: servicePart(avs), contract: SERVICES[service], args: [...base, ...extra] };
  });
}

/** The rule's contract; a set without a rule believes what its module lets be asserted. */
function ruleArguments(rule: RuleSpec | null, context: PartsContext): Omit<Part, "id"> {
  const { at, spec, actorOf } = context;
  const keys = at["operatorKeys"] ?? "";
  const registry = at["avsRegistry"] ?? "";
  const perUnit = secondsPerUnit(spec.clock);
  switch (rule?.kind) {
    case undefined:
      return { contract: "AssertedFaultRule", args: [WAD] };
    case "equivocation":
      return { contract: "EquivocationRule", args: [keys, rule.slash] };
    case "correlation":
      return { contract: "EquivocationRule", args: [keys, rule.base] };
    case "withholding":
      return { contract: "BrokenPromiseRule", args: [rule.slash] };
    case "forgery":
      return { contract: "FalseStatementRule", args: [keys, rule.slash] };
    case "priceDeviation": {
      const terms = { band: rule.band, baseFraction: rule.slash, slope: 0n, maxFraction: rule.slash };
      return { contract: "PriceDeviationRule", args: [keys, terms] };
    }
    case "downtime": {
      const interval = rule.period / perUnit;
      const terms = { interval, tolerated: rule.grace / rule.period, fractionPerMiss: rule.perPeriod, cap: rule.cap };
      return { contract: "DowntimeRule", args: [registry, actorOf(PROTOCOL), terms] };
    }
  }
}

function ruleParts(set: SetSpec, context: PartsContext): readonly Part[] {
  const { at, spec } = context;
  if (set.module.kind === "direct") return [];
  const own = { id: rulePart(set.id), ...ruleArguments(set.rule, context) };
  if (set.rule?.kind !== "correlation") return [own];
  const base = { ...own, id: `base_${rulePart(set.id)}` };
  const window = set.rule.window / secondsPerUnit(spec.clock);
  const core = [at["avsRegistry"] ?? "", at["allocationManager"] ?? ""];
  const args = [`@${base.id}`, ...core, window, set.rule.multiplier * WAD];
  return [base, { id: rulePart(set.id), contract: "CorrelationRule", args }];
}

/** Rewards: payments for any period, roots by the administrator, claims after the activation delay. */
function rewardsPart({ spec, at, actorOf }: PartsContext): Part {
  const owner = actorOf(PROTOCOL);
  const periods = { calculationInterval: 1n, maxDuration: AGES, maxRetroactive: AGES, maxFuture: AGES };
  const settings = {
    owner,
    updater: owner,
    feeRecipient: owner,
    defaultSplitBips: 1_000n,
    activationDelay: spec.delays.rewardsActivation / secondsPerUnit(spec.clock),
    periods,
  };
  const mode = spec.clock === "timestamp" ? 1n : 0n;
  return { id: "rewards", contract: "RewardsCoordinator", args: [at["avsRegistry"] ?? "", settings, mode] };
}

/** Everything that differs from world to world, in the order in which it can be deployed. */
export function partsOfSpec(context: PartsContext, judgeKeyOf: (participant: string) => string): readonly Part[] {
  const arbiters = context.spec.sets.flatMap((set): readonly Part[] => {
    if (set.module.kind !== "optimistic") return [];
    const args = [judgeKeyOf(set.module.judge)];
    return [{ id: arbiterPart(set.id), contract: "SignedOpinionArbiter", args }];
  });
  return [
    { id: "reward", contract: "Token__MockForWorld", args: ["Reward", "RWD"] },
    rewardsPart(context),
    ...strategyParts(context),
    ...serviceParts(context),
    ...context.spec.sets.flatMap((set) => ruleParts(set, context)),
    ...arbiters,
    ...defiParts(context),
  ];
}
