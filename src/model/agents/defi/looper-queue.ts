import { queueExitCost, withdrawable } from "../../../maths/leverage/loop.ts";
import { minimum, positive } from "../../../maths/integer.ts";
import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import type { DefiView } from "../../defi/defi.ts";
import { walletOf } from "../../defi/prices.ts";
import type { Amount } from "../../defi/tokens.ts";
import { sellFunction } from "../../defi/quotes.ts";
import { claimReady } from "./exit.ts";

/** The redemption queue of a loop's collateral. */
export interface LoopQueueParams {
  /** Vault that redeems the collateral. */
  readonly vault: string;
  /** How long it is expected to take: `b tau (L - 1) / L` is what waiting costs. */
  readonly delay: Seconds;
  /** Health that it keeps while collateral waits [WAD]; default 1.005. */
  readonly floor?: Wad;
  /** Where what the queue pays is sold for the debt; null: the queue pays the debt's token itself. */
  readonly payout: { readonly token: string; readonly pool: string } | null;
}

interface Loop {
  readonly view: { readonly defi: DefiView };
  readonly me: string;
  readonly params: { readonly market: string; readonly collateral: string; readonly debt: string };
}

interface Sides {
  readonly supplied: Amount;
  readonly owed: Amount;
  readonly health: Wad;
  readonly threshold: Wad;
  readonly price: { readonly numerator: bigint; readonly denominator: bigint };
}

const FLOOR = (1_005n * WAD) / 1_000n;

/** Shares that wait for their redemption. */
function waiting({ view, me }: Loop, { vault }: LoopQueueParams): Amount {
  const requests = view.defi.vaults[vault]?.requests ?? [];
  return requests.reduce((sum, { holder, shares }) => (holder === me ? sum + shares : sum), 0n);
}

/** What waiting costs, of what leaves [WAD]. */
export function queueCost(
  { health, threshold }: Sides,
  { queue, borrow }: { readonly queue: LoopQueueParams; readonly borrow: Wad },
): Wad {
  return health <= threshold ? WAD : queueExitCost(borrow, queue.delay, (health * WAD) / (health - threshold));
}

/**
 * Takes collateral out of the market and asks for its redemption: as much as repays `amount`, less what waits already, and
 * no more than leaves the health at the floor.
 */
export function enqueue(
  loop: Loop,
  { supplied, owed, threshold, price }: Sides,
  { queue, amount }: { readonly queue: LoopQueueParams; readonly amount: Amount },
): readonly Action[] {
  const { numerator, denominator } = price;
  if (numerator === 0n) return [];
  const vault = loop.view.defi.vaults[queue.vault];
  if (vault === undefined || vault.paused) return [];
  // In collateral: what is owed, and what is to be repaid.
  const inCollateral = (debt: Amount): Amount => (debt * denominator + numerator - 1n) / numerator;
  const spare = withdrawable({ collateral: supplied, debt: inCollateral(owed) }, queue.floor ?? FLOOR, threshold);
  const wanted = positive(inCollateral(amount) - waiting(loop, queue));
  const { market, collateral: token } = loop.params;
  const cash = loop.view.defi.lending[market]?.reserves[token]?.cash ?? 0n;
  const shares = [wanted, spare, supplied].reduce(minimum, cash);
  if (shares === 0n) return [];
  return [
    { type: "withdraw", market, token, amount: shares },
    { type: "vaultRequest", vault: queue.vault, shares },
  ];
}

/** Collects what the queue pays, sells it for the debt's token, and repays with what the wallet has of that. */
export function collect(loop: Loop, queue: LoopQueueParams, owed: Amount): readonly Action[] {
  const { view, me, params } = loop;
  const { market, debt: token } = params;
  const claims = claimReady({ view: view.defi, me }, queue.vault);
  const sale = queue.payout === null ? [] : sell(view.defi, me, { ...queue.payout, debt: token });
  const amount = minimum(walletOf(view.defi, me, token), owed);
  const repay: readonly Action[] = amount === 0n ? [] : [{ type: "repay", market, token, amount }];
  return [...claims, ...sale, ...repay];
}

function sell(view: DefiView, me: string, order: { token: string; pool: string; debt: string }): readonly Action[] {
  const { token, pool, debt } = order;
  const amount = walletOf(view, me, token);
  const brings = sellFunction(view, pool, [token, debt])?.(amount) ?? 0n;
  // Others trade in the same step: a hundredth less is taken.
  return brings === 0n ? [] : [{ type: "swap", pool, sell: token, buy: debt, amount, minOut: (brings * 99n) / 100n }];
}
