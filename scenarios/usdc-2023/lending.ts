import { each, ether, listed, observer, percent, supplier, type Scenario } from "../../src/index.ts";
import { MONEY } from "./market.ts";

/** Loan-to-value of the accounts that borrow against the dollar, in steps of three thousandths from 85 % on [bps]. */
const LTVS = Array.from({ length: 40 }, (_, at) => 8_500n + 30n * BigInt(at));
const COLLATERAL = 5_000n;
/** The dollar that stands as collateral [thousandths of dollars]. */
export const PLEDGED = COLLATERAL * BigInt(LTVS.length);

/** Who borrows against the dollar, and who lends. */
export const lending: Scenario["populations"] = {
  borrowers: {
    count: LTVS.length,
    agent: observer({}),
    positions: [
      {
        kind: "lending",
        market: "core",
        eMode: "stable",
        supplied: { usdc: each(ether(COLLATERAL)) },
        borrowed: { usdt: listed(LTVS.map((ltv) => (COLLATERAL * MONEY * ltv) / 10_000n)) },
      },
    ],
  },
  lenders: {
    count: 4,
    agent: supplier({ market: "core", token: "usdt", appetite: percent(2), power: 8 }),
    positions: [{ kind: "lending", market: "core", supplied: { usdt: each(90_000n * MONEY) } }],
  },
};
