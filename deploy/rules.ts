import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Deploys an equivocation rule. Parameters: `operatorKeys`, `fraction` [WAD]. */
export const equivocationRuleModule = buildModule("EquivocationRule", (m) => ({
  rule: m.contract("EquivocationRule", [m.getParameter<string>("operatorKeys"), m.getParameter<bigint>("fraction")]),
}));

/** Deploys a false-statement rule. Parameters: `operatorKeys`, `fraction` [WAD]. */
export const falseStatementRuleModule = buildModule("FalseStatementRule", (m) => ({
  rule: m.contract("FalseStatementRule", [m.getParameter<string>("operatorKeys"), m.getParameter<bigint>("fraction")]),
}));

/** Deploys a broken-promise rule. Parameter: `fraction` [WAD]. */
export const brokenPromiseRuleModule = buildModule("BrokenPromiseRule", (m) => ({
  rule: m.contract("BrokenPromiseRule", [m.getParameter<bigint>("fraction")]),
}));

/** Deploys a rule that believes what is asserted. Parameter: `maxFraction` [WAD]. */
export const assertedFaultRuleModule = buildModule("AssertedFaultRule", (m) => ({
  rule: m.contract("AssertedFaultRule", [m.getParameter<bigint>("maxFraction")]),
}));

/** Deploys a price-deviation rule. Parameters: `operatorKeys`, `band`, `baseFraction`, `slope`, `maxFraction` [WAD]. */
export const priceDeviationRuleModule = buildModule("PriceDeviationRule", (m) => {
  const terms = {
    band: m.getParameter<bigint>("band"),
    baseFraction: m.getParameter<bigint>("baseFraction"),
    slope: m.getParameter<bigint>("slope", 0n),
    maxFraction: m.getParameter<bigint>("maxFraction"),
  };

  return { rule: m.contract("PriceDeviationRule", [m.getParameter<string>("operatorKeys"), terms]) };
});

/**
 * Deploys a downtime rule.
 *
 * Parameters: `avsRegistry`, `owner`, `interval` [clock units], `tolerated` [heartbeats], `fractionPerMiss`, `cap` [WAD].
 */
export const downtimeRuleModule = buildModule("DowntimeRule", (m) => {
  const terms = {
    interval: m.getParameter<bigint>("interval"),
    tolerated: m.getParameter<bigint>("tolerated"),
    fractionPerMiss: m.getParameter<bigint>("fractionPerMiss"),
    cap: m.getParameter<bigint>("cap"),
  };
  const [registry, owner] = [m.getParameter<string>("avsRegistry"), m.getParameter<string>("owner")];

  return { rule: m.contract("DowntimeRule", [registry, owner, terms]) };
});

/**
 * Deploys a correlation rule around another rule. A wrapped rule with memory must be told: `setWrapper(rule, true)`.
 *
 * Parameters: `base`, `avsRegistry`, `allocationManager`, `window` [clock units], `multiplier` [WAD].
 */
export const correlationRuleModule = buildModule("CorrelationRule", (m) => ({
  rule: m.contract("CorrelationRule", [
    m.getParameter<string>("base"),
    m.getParameter<string>("avsRegistry"),
    m.getParameter<string>("allocationManager"),
    m.getParameter<bigint>("window"),
    m.getParameter<bigint>("multiplier"),
  ]),
}));

/** Deploys an arbiter that follows one judge's signed opinions. Parameter: `judge`. */
export const signedOpinionArbiterModule = buildModule("SignedOpinionArbiter", (m) => ({
  arbiter: m.contract("SignedOpinionArbiter", [m.getParameter<string>("judge")]),
}));
