import type { DollarSpec } from "../../../model/defi/dollars.ts";
import { PROTOCOL } from "../../../model/names.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import type { Demand, DefiWorld } from "../domain.ts";
import { feedPart } from "../markets/market-contracts.ts";
import {
  allowCall,
  ANY_AGE,
  DAY,
  dollarCoders as coders,
  dollarParts,
  EVERYTHING,
  factorOf,
  fundOf,
  fundParts,
  NOBODY,
} from "./dollar-contracts.ts";
import { sharesFor } from "./fund-set-up.ts";

/** Gas of an order that fills all buckets. */
const RESERVE_GAS = 20_000_000n;
const WEEK = 7n * DAY;
const HOUR = 3_600n;
/** Friday 22:00 and Monday 13:00 of a week that begins with the run [s]. */
const WEEKEND = [4n * DAY + 22n * HOUR, 13n * HOUR] as const;
/** 1 January 1970 was a Thursday, three days after Monday. */
const MONDAY_OFFSET = 3n * DAY;

const protocol = (world: DefiWorld): string => world.book.participants.address(PROTOCOL);

/** Money that the buckets and pots begin with. */
function moneyOf({ reserve, buffer, junior, backstop }: DollarSpec): bigint {
  return reserve.cash + reserve.term.face + (reserve.fund?.worth ?? 0n) + buffer + junior + backstop;
}

/** Tokens that the reserve begins with, and one wei of each dollar, so that somebody always asks for it to be made. */
export function dollarDemands({ dollars }: DefiWorld["defi"]): readonly Demand[] {
  return dollars.flatMap((dollar): readonly Demand[] => [
    { participant: PROTOCOL, token: dollar.settlement, amount: moneyOf(dollar) },
    { participant: PROTOCOL, token: dollar.id, amount: 1n },
  ]);
}

/** Roles and policies. */
function wireCalls(world: DefiWorld, dollar: DollarSpec): readonly Call[] {
  const { id, swap, redemption } = dollar;
  const at = (part: keyof typeof dollarParts): string => world.at(dollarParts[part](id));
  const [owner, reserve, token] = [protocol(world), at("reserve"), at("token")];
  const window = swap === null ? NOBODY : at("window");
  const issue = (account: string): Call => ({
    target: token,
    data: coders.dollar.encode("setIssuer", [account, true]),
  });
  return [
    { target: reserve, data: coders.reserve.encode("wire", [at("junior"), at("queue"), window]) },
    { target: reserve, data: coders.reserve.encode("setMinter", [owner, EVERYTHING]) },
    { target: reserve, data: coders.reserve.encode("setFirstComeAtPar", [redemption.policy === "firstCome"]) },
    ...[owner, reserve].map(issue),
    ...(swap === null ? [] : [issue(window), ...swapCalls(dollar, window)]),
  ];
}

function swapCalls({ swap }: DollarSpec, target: string): readonly Call[] {
  if (swap === null) return [];
  return [
    { target, data: coders.window.encode("setFees", [swap.tin, swap.tout]) },
    { target, data: coders.window.encode("setCap", [swap.cap]) },
  ];
}

/** The feed of a band may ask a market, which has a price only once it has liquidity. */
function bandsOf(world: DefiWorld): readonly Arrangement[] {
  return world.defi.dollars.flatMap(({ id, swap }) => {
    const band = swap?.band ?? null;
    if (band === null) return [];
    const edges = [...band.freeze, ...band.unfreeze];
    const data = coders.window.encode("setBand", [world.at(feedPart(band.feed)), ANY_AGE, edges]);
    const calls = [{ target: world.at(dollarParts.window(id)), data }];
    return [{ part: `band of dollar ${id}`, actor: protocol(world), calls }];
  });
}

/** Fills buckets and pots while there are no dollars, and so no gap that a pot would have to bear. */
function fillCalls(world: DefiWorld, dollar: DollarSpec): readonly Call[] {
  const { id, reserve: buckets, buffer, junior, backstop } = dollar;
  const [reserve, token, tranche] = (["reserve", "token", "junior"] as const).map((part) =>
    world.at(dollarParts[part](id)),
  ) as [string, string, string];
  const [owner, settlement] = [protocol(world), world.token(dollar.settlement)];
  const money = buckets.cash + buckets.term.face;
  const call = (target: string, data: string): Call => ({ target, data });
  const { face, haircut } = buckets.term;
  return [
    allowCall(settlement, reserve, EVERYTHING),
    allowCall(settlement, tranche, junior),
    ...(money === 0n
      ? []
      : [
          call(reserve, coders.reserve.encode("mint", [money, owner])),
          call(token, coders.dollar.encode("burn", [owner, money * factorOf(world, dollar)])),
        ]),
    ...(junior === 0n ? [] : [call(tranche, coders.junior.encode("deposit", [junior, owner]))]),
    ...(buffer === 0n ? [] : [call(reserve, coders.reserve.encode("fundBuffer", [buffer]))]),
    ...(backstop === 0n ? [] : [call(reserve, coders.reserve.encode("fundBackstop", [backstop]))]),
    ...(face === 0n ? [] : [call(reserve, coders.reserve.encode("placeTerm", [owner, face, haircut, ANY_AGE]))]),
    ...fundCalls(world, dollar),
  ];
}

/** Shares of the T+1 bucket, made for the money that the teller gets. */
function fundCalls(world: DefiWorld, { id, reserve, settlement }: DollarSpec): readonly Call[] {
  if (reserve.fund === null || reserve.fund.worth === 0n) return [];
  const { worth } = reserve.fund;
  const fund = fundOf(world, reserve.fund.id);
  const [share, teller] = [world.at(fundParts.share(fund.id)), world.at(fundParts.teller(fund.id))];
  const holder = world.at(dollarParts.reserve(id));
  return [
    { target: share, data: coders.share.encode("setAllowed", [holder, true]) },
    { target: share, data: coders.share.encode("mint", [holder, sharesFor(fund, worth)]) },
    { target: world.token(settlement), data: coders.token.encode("transfer", [teller, worth]) },
  ];
}

/** Roles and policies of all dollars. */
export function wireDollars(world: DefiWorld): readonly Arrangement[] {
  return world.defi.dollars.map((dollar) => {
    return { part: `dollar ${dollar.id}`, actor: protocol(world), calls: wireCalls(world, dollar) };
  });
}

/** Calls by which the protocol fills a dollar's reserve and comes to hold `amount` of it. */
export function issueDollars(world: DefiWorld, dollar: DollarSpec, amount: bigint): readonly Call[] {
  const target = world.at(dollarParts.token(dollar.id));
  return [...fillCalls(world, dollar), { target, data: coders.dollar.encode("mint", [protocol(world), amount]) }];
}

/** Takes back the one wei that was demanded, and the right to make more. */
export function closeIssue(world: DefiWorld): readonly Arrangement[] {
  const actor = protocol(world);
  return world.defi.dollars.map(({ id }) => {
    const target = world.at(dollarParts.token(id));
    const calls = [
      { target, data: coders.dollar.encode("burn", [actor, 1n]) },
      { target, data: coders.dollar.encode("setIssuer", [actor, false]) },
    ];
    return { part: `supply of dollar ${id}`, actor, calls, gasLimit: RESERVE_GAS };
  });
}

/** Bands and bank hours, which hold from the run's beginning on. */
export function openDollars(world: DefiWorld): readonly Arrangement[] {
  return [...bandsOf(world), ...bankHoursOf(world)];
}

/** Bank hours: the run begins on a Monday at 00:00 where the contracts count seconds, and on its own day otherwise. */
function bankHoursOf(world: DefiWorld): readonly Arrangement[] {
  const { mode, start } = world.clock;
  const shift = mode === "timestamp" ? (start + MONDAY_OFFSET) % WEEK : 0n;
  const [from, until] = WEEKEND.map((second) => (second + shift) % WEEK) as [bigint, bigint];
  const hours = world.defi.dollars.filter(({ redemption }) => redemption.calendar === "bankHours");
  return hours.map(({ id }) => {
    const target = world.at(dollarParts.calendar(id));
    const calls = [{ target, data: coders.calendar.encode("setWeekend", [from, until]) }];
    return { part: `bank hours of dollar ${id}`, actor: protocol(world), calls };
  });
}
