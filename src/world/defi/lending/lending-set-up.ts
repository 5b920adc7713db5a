import type { DefiSpec } from "../../../model/defi/defi.ts";
import type { EModeSpec, LendingPositionSpec, LendingSpec, ReserveSpec } from "../../../model/defi/lending.ts";
import { PROTOCOL } from "../../../model/names.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type Demand, type DefiWorld } from "../domain.ts";
import { transferCall } from "../tokens/tokens.ts";
import {
  allowCall,
  capToBook,
  categoryOf,
  deskCall,
  INSURANCE_DESK,
  insuranceAt,
  lendingCoders as coders,
  marketParts,
  poolCall,
  RESTRICTION,
} from "./lending-contracts.ts";
import { ANY_AGE } from "./lending-parts.ts";

const WIRE_GAS = 100_000_000n;
/** Gas of a position: a few supplies, borrowings, and a stake. */
const POSITION_GAS = 20_000_000n;

function listCall(world: DefiWorld, market: LendingSpec, reserve: ReserveSpec): Call {
  const { token } = reserve;
  const listing = [
    world.at(defiPart("feed", reserve.feed)),
    ANY_AGE,
    world.at(marketParts.rates(market.id, token)),
    world.at(marketParts.claim(market.id, token)),
    reserve.reserveFactor,
    reserve.bonusFee,
    capToBook(reserve.supplyCap),
    capToBook(reserve.borrowCap),
    [reserve.ltv, reserve.lt, reserve.bonus],
  ];
  const book = world.at(marketParts.book(market.id));
  return deskCall(world, book, coders.book.encode("list", [world.token(token), listing]));
}

/** A bit for each token's place among the reserves. */
function bitsOf(market: LendingSpec, tokens: readonly string[]): bigint {
  return market.reserves.reduce(
    (bits, { token }, at) => (tokens.includes(token) ? bits | (1n << BigInt(at)) : bits),
    0n,
  );
}

function categoryCall(world: DefiWorld, market: LendingSpec, eMode: EModeSpec): Call {
  const { ltv, lt, bonus, collateral, borrowable } = eMode;
  const terms = [[ltv, lt, bonus], bitsOf(market, collateral), bitsOf(market, borrowable)];
  const number = categoryOf(world, market.id, eMode.id);
  const book = world.at(marketParts.book(market.id));
  return deskCall(world, book, coders.book.encode("setCategory", [number, terms]));
}

/** Lists a market's reserves, its e-modes and its insurance. */
export function wireLending(world: DefiWorld): readonly Arrangement[] {
  const actor = world.book.participants.address(PROTOCOL);
  return world.defi.lending.map((market) => {
    const book = world.at(marketParts.book(market.id));
    const order = (fn: "wire" | "restrict" | "setInsurer", args: readonly (string | bigint)[]): Call =>
      deskCall(world, book, coders.book.encode(fn, args));
    const calls = [
      order("wire", [world.at(marketParts.pool(market.id))]),
      ...market.reserves.map((reserve) => listCall(world, market, reserve)),
      ...market.reserves
        .filter(({ borrowable }) => !borrowable)
        .map(({ token }) => order("restrict", [world.token(token), RESTRICTION.notBorrowable])),
      ...market.eModes.map((eMode) => categoryCall(world, market, eMode)),
      ...market.insurance.map(({ token }) =>
        order("setInsurer", [world.token(token), insuranceAt(world, market.id, token)]),
      ),
    ];
    return { part: `lending market ${market.id}`, actor, calls, gasLimit: WIRE_GAS };
  });
}

function nonZero(amounts: Readonly<Record<string, bigint>>): readonly (readonly [string, bigint])[] {
  return Object.entries(amounts).filter(([, amount]) => amount > 0n);
}

/** What positions bring. */
export function lendingDemands({ lendingPositions }: DefiSpec): readonly Demand[] {
  return lendingPositions.flatMap(({ participant, supplied, insured }) =>
    [...nonZero(supplied), ...nonZero(insured)].map(([token, amount]) => ({ participant, token, amount })),
  );
}

function supplyCalls(world: DefiWorld, position: LendingPositionSpec): readonly Call[] {
  const { market, participant, eMode } = position;
  const actor = world.book.participants.address(participant);
  const pool = world.at(marketParts.pool(market));
  const desk = world.at(INSURANCE_DESK);
  const enter = coders.pool.encode("setCategory", [categoryOf(world, market, eMode)]);
  return [
    ...(eMode === null ? [] : [poolCall(world, market, enter)]),
    // Insurance first: a stake takes the claims that its owner has.
    ...nonZero(position.insured).flatMap(([token, amount]) => [
      allowCall(world.token(token), desk, amount),
      { target: desk, data: coders.insurance.encode("stake", [insuranceAt(world, market, token), amount]) },
    ]),
    ...nonZero(position.supplied).flatMap(([token, amount]) => [
      allowCall(world.token(token), pool, amount),
      poolCall(world, market, coders.pool.encode("supply", [world.token(token), amount, actor])),
    ]),
  ];
}

function borrowCalls(world: DefiWorld, { market, participant, borrowed, keep }: LendingPositionSpec): readonly Call[] {
  const actor = world.book.participants.address(participant);
  const to = world.book.participants.address(PROTOCOL);
  return nonZero(borrowed).flatMap(([token, amount]) => [
    poolCall(world, market, coders.pool.encode("borrow", [world.token(token), amount, actor])),
    ...(keep || participant === PROTOCOL ? [] : [transferCall(world, { token, to, amount })]),
  ]);
}

function eachPosition(
  world: DefiWorld,
  verb: string,
  callsOf: (world: DefiWorld, position: LendingPositionSpec) => readonly Call[],
): readonly Arrangement[] {
  return world.defi.lendingPositions
    .map((position) => ({
      part: `what ${position.participant} ${verb} in ${position.market}`,
      actor: world.book.participants.address(position.participant),
      calls: callsOf(world, position),
      gasLimit: POSITION_GAS,
    }))
    .filter(({ calls }) => calls.length > 0);
}

export const supplyLending = (world: DefiWorld): readonly Arrangement[] => eachPosition(world, "supplies", supplyCalls);
export const borrowLending = (world: DefiWorld): readonly Arrangement[] => eachPosition(world, "borrows", borrowCalls);
