import type { FundSpec } from "../../../model/defi/dollars.ts";
import { PROTOCOL } from "../../../model/names.ts";
import type { Arrangement } from "../../set-up/arrange.ts";
import type { Call } from "../../stage-driver.ts";
import { defiPart, type Demand, type DefiWorld } from "../domain.ts";
import { dollarCoders as coders, dollarParts, fundParts } from "./dollar-contracts.ts";

const NAV_ONE = 1_000_000n;

/** Fund shares that money buys when the run begins, rounded down. */
export function sharesFor({ nav }: FundSpec, assets: bigint): bigint {
  return (assets * NAV_ONE) / nav;
}

/** Money that fund shares stand for when the run begins, rounded up. */
function assetsFor({ nav }: FundSpec, shares: bigint): bigint {
  return (shares * nav + NAV_ONE - 1n) / NAV_ONE;
}

/** Money behind the shares in wallets. */
export function fundDemands({ funds, balances }: DefiWorld["defi"]): readonly Demand[] {
  return funds.map((fund): Demand => {
    const shares = Object.values(balances).reduce((sum, own) => sum + (own[fund.id] ?? 0n), 0n);
    return { participant: PROTOCOL, token: fund.settlement, amount: assetsFor(fund, shares) };
  });
}

/** Account of a participant, or of whatever contracts an id of the layer names. */
export function accountsOf(world: DefiWorld, id: string): readonly string[] {
  if (world.spec.participants.some((one) => one.id === id)) return [world.book.participants.address(id)];
  const kinds = ["pool", "lendingPool", "isolated", "vault", "dollarReserve"];
  const parts = kinds.map((kind) => defiPart(kind, id)).filter((part) => part in world.addresses);
  const own = Object.keys(world.addresses).filter((part) => part.startsWith(`${defiPart("lendingClaim", `${id}/`)}`));
  return [...parts, ...own].map((part) => world.at(part));
}

function wireFund(world: DefiWorld, fund: FundSpec): readonly Call[] {
  const protocol = world.book.participants.address(PROTOCOL);
  const target = world.at(fundParts.share(fund.id));
  const reserves = world.defi.dollars
    .filter(({ reserve }) => reserve.fund?.id === fund.id)
    .map(({ id }) => world.at(dollarParts.reserve(id)));
  const allowed = [protocol, ...reserves, ...fund.allowed.flatMap((id) => accountsOf(world, id))];
  return [
    { target, data: coders.share.encode("setTeller", [protocol]) },
    ...[...new Set(allowed)].map((holder) => ({ target, data: coders.share.encode("setAllowed", [holder, true]) })),
  ];
}

/** Opens the lists; the protocol itself makes the first shares. */
export function wireFunds(world: DefiWorld): readonly Arrangement[] {
  const actor = world.book.participants.address(PROTOCOL);
  return world.defi.funds.map((fund) => ({ part: `fund ${fund.id}`, actor, calls: wireFund(world, fund) }));
}

/** Calls by which the protocol comes to hold shares, and the teller the money behind them. */
export function issueShares(world: DefiWorld, fund: FundSpec, shares: bigint): readonly Call[] {
  const [share, teller] = [world.at(fundParts.share(fund.id)), world.at(fundParts.teller(fund.id))];
  const protocol = world.book.participants.address(PROTOCOL);
  const money = world.token(fund.settlement);
  const behind = fundDemands(world.defi).at(world.defi.funds.indexOf(fund))?.amount ?? 0n;
  return [
    { target: share, data: coders.share.encode("mint", [protocol, shares]) },
    { target: money, data: coders.token.encode("transfer", [teller, behind]) },
  ];
}

/** From now on shares are the teller's alone to make. */
export function openTellers(world: DefiWorld): readonly Arrangement[] {
  const actor = world.book.participants.address(PROTOCOL);
  return world.defi.funds.map(({ id }) => {
    const data = coders.share.encode("setTeller", [world.at(fundParts.teller(id))]);
    return { part: `teller of fund ${id}`, actor, calls: [{ target: world.at(fundParts.share(id)), data }] };
  });
}
