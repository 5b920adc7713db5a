import { arbitrageBanded } from "../../../maths/arbitrage/banded.ts";
import { arbitrageConstantProduct } from "../../../maths/arbitrage/constant-product.ts";
import { redemptionTarget } from "../../../maths/arbitrage/redemption.ts";
import { arbitrageStableSwap } from "../../../maths/arbitrage/stable-swap.ts";
import { WAD, type Seconds, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import type { DefiView } from "../../defi/defi.ts";
import type { PoolView } from "../../defi/pools.ts";
import { stablePoolOf } from "../../defi/quotes.ts";
import type { PartNames } from "../../part-names.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

/** What an arbitrageur trades, and what it believes. */
export interface ArbitrageurParams {
  readonly pool: string;
  /** Token that is bought where it is cheap (and sold where it is dear), and token that is paid. */
  readonly token: string;
  readonly against: string;
  /**
   * What the token is worth in whole tokens paid: its true worth (default), a feed's answer over that of the token paid,
   * or a number [WAD].
   */
  readonly value?: "worth" | { readonly feed: string; readonly over: string | null } | Wad;
  /** Vault or dollar where what was bought is redeemed; null: it waits for the pool to recover. */
  readonly redeem?: { readonly kind: "vault" | "dollar"; readonly id: string } | null;
  /** Yearly funding [WAD], wait of a redemption beyond the queue's, and margin for its risk [WAD]. */
  readonly funding?: Wad;
  readonly delay?: Seconds;
  readonly margin?: Wad;
  /** Time that each whole token waiting before it adds [s]; default 0: the delay does not depend on the queue. */
  readonly delayPerToken?: Seconds;
  /** Most that it pays in a step [tokens paid]; default: its wallet. */
  readonly perStep?: bigint;
}

type Context = AgentContext<ArbitrageurParams>;

function partsOf({ pool, token, against, value, redeem: way }: ArbitrageurParams): PartNames {
  const feed = typeof value === "object" ? [value.feed, value.over] : null;
  const issuer = way === undefined || way === null ? {} : { [way.kind]: way.id };
  return { pool, token: [token, against], feed, ...issuer };
}

function unitOf(view: DefiView, token: string): bigint {
  return 10n ** BigInt(view.tokens[token]?.decimals ?? 18);
}

/** What the token is worth in whole tokens paid [WAD]. */
function believed({ view: { defi }, params }: Context): Wad {
  const { value = "worth", token, against } = params;
  if (typeof value === "bigint") return value;
  if (value === "worth") {
    const paid = defi.tokens[against]?.worth ?? 0n;
    return paid === 0n ? 0n : ((defi.tokens[token]?.worth ?? 0n) * WAD) / paid;
  }
  const answer = (id: string): bigint => defi.feeds[id]?.answer ?? 0n;
  const over = value.over === null ? WAD : answer(value.over);
  return over === 0n ? 0n : (answer(value.feed) * WAD) / over;
}

/** Shares that already wait for their redemption. */
function waiting({ view: { defi }, params }: Context): bigint {
  const place = params.redeem ?? null;
  if (place?.kind === "vault") {
    return (defi.vaults[place.id]?.requests ?? []).reduce((sum, one) => sum + (one.claimable ? 0n : one.shares), 0n);
  }
  const queue = place === null ? [] : (defi.dollars[place.id]?.queue ?? []);
  return queue.reduce((sum, { amount, filled }) => sum + amount - filled, 0n);
}

/** Most worth paying for one whole token: `NAV / (1 + r tau + k)` [WAD]. */
function worthPaying(context: Context): Wad {
  const { params, view } = context;
  const queued = (waiting(context) * (params.delayPerToken ?? 0n)) / unitOf(view.defi, params.token);
  const carry = { funding: params.funding ?? 0n, delay: (params.delay ?? 0n) + queued, margin: params.margin ?? 0n };
  return redemptionTarget(believed(context), carry);
}

interface Order {
  /** Most worth paying for a whole token [WAD]. */
  readonly target: Wad;
  readonly units: { readonly pay: bigint; readonly get: bigint };
  readonly capital: bigint;
}

/** Amount after which the next unit costs the target, by the pool's curve. */
function bestAmount(pool: PoolView, [pay, get]: readonly [number, number], { target, units, capital }: Order): bigint {
  const [numerator, denominator] = [target * units.pay, units.get];
  const { kind, bands } = pool;
  if (kind === "stableSwap") {
    const wanted = { pay, buy: get, target: numerator / denominator, capital };
    return arbitrageStableSwap(stablePoolOf(pool), wanted).amountIn;
  }
  if (kind === "banded") {
    const wanted = { isDown: pay === 0, target: numerator / denominator, capital };
    return bands === undefined ? 0n : arbitrageBanded(bands, wanted).amountIn;
  }
  const reserves = { in: pool.balances[pay] ?? 0n, out: pool.balances[get] ?? 0n };
  return arbitrageConstantProduct(reserves, { numerator, denominator: WAD * denominator }).amountIn;
}

/** Buys on the pool until the next unit costs what it is worth. */
function buy(context: Context): readonly Action[] {
  const { view, me, params } = context;
  const { pool: id, token, against } = params;
  const pool = view.defi.pools[id];
  const wallet = view.defi.balances[me]?.[against] ?? 0n;
  const capital = params.perStep === undefined || params.perStep > wallet ? wallet : params.perStep;
  if (pool === undefined || pool.paused || capital === 0n) return [];
  const [pay, get] = [pool.tokens.indexOf(against), pool.tokens.indexOf(token)];
  const units = { pay: unitOf(view.defi, against), get: unitOf(view.defi, token) };
  const target = worthPaying(context);
  if (pay < 0 || get < 0 || target === 0n) return [];
  const amount = bestAmount(pool, [pay, get], { target, units, capital });
  const spent = amount < capital ? amount : capital;
  // Others trade in the same step: it never pays more than what it gets is worth to it.
  const minOut = (spent * WAD * units.get) / (target * units.pay);
  if (minOut === 0n) return [];
  return [{ type: "swap", pool: id, sell: against, buy: token, amount: spent, minOut }];
}

/** Asks for redemption of what the wallet holds, and collects what is ready. */
function redeem({ view, me, params }: Context): readonly Action[] {
  const { redeem: place = null, token } = params;
  const held = view.defi.balances[me]?.[token] ?? 0n;
  if (place?.kind === "vault") {
    const mine = (view.defi.vaults[place.id]?.requests ?? []).filter(({ holder }) => holder === me);
    const claims = mine.filter(({ claimable }) => claimable);
    return [
      ...claims.map(({ id }): Action => ({ type: "vaultClaim", vault: place.id, request: id })),
      ...(held === 0n ? [] : [{ type: "vaultRequest", vault: place.id, shares: held } as const]),
    ];
  }
  if (place === null) return [];
  const claims = (view.defi.dollars[place.id]?.queue ?? []).filter((one) => one.holder === me && one.claimable > 0n);
  return [
    ...claims.map(({ id }): Action => ({ type: "dollarClaim", dollar: place.id, request: id })),
    ...(held === 0n ? [] : [{ type: "dollarRedeem", dollar: place.id, amount: held } as const]),
  ];
}

/**
 * Buys a token on a pool while it costs less than what it redeems for, less the cost and the risk of waiting, and
 * redeems it: `NAV / (1 + r tau + k)`. A longer queue lowers what it pays, so the discount that stays is `r tau + k`.
 *
 * Constant product has a closed form, so has each band of a banded pool; StableSwap is bisected. Source: spec of agents, "Arbitrage".
 */
export const arbitrageur = defineAgent<ArbitrageurParams>({
  name: "arbitrageur",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: partsOf,
  decide: (context) => [...redeem(context), ...buy(context)],
});
