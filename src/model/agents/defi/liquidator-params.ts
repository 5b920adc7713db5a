import type { Wad } from "../../../units/units.ts";
import type { Delay } from "../../delay.ts";
import type { InventoryParams } from "./inventory.ts";

/** What a liquidator looks at and what it is content with. */
export interface LiquidatorParams {
  /** Pooled and isolated markets that it watches. */
  readonly markets: readonly string[];
  /** Pool on which it sells each collateral, by token. */
  readonly sellOn: Readonly<Record<string, string>>;
  /**
   * `rational` (default) takes the most profitable size and asks for its profit; where none pays it tries the whole and
   * is refused, which the record tells. `forced` repays all that it may and sells at any price, out of its wallet.
   */
  readonly mode?: "rational" | "forced";
  /** `best` (default): the size of the greatest profit; `most`: all that may be repaid, or nothing. */
  readonly size?: "best" | "most";
  /** Least profit of a call [debt wei]; default 0. */
  readonly minProfit?: bigint;
  /** Gas of a call [debt wei] and part of the profit that competition bids away [bps]; default none. */
  readonly gas?: bigint;
  readonly bribeBps?: bigint;
  /** Chance that it looks in a step [WAD]; default always. */
  readonly attention?: Wad;
  /** Time from the moment at which a position can be liquidated until it acts, drawn once for each member; default 0. */
  readonly latency?: Delay;
  /** Own funds with which it buys collateral to keep, up to a limit; default: flash loans alone. */
  readonly own?: InventoryParams;
  /** Liquidations a step; default 1: the next one would meet prices that the first has moved. */
  readonly perStep?: number;
}
