import type { WorldView } from "../../model/view.ts";
import type { Wei } from "../../units/units.ts";
import { minus } from "./account-book.ts";
import { between, feesOf } from "./accounts.ts";
import { line, spread, worth, type FlowContext } from "./flow-context.ts";
import type { Line } from "./lines.ts";

/** Reward tokens that came to somebody, or can be claimed now. */
export function feeLines(before: WorldView, after: WorldView): Line[] {
  const had = (view: WorldView, id: string): Wei =>
    (view.stakers[id]?.rewardTokens ?? 0n) + (view.rewards.claimable[id] ?? 0n);
  const ids = new Set([...Object.keys(after.stakers), ...Object.keys(after.rewards.claimable)]);
  return [...ids].flatMap((id) => line(id, { channel: "avsFees", with: "services" }, had(after, id) - had(before, id)));
}

/** The administrator's part of a pool's fees: its providers do not have it. */
export function adminLines(at: FlowContext): Line[] {
  return Object.entries(at.after.defi.pools).flatMap(([pool, { tokens, adminFees }]) => {
    const then = at.before.defi.pools[pool]?.adminFees ?? [];
    const value = tokens.reduce((sum, token, place) => {
      return sum + worth(at, token, adminFees[place] ?? 0n) - worth(at, token, then[place] ?? 0n);
    }, 0n);
    const channel = "swapFees" as const;
    return [
      ...line(feesOf(pool), { channel, with: pool }, value),
      ...spread(at, between("pool", pool), { channel, with: feesOf(pool), amount: minus(value) }),
    ];
  });
}
