declare const unit: unique symbol;

/** Soft brands: mixing two of them does not compile, a plain literal or the result of arithmetic still fits. */
export type Wei = bigint & { readonly [unit]?: "wei" };
/** Fraction scaled by 1e18: {@link WAD} is 100 %. */
export type Wad = bigint & { readonly [unit]?: "wad" };
/** Duration or instant since a run's start, in seconds. */
export type Seconds = bigint & { readonly [unit]?: "seconds" };
/** Shares of a strategy, 18 decimals. */
export type Shares = bigint & { readonly [unit]?: "shares" };
/** Fraction of an operator's stake: 1e18 is all of it. */
export type Magnitude = bigint & { readonly [unit]?: "magnitude" };

/** One hundred percent. */
export const WAD: Wad = 10n ** 18n;
/** Smallest step of the beacon chain's balances, in wei. */
export const GWEI: Wei = 10n ** 9n;
/** Seconds of one block, where a clock counts blocks. */
export const SECONDS_PER_BLOCK: Seconds = 12n;
