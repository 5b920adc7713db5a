import { discountFloor } from "../../../maths/arbitrage/redemption.ts";
import { minimum } from "../../../maths/integer.ts";
import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { discountOn, priceOn, walletOf } from "../../defi/prices.ts";
import type { DefiView } from "../../defi/defi.ts";
import type { Amount } from "../../defi/tokens.ts";
import type { PartNames } from "../../part-names.ts";

const BPS = 10_000n;

/** A token that can be redeemed, and where it can be sold. */
export interface ExitParams {
  /** Id of the vault or of the dollar. */
  readonly asset: string;
  /** Pool to sell on, and for what; null: redemption is the only way. */
  readonly market: { readonly pool: string; readonly into: string } | null;
  /** False where the vault takes no redemptions: selling is the only way. Default true. */
  readonly redeemable?: boolean;
  /** Yearly cost of money that waits [WAD]; default 0. */
  readonly funding?: Wad;
  /** How long a redemption is expected to take; default 0. */
  readonly wait?: Seconds;
  /** How much less than the price that it sees a sale may bring, or it does not sell [WAD]; default: any price. */
  readonly slippage?: Wad;
  /** Part that is expected to be lost while it waits [WAD]; default 0. */
  readonly expectedSlash?: Wad;
}

/** What somebody who leaves has to find. */
export function exitParts({ asset, market }: ExitParams): PartNames {
  return { issuer: asset, pool: market?.pool, token: market?.into };
}

/** A way out and its cost as a fraction of what leaves [WAD]. */
export interface Route {
  readonly way: "sell" | "queue" | "instant";
  readonly cost: Wad;
}

interface Holder {
  readonly view: DefiView;
  readonly me: string;
}

/** Cost of waiting for a redemption: `r tau + expected slash` [WAD]. */
function queueCost({ funding = 0n, wait = 0n, expectedSlash = 0n }: ExitParams): Wad {
  return discountFloor({ funding, delay: wait, margin: expectedSlash });
}

function redemptions({ view }: Holder, params: ExitParams, amount: Amount): readonly Route[] {
  const { asset } = params;
  const dollar = view.dollars[asset];
  if (dollar !== undefined) {
    const fee = (dollar.feeBps * WAD) / BPS;
    const waits = dollar.gateOpen && dollar.cash > 0n ? 0n : queueCost(params);
    return [{ way: "queue", cost: fee + WAD - dollar.redemptionRate + waits }];
  }
  const vault = view.vaults[asset];
  if (vault === undefined || vault.paused || params.redeemable === false) return [];
  const queue: Route = { way: "queue", cost: queueCost(params) };
  const assets = vault.supply === 0n ? 0n : (amount * vault.assets) / vault.supply;
  const instant: Route = { way: "instant", cost: (vault.instantFeeBps * WAD) / BPS };
  return vault.buffer > 0n && assets <= vault.buffer ? [queue, instant] : [queue];
}

/**
 * Cheapest way out: sale where the discount is below `r tau + expected slash`, else the queue, or the buffer for its fee.
 *
 * @returns Null where there is none.
 */
export function cheapestRoute(holder: Holder, params: ExitParams, amount: Amount): Route | null {
  const { market, asset } = params;
  const sale: readonly Route[] =
    market === null
      ? []
      : [{ way: "sell", cost: discountOn(holder.view, { pool: market.pool, token: asset, against: market.into }) }];
  const routes = [...sale, ...redemptions(holder, params, amount)];
  return routes.reduce<Route | null>((best, one) => (best === null || one.cost < best.cost ? one : best), null);
}

interface Sale {
  readonly pool: string;
  readonly asset: string;
  readonly into: string;
  readonly amount: Amount;
}

/** Least that a sale must bring: its amount at the pool's price, less the slippage [tokens bought]. */
function leastFor({ pool, asset, into, amount }: Sale, view: DefiView, slippage: Wad): Amount {
  const price = priceOn(view, { pool, token: asset, against: into }) ?? 0n;
  const [from, to] = [asset, into].map((token) => 10n ** BigInt(view.tokens[token]?.decimals ?? 18)) as [
    bigint,
    bigint,
  ];
  return (((amount * price) / WAD) * (WAD - slippage) * to) / WAD / from;
}

/** The action that takes `amount` of the asset out by a way. */
export function leaveBy(
  route: Route,
  params: ExitParams,
  { view, amount }: { view: DefiView; amount: Amount },
): Action | null {
  const { asset, market } = params;
  if (amount <= 0n) return null;
  if (route.way === "sell") {
    if (market === null) return null;
    const minOut = params.slippage === undefined ? 0n : leastFor({ ...market, asset, amount }, view, params.slippage);
    return { type: "swap", pool: market.pool, sell: asset, buy: market.into, amount, minOut };
  }
  if (asset in view.dollars) return { type: "dollarRedeem", dollar: asset, amount };
  if (route.way === "instant") return { type: "vaultInstantExit", vault: asset, shares: amount, minOut: 0n };
  return { type: "vaultRequest", vault: asset, shares: amount };
}

/** Collects what the issuer holds ready for `me`. */
export function claimReady({ view, me }: Holder, asset: string): readonly Action[] {
  const shares = view.vaults[asset]?.requests ?? [];
  const dollars = view.dollars[asset]?.queue ?? [];
  return [
    ...shares
      .filter(({ holder, claimable }) => holder === me && claimable)
      .map(({ id }): Action => ({ type: "vaultClaim", vault: asset, request: id })),
    ...dollars
      .filter(({ holder, claimable }) => holder === me && claimable > 0n)
      .map(({ id }): Action => ({ type: "dollarClaim", dollar: asset, request: id })),
  ];
}

/** A part of what the wallet holds [WAD], all of it where the part would leave nothing that counts. */
export function partOfWallet({ view, me }: Holder, asset: string, part: Wad): Amount {
  const held = walletOf(view, me, asset);
  return part >= WAD ? held : minimum(held, (held * part) / WAD + 1n);
}
