import {
  defineAgent,
  each,
  ether,
  listed,
  observer,
  percent,
  supplier,
  WAD,
  type Distribution,
  type Scenario,
} from "../../src/index.ts";
import { LENT, RATE } from "./market.ts";

/** Token of each borrower at 86 %, at 77 %, and with credit [tokens]. */
const SIZES = { m86: ether("13.9"), m77: ether(25), credit: ether(20) } as const;

/** Debts of accounts of one size that stand from `low` to `high` of its value, evenly. */
function debts(size: bigint, count: number, [low, high]: readonly [bigint, bigint]): Distribution {
  const step = (high - low) / BigInt(count - 1);
  return listed(Array.from({ length: count }, (_, at) => (size * RATE * (low + step * BigInt(at))) / WAD / WAD));
}

/** Adds what collateral it has when its account comes near its limit. */
const rescuer = defineAgent<{ readonly below: bigint }>({
  name: "rescuer",
  role: "observer",
  decide: ({ view: { defi }, me, params }) => {
    const health = defi.lending["credit"]?.accounts[me]?.health ?? null;
    const amount = defi.balances[me]?.["ezeth"] ?? 0n;
    if (health === null || health >= params.below || amount === 0n) return [];
    return [{ type: "supply", market: "credit", token: "ezeth", amount }];
  },
});

const borrowers = { agent: observer({}) };
const isolated = { kind: "isolated", keep: false } as const;
const lender = (market: "m86" | "m77", part: bigint) => ({
  count: 1,
  agent: supplier({ market, token: "weth", appetite: percent(1), power: 6 }),
  positions: [{ ...isolated, market, supplied: each((LENT[market] * part) / WAD) }],
});

/** Who lends, and who owes. */
export const accounts: Scenario["populations"] = {
  curator: lender("m86", percent(65)),
  others: lender("m86", percent(35)),
  lenders: lender("m77", percent(100)),
  bank: {
    count: 1,
    agent: observer({}),
    positions: [{ kind: "lending", market: "credit", supplied: { weth: each(ether(300)) } }],
  },
  careful: {
    ...{ count: 4, ...borrowers },
    positions: [
      {
        ...isolated,
        market: "m77",
        collateral: each(SIZES.m77),
        borrowed: debts(SIZES.m77, 4, [percent(66), percent(74)]),
      },
    ],
  },
  bold: {
    ...{ count: 46, ...borrowers },
    positions: [
      {
        ...isolated,
        market: "m86",
        collateral: each(SIZES.m86),
        borrowed: debts(SIZES.m86, 46, [percent(77), percent("84.5")]),
      },
    ],
  },
  accounts: {
    count: 8,
    agent: rescuer({ below: percent(103) }),
    tokens: { ezeth: each(ether(8)) },
    positions: [
      {
        ...{ kind: "lending", market: "credit", supplied: { ezeth: each(SIZES.credit) } },
        borrowed: { weth: debts(SIZES.credit, 8, [percent(70), percent(88)]) },
      },
    ],
  },
};
