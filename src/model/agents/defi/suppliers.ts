import { minimum, positive } from "../../../maths/integer.ts";
import { WAD, type Wad } from "../../../units/units.ts";
import type { Action } from "../../action.ts";
import { defineAgent, type AgentContext } from "../../agent.ts";
import type { DefiView } from "../../defi/defi.ts";
import { sharesInAssets, utilisationOfVault } from "../../defi/market-vaults.ts";
import type { Amount } from "../../defi/tokens.ts";
import { firstIncident, type IncidentFilter } from "../../incident.ts";
import { USUAL_NUMBERS } from "../usual-numbers.ts";

const RAY = 10n ** 27n;
const YEAR = 31_536_000n;

/** What a lender does when others leave. */
export interface SupplierParams {
  /** Pooled market and reserve, isolated market (its loan token), or vault over such markets (its asset). */
  readonly market: string;
  readonly token: string;
  /** a: probability a step to leave at full utilisation [WAD]. */
  readonly appetite: Wad;
  /** p: how sharply it depends on utilisation. */
  readonly power: number;
  /** Added once the rumour is out [WAD], and what starts the rumour. */
  readonly rumour?: { readonly after: IncidentFilter; readonly adds: Wad };
  /** Stays while lending pays this much a year [WAD]; default: no rate holds it. */
  readonly staysFor?: Wad;
}

interface Reserve {
  readonly claim: Amount;
  readonly cash: Amount;
  readonly utilisation: Wad;
  /** Yearly rate that lenders get [WAD]. */
  readonly rate: Wad;
}

/** A vault over isolated markets: its depositor gets what of it is not lent. */
function vaultAsReserve(view: DefiView, me: string, id: string): Reserve | null {
  const vault = view.marketVaults[id];
  if (vault === undefined) return null;
  const earned = Object.entries(vault.markets).reduce((sum, [market, { supplied }]) => {
    const { totalSupply = 0n, totalBorrow = 0n, borrowRate = 0n } = view.isolated[market] ?? {};
    return totalSupply === 0n ? sum : sum + (supplied * borrowRate * YEAR * totalBorrow) / totalSupply;
  }, 0n);
  return {
    claim: sharesInAssets(vault, view.balances[me]?.[id] ?? 0n),
    cash: vault.liquidity,
    utilisation: utilisationOfVault(vault),
    rate: vault.atPar === 0n ? 0n : earned / vault.atPar,
  };
}

function reserveOf(
  { me, view }: Pick<AgentContext<unknown>, "me" | "view">,
  { market, token }: SupplierParams,
): Reserve | null {
  const pooled = view.defi.lending[market];
  const reserve = pooled?.reserves[token];
  if (pooled !== undefined && reserve !== undefined) {
    const claim = pooled.accounts[me]?.supplied[token] ?? 0n;
    return { claim, cash: reserve.cash, utilisation: reserve.utilisation, rate: (reserve.liquidityRate * WAD) / RAY };
  }
  const isolated = view.defi.isolated[market];
  if (isolated === undefined) return vaultAsReserve(view.defi, me, market);
  const { totalSupply, totalBorrow, borrowRate, positions } = isolated;
  const utilisation = totalSupply === 0n ? 0n : (totalBorrow * WAD) / totalSupply;
  const rate = (borrowRate * YEAR * utilisation) / WAD;
  return { claim: positions[me]?.supplied ?? 0n, cash: positive(totalSupply - totalBorrow), utilisation, rate };
}

function leave(
  view: DefiView,
  { market, token }: Pick<SupplierParams, "market" | "token">,
  amount: Amount | "all",
): Action {
  if (market in view.lending) return { type: "withdraw", market, token, amount };
  if (market in view.marketVaults) return { type: "marketVaultWithdraw", vault: market, amount };
  return { type: "isolatedWithdraw", market, amount };
}

/** Probability to leave in this step, `a u^p + rumour` [WAD], at most WAD. */
function eagerness({ view }: AgentContext<SupplierParams>, params: SupplierParams, utilisation: Wad): Wad {
  const used = minimum(utilisation, WAD);
  const wanted = (params.appetite * used ** BigInt(params.power)) / WAD ** BigInt(params.power);
  const heard = params.rumour !== undefined && firstIncident(view.incidents, params.rumour.after) !== null;
  return minimum(WAD, wanted + (heard ? (params.rumour?.adds ?? 0n) : 0n));
}

/**
 * Lends, and runs when others do: it wants to leave with probability `a u^p + rumour` a step and gets what cash there
 * is; the rest waits for the next step. Source: spec of behaviours 5.6.
 */
export const supplier = defineAgent<SupplierParams>({
  name: "supplier",
  numbers: USUAL_NUMBERS,
  role: "staker",
  parts: ({ market, token }) => ({ market, token }),
  decide: (context) => {
    const { params, random } = context;
    const reserve = reserveOf(context, params);
    if (reserve === null || reserve.claim === 0n) return [];
    if (params.staysFor !== undefined && reserve.rate >= params.staysFor) return [];
    if (!random.chance(eagerness(context, params, reserve.utilisation))) return [];
    const amount = reserve.claim <= reserve.cash ? ("all" as const) : reserve.cash;
    if (amount === 0n) return [];
    const { market, token } = params;
    return [leave(context.view.defi, { market, token }, amount)];
  },
});
