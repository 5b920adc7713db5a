import type { DefiView } from "../../model/defi/defi.ts";
import type { FeedSpec } from "../../model/defi/feeds.ts";
import { priceOn } from "../../model/defi/prices.ts";
import { worthOf } from "../../model/defi/worth.ts";
import type { WorldSpec } from "../../model/world-spec.ts";
import { WAD } from "../../units/units.ts";
import { making, type Reading } from "./reading.ts";

/** Dollars with 8 decimals to WAD. */
const USD_TO_WAD = 10n ** 10n;

/** Whether a token counts in dollars rather than in ether. */
function inDollars(spec: WorldSpec, token: string): boolean {
  const own = spec.defi?.tokens.find(({ id }) => id === token);
  if (own?.kind === "external") return own.worth.in === "dollars";
  return [...(spec.defi?.dollars ?? []), ...(spec.defi?.cdps ?? []), ...(spec.defi?.funds ?? [])].some(
    ({ id }) => id === token,
  );
}

/** How the prices of one token are told: in ether, or in dollars. */
function measureOf(spec: WorldSpec, view: DefiView, token: string) {
  const isDollar = inDollars(spec, token);
  const fromEther = (value: bigint): bigint => (isDollar ? (value * view.etherPrice) / 10n ** 8n : value);
  const fromUsd8 = (value: bigint): bigint =>
    isDollar ? value * USD_TO_WAD : view.etherPrice === 0n ? 0n : (value * WAD) / view.etherPrice;
  return { unit: isDollar ? "USD" : "ETH", fromEther, fromUsd8 };
}

/**
 * The coin in whose worth a pool's prices of `token` are told: one that is no claim on an issuer of this world, whose worth
 * is what the pool's other side is truly paid in; among several the one that a feed of the pair names.
 *
 * @returns None for a coin that is no claim itself and trades against claims alone: there the others' prices say it all.
 */
function referenceOn(spec: WorldSpec, pool: string, token: string): string | undefined {
  const others = (spec.defi?.pools.find(({ id }) => id === pool)?.tokens ?? []).filter((other) => other !== token);
  const isGround = (id: string): boolean => spec.defi?.tokens.some((own) => own.id === id) ?? false;
  const ground = others.filter(isGround);
  if (ground.length === 0 && isGround(token)) return undefined;
  const candidates = ground.length === 0 ? others : ground;
  const named = (spec.defi?.feeds ?? []).flatMap((feed) =>
    feed.kind === "market" && feed.pool === pool && feed.token === token ? [feed.against] : [],
  );
  return candidates.find((other) => named.includes(other)) ?? candidates[0];
}

type Measure = ReturnType<typeof measureOf>;

/** Prices of a token as markets of lenders see it. */
function oraclePrices(view: DefiView, token: string, { fromUsd8, fromEther }: Measure): [string, bigint][] {
  const pooled = Object.entries(view.lending).flatMap(([market, state]): [string, bigint][] => {
    const price = state.reserves[token]?.price;
    return price === undefined ? [] : [[market, fromUsd8(price)]];
  });
  const isolated = Object.entries(view.isolated).flatMap(([market, state]): [string, bigint][] => {
    if (state.collateral !== token) return [];
    const unit = 10n ** BigInt(view.tokens[token]?.decimals ?? 18);
    return [[market, fromEther(worthOf(view, state.loan, (unit * state.price) / 10n ** 36n))]];
  });
  const troves = Object.entries(view.cdps).flatMap(([cdp, { branches }]) =>
    Object.entries(branches).flatMap(([branch, state]): [string, bigint][] =>
      state.collateral === token ? [[`${cdp}/${branch}`, fromUsd8(state.price / USD_TO_WAD)]] : [],
    ),
  );
  return [...pooled, ...isolated, ...troves];
}

/** What feeds say that name the token: dollars, or a ratio in the token's own measure where they have no base. */
function feedPrices(feeds: readonly FeedSpec[], view: DefiView, { fromUsd8 }: Measure): [string, bigint][] {
  return feeds.map((feed): [string, bigint] => {
    const { answer = 0n, decimals = 8 } = view.feeds[feed.id] ?? {};
    const ratio = decimals > 18 ? answer / 10n ** BigInt(decimals - 18) : answer * 10n ** BigInt(18 - decimals);
    return [feed.id, "base" in feed && feed.base !== null ? fromUsd8(ratio / USD_TO_WAD) : ratio];
  });
}

/** Market, average, oracle, NAV and discount of one token. */
export function tokenPrices(spec: WorldSpec, view: DefiView, token: string): Reading[] {
  const measure = measureOf(spec, view, token);
  const make = making("price", token, measure.unit);
  const nav = measure.fromEther(view.tokens[token]?.worth ?? 0n);
  const reported = view.vaults[token]?.reportedRate;
  const own = (spec.defi?.feeds ?? []).filter(({ prices }) => prices === token);
  const pairs = Object.entries(view.pools).flatMap(([pool, { tokens }]) => {
    const against = tokens.includes(token) ? referenceOn(spec, pool, token) : undefined;
    return against === undefined ? [] : [{ pool, token, against }];
  });
  const markets = pairs.flatMap((pair) => {
    const worth = measure.fromEther(view.tokens[pair.against]?.worth ?? 0n);
    const price = (sight: "spot" | "average"): bigint => ((priceOn(view, pair, sight) ?? 0n) * worth) / WAD;
    const spot = price("spot");
    const discount = nav === 0n ? 0n : WAD - (spot * WAD) / nav;
    return [
      make([`price/${token}/market/${pair.pool}`, `market: ${pair.pool}`], spot),
      make([`price/${token}/average/${pair.pool}`, `average: ${pair.pool}`], price("average")),
      { ...making("discount", token, "of NAV")([`discount/${token}/${pair.pool}`, pair.pool], discount) },
    ];
  });
  return [
    make([`price/${token}/nav`, "NAV: what stands behind it"], nav),
    ...(reported === undefined ? [] : [make([`price/${token}/reported`, "rate as its issuer says"], reported)]),
    ...[...oraclePrices(view, token, measure), ...feedPrices(own, view, measure)].map(([market, price]) =>
      make([`price/${token}/oracle/${market}`, `oracle: ${market}`], price),
    ),
    ...markets,
  ];
}
