import type { DefiView } from "../../../model/defi/defi.ts";
import type { DollarRequestView, DollarSpec, DollarView, FundSpec, FundView } from "../../../model/defi/dollars.ts";
import type { Call } from "../../stage-driver.ts";
import type { DefiReading } from "../domain.ts";
import {
  DOLLAR_LENS,
  dollarCoders as coders,
  dollarParts,
  EVERYTHING,
  factorOf,
  fundParts,
  startedAt,
} from "./dollar-contracts.ts";
import type { FundLensState, HolderState, InvestorState, LensState } from "./lens-state.ts";

/** Most accounts of one question: the chain in this process keeps every opcode of a call. */
const ACCOUNTS = 40;

type Holders = Readonly<Record<string, bigint>>;

/** An instrument's answers, one for each part of the accounts asked about. */
interface Read<S> {
  readonly ids: readonly string[];
  readonly state: S;
  readonly parts: readonly S[];
}

function chunks(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / ACCOUNTS) || 1;
  return Array.from({ length: count }, (_, at) => ids.slice(at * ACCOUNTS, (at + 1) * ACCOUNTS));
}

/** Participants to read: those that the last step touched, and those for whom others may have done something. */
function accountsToRead({ world, changed, before }: DefiReading): readonly string[] {
  const requests = Object.values(before?.dollars ?? {}).flatMap(({ queue }) => queue.map(({ holder }) => holder));
  const orders = Object.values(before?.funds ?? {}).flatMap((fund) => fund.orders.map(({ holder }) => holder));
  const waiting = new Set([...requests, ...orders]);
  const ids = world.spec.participants.map(({ id }) => id);
  return ids.filter((id) => changed === null || changed.has(id) || waiting.has(id));
}

/** Reserves that may hold a fund's shares, by their dollars. */
function reservesOf({ world }: DefiReading, fund: string): readonly string[] {
  return world.defi.dollars.filter(({ reserve }) => reserve.fund?.id === fund).map(({ id }) => id);
}

async function ask<S>(
  reading: DefiReading,
  fn: "read" | "readFund",
  { at, reserves = [] }: { readonly at: string; readonly reserves?: readonly string[] },
): Promise<Read<S>> {
  const { world } = reading;
  const ids = [...accountsToRead(reading), ...reserves];
  const questions = chunks(ids).map((part): Call => {
    const accounts = part.map((id) => {
      return reserves.includes(id) ? world.at(dollarParts.reserve(id)) : world.book.participants.address(id);
    });
    return { target: world.at(DOLLAR_LENS), data: coders.lens.encode(fn, [at, accounts]) };
  });
  const answers = await reading.ask(questions);
  const parts = answers.map((answer) => coders.lens.decode(fn, answer)["state"] as unknown as S);
  return { ids, state: parts[0] as S, parts };
}

const nonzero = (entries: readonly (readonly [string, bigint])[]): Holders =>
  Object.fromEntries(entries.filter(([, amount]) => amount > 0n));

/** Balances of a token as the tokens' domain read them. */
function balancesOf(token: string, balances: DefiView["balances"] | undefined): Holders {
  return nonzero(Object.entries(balances ?? {}).map(([id, own]) => [id, own[token] ?? 0n] as const));
}

/** Names that were in a list and were not read again, with those that are in it now. */
function listed(before: readonly string[] | undefined, ids: readonly string[], now: readonly boolean[]): string[] {
  return [...(before ?? []).filter((id) => !ids.includes(id)), ...ids.filter((_, k) => now[k] === true)].sort();
}

const byId = (a: { readonly id: bigint }, b: { readonly id: bigint }): number => (a.id < b.id ? -1 : 1);

function requestsOf(holder: string, { requests }: HolderState, start: bigint): DollarRequestView[] {
  return requests.map(({ id, request }) => ({
    id,
    holder,
    amount: request.requested,
    filled: request.requested - request.waiting,
    claimable: request.claimable,
    requestedAt: request.requestedAt - start,
  }));
}

async function readDollar(reading: DefiReading, dollar: DollarSpec): Promise<DollarView> {
  const { world, known } = reading;
  const before = reading.before?.dollars[dollar.id];
  const at = world.at(dollarParts.reserve(dollar.id));
  const { ids, state, parts } = await ask<LensState>(reading, "read", { at });
  const { balances } = await known;
  const holders = parts.flatMap((part) => part.holders);
  const { reserve, rates, terms, gate, window } = state;
  const start = startedAt(world, state);
  const shares = Object.entries(before?.juniorHolders ?? {}).filter(([id]) => !ids.includes(id));
  return {
    ...{ settlement: dollar.settlement, supply: reserve.supply, cash: reserve.cash },
    ...{ fundShares: reserve.fundShares, fundMarked: reserve.fundValue },
    termFace: terms.reduce((sum, { face }) => sum + face, 0n),
    termMarked: reserve.termValue / factorOf(world, dollar),
    ...{ buffer: reserve.buffer, junior: reserve.juniorAssets, backstop: reserve.backstop },
    ...{ backing: rates.backingRatio, redemptionRate: rates.redemptionRate, feeBps: rates.feeBps },
    gateOpen: gate.isOpen,
    gateRemaining: gate.epochLeft < gate.blockLeft ? gate.epochLeft : gate.blockLeft,
    queue: holders.flatMap((holder, k) => requestsOf(ids[k] ?? "", holder, start)).sort(byId),
    swapCash: window.gems,
    swapFrozen: window.isFrozenNow,
    swapHalted: dollar.swap === null || (window.tin === EVERYTHING && window.tout === EVERYTHING),
    frozen: listed(
      before?.frozen,
      ids,
      holders.map(({ isFrozen }) => isFrozen),
    ),
    holders: balancesOf(dollar.id, balances),
    juniorHolders: nonzero([...shares, ...holders.map((one, k) => [ids[k] ?? "", one.juniorShares] as const)]),
  };
}

function ordersOf(holder: string, { orders }: InvestorState, start: bigint): FundView["orders"] {
  return orders.map(({ id, order, quote }) => ({
    ...{ id, holder, side: order.isRedemption ? ("redeem" as const) : ("subscribe" as const) },
    amount: quote.left,
    claimableAt: quote.nav === 0n ? NOT_STRUCK : quote.claimableAt - start,
  }));
}

/** When an order can be claimed whose value is not struck yet: later than any run lasts [s]. */
const NOT_STRUCK = 10n ** 12n;

async function readFund(reading: DefiReading, fund: FundSpec): Promise<FundView> {
  const { world, known } = reading;
  const before = reading.before?.funds[fund.id];
  const at = world.at(fundParts.teller(fund.id));
  const reserves = reservesOf(reading, fund.id);
  const { ids, state, parts } = await ask<FundLensState>(reading, "readFund", { at, reserves });
  const { balances } = await known;
  const investors = parts.flatMap((part) => part.investors);
  const start = startedAt(world, state);
  return {
    settlement: fund.settlement,
    nav: state.fund.strike.nav,
    struckAt: state.fund.strike.struckAt - start,
    supply: state.fund.shares,
    liquidity: state.fund.liquidity,
    halted: state.fund.isHalted,
    orders: investors.flatMap((investor, k) => ordersOf(ids[k] ?? "", investor, start)).sort(byId),
    allowed: listed(
      before?.allowed,
      ids,
      investors.map(({ isAllowed }, k) => isAllowed && !reserves.includes(ids[k] ?? "")),
    ),
    holders: balancesOf(fund.id, balances),
  };
}

/** Reads all dollars and funds. */
export async function readDollars(reading: DefiReading): Promise<Partial<DefiView>> {
  const { dollars, funds } = reading.world.defi;
  // All ask before any waits.
  const views = await Promise.all([
    Promise.all(funds.map(async (fund) => [fund.id, await readFund(reading, fund)] as const)),
    Promise.all(dollars.map(async (dollar) => [dollar.id, await readDollar(reading, dollar)] as const)),
  ]);
  return { funds: Object.fromEntries(views[0]), dollars: Object.fromEntries(views[1]) };
}
