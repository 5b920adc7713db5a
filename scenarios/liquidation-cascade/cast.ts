import { each, ether, liquidator, liquidityProvider, listed, looper, observer, percent, WAD } from "../../src/index.ts";
import { operators } from "../parts/restaking.ts";
import { COLLATERAL, DEBT } from "./market.ts";

/** Where liquidators look and sell. */
export const watch = { markets: ["core"], sellOn: { lrt: "pool" } };
const lending = { kind: "lending", market: "core" } as const;
/** A looper looks at its position now and then; then it sells collateral until its health is at 1.03 again. */
const holding = { market: "core", collateral: "lrt", debt: "weth", pool: "pool" };
const reaction = { actBelow: WAD, restore: percent(103), attention: percent(3) };

/** Who takes part. */
export const cast = {
  operators,
  liquidators: { count: 2, agent: liquidator({ ...watch, gas: ether("0.02"), attention: percent(80) }) },
  loopers: {
    count: COLLATERAL.length,
    agent: looper({ ...holding, ...reaction }),
    positions: [
      {
        ...lending,
        eMode: "ether",
        supplied: { lrt: listed(COLLATERAL.map((one) => ether(one))) },
        borrowed: { weth: DEBT },
      },
    ],
  },
  lenders: { count: 3, agent: observer({}), positions: [{ ...lending, supplied: { weth: each(ether(2_500)) } }] },
  insurers: { count: 2, agent: observer({}), positions: [{ ...lending, insured: { weth: each(ether(100)) } }] },
  maker: { count: 1, agent: liquidityProvider({ pool: "pool", imbalance: percent(70), most: percent(10) }) },
  whale: { count: 1, agent: observer({}), tokens: { lrt: each(ether(2_750)) } },
  governor: { count: 1, agent: observer({}) },
} as const;
