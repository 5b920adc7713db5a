import {
  each,
  ether,
  honestOperator,
  hours,
  liquidator,
  listed,
  observer,
  panicker,
  percent,
  vaultKeeper,
  WAD,
  type Distribution,
} from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";
import { RATE } from "./market.ts";

const lending = { kind: "lending", market: "core" } as const;
const exit = { asset: "lrt", market: { pool: "pool", into: "weth" }, funding: percent(8), wait: hours(48) };
const hazard = { base: 0n, height: percent(60), steepness: percent(20_000), threshold: percent(4) };
const late = { ...hazard, height: percent(15) };

/** Collateral of the loopers, and health factors from 1.023 on [bps]. */
const COLLATERAL = [300, 250, 200, 160, 130, 100, 80, 60, 50, 40];
const LADDER = [10_230n, 10_260n, 10_300n, 10_350n, 10_420n, 10_500n, 10_650n, 10_900n, 11_400n, 12_500n];
const debt: Distribution = listed(
  COLLATERAL.map((amount, at) => {
    const threshold = (ether(amount) * RATE * 95n) / (WAD * 100n);
    return (threshold * 10_000n) / (LADDER[at] ?? 10_000n);
  }),
);

/** Who takes part: the vault's holders, its borrowers, and all who stand behind those who lent to them. */
export const cast = {
  operators: { ...operators, agent: honestOperator({}) },
  // They sell on the pool, which nobody told either.
  informed: {
    count: 5,
    agent: panicker({ ...exit, redeemable: false, knows: "informed", hazard }),
    tokens: { lrt: each(ether(150)) },
  },
  // They deal with the vault: its queue would pay them what is left, its buffer pays them what was told.
  insiders: {
    count: 4,
    agent: panicker({ ...exit, market: null, knows: "informed", hazard, expectedSlash: percent(12) }),
    tokens: { lrt: each(ether(60)) },
  },
  crowd: {
    count: 8,
    agent: panicker({ ...exit, knows: "market", hazard: late }),
    tokens: { lrt: each(ether(60)) },
  },
  loopers: {
    count: COLLATERAL.length,
    agent: observer({}),
    positions: [
      {
        ...lending,
        eMode: "ether",
        supplied: { lrt: listed(COLLATERAL.map((one) => ether(one))) },
        borrowed: { weth: debt },
      },
    ],
  },
  lenders: { count: 3, agent: observer({}), positions: [{ ...lending, supplied: { weth: each(ether(1_000)) } }] },
  insurers: { count: 2, agent: observer({}), positions: [{ ...lending, insured: { weth: each(ether(20)) } }] },
  liquidators: {
    count: 1,
    agent: liquidator({ markets: ["core"], sellOn: { lrt: "pool" }, mode: "forced", perStep: 3 }),
    tokens: { weth: each(ether(3_000)) },
  },
  maker: { count: 1, agent: observer({}) },
  keeper: { count: 1, agent: vaultKeeper({ vault: "lrt" }) },
  treasury: { count: 1, agent: observer({}), tokens: { weth: each(ether(40)) } },
  governor: { count: 1, agent: observer({}) },
} as const;
