import type { Price } from "../../../maths/arbitrage/constant-product.ts";
import { bestSale, capitalLeft, holdValue } from "../../../maths/liquidation/inventory.ts";
import type { Seconds, Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import type { DefiView } from "../../defi/defi.ts";
import { walletOf } from "../../defi/prices.ts";
import { sellFunction } from "../../defi/quotes.ts";
import { claimReady } from "./exit.ts";

/** Own funds of a liquidator, and what becomes of the collateral that they buy. */
export interface InventoryParams {
  /** W: most that it ties up at once, what it holds counted by what it is worth to keep [debt wei]. */
  readonly capital: bigint;
  /** Whether it takes a flash loan and sells at once where that earns more; default true. */
  readonly flash?: boolean;
  /** Yearly funding [WAD], wait of a redemption, and margin for its risk [WAD]: `K NAV (1 - r tau - k)`. */
  readonly funding?: Wad;
  readonly delay?: Seconds;
  readonly margin?: Wad;
  /** Vaults and dollars whose tokens it redeems with their issuer; all others it keeps until a pool pays enough. */
  readonly redeem?: readonly string[];
  /** Most of a token that it sells in a step [token wei]; default: no limit. */
  readonly saleLimit?: bigint;
}

interface Holder {
  readonly view: DefiView;
  readonly me: string;
}

const unitOf = (view: DefiView, token: string): bigint => 10n ** BigInt(view.tokens[token]?.decimals ?? 18);

/** True worth of a token in another, smallest parts for smallest parts. */
function priceIn(view: DefiView, token: string, debt: string): Price {
  const worth = (id: string): bigint => view.tokens[id]?.worth ?? 0n;
  return { numerator: worth(token) * unitOf(view, debt), denominator: worth(debt) * unitOf(view, token) };
}

/** What so much of a collateral is worth to keep [debt wei]. */
export function keepingValue(
  view: DefiView,
  [collateral, debt]: readonly [string, string],
  { funding = 0n, delay = 0n, margin = 0n }: InventoryParams,
): (amount: bigint) => bigint {
  const price = priceIn(view, collateral, debt);
  return (amount) => holdValue(amount, price, { funding, delay, margin });
}

/** Own funds that are free for a debt token: the limit less what the collaterals in the wallet are worth to keep. */
export function freeCapital(
  { view, me }: Holder,
  order: { readonly collaterals: readonly string[]; readonly debt: string },
  own: InventoryParams,
): bigint {
  const tiedUp = order.collaterals.reduce(
    (sum, token) => sum + keepingValue(view, [token, order.debt], own)(walletOf(view, me, token)),
    0n,
  );
  return capitalLeft(own.capital, tiedUp, walletOf(view, me, order.debt));
}

/** What the pool of a collateral holds beside it. */
function otherOf(view: DefiView, pool: string, token: string): string | undefined {
  return view.pools[pool]?.tokens.find((other) => other !== token);
}

/**
 * What a liquidator does with its inventory: collects redemptions that are ready, sells what a pool pays more for than it
 * is worth to keep, and asks its issuer to redeem the rest.
 */
export function sellInventory(
  { view, me }: Holder,
  sellOn: Readonly<Record<string, string>>,
  own: InventoryParams,
): readonly Action[] {
  return Object.entries(sellOn).flatMap(([token, pool]): readonly Action[] => {
    const redeems = own.redeem?.includes(token) === true;
    const held = walletOf(view, me, token);
    const claims = redeems ? claimReady({ view, me }, token) : [];
    const buy = otherOf(view, pool, token);
    const sell = buy === undefined ? undefined : sellFunction(view, pool, [token, buy]);
    if (held === 0n || buy === undefined || sell === undefined)
      return [...claims, ...redeem(view, token, redeems ? held : 0n)];
    const hold = keepingValue(view, [token, buy], own);
    const amount = bestSale(held, { sell, hold, limit: own.saleLimit ?? held });
    // Others trade in the same step: it never takes less than what keeping is worth.
    const sale: readonly Action[] =
      amount === 0n ? [] : [{ type: "swap", pool, sell: token, buy, amount, minOut: hold(amount) }];
    return [...claims, ...sale, ...redeem(view, token, redeems ? held - amount : 0n)];
  });
}

function redeem(view: DefiView, token: string, amount: bigint): readonly Action[] {
  if (amount === 0n) return [];
  if (token in view.dollars) return [{ type: "dollarRedeem", dollar: token, amount }];
  return token in view.vaults ? [{ type: "vaultRequest", vault: token, shares: amount }] : [];
}
