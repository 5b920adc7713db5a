import { WAD, type Shares, type Wei } from "../units/units.ts";
import type { WorldView } from "./view.ts";

/** Virtual shares and virtual balance of a strategy. */
const OFFSET = 1000n;

/** Tokens that `shares` of a strategy are worth, rounded down. */
export function tokensOf(view: Pick<WorldView, "strategies">, strategy: string, shares: Shares): Wei {
  const state = view.strategies[strategy];
  if (state === undefined) return 0n;
  if (state.native) return shares + 0n;
  return (shares * (state.balance + OFFSET)) / (state.totalShares + OFFSET);
}

/** Shares of a strategy that `tokens` are worth, rounded down: the inverse of {@link tokensOf} but for a unit. */
export function sharesOf(view: Pick<WorldView, "strategies">, strategy: string, tokens: Wei): Shares {
  const state = view.strategies[strategy];
  if (state === undefined) return 0n;
  return state.native ? tokens + 0n : (tokens * (state.totalShares + OFFSET)) / (state.balance + OFFSET);
}

/** Ether that `shares` of a strategy are worth, rounded down twice: to tokens, then to wei. */
export function valueOf(view: Pick<WorldView, "strategies">, strategy: string, shares: Shares): Wei {
  const state = view.strategies[strategy];
  return state === undefined ? 0n : (tokensOf(view, strategy, shares) * state.etherPerToken) / WAD;
}

/** Value of all shares delegated to operators. */
export function restakedValue(view: WorldView): Wei {
  let sum = 0n;
  for (const operator of Object.values(view.operators)) {
    for (const [strategy, { shares }] of Object.entries(operator.strategies)) sum += valueOf(view, strategy, shares);
  }
  return sum;
}

/** Value of all open withdrawals at today's slashing factor. */
export function queuedValue(view: WorldView): Wei {
  return view.withdrawals.reduce((sum, { strategy, shares }) => sum + valueOf(view, strategy, shares), 0n);
}

/** Value of all slashed shares that wait in escrow. */
export function escrowValue(view: WorldView): Wei {
  return view.escrows.reduce((sum, { strategy, shares }) => sum + valueOf(view, strategy, shares), 0n);
}

/** Value of a staker's withdrawable shares, all strategies together. */
export function stakeValue(view: WorldView, staker: string): Wei {
  const stakes = Object.entries(view.stakers[staker]?.stakes ?? {});
  return stakes.reduce((sum, [strategy, { withdrawable }]) => sum + valueOf(view, strategy, withdrawable), 0n);
}
