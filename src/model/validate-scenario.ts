import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import { WAD } from "../units/units.ts";
import type { Distribution } from "./distribution.ts";
import { parsePath } from "./parameters/parameter-path.ts";
import { unitOf } from "./parameters/parameter-unit.ts";
import { showValue } from "./parameters/parameter-value.ts";
import { assertScenarioShape } from "./scenario-shape.ts";
import type { AvsParams, LstParams, PopulationParams, RestakingParams, Scenario } from "./scenario.ts";
import {
  assertAmount,
  assertDelay,
  assertDistribution,
  assertFraction,
  assertName,
  assertPeriod,
  MOST_PARTS,
  refuse,
} from "./shape/checks.ts";
import { assertAgent } from "./shape/check-agent.ts";
import { assertShock } from "./shape/check-shock.ts";

/** Longest run [s]: a thousand years, which every clock of the contracts still counts. */
const MAX_LENGTH = 1_000n * 31_557_600n;

function assertRestaking(params: RestakingParams): void {
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "bigint") assertDelay(`restaking.${name}`, value);
  }
}

function assertLst(params: LstParams): void {
  assertFraction("lst.fee", params.fee);
  if (params.fee === WAD) refuse("lst.fee", params.fee, "Use less than 100 %: of a gain something has to be left.");
  assertAmount("lst.initialStake", params.initialStake);
  assertAmount("lst.maxYearlyGain", params.maxYearlyGain);
  assertFraction("lst.yearlyYield", params.yearlyYield);
  assertPeriod("lst.reportEvery", params.reportEvery);
}

/** Tokens in wallets and in markets. */
function assertHoldings(field: string, { count, tokens = {}, positions = [] }: PopulationParams): void {
  const members = { count, most: MOST_PARTS };
  const each = (place: string, amounts: Readonly<Record<string, Distribution>>): void => {
    for (const [token, spread] of Object.entries(amounts)) assertDistribution(`${place}.${token}`, spread, members);
  };
  each(`${field}.tokens`, tokens);
  positions.forEach((position, at) => {
    const place = `${field}.positions[${at}]`;
    if (position.kind === "lending") {
      each(`${place}.supplied`, position.supplied ?? {});
      each(`${place}.borrowed`, position.borrowed ?? {});
      each(`${place}.insured`, position.insured ?? {});
      return;
    }
    if ("deposited" in position) {
      assertDistribution(`${place}.deposited`, position.deposited, members);
      return;
    }
    assertDistribution(`${place}.supplied`, position.supplied, members);
    assertDistribution(`${place}.collateral`, position.collateral, members);
    assertDistribution(`${place}.borrowed`, position.borrowed, members);
  });
}

function assertPopulation(name: string, population: PopulationParams): void {
  const field = `populations.${name}`;
  assertName(field, name);
  assertAgent(`${field}.agent`, population.agent);
  assertDistribution(`${field}.stake`, population.stake, population);
  assertDistribution(`${field}.ether`, population.ether, population);
  assertDistribution(`${field}.lst`, population.lst, population);
  assertHoldings(field, population);
  assertFraction(`${field}.commission`, population.commission);
  assertDelay(`${field}.allocationDelay`, population.allocationDelay);
  const target = population.delegateTo;
  if (typeof target === "object" && "weights" in target) {
    target.weights.forEach((weight, at) => assertAmount(`${field}.delegateTo.weights[${at}]`, weight));
  }
  for (const [set, fraction] of Object.entries(population.allocations ?? {})) {
    const fractions = Array.isArray(fraction) ? fraction : [fraction];
    if (Array.isArray(fraction) && fraction.length !== population.count) {
      refuse(
        `${field}.allocations.${set}.length`,
        fraction.length,
        `Give one fraction per operator: ${population.count}.`,
      );
    }
    fractions.forEach((value: bigint, at) => assertFraction(`${field}.allocations.${set}[${at}]`, value));
  }
}

function assertAvs(name: string, avs: AvsParams): void {
  const field = `avss.${name}`;
  assertName(field, name);
  for (const [key, value] of Object.entries(avs.rule ?? {})) {
    if (typeof value !== "bigint") continue;
    if (["slash", "perPeriod", "cap", "base"].includes(key)) assertFraction(`${field}.rule.${key}`, value);
    else assertAmount(`${field}.rule.${key}`, value);
  }
  assertAmount(`${field}.rewards.amount`, avs.rewards?.amount);
  assertPeriod(`${field}.rewards.every`, avs.rewards?.every);
  const module = avs.module ?? { kind: "instant" };
  if ("window" in module) assertDelay(`${field}.module.window`, module.window);
  if ("expiry" in module) assertDelay(`${field}.module.expiry`, module.expiry);
  if ("bond" in module) assertAmount(`${field}.module.bond`, module.bond);
}

function assertTimeline(scenario: Scenario): void {
  const end = scenario.clock.step * BigInt(scenario.clock.steps);
  scenario.timeline?.forEach(({ at, shock }, index) => {
    const field = `timeline[${index}]`;
    if (at <= 0n || at > end) refuse(`${field}.at`, at, `Use a time after 0 s and not after the end, ${end} s.`);
    assertShock(`${field}.shock`, shock);
  });
  scenario.clock.also?.forEach((at, index) => {
    if (at <= 0n || at > end)
      refuse(`clock.also[${index}]`, at, `Use a time after 0 s and not after the end, ${end} s.`);
  });
}

function assertFields(scenario: Scenario): void {
  assertName("name", scenario.name);
  if (scenario.clock.step <= 0n) refuse("clock.step", scenario.clock.step, "Use a step of 1 s or more.");
  if (scenario.clock.step * BigInt(scenario.clock.steps) > MAX_LENGTH) {
    refuse("clock.step", scenario.clock.step, "Use steps that come to a thousand years at most.");
  }
  assertRestaking(scenario.restaking ?? {});
  assertLst(scenario.lst ?? {});
  for (const [name, population] of Object.entries(scenario.populations)) assertPopulation(name, population);
  for (const [name, avs] of Object.entries(scenario.avss)) assertAvs(name, avs);
  assertTimeline(scenario);
}

/**
 * Refuses values that no run can have, before anything is deployed.
 *
 * @throws {@link ScenarioInvalidError} naming the field, the value as people write it, and what to write instead.
 */
export function assertScenario(scenario: Scenario): void {
  assertScenarioShape(scenario);
  try {
    assertFields(scenario);
  } catch (error) {
    if (!(error instanceof ScenarioInvalidError) || typeof error.value !== "bigint") throw error;
    const { field, value, hint } = error;
    const unit = unitOf(parsePath(field), scenario);
    throw new ScenarioInvalidError(field, { value, shown: showValue(value, unit) }, hint);
  }
}
