import { ScenarioInvalidError } from "../errors/scenario-invalid-error.ts";
import { SECONDS_PER_BLOCK, WAD } from "../units/units.ts";
import type { Distribution } from "./distribution.ts";
import { assertScenarioShape } from "./scenario-shape.ts";
import type { AvsParams, LstParams, PopulationParams, RestakingParams, Scenario } from "./scenario.ts";

const NAME = /^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$/;
const MAX_STEPS = 1_000_000;
const MAX_DELAY = 100n * 365n * 86_400n;
/** A billion ether, eight times what there is: shares keep clear of every width in the contracts. */
const MAX_AMOUNT = 10n ** 27n;

/** Refuses a value with the field that holds it and what to write instead. */
function refuse(field: string, value: string | number | bigint | boolean, hint: string): never {
  throw new ScenarioInvalidError(field, value, hint);
}

function assertName(field: string, value: string): void {
  if (!NAME.test(value)) refuse(field, value, "Use letters, digits and single dashes, beginning with a small letter.");
}

function assertWhole(field: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) refuse(field, value, `Use a whole number of ${least} or more.`);
}

/** A delay of the contracts: whole blocks, so that both clock modes agree. */
function assertDelay(field: string, value: bigint | undefined): void {
  if (value === undefined) return;
  if (value < 0n) refuse(field, value, "Use a delay of 0 s or more.");
  if (value > MAX_DELAY) refuse(field, value, `Use at most ${MAX_DELAY} s, 100 years.`);
  if (value % SECONDS_PER_BLOCK !== 0n) refuse(field, value, "Use a multiple of 12 s, one block.");
}

function assertAmount(field: string, value: bigint | undefined): void {
  if (value !== undefined && value < 0n) refuse(field, value, "Use 0 or more.");
  if (value !== undefined && value > MAX_AMOUNT) refuse(field, value, "Use at most a billion ether.");
}

function assertPeriod(field: string, value: bigint | undefined): void {
  if (value !== undefined && value <= 0n) refuse(field, value, "Use a time above 0 s.");
}

function assertFraction(field: string, value: bigint | undefined): void {
  if (value !== undefined && (value < 0n || value > WAD))
    refuse(field, value, "Use a fraction from 0 to percent(100).");
}

function assertDistribution(field: string, distribution: Distribution | undefined, count: number): void {
  if (distribution === undefined) return;
  const perMember =
    distribution.kind === "list" ? distribution.amounts : distribution.kind === "weights" ? distribution.weights : null;
  if (perMember !== null && perMember.length !== count) {
    refuse(`${field}.length`, perMember.length, `Give one entry per member: ${count}.`);
  }
  perMember?.forEach((value, at) => assertAmount(`${field}[${at}]`, value));
  if (distribution.kind === "weights" && distribution.weights.every((weight) => weight === 0n)) {
    refuse(`${field}.weights`, "nothing but 0", "Give one weight above 0 at least.");
  }
  if (distribution.kind === "each") assertAmount(`${field}.amount`, distribution.amount);
  if ("total" in distribution) assertAmount(`${field}.total`, distribution.total);
  if (distribution.kind === "zipf") {
    assertWhole(`${field}.tenths`, distribution.tenths, 0);
    if (distribution.tenths > 100) refuse(`${field}.tenths`, distribution.tenths, "Use at most 100 (exponent 10).");
  }
}

function assertRestaking(params: RestakingParams): void {
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "bigint") assertDelay(`restaking.${name}`, value);
  }
}

function assertLst(params: LstParams): void {
  assertFraction("lst.fee", params.fee);
  assertAmount("lst.initialStake", params.initialStake);
  assertAmount("lst.maxYearlyGain", params.maxYearlyGain);
  assertFraction("lst.yearlyYield", params.yearlyYield);
  assertPeriod("lst.reportEvery", params.reportEvery);
}

function assertPopulation(name: string, population: PopulationParams): void {
  const field = `populations.${name}`;
  assertName(field, name);
  assertWhole(`${field}.count`, population.count, 1);
  assertDistribution(`${field}.stake`, population.stake, population.count);
  assertDistribution(`${field}.ether`, population.ether, population.count);
  assertDistribution(`${field}.lst`, population.lst, population.count);
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
    if ("fraction" in shock) assertFraction(`${field}.shock.fraction`, shock.fraction);
    if ("amount" in shock) assertAmount(`${field}.shock.amount`, shock.amount);
    if ("length" in shock) assertAmount(`${field}.shock.length`, shock.length);
  });
  scenario.clock.also?.forEach((at, index) => {
    if (at <= 0n || at > end)
      refuse(`clock.also[${index}]`, at, `Use a time after 0 s and not after the end, ${end} s.`);
  });
}

/**
 * Refuses values that no run can have, before anything is deployed.
 *
 * @throws {@link ScenarioInvalidError} naming the field, the value and what to write instead.
 */
export function assertScenario(scenario: Scenario): void {
  assertScenarioShape(scenario);
  assertName("name", scenario.name);
  assertWhole("seed", scenario.seed, 0);
  assertWhole("clock.steps", scenario.clock.steps, 1);
  if (scenario.clock.steps > MAX_STEPS) refuse("clock.steps", scenario.clock.steps, `Use at most ${MAX_STEPS}.`);
  if (scenario.clock.step <= 0n) refuse("clock.step", scenario.clock.step, "Use a step of 1 s or more.");
  assertRestaking(scenario.restaking ?? {});
  assertLst(scenario.lst ?? {});
  for (const [name, population] of Object.entries(scenario.populations)) assertPopulation(name, population);
  for (const [name, avs] of Object.entries(scenario.avss)) assertAvs(name, avs);
  assertTimeline(scenario);
}
