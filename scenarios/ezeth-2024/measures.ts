import {
  defineMetric,
  discount,
  liquidatedValue,
  liquidatorProfit,
  marketPrice,
  minutes,
  nav,
  oraclePrice,
  recognisedBadDebt,
  WAD,
  type View,
} from "../../src/index.ts";

const pair = { pool: "pool", token: "ezeth", against: "weth" };
/** When the market's oracle first told less than par, at 02:25; the replay's does five minutes later. */
export const FIRST = minutes(25);

interface Sums {
  readonly collateral: bigint;
  readonly debt: bigint;
}

function sumsOf({ defi }: View, market: string): Sums {
  const positions = Object.values(defi.isolated[market]?.positions ?? {});
  return positions.reduce(
    (sum, { collateral, borrowed }) => ({ collateral: sum.collateral + collateral, debt: sum.debt + borrowed }),
    { collateral: 0n, debt: 0n },
  );
}

/** What liquidations repaid so far at 86 %, for each token that they took; interest of two hours is left out. */
const seizedPrice = defineMetric({
  unit: "wad",
  description: "ether repaid for each token seized at 86 %",
  read: ({ first, view }) => {
    const [then, now] = [sumsOf(first, "m86"), sumsOf(view, "m86")];
    const [seized, repaid] = [then.collateral - now.collateral, then.debt - now.debt];
    return seized === 0n ? 0n : (repaid * WAD) / seized;
  },
});

/** Part of what liquidations cleared at 86 % that nobody paid. */
const badShare = defineMetric({
  unit: "wad",
  description: "bad debt at 86 %, as a part of the debt that liquidations cleared",
  read: ({ first, view, results, previous }) => {
    const repaid = sumsOf(first, "m86").debt - sumsOf(view, "m86").debt;
    const facts = results.flatMap((result) => result.facts);
    const isBad = facts.some((fact) => fact.kind === "socialised" && fact.market === "m86");
    if (repaid === 0n || (!isBad && previous === 0n)) return 0n;
    const supplied = (state: View): bigint => state.defi.isolated["m86"]?.totalSupply ?? 0n;
    const lost = supplied(first) - supplied(view);
    return lost <= 0n ? previous : (lost * WAD) / repaid;
  },
});

/** Time from the published first report below par to the last liquidation at 86 %. */
const cascade = defineMetric({
  unit: "seconds",
  description: "time from 02:25, the published first report below par, to the latest liquidation at 86 %",
  read: ({ view, results, previous }) => {
    const facts = results.flatMap((result) => result.facts);
    return facts.some((fact) => fact.kind === "liquidated" && fact.market === "m86") ? view.time - FIRST : previous;
  },
});

/** What is looked at. */
export const measures = {
  market: marketPrice(pair),
  oracle: oraclePrice("reported"),
  nav: nav("ezeth"),
  discount: discount(pair),
  poolEther: defineMetric({
    unit: "wei",
    description: "ether in the pool",
    read: ({ view }) => view.defi.pools["pool"]?.balances[0] ?? 0n,
  }),
  seizedPrice,
  badShare,
  cascade,
  liquidated86: liquidatedValue({ market: "m86" }),
  liquidated77: liquidatedValue({ market: "m77" }),
  liquidatedCredit: liquidatedValue({ market: "credit" }),
  bad86: recognisedBadDebt({ market: "m86" }),
  bad77: recognisedBadDebt({ market: "m77" }),
  badCredit: recognisedBadDebt({ market: "credit" }),
  profit: liquidatorProfit(),
};
