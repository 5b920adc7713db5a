import { minimum, positive } from "../../../maths/integer.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import { priceOn, walletOf } from "../../defi/prices.ts";
import type { Amount } from "../../defi/tokens.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

const BPS = 10_000n;
const RATIO = 10n ** 36n;
/** Part of the limit that is borrowed: rounding and interest take the rest. */
const NEARLY = (999n * WAD) / 1_000n;

/** What an opportunist buys cheaply, and who still believes in it. */
export interface OpportunistParams {
  /** Pooled or isolated market that takes the token at a stale price. */
  readonly market: string;
  readonly eMode?: string;
  readonly token: string;
  /** Token that it pays with and borrows. */
  readonly debt: string;
  readonly pool: string;
  /** How much more a loan must bring than the token costs [WAD]; default 0. */
  readonly margin?: Wad;
  /** Most that it spends in a step [debt token]; default all that it has. */
  readonly perStep?: Amount;
}

type Context = AgentContext<OpportunistParams>;

interface Lender {
  /** Debt tokens that one whole token secures [WAD]. */
  readonly lends: Wad;
  readonly cash: Amount;
  readonly collateral: Amount;
  readonly owed: Amount;
}

const unitOf = ({ view }: Context, token: string): bigint => 10n ** BigInt(view.defi.tokens[token]?.decimals ?? 18);

function lenderOf(context: Context): Lender | null {
  const { me, view, params } = context;
  const { market, token, debt, eMode } = params;
  const isolated = view.defi.isolated[market];
  if (isolated !== undefined) {
    const own = isolated.positions[me];
    const whole = (unitOf(context, token) * isolated.price) / RATIO;
    return {
      lends: (((whole * isolated.lltv) / WAD) * WAD) / unitOf(context, debt),
      cash: positive(isolated.totalSupply - isolated.totalBorrow),
      collateral: own?.collateral ?? 0n,
      owed: own?.borrowed ?? 0n,
    };
  }
  const pooled = view.defi.lending[market];
  const [held, lent] = [pooled?.reserves[token], pooled?.reserves[debt]];
  if (pooled === undefined || held === undefined || lent === undefined || lent.price === 0n) return null;
  if (held.frozen || held.paused || lent.frozen || lent.paused) return null;
  const category = pooled.eModes.find(({ id }) => id === eMode);
  const ltv = held.ltv === 0n || category?.collateral.includes(token) !== true ? held.ltv : category.ltv;
  const account = pooled.accounts[me];
  return {
    lends: (held.price * ltv * WAD) / BPS / lent.price,
    cash: lent.cash,
    collateral: account?.supplied[token] ?? 0n,
    owed: account?.borrowed[debt] ?? 0n,
  };
}

/** Hands in what was bought and borrows against all of it. */
function pledge(context: Context, lender: Lender): readonly Action[] {
  const { me, view, params } = context;
  const { market, token, debt, eMode } = params;
  const bought = walletOf(view.defi, me, token);
  if (bought === 0n) return [];
  const secured = ((lender.collateral + bought) * lender.lends * unitOf(context, debt)) / WAD / unitOf(context, token);
  const amount = minimum(lender.cash, positive((secured * NEARLY) / WAD - lender.owed));
  if (market in view.defi.isolated) {
    const add: Action = { type: "addCollateral", market, amount: bought };
    return amount === 0n ? [add] : [add, { type: "isolatedBorrow", market, amount }];
  }
  const enters = eMode !== undefined && view.defi.lending[market]?.accounts[me]?.eMode !== eMode;
  return [
    ...(enters ? [{ type: "setEMode", market, eMode } as const] : []),
    { type: "supply", market, token, amount: bought },
    ...(amount === 0n ? [] : [{ type: "borrow", market, token: debt, amount } as const]),
  ];
}

/**
 * Buys what the market has given up on and borrows against it where the price is stale, as long as a loan brings more
 * than the token costs; it never pays back. Source: the second wave of dossiers 4.8 and 4.9.
 */
export const opportunist = defineAgent<OpportunistParams>({
  name: "opportunist",
  numbers: USUAL_NUMBERS,
  role: "observer",
  parts: ({ market, token, debt, pool }) => ({ market, token: [token, debt], pool }),
  decide: (context) => {
    const { me, view, params } = context;
    const { pool, token, debt, margin = 0n } = params;
    const lender = lenderOf(context);
    const price = priceOn(view.defi, { pool, token, against: debt });
    if (lender === null || price === null || lender.lends * WAD < price * (WAD + margin)) return [];
    const pledged = pledge(context, lender);
    const purse = walletOf(view.defi, me, debt);
    const amount = params.perStep === undefined ? purse : minimum(purse, params.perStep);
    // What cannot be lent on is not worth buying.
    if (amount === 0n || lender.cash === 0n) return pledged;
    return [...pledged, { type: "swap", pool, sell: debt, buy: token, amount, minOut: 0n }];
  },
});
