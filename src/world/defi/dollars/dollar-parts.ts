import type { Part } from "../../../../deploy/parts.ts";
import type { DollarSpec, FundSpec } from "../../../model/defi/dollars.ts";
import { PROTOCOL } from "../../../model/names.ts";
import type { DefiPartsContext } from "../domain.ts";
import { DAY, decimalsOf, dollarParts, EVERYTHING, fundParts, NOBODY } from "./dollar-contracts.ts";

/** Time over which surplus becomes the junior tranche's [s]. */
const VESTING = 7n * DAY;

function partsOfFund(context: DefiPartsContext, fund: FundSpec): readonly Part[] {
  const owner = context.actorOf(PROTOCOL);
  const [share, teller] = [fundParts.share(fund.id), fundParts.teller(fund.id)];
  const terms = {
    settleDelay: fund.settleDelay,
    minAssets: fund.minimum,
    minShares: 0n,
    feeBps: fund.feeBps,
    instantFeeBps: fund.instant?.feeBps ?? 0n,
    instantLimit: fund.instant?.limit ?? 0n,
  };
  const tokens = [context.token(fund.settlement), `@${share}`, NOBODY];
  return [
    { id: share, contract: "FundShare", args: [owner, decimalsOf(context, fund.settlement)] },
    { id: teller, contract: "FundTeller", args: [tokens, owner, owner, terms, [fund.cutOff, fund.nav]] },
  ];
}

function partsOfDollar(context: DefiPartsContext, dollar: DollarSpec): readonly Part[] {
  const owner = context.actorOf(PROTOCOL);
  const ids = dollarParts;
  const { id, redemption, reserve } = dollar;
  const [token, settlement] = [`@${ids.token(id)}`, context.token(dollar.settlement)];
  const gate = {
    epochLength: redemption.gate?.epoch ?? DAY,
    epochCap: redemption.gate?.cap ?? EVERYTHING,
    blockLimit: EVERYTHING,
    calendar: `@${ids.calendar(id)}`,
  };
  const curve = {
    capacity: reserve.cash === 0n ? 1n : reserve.cash,
    floor: 0n,
    minBps: redemption.minFeeBps,
    maxBps: redemption.maxFeeBps,
    isAtEnd: false,
  };
  const teller = reserve.fund === null ? NOBODY : `@${fundParts.teller(reserve.fund.id)}`;
  const books = `@${ids.reserve(id)}`;
  const swap = { id: ids.window(id), contract: "SwapWindow", args: [owner, token, settlement, books] };
  return [
    { id: ids.calendar(id), contract: "BankCalendar", args: [owner, 0n, 0n] },
    { id: ids.token(id), contract: "Dollar", args: [owner, id, id] },
    { id: ids.reserve(id), contract: "DollarReserve", args: [owner, token, settlement, teller, gate, curve] },
    { id: ids.junior(id), contract: "JuniorTranche", args: [books, VESTING] },
    { id: ids.queue(id), contract: "RedemptionQueue", args: [books, 0n] },
    ...(dollar.swap === null ? [] : [swap]),
  ];
}

/** Contracts of all funds. */
export function partsOfFunds(context: DefiPartsContext): readonly Part[] {
  return context.defi.funds.flatMap((fund) => partsOfFund(context, fund));
}

/** Contracts of all dollars. */
export function partsOfDollars(context: DefiPartsContext): readonly Part[] {
  return context.defi.dollars.flatMap((dollar) => partsOfDollar(context, dollar));
}
