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
} from "../../src/index.ts";

const pair = { pool: "pool", token: "lrt", against: "weth" };

/** What the vault paid beyond what stood behind the shares that it took: those who stayed pay it [wei of ether]. */
function paidTooMuch() {
  return defineMetric({
    unit: "wei",
    description: "paid by the vault beyond the true worth of the shares, so far",
    read: ({ view, results, previous }) => {
      const rate = view.defi.vaults["lrt"]?.liveRate ?? 0n;
      const paid = results.flatMap(({ facts }) => facts).filter((fact) => fact.kind === "vaultPaid");
      return paid.reduce((sum, { assets, shares }) => {
        const excess = (assets * view.lst.rate) / WAD - (shares * rate) / WAD;
        return sum + (excess > 0n ? excess : 0n);
      }, previous);
    },
  });
}

/** What is measured, from the operator to the treasury. */
export const measures = {
  nav: nav("lrt"),
  reported: reportedNav("lrt"),
  market: marketPrice(pair),
  discount: discount(pair),
  slashed: totalLoss(),
  staleExits: paidTooMuch(),
  queue: exitQueue("lrt"),
  liquidated: liquidatedValue(),
  badDebt: badDebt(),
  deficit: deficit(),
  informed: netWorthOf("informed"),
  crowd: netWorthOf("crowd"),
  loopers: netWorthOf("loopers"),
  lenders: netWorthOf("lenders"),
  insurers: netWorthOf("insurers"),
  maker: netWorthOf("maker"),
  treasury: netWorthOf("treasury"),
} as const;
