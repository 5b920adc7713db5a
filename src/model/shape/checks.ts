import { ScenarioInvalidError } from "../../errors/scenario-invalid-error.ts";
import { SECONDS_PER_BLOCK, WAD } from "../../units/units.ts";
import type { Distribution } from "../distribution.ts";

const NAME = /^[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$/;
export const MAX_DELAY = 100n * 365n * 86_400n;
/** Most of a token of any decimals, and of a price: what the contracts multiply one by the other with still fits. */
export const MOST_PARTS = 10n ** 33n;
/** A billion ether, eight times what there is: shares keep clear of every width in the contracts. */
const MAX_AMOUNT = 10n ** 27n;

/** Refuses a value with the field that holds it and what to write instead. */
export function refuse(field: string, value: string | number | bigint | boolean, hint: string): never {
  throw new ScenarioInvalidError(field, value, hint);
}

/** A name that ids are made of. */
export function assertName(field: string, value: string): void {
  if (!NAME.test(value)) refuse(field, value, "Use letters, digits and single dashes, beginning with a small letter.");
}

/** A whole number of `least` or more. */
export function assertWhole(field: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) refuse(field, value, `Use a whole number of ${least} or more.`);
}

/** A delay of the contracts: whole blocks, so that both clock modes agree. */
export function assertDelay(field: string, value: bigint | undefined): void {
  if (value === undefined) return;
  if (value < 0n) refuse(field, value, "Use a delay of 0 s or more.");
  if (value > MAX_DELAY) refuse(field, value, `Use at most ${MAX_DELAY} s, 100 years.`);
  if (value % SECONDS_PER_BLOCK !== 0n) refuse(field, value, "Use a multiple of 12 s, one block.");
}

/** From 0 to a billion ether, or to another limit. */
export function assertAmount(field: string, value: bigint | undefined, most: bigint = MAX_AMOUNT): void {
  if (value !== undefined && value < 0n) refuse(field, value, "Use 0 or more.");
  if (value === undefined || value <= most) return;
  refuse(field, value, most === MAX_AMOUNT ? "Use at most a billion ether." : `Use at most ${most}.`);
}

/** A time above 0 s, up to a hundred years. */
export function assertPeriod(field: string, value: bigint | undefined): void {
  if (value === undefined) return;
  if (value <= 0n) refuse(field, value, "Use a time above 0 s.");
  if (value > MAX_DELAY) refuse(field, value, `Use at most ${MAX_DELAY} s, 100 years.`);
}

/** From 0 to 100 %. */
export function assertFraction(field: string, value: bigint | undefined): void {
  if (value === undefined || (value >= 0n && value <= WAD)) return;
  refuse(field, value, "Use 0 % to 100 %: 10% on a command line, percent(10) in a scenario.");
}

/** Every amount of a distribution, and one entry per member where each has its own. */
export function assertDistribution(
  field: string,
  distribution: Distribution | undefined,
  { count, most }: { readonly count: number; readonly most?: bigint },
): void {
  if (distribution === undefined) return;
  const perMember =
    distribution.kind === "list" ? distribution.amounts : distribution.kind === "weights" ? distribution.weights : null;
  if (perMember !== null && perMember.length !== count) {
    refuse(`${field}.length`, perMember.length, `Give one entry per member: ${count}.`);
  }
  const list = distribution.kind === "weights" ? "weights" : "amounts";
  perMember?.forEach((value, at) => assertAmount(`${field}.${list}[${at}]`, value, most));
  if (distribution.kind === "weights" && distribution.weights.every((weight) => weight === 0n)) {
    refuse(`${field}.weights`, "nothing but 0", "Give one weight above 0 at least.");
  }
  if (distribution.kind === "each") assertAmount(`${field}.amount`, distribution.amount, most);
  if ("total" in distribution) assertAmount(`${field}.total`, distribution.total, most);
  if (distribution.kind === "zipf") {
    assertWhole(`${field}.tenths`, distribution.tenths, 0);
    if (distribution.tenths > 100) refuse(`${field}.tenths`, distribution.tenths, "Use at most 100 (exponent 10).");
  }
}
