import { WAD, type Wad, type Wei } from "../../units/units.ts";
import type { DollarView } from "./dollars.ts";
import type { DefiSpec, DefiView } from "./defi.ts";
import type { TokenSpec, Usd8 } from "./tokens.ts";

/** Parts of a dollar price [1e8 = 1 dollar]. */
const USD = 10n ** 8n;

/**
 * Ether that `dollars` [WAD] are worth at an ether price of `etherPrice`, rounded down; 0 where there is no price.
 */
export function dollarsInEther(dollars: Wad, etherPrice: Usd8): Wei {
  return etherPrice === 0n ? 0n : (dollars * USD) / etherPrice;
}

/** Worth of `amount` smallest parts of a token [wei], rounded down. */
export function worthOf(view: DefiView, token: string, amount: bigint): Wei {
  const known = view.tokens[token];
  return known === undefined ? 0n : (amount * known.worth) / 10n ** BigInt(known.decimals);
}

function ownWorth(token: TokenSpec, etherPrice: Usd8, lstRate: Wad): Wad {
  if (token.kind === "wrappedEther") return WAD;
  if (token.kind === "wrappedLst") return lstRate;
  return token.worth.in === "ether" ? token.worth.value : dollarsInEther(token.worth.value, etherPrice) + 0n;
}

/**
 * What a dollar would pay if its reserve and pots were paid out to all alike, in settlement tokens [WAD, at most WAD]:
 * what it truly is worth, whoever is paid first and whatever its oracle says of what the swap window holds.
 */
function rateForAll(dollar: DollarView | undefined, decimals: number): Wad {
  if (dollar === undefined || dollar.supply === 0n) return dollar === undefined ? 0n : WAD;
  const { cash, swapCash, fundMarked, termMarked, buffer, junior, backstop, supply } = dollar;
  const assets = cash + swapCash + fundMarked + termMarked + buffer + junior + backstop;
  const rate = (assets * 10n ** BigInt(18 - decimals) * WAD) / supply;
  return rate > WAD ? WAD : rate;
}

/**
 * Works out what each token is truly worth, from what stands behind it: ether and the liquid staking token first, then
 * vaults by their assets, funds by their NAV, dollars by what all would get if all were paid alike, market vaults by what
 * they have lent, liquidity by what the pool holds.
 * Markets and oracles have no say. Source: docs/glossary.md, "worth".
 *
 * @param view - State with amounts; worths are ignored.
 * @param lstRate - Ether per wrapped LST [WAD].
 * @returns The same state with every token's worth [wei per whole token, rounded down].
 */
export function worthOfTokens(view: DefiView, spec: DefiSpec, lstRate: Wad): DefiView {
  const worth = new Map<string, Wad>();
  for (const token of spec.tokens) worth.set(token.id, ownWorth(token, view.etherPrice, lstRate));
  for (const { id } of spec.vaults) worth.set(id, view.vaults[id]?.liveRate ?? 0n);
  for (const { id, settlement } of spec.funds) {
    worth.set(id, ((worth.get(settlement) ?? 0n) * (view.funds[id]?.nav ?? 0n)) / 1_000_000n);
  }
  for (const { id, settlement } of spec.dollars) {
    const rate = rateForAll(view.dollars[id], view.tokens[settlement]?.decimals ?? 18);
    worth.set(id, ((worth.get(settlement) ?? 0n) * rate) / WAD);
  }
  for (const { id } of spec.cdps) worth.set(id, dollarsInEther(WAD, view.etherPrice) + 0n);
  for (const { id, asset } of spec.marketVaults) worth.set(id, shareWorth(view, id, worth.get(asset) ?? 0n));
  for (const { id, asset } of spec.adapterVaults) {
    const { assets = 0n, supply = 0n } = view.adapterVaults[id] ?? {};
    worth.set(id, supply === 0n ? 0n : (assets * (worth.get(asset) ?? 0n)) / supply);
  }
  for (const { id } of spec.pools) worth.set(id, liquidityWorth(view, id, worth));
  const tokens = Object.entries(view.tokens).map(([id, token]) => [id, { ...token, worth: worth.get(id) ?? 0n }]);
  return { ...view, tokens: Object.fromEntries(tokens) as DefiView["tokens"] };
}

/** Worth of a whole share of a market vault: its assets at par, since losses reach its holders through the markets. */
function shareWorth(view: DefiView, id: string, worth: Wad): Wad {
  const vault = view.marketVaults[id];
  if (vault === undefined || vault.supply === 0n) return 0n;
  const [shares, assets] = [id, vault.asset].map((token) => 10n ** BigInt(view.tokens[token]?.decimals ?? 18));
  return (vault.atPar * worth * (shares ?? 1n)) / (vault.supply * (assets ?? 1n));
}

/** Worth of a whole liquidity token. */
function liquidityWorth(view: DefiView, pool: string, worth: ReadonlyMap<string, Wad>): Wad {
  const state = view.pools[pool];
  if (state === undefined || state.supply === 0n) return 0n;
  const held = state.tokens.reduce((sum, token, at) => {
    const decimals = BigInt(view.tokens[token]?.decimals ?? 18);
    return sum + ((state.balances[at] ?? 0n) * (worth.get(token) ?? 0n)) / 10n ** decimals;
  }, 0n);
  return (held * WAD) / state.supply;
}
