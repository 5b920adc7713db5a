import { WAD } from "../../units/units.ts";
import type { DefiSpec } from "./defi.ts";
import type { FeedSpec } from "./feeds.ts";

const USD = 8n;

function scale(answer: bigint, from: bigint, to: bigint): bigint {
  return from > to ? answer / 10n ** (from - to) : answer * 10n ** (to - from);
}

/** Rate of a token where it is known before anything is deployed [WAD]. */
function rateOf(spec: DefiSpec, token: string): bigint | null {
  if (spec.tokens.some(({ id, kind }) => id === token && kind === "wrappedEther")) return WAD;
  const vault = spec.vaults.find(({ id }) => id === token);
  if (vault === undefined) return null;
  const below = spec.shares?.[vault.strategy];
  const asset = below === undefined ? WAD : rateOf(spec, below);
  return asset === null ? null : (vault.rate * asset) / WAD;
}

function ownAnswer(spec: DefiSpec, feed: FeedSpec): bigint | null {
  switch (feed.kind) {
    case "fixed":
      return 10n ** USD;
    case "reported":
      return scale(feed.answer, BigInt(feed.decimals ?? 8), USD);
    case "exchangeRate": {
      const rate = rateOf(spec, feed.token);
      return rate === null ? null : (rate * 10n ** USD) / WAD;
    }
    case "cappedRate": {
      const rate = rateOf(spec, feed.token);
      // A cap above the rate does not matter; below it the exact cap depends on when it is asked.
      return rate === null || (feed.snapshot !== null && feed.snapshot < rate) ? null : (rate * 10n ** USD) / WAD;
    }
    case "market":
    case "median":
      return null;
  }
}

/**
 * What a feed will answer when the run begins, where that follows from the specification alone.
 *
 * @returns US dollars, 8 decimals, rounded down; null where only the deployed world knows.
 */
export function openingPrice(spec: DefiSpec, id: string): bigint | null {
  const feed = spec.feeds.find((known) => known.id === id);
  if (feed === undefined) return null;
  const own = ownAnswer(spec, feed);
  const base = "base" in feed ? feed.base : null;
  if (own === null || base === null) return own;
  const other = openingPrice(spec, base);
  return other === null ? null : (own * other) / 10n ** USD;
}

/** Decimals of a token, where the layer says so. */
export function decimalsOf(spec: DefiSpec, token: string): number {
  const vault = spec.marketVaults.find(({ id }) => id === token);
  if (vault !== undefined) return decimalsOf(spec, vault.asset) + 6;
  const over = spec.adapterVaults.find(({ id }) => id === token);
  if (over !== undefined) return decimalsOf(spec, over.asset);
  const known = spec.tokens.find(({ id }) => id === token);
  if (known?.kind === "external") return known.decimals;
  return spec.funds.some(({ id }) => id === token) ? 6 : 18;
}
