import {
  badDebt,
  defineMetric,
  deficit,
  discount,
  exitQueue,
  liquidatedValue,
  marketPrice,
  nav,
  netWorthOf,
  reportedNav,
  totalLoss,
  WAD,
  type MetricContext,
} from "../../src/index.ts";

const pair = { pool: "pool", token: "lrt", against: "weth" };

/** Ether that an exit brought beyond the true worth of its shares; 0 where it brought less. */
function beyond(
  view: MetricContext["view"],
  { paid, shares }: { readonly paid: bigint; readonly shares: bigint },
): bigint {
  const excess = paid - (shares * (view.defi.vaults["lrt"]?.liveRate ?? 0n)) / WAD;
  return excess > 0n ? excess : 0n;
}

/** By the vault, for shares that it took: those who stayed pay it [wei of ether]. */
function byVault({ view, results }: MetricContext): bigint {
  const paid = results.flatMap(({ facts }) => facts).filter((fact) => fact.kind === "vaultPaid");
  return paid.reduce((sum, one) => {
    return sum + beyond(view, { paid: (one.assets * view.lst.rate) / WAD, shares: one.shares });
  }, 0n);
}

/** By the pool, for shares that were sold to it: its providers pay it [wei of ether]. */
function byPool({ view, results }: MetricContext): bigint {
  const sales = results.flatMap(({ facts }) => facts).filter((fact) => fact.kind === "swapped");
  const sold = sales.filter(({ sold: token }) => token === "lrt");
  return sold.reduce((sum, one) => sum + beyond(view, { paid: one.amountOut, shares: one.amountIn }), 0n);
}

/** So much was paid beyond the true worth of what left, so far. */
function paidBeyondWorth(whose: string, paid: (context: MetricContext) => bigint) {
  return defineMetric({
    unit: "wei",
    description: `${whose} for shares of the vault beyond their true worth, so far`,
    read: (context) => context.previous + paid(context),
  });
}

/** What is measured, from the operator to the treasury. */
export const measures = {
  nav: nav("lrt"),
  reported: reportedNav("lrt"),
  market: marketPrice(pair),
  discount: discount(pair),
  slashed: totalLoss(),
  staleExits: paidBeyondWorth("paid", (context) => byVault(context) + byPool(context)),
  paidByStayers: paidBeyondWorth("paid by the vault's holders", byVault),
  paidByPool: paidBeyondWorth("paid by the pool's providers", byPool),
  queue: exitQueue("lrt"),
  liquidated: liquidatedValue(),
  badDebt: badDebt(),
  deficit: deficit(),
  informed: netWorthOf("informed"),
  insiders: netWorthOf("insiders"),
  crowd: netWorthOf("crowd"),
  loopers: netWorthOf("loopers"),
  lenders: netWorthOf("lenders"),
  insurers: netWorthOf("insurers"),
  maker: netWorthOf("maker"),
  treasury: netWorthOf("treasury"),
} as const;
