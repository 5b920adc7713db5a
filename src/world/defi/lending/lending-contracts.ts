import type {
  ExternalToken,
  IFlashLiquidator,
  IInsuranceDesk,
  IInsuranceModule,
  IKinkedRateModel,
  ILendingDesk,
  ILendingLens,
  ILendingPool,
  ILeverageRouter,
  IPausableFlags,
  IReserveBook,
} from "../../../../typechain-types/index.ts";
import { ActionInvalidError } from "../../../errors/action-invalid-error.ts";
import type { LendingSpec, ReserveSpec } from "../../../model/defi/lending.ts";
import { prepareContract as prepare } from "../../codec/prepare-contract.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type DefiWorld } from "../domain.ts";

/** Coders of the pooled market and of what reads, runs and uses it. */
export const lendingCoders = {
  pool: await prepare<ILendingPool>("ILendingPool"),
  book: await prepare<IReserveBook>("IReserveBook"),
  rates: await prepare<IKinkedRateModel>("IKinkedRateModel"),
  module: await prepare<IInsuranceModule>("IInsuranceModule"),
  flags: await prepare<IPausableFlags>("IPausableFlags"),
  desk: await prepare<ILendingDesk>("ILendingDesk"),
  lens: await prepare<ILendingLens>("ILendingLens"),
  liquidator: await prepare<IFlashLiquidator>("IFlashLiquidator"),
  leverage: await prepare<ILeverageRouter>("ILeverageRouter"),
  insurance: await prepare<IInsuranceDesk>("IInsuranceDesk"),
  token: await prepare<ExternalToken>("ExternalToken"),
} as const;

/** Ids of the parts that are there once. */
export const LENDING_DESK = "lendingDesk";
export const LENDING_LENS = "lendingLens";
export const FLASH_LIQUIDATOR = "flashLiquidator";
export const LEVERAGE_ROUTER = "leverageRouter";
export const INSURANCE_DESK = "insuranceDesk";

/** Ids of a market's parts. */
export const marketParts = {
  book: (market: string): string => defiPart("lendingBook", market),
  pool: (market: string): string => defiPart("lendingPool", market),
  rates: (market: string, token: string): string => defiPart("lendingRates", `${market}/${token}`),
  claim: (market: string, token: string): string => defiPart("lendingClaim", `${market}/${token}`),
  vault: (market: string, token: string): string => defiPart("lendingVault", `${market}/${token}`),
  vaultFeed: (market: string, token: string): string => defiPart("lendingVaultFeed", `${market}/${token}`),
  insurance: (market: string, token: string): string => defiPart("lendingInsurance", `${market}/${token}`),
} as const;

/** Restrictions of a book, and the bit that pauses an insurance. */
export const RESTRICTION = { paused: 2n, frozen: 4n, ltvZero: 8n, notBorrowable: 16n } as const;
export const PAUSED_EXIT = 2n;

export const EVERYTHING = (1n << 256n) - 1n;

/** The market of an action; throws {@link ActionInvalidError} where there is none. */
export function marketOf(world: DefiWorld, id: string): LendingSpec {
  const market = world.defi.lending.find((one) => one.id === id);
  if (market === undefined) throw new ActionInvalidError("of this step", "market", id);
  return market;
}

/** A market's reserve; throws {@link ActionInvalidError} where there is none. */
export function reserveOf(world: DefiWorld, market: string, token: string): ReserveSpec {
  const reserve = marketOf(world, market).reserves.find((one) => one.token === token);
  if (reserve === undefined) throw new ActionInvalidError(`of market ${market}`, "reserve", token);
  return reserve;
}

/** Number of an e-mode in its market's book; 0 for none. */
export function categoryOf(world: DefiWorld, market: string, eMode: string | null): bigint {
  if (eMode === null) return 0n;
  const at = marketOf(world, market).eModes.findIndex(({ id }) => id === eMode);
  if (at < 0) throw new ActionInvalidError(`of market ${market}`, "e-mode", eMode);
  return BigInt(at + 1);
}

/** An insurance's contract; throws {@link ActionInvalidError} where there is none. */
export function insuranceAt(world: DefiWorld, market: string, token: string): string {
  if (!marketOf(world, market).insurance.some((one) => one.token === token)) {
    throw new ActionInvalidError(`of market ${market}`, "insurance", token);
  }
  return world.at(marketParts.insurance(market, token));
}

/** A call to a market's pool. */
export function poolCall(world: DefiWorld, market: string, data: string): Call {
  return { target: world.at(marketParts.pool(marketOf(world, market).id)), data };
}

/** A call that the desk makes as owner. */
export function deskCall(world: DefiWorld, target: string, data: string): Call {
  return { target: world.at(LENDING_DESK), data: lendingCoders.desk.encode("execute", [target, data]) };
}

/** Lets `spender` take `amount` of any ERC-20. */
export function allowCall(target: string, spender: string, amount: bigint): Call {
  return { target, data: lendingCoders.token.encode("approve", [spender, amount]) };
}

/** A cap as a book counts it, where zero is none: one unit stands for nothing at all. */
export function capToBook(cap: bigint | null): bigint {
  if (cap === null) return 0n;
  return cap === 0n ? 1n : cap;
}

/** A cap as a scenario says it. */
export function capFromBook(cap: bigint): bigint | null {
  if (cap === 0n) return null;
  return cap === 1n ? 0n : cap;
}
