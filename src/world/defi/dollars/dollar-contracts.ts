import type {
  ExternalToken,
  IBankCalendar,
  IDollar,
  IDollarLens,
  IDollarReserve,
  IFundShare,
  IFundTeller,
  IJuniorTranche,
  IPausableFlags,
  IRedemptionQueue,
  ISwapWindow,
} from "../../../../typechain-types/index.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { DollarSpec, FundSpec } from "../../../model/defi/dollars.ts";
import { SECONDS_PER_BLOCK } from "../../../units/units.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of the dollar, the fund and of what reads them. */
export const dollarCoders = {
  calendar: await prepare<IBankCalendar>("IBankCalendar"),
  dollar: await prepare<IDollar>("IDollar"),
  reserve: await prepare<IDollarReserve>("IDollarReserve"),
  junior: await prepare<IJuniorTranche>("IJuniorTranche"),
  queue: await prepare<IRedemptionQueue>("IRedemptionQueue"),
  window: await prepare<ISwapWindow>("ISwapWindow"),
  share: await prepare<IFundShare>("IFundShare"),
  teller: await prepare<IFundTeller>("IFundTeller"),
  flags: await prepare<IPausableFlags>("IPausableFlags"),
  lens: await prepare<IDollarLens>("IDollarLens"),
  token: await prepare<ExternalToken>("ExternalToken"),
} as const;

export const EVERYTHING = (1n << 256n) - 1n;
export const NOBODY = `0x${"00".repeat(20)}`;
export const DAY = 86_400n;
/** Age that no price exceeds, and day that never comes [s]. */
export const ANY_AGE = 10n ** 12n;

/** Id of the lens, which is there once. */
export const DOLLAR_LENS = "dollarLens";

/** Ids of a dollar's parts. */
export const dollarParts = {
  token: (id: string): string => defiPart("dollar", id),
  calendar: (id: string): string => defiPart("dollarCalendar", id),
  reserve: (id: string): string => defiPart("dollarReserve", id),
  junior: (id: string): string => defiPart("dollarJunior", id),
  queue: (id: string): string => defiPart("dollarQueue", id),
  window: (id: string): string => defiPart("dollarWindow", id),
} as const;

/** Ids of a fund's parts. */
export const fundParts = {
  share: (id: string): string => defiPart("fund", id),
  teller: (id: string): string => defiPart("fundTeller", id),
} as const;

/** A dollar of the world; throws {@link ActionInvalidError} where there is none. */
export function dollarOf(world: DefiWorld, id: string): DollarSpec {
  const found = world.defi.dollars.find((dollar) => dollar.id === id);
  if (found === undefined) throw new ActionInvalidError("of this step", "dollar", id);
  return found;
}

/** A fund of the world; throws {@link ActionInvalidError} where there is none. */
export function fundOf(world: DefiWorld, id: string): FundSpec {
  const found = world.defi.funds.find((fund) => fund.id === id);
  if (found === undefined) throw new ActionInvalidError("of this step", "fund", id);
  return found;
}

/** Lets a contract take an amount of the sender's tokens. */
export function allowCall(token: string, spender: string, amount: bigint): Call {
  return { target: token, data: dollarCoders.token.encode("approve", [spender, amount]) };
}

/** When the run began, by a block and the clock [unix s]. */
export function startedAt(world: DefiWorld, block: { readonly time: bigint; readonly number: bigint }): bigint {
  const { mode, start } = world.clock;
  return mode === "timestamp" ? start : block.time - (block.number - start) * SECONDS_PER_BLOCK;
}

/** Decimals of a token from outside; others have 18. */
export function decimalsOf(world: { readonly defi: DefiWorld["defi"] }, id: string): bigint {
  const token = world.defi.tokens.find((one) => one.id === id);
  return token?.kind === "external" ? BigInt(token.decimals) : 18n;
}

/** Dollars for the smallest part of a dollar's settlement token [wei]. */
export function factorOf(world: { readonly defi: DefiWorld["defi"] }, dollar: DollarSpec): bigint {
  return 10n ** (18n - decimalsOf(world, dollar.settlement));
}
