import { positive } from "../../maths/integer.ts";
import { WAD, type Seconds, type Wad } from "../../units/units.ts";
import type { DefiView } from "../defi/defi.ts";
import { discountOn, priceOn, reportedWorth, trueWorth, type Pair } from "../defi/prices.ts";
import { worthOf } from "../defi/worth.ts";
import { defineMetric, type Metric } from "../metric.ts";

const named = ({ pool, token, against }: Pair): string => `${token} in ${against} on ${pool}`;

/** Price of a token on a pool in another of its tokens, before fees. */
export function marketPrice(pair: Pair): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `price of ${named(pair)}`,
    parts: () => ({ pool: pair.pool, token: [pair.token, pair.against] }),
    read: ({ view }) => priceOn(view.defi, pair) ?? 0n,
  });
}

/** How far a token's price on a pool is below its true worth; below zero: a premium. */
export function discount(pair: Pair): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `discount of ${named(pair)} against its true worth`,
    parts: () => ({ pool: pair.pool, token: [pair.token, pair.against] }),
    read: ({ view }) => discountOn(view.defi, pair, { worthOf: trueWorth }),
  });
}

/** What a whole token is truly worth in ether: the NAV that markets and oracles are measured by. */
export function nav(token: string): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `true worth of a ${token} in ether`,
    parts: () => ({ token }),
    read: ({ view }) => trueWorth(view.defi, token),
  });
}

/** What a token's issuer last said that it is worth in ether. */
export function reportedNav(token: string): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `reported worth of a ${token} in ether`,
    parts: () => ({ token }),
    read: ({ view }) => reportedWorth(view.defi, token),
  });
}

/** A feed's answer as a WAD: dollars, or a ratio where the feed has no base. */
export function oraclePrice(feed: string): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `answer of ${feed}`,
    parts: () => ({ feed }),
    read: ({ view }) => answerOf(view.defi, feed),
  });
}

function answerOf(view: DefiView, feed: string): Wad {
  const known = view.feeds[feed];
  if (known === undefined) return 0n;
  const digits = BigInt(known.decimals);
  return digits > 18n ? known.answer / 10n ** (digits - 18n) : known.answer * 10n ** (18n - digits);
}

/** How far a feed is from the true worth of its token, either way, as a part of that worth. */
export function oracleDeviation(options: {
  readonly feed: string;
  readonly token: string;
  /** What the feed counts in; default dollars. */
  readonly in?: "dollars" | "ether";
}): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `deviation of ${options.feed} from the true worth of ${options.token}`,
    parts: () => ({ feed: options.feed, token: options.token }),
    read: ({ view: { defi } }) => {
      const ether = trueWorth(defi, options.token);
      const worth = options.in === "ether" ? ether : (ether * defi.etherPrice) / 10n ** 8n;
      const apart = answerOf(defi, options.feed) - worth;
      return worth === 0n ? 0n : ((apart < 0n ? -apart : apart) * WAD) / worth;
    },
  });
}

/** What stands behind a token of what it promises: a dollar's marked assets, a vault's assets at its reported rate. */
export function backingRatio(asset: string): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `backing of ${asset}`,
    parts: () => ({ issuer: asset }),
    read: ({ view: { defi } }) => {
      const vault = defi.vaults[asset];
      if (vault === undefined) return defi.dollars[asset]?.backing ?? 0n;
      return vault.reportedRate === 0n ? 0n : (vault.liveRate * WAD) / vault.reportedRate;
    },
  });
}

/** What a dollar redeems for before fees. */
export function redemptionRate(dollar: string): Metric<"wad"> {
  return defineMetric({
    unit: "wad",
    description: `redemption rate of ${dollar}`,
    parts: () => ({ dollar }),
    read: ({ view }) => view.defi.dollars[dollar]?.redemptionRate ?? 0n,
  });
}

interface Waiting {
  readonly amount: bigint;
  readonly since: Seconds;
}

/** Requests of a vault, a dollar or a fund that nobody has served yet, in the token. */
function waitingFor(view: DefiView, asset: string): readonly Waiting[] {
  const shares = view.vaults[asset]?.requests ?? [];
  const dollars = view.dollars[asset]?.queue ?? [];
  return [
    ...shares.filter(({ claimable }) => !claimable).map((one) => ({ amount: one.shares + 0n, since: one.requestedAt })),
    ...dollars.map((one) => ({ amount: positive(one.amount - one.filled), since: one.requestedAt })),
  ].filter(({ amount }) => amount > 0n);
}

/** Worth of what waits for redemption with a vault or a dollar. */
export function exitQueue(asset: string): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `worth of ${asset} that waits for redemption`,
    parts: () => ({ issuer: asset }),
    read: ({ view: { defi } }) =>
      worthOf(
        defi,
        asset,
        waitingFor(defi, asset).reduce((sum, one) => sum + one.amount, 0n),
      ),
  });
}

/** How long the oldest request for redemption has waited; 0 when nobody waits. */
export function timeToExit(asset: string): Metric<"seconds"> {
  return defineMetric({
    unit: "seconds",
    description: `age of the oldest request that waits for ${asset}`,
    parts: () => ({ issuer: asset }),
    read: ({ view: { defi, time } }) => {
      return waitingFor(defi, asset).reduce(
        (longest, { since }) => (time - since > longest ? time - since : longest),
        0n,
      );
    },
  });
}

/** Liquidity of a pool at true worth. */
export function poolDepth(pool: string): Metric<"wei"> {
  return defineMetric({
    unit: "wei",
    description: `worth of what ${pool} holds`,
    parts: () => ({ pool }),
    read: ({ view: { defi } }) => {
      const state = defi.pools[pool];
      return (state?.tokens ?? []).reduce(
        (sum, token, at) => sum + worthOf(defi, token, state?.balances[at] ?? 0n),
        0n,
      );
    },
  });
}
