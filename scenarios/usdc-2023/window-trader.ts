import { defineAgent, ether } from "../../src/index.ts";

/** Sells the dollar that fell to the window of the second one at par, and that one on the pool, while it fetches more. */
export const windowTrader = defineAgent<Record<never, never>>({
  name: "window-trader",
  role: "observer",
  decide: ({ view: { defi }, me }) => {
    const [dai = 0n, usdc = 0n] = defi.pools["pool"]?.spot ?? [];
    const { usdc: own = 0n, dai: bought = 0n } = defi.balances[me] ?? {};
    const amount = own < ether(5_000) ? own : ether(5_000);
    const sale = { type: "swap", pool: "pool", sell: "dai", buy: "usdc", amount: bought, minOut: 0n } as const;
    return [
      ...(amount > 0n && dai * 999n > usdc * 1_000n
        ? [{ type: "dollarSwap", dollar: "dai", side: "sellSettlement", amount } as const]
        : []),
      ...(bought > 0n ? [sale] : []),
    ];
  },
});
