import type { BandedPool } from "../../maths/amm/banded-swap.ts";
import type { Seconds, Wad } from "../../units/units.ts";
import type { Amount } from "./tokens.ts";

interface PoolBase {
  /** Also the id of the pool's liquidity token, where it has one. */
  readonly id: string;
  /** Token ids. Constant-product and banded pools have two. */
  readonly tokens: readonly string[];
  /** First liquidity, in the tokens' order, and who provides it. */
  readonly liquidity: readonly Amount[];
  readonly provider: string;
}

export type PoolSpec =
  | (PoolBase & {
      readonly kind: "stableSwap";
      /** A × 100. */
      readonly amplification: bigint;
      /** [1e10 = 100 %]. */
      readonly fee: bigint;
      /** Growth of the fee off balance [1e10 = 1]; 0 or 1e10 keeps it static. */
      readonly offpegMultiplier: bigint;
      /** Tokens that the pool scales by their exchange rate (vaults, the wrapped LST); all others count as one. */
      readonly scaled: readonly string[];
      /** Time constant of its average price. */
      readonly window: Seconds;
    })
  | (PoolBase & { readonly kind: "constantProduct" })
  | (PoolBase & {
      readonly kind: "banded";
      /** [1e6 = 100 %]. */
      readonly fee: bigint;
      /** Edges as prices of the first token in the second [WAD], rising; one more than bands. */
      readonly edges: readonly Wad[];
      /** Share of the liquidity in each band [WAD]; sums to WAD. */
      readonly bands: readonly Wad[];
      readonly price: Wad;
    });

export interface PoolView {
  readonly kind: PoolSpec["kind"];
  readonly tokens: readonly string[];
  /** What traders trade against; the administrator's fees are apart. */
  readonly balances: readonly Amount[];
  readonly adminFees: readonly Amount[];
  /** Liquidity tokens; for a banded pool its whole liquidity is one owner's and this is 0. */
  readonly supply: Amount;
  /** Rate by which the pool scales each token [WAD for 18 decimals, as the pool counts]. */
  readonly rates: readonly bigint[];
  /** A × 100 now; 0 where the pool has none. */
  readonly amplification: bigint;
  /** Fee of a small trade now [1e10 = 100 %]. */
  readonly fee: bigint;
  /** Growth of the fee off balance [1e10 = 1]; 0 where it has none. */
  readonly offpegMultiplier: bigint;
  /** Value of a liquidity token in the pool's own measure [WAD]; 0 where it has none. */
  readonly virtualPrice: Wad;
  /** Price of each further token in whole first tokens [WAD], before fees; one entry per token, the first is WAD. */
  readonly spot: readonly Wad[];
  /** The same as an average over the pool's window [WAD]. */
  readonly average: readonly Wad[];
  /** Liquidity tokens of each participant that has some; a banded pool: WAD for its one owner. */
  readonly holders: Readonly<Record<string, Amount>>;
  readonly paused: boolean;
  /** Depth of a banded pool, as its contract counts it; absent elsewhere. */
  readonly bands?: BandedPool;
}

export type PoolAction =
  /** Sells `amount`; reverts where it would bring less than `minOut`. */
  | {
      readonly type: "swap";
      readonly pool: string;
      readonly sell: string;
      readonly buy: string;
      readonly amount: Amount;
      readonly minOut: Amount;
    }
  | { readonly type: "addLiquidity"; readonly pool: string; readonly amounts: readonly Amount[] }
  /** In proportion, or all into one token. */
  | {
      readonly type: "removeLiquidity";
      readonly pool: string;
      readonly shares: Amount;
      readonly into: string | null;
    }
  /** The administrator moves A towards `target` (× 100). */
  | { readonly type: "rampAmplification"; readonly pool: string; readonly target: bigint; readonly over: Seconds };

export type PoolFact =
  | {
      readonly kind: "swapped";
      readonly pool: string;
      readonly trader: string;
      readonly sold: string;
      readonly bought: string;
      readonly amountIn: Amount;
      readonly amountOut: Amount;
    }
  | {
      readonly kind: "liquidityChanged";
      readonly pool: string;
      readonly provider: string;
      /** Signed: above zero came in. */
      readonly amounts: readonly bigint[];
      readonly shares: bigint;
    };
